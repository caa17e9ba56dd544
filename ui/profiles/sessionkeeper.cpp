#include "ui/profiles/sessionkeeper.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {
// Starting twenty forwards is one change; a crash costs no more than this.
constexpr int SettleMs = 500;
} // namespace

SessionKeeper::SessionKeeper(ForwardService &service, ProfileCommands &commands, const QString &path, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_commands(commands)
    , m_file(path)
    , m_timer(new QTimer(this))
{
    m_timer->setSingleShot(true);
    m_timer->setInterval(SettleMs);
    connect(m_timer, &QTimer::timeout, this, &SessionKeeper::flush);
}

SessionKeeper::~SessionKeeper() = default;

QList<Forward::ForwardId> SessionKeeper::restore(QString *problem)
{
    QList<Forward::ForwardId> ran;
    if (const auto session = m_file.load(problem))
        ran = m_commands.bringBack(*session);
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

void SessionKeeper::flush()
{
    m_timer->stop();
    const auto error = m_file.save(m_commands.current({}).forwards);
    if (error && !m_failing)
        emit failed(*error);
    m_failing = error.has_value();
}

} // namespace Fairlead::Ui
