#include "core/kube/api/retryturn.h"

#include <utility>

namespace Fairlead::Kube {

namespace {
constexpr auto Watches = Net::ServerGate::Line::Watches;

bool isServerTrouble(const ApiError &error)
{
    switch (error.kind) {
    case ApiError::Kind::Network:
    case ApiError::Kind::Busy:
    case ApiError::Kind::Server:
    case ApiError::Kind::BadAnswer:
        return true;
    default:
        return false;
    }
}

} // namespace

RetryTurn::RetryTurn(std::shared_ptr<Net::ServerGate> gate, QObject *parent)
    : QObject(parent)
    , m_gate(std::move(gate))
{
    m_wait.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, this, &RetryTurn::enter);
}

RetryTurn::~RetryTurn()
{
    m_pass.drop();
}

void RetryTurn::take(const QString &server, int delayMs, std::function<void()> step)
{
    cancel();
    m_server = server;
    m_step = std::move(step);
    if (delayMs > 0)
        m_wait.start(delayMs);
    else
        enter();
}

void RetryTurn::enter()
{
    if (!m_gate)
        return std::exchange(m_step, nullptr)();
    m_place = std::make_unique<QObject>();
    m_gate->enter(m_server, Watches, m_place.get(), [this](Net::ServerGate::Pass pass) {
        m_pass = std::move(pass);
        m_place.release()->deleteLater(); // we are inside its event
        std::exchange(m_step, nullptr)();
    });
}

void RetryTurn::answered()
{
    m_pass.succeeded();
}

void RetryTurn::failed(const QString &server, const ApiError &error)
{
    if (isServerTrouble(error))
        troubled(server);
    else
        answered();
}

void RetryTurn::troubled(const QString &server)
{
    m_pass.failed();
    if (m_gate)
        m_gate->doubt(server, Watches);
}

void RetryTurn::cancel()
{
    m_wait.stop();
    m_place.reset();
    m_pass.drop();
    m_step = nullptr;
}

int RetryTurn::reserveConnection(const QString &server)
{
    return m_gate ? m_gate->reserveConnection(server) : 0;
}

} // namespace Fairlead::Kube
