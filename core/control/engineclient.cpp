#include "core/control/engineclient.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

using namespace Qt::StringLiterals;

namespace Fairlead::Control {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Control::EngineClient)
};

/// More than an engine would send at once (visitor.h); whoever sends it is none.
constexpr qsizetype MaxAnswerLine = 16 * 1024 * 1024;

} // namespace

EngineClient::EngineClient()
    : m_lines(MaxAnswerLine)
{
}

std::unique_ptr<EngineClient> EngineClient::connectTo(const EnginePlace &place)
{
    std::unique_ptr<EngineClient> client(new EngineClient);
    client->m_socket.connectToServer(place.socket());
    if (!client->m_socket.waitForConnected(AnswerMs))
        return nullptr;
    return client;
}

Result<QJsonObject, Error> EngineClient::call(const QString &method, const QJsonObject &params, int timeoutMs)
{
    const int id = ++m_lastId;
    m_socket.write(lineOf(Request{id, method, params}));
    const QDeadlineTimer deadline(timeoutMs);
    while (auto message = nextMessage(int(deadline.remainingTime()))) {
        if (auto *event = std::get_if<Event>(&*message))
            m_events << *event;
        else if (auto &reply = std::get<Reply>(*message); reply.id == id || reply.id.isNull())
            return reply.error ? Result<QJsonObject, Error>(Failure{*reply.error}) : reply.result;
    }
    return Failure{Error{ErrorCode::Failed,
                         isConnected() ? Text::tr("The engine that runs does not answer.")
                                       : Text::tr("The engine has closed the connection.")}};
}

std::optional<Event> EngineClient::nextEvent(int timeoutMs)
{
    const QDeadlineTimer deadline(timeoutMs);
    while (m_events.isEmpty()) {
        const auto message = nextMessage(int(deadline.remainingTime()));
        if (!message)
            return std::nullopt;
        if (const auto *event = std::get_if<Event>(&*message))
            m_events << *event;
    }
    return m_events.takeFirst();
}

std::optional<ServerMessage> EngineClient::nextMessage(int timeoutMs)
{
    const QDeadlineTimer deadline(timeoutMs);
    while (true) {
        const auto next = m_lines.next();
        if (const auto *line = std::get_if<QByteArray>(&next)) {
            if (auto message = readServerMessage(*line))
                return message;
            continue;
        }
        if (std::holds_alternative<LineSplitter::TooLong>(next))
            m_socket.abort();
        if (m_socket.bytesAvailable() == 0 && !m_socket.waitForReadyRead(int(deadline.remainingTime())))
            return std::nullopt;
        m_lines.feed(m_socket.readAll());
    }
}

} // namespace Fairlead::Control
