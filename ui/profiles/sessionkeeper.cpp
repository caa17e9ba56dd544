#include "ui/profiles/sessionkeeper.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {
// Starting twenty forwards is one change; a crash costs no more than this.
constexpr int SettleMs = 500;
} // namespace

SessionKeeper::SessionKeeper(ForwardService &service, ProfileStarter &starter, const QString &path, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_starter(starter)
    , m_file(path)
    , m_timer(new QTimer(this))
{
    m_timer->setSingleShot(true);
    m_timer->setInterval(SettleMs);
    connect(m_timer, &QTimer::timeout, this, [this] { flush(); });
}

SessionKeeper::~SessionKeeper() = default;

QList<Forward::ForwardId> SessionKeeper::restore(bool bring, QString *problem)
{
    QList<Forward::ForwardId> ran;
    const auto session = bring ? m_file.load(problem) : std::nullopt;
    if (session)
        ran = m_starter.bring(*session).toStart;
    connect(&m_service, &ForwardService::added, this, &SessionKeeper::note);
    connect(&m_service, &ForwardService::removed, this, &SessionKeeper::note);
    connect(&m_service, &ForwardService::changed, this, &SessionKeeper::note);
    return ran;
}

void SessionKeeper::note()
{
    if (!m_timer->isActive())
        m_timer->start();
}

std::optional<QString> SessionKeeper::flush()
{
    m_timer->stop();
    const auto error = m_file.save(m_starter.current({}).forwards);
    if (error && !m_failing)
        emit failed(*error);
    m_failing = error.has_value();
    return error;
}

} // namespace Fairlead::Ui
