#pragma once

#include "core/control/engineplace.h"
#include "core/control/linesplitter.h"
#include "core/control/message.h"

#include <QList>
#include <QLocalSocket>

#include <memory>
#include <optional>

namespace Fairlead::Control {

/// The other end of the engine's socket, for commands: every call waits for its answer and needs no event loop.
class EngineClient final
{
public:
    /// An engine that takes longer hangs.
    static constexpr int AnswerMs = 10'000;

    /// nullptr: no engine listens there.
    [[nodiscard]] static std::unique_ptr<EngineClient> connectTo(const EnginePlace &place);

    [[nodiscard]] Result<QJsonObject, Error> call(const QString &method, const QJsonObject &params = {},
                                                  int timeoutMs = AnswerMs);
    /// The next event of a topic that was subscribed to; waits for at most that long (-1: for ever). nullopt: none
    /// came, or isConnected() is over.
    [[nodiscard]] std::optional<Event> nextEvent(int timeoutMs);
    /// Drops events that have come already.
    void forgetEvents() { m_events.clear(); }
    [[nodiscard]] bool isConnected() const { return m_socket.state() == QLocalSocket::ConnectedState; }

private:
    EngineClient();
    [[nodiscard]] std::optional<ServerMessage> nextMessage(int timeoutMs);

    QLocalSocket m_socket;
    LineSplitter m_lines;
    QList<Event> m_events; ///< that came while an answer was waited for
    int m_lastId = 0;
};

} // namespace Fairlead::Control
