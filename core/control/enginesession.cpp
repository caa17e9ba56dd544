#include "core/control/enginesession.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace Fairlead::Control {

using Forward::ForwardId;
using Forward::ForwardManager;

namespace {
// Starting twenty forwards is one change; a crash costs no more than this.
constexpr int SettleMs = 500;
} // namespace

EngineSession::EngineSession(ForwardDesk &desk, const QString &path, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
    , m_file(path)
    , m_timer(new QTimer(this))
{
    m_timer->setSingleShot(true);
    m_timer->setInterval(SettleMs);
    connect(m_timer, &QTimer::timeout, this, [this] { flush(); });
}

EngineSession::~EngineSession() = default;

EngineSession::Restored EngineSession::restore(const Store::MovedSession *moved)
{
    Restored result;
    QString problem;
    if (const auto session = m_file.load(&problem)) {
        for (const auto &[id, plan] : m_desk.bring(*session))
            m_ran[id] = plan.running;
    }
    if (moved)
        bringMoved(*moved, result);
    if (!problem.isEmpty())
        result.problems << problem;
    const QList<Store::ProfileFolder::Entry> entries = m_desk.folder().entries();
    for (const auto &entry : entries) {
        if (entry.error || entry.profile.restore != Store::Profile::Restore::AsTheyWere)
            continue;
        for (const auto &[id, plan] : m_desk.bring(entry.profile)) {
            if (!plan.remark.isEmpty())
                result.problems << u"%1, %2: %3"_s.arg(entry.name, Store::displayName(plan.spec), plan.remark);
            if (plan.found && m_ran.value(id, plan.running) && !result.started.contains(id))
                result.started << id;
        }
    }
    for (const ForwardId id : std::as_const(result.started))
        m_desk.manager().start(id);
    const ForwardManager *manager = &m_desk.manager();
    connect(manager, &ForwardManager::added, this, &EngineSession::note);
    connect(manager, &ForwardManager::removed, this, &EngineSession::note);
    connect(manager, &ForwardManager::stateChanged, this, &EngineSession::note);
    note();
    return result;
}

/// Newer than what the file says.
void EngineSession::bringMoved(const Store::MovedSession &moved, Restored &result)
{
    for (const auto &[id, plan] : m_desk.bring(moved.asked)) {
        m_ran[id] = plan.running;
        if (plan.isToStart())
            result.started << id;
    }
}

void EngineSession::note()
{
    if (!m_timer->isActive())
        m_timer->start();
}

std::optional<QString> EngineSession::flush()
{
    m_timer->stop();
    const auto error = m_file.save(m_desk.saved());
    if (error && !m_failing)
        emit failed(*error);
    m_failing = error.has_value();
    return error;
}

} // namespace Fairlead::Control
