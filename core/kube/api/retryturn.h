#pragma once

#include "core/kube/api/apierror.h"
#include "core/net/servergate.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace Fairlead::Kube {

/// One list's or watch's place among all that ask the same server again. Without a gate a step is taken when its wait
/// is over. With one, the step then waits for its turn in the line of watches: as long as the server fails, one at a
/// time. Lives in the thread of who asks.
class RetryTurn final : public QObject
{
    Q_OBJECT

public:
    /// `gate` may be null.
    RetryTurn(std::shared_ptr<Net::ServerGate> gate, QObject *parent);
    ~RetryTurn() override;

    /// Calls `step` after `delayMs` and not before its turn; at once, if nothing speaks against it. What was asked for
    /// before is forgotten. Tell afterwards how it went.
    void take(const QString &server, int delayMs, std::function<void()> step);
    /// The server has answered, whatever it said.
    void answered();
    /// An answer, too, unless it means that the server is down or too busy.
    void failed(const QString &server, const ApiError &error);
    /// What had begun well broke, as it does when the server goes down.
    void troubled(const QString &server);
    /// Forgets what was asked for, and how it goes.
    void cancel();
    /// Milliseconds until a connection of one's own may be opened; each call counts as one.
    [[nodiscard]] int reserveConnection(const QString &server);

private:
    void enter();

    std::shared_ptr<Net::ServerGate> m_gate;
    QTimer m_wait;
    QString m_server;
    std::function<void()> m_step;
    std::unique_ptr<QObject> m_place; ///< in the line
    Net::ServerGate::Pass m_pass;
};

} // namespace Fairlead::Kube
