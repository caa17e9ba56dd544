#pragma once

#include "core/control/takeover.h"

#include <QObject>
#include <QSet>

#include <functional>

namespace Fairlead::App {

/// What an engine that has ended left for the one that this process is going to be, if anything. Whether this process
/// asked for it or one that was killed does not matter.
class TakenSession final : public QObject
{
    Q_OBJECT

public:
    /// Call with the place's lock held.
    explicit TakenSession(const Control::EnginePlace &place);

    /// nullptr: nothing was left.
    [[nodiscard]] const Store::MovedSession *session() const { return m_session ? &*m_session : nullptr; }
    /// Why what was left cannot be used, a sentence; empty otherwise.
    [[nodiscard]] QString problem() const { return m_problem; }

    /// Once what ran there has begun to run here, has it saved for this engine's own next run (a sentence if that
    /// fails), and only then lets go of what was left. `here` has its forwards.
    void keep(Forward::ForwardManager &manager, const Store::Surroundings &here,
              std::function<std::optional<QString>()> save);

private:
    void settle(Forward::ForwardId id);
    void letGo();

    Control::TakeOverFile m_file;
    QString m_problem;
    std::optional<Store::MovedSession> m_session;
    QSet<Forward::ForwardId> m_awaited; ///< that are still as they were added, stopped
    std::function<std::optional<QString>()> m_save;
};

} // namespace Fairlead::App
