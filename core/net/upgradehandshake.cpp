#include "core/net/upgradehandshake.h"

#include "core/protocol/websocket/handshake.h"

#include <QCoreApplication>

namespace Fairlead::Net {

namespace {
struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Net::UpgradeHandshake)
};
} // namespace

UpgradeHandshake::UpgradeHandshake(QString host, QByteArray webSocketKey)
    : m_host(std::move(host))
    , m_webSocketKey(std::move(webSocketKey))
{
}

UpgradeHandshake::Step UpgradeHandshake::feed(QByteArrayView bytes)
{
    if (m_body)
        return readBody(bytes);
    auto step = m_parser.feed(bytes);
    if (const auto *head = std::get_if<Http::ResponseHead>(&step))
        return judge(*head);
    if (const auto *error = std::get_if<Http::HeadError>(&step))
        return Broken{Text::tr("%1 does not speak HTTP like an API server.").arg(m_host), Http::describe(*error),
                      false};
    return NeedMore{};
}

UpgradeHandshake::Step UpgradeHandshake::finish()
{
    if (!m_body)
        return Broken{Text::tr("%1 closed the connection without an answer.").arg(m_host), QStringLiteral("EOF"), true};
    m_body->finish();
    return PortForward::describeRefusal(m_head, m_body->body(), m_host);
}

UpgradeHandshake::Step UpgradeHandshake::judge(const Http::ResponseHead &head)
{
    if (head.status >= 100 && head.status < 200 && head.status != 101) {
        // An interim answer (RFC 9110 section 15.2): the real one follows.
        const QByteArray rest = m_parser.takeRest();
        m_parser = {};
        return feed(rest);
    }
    if (head.status != 101) {
        m_head = head;
        m_body.emplace(head);
        return readBody(m_parser.takeRest());
    }
    if (const QString wrong = faultOf(head); !wrong.isEmpty())
        return Broken{wrong, wrong, false};
    return Accepted{m_parser.takeRest()};
}

QString UpgradeHandshake::faultOf(const Http::ResponseHead &head) const
{
    if (m_webSocketKey.isEmpty())
        return PortForward::checkSwitchingProtocols(head);
    const auto fault = WebSocket::checkAnswer(head, m_webSocketKey);
    if (!fault)
        return {};
    switch (*fault) {
    case WebSocket::AnswerFault::NoUpgrade:
        return Text::tr("The server switched to another protocol than WebSocket.");
    case WebSocket::AnswerFault::WrongAccept:
        //: %1 is a host name.
        return Text::tr("The WebSocket answer of %1 does not belong to our request. Does a cache answer in its place?")
            .arg(m_host);
    case WebSocket::AnswerFault::WrongProtocol:
        //: %1 is what the server chose, possibly nothing; %2 is the protocol's name.
        return Text::tr("The server chose the protocol \"%1\" instead of \"%2\".")
            .arg(QString::fromUtf8(head.fields.value("Sec-WebSocket-Protocol")),
                 QString::fromLatin1(WebSocket::TunnelProtocol));
    case WebSocket::AnswerFault::UnwantedExtension:
        return Text::tr("The server uses a WebSocket extension that it was not asked for.");
    }
    return {};
}

UpgradeHandshake::Step UpgradeHandshake::readBody(QByteArrayView bytes)
{
    m_body->feed(bytes);
    if (m_body->isComplete())
        return PortForward::describeRefusal(m_head, m_body->body(), m_host);
    return NeedMore{};
}

} // namespace Fairlead::Net
