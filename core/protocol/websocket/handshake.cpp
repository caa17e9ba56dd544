#include "core/protocol/websocket/handshake.h"

#include <QCryptographicHash>

namespace Fairlead::WebSocket {

namespace {
constexpr const char *Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // section 1.3
constexpr qsizetype KeyBytes = 16;
constexpr const char *Version = "13";
} // namespace

QByteArray handshakeKey(const std::array<char, 16> &random)
{
    return QByteArray(random.data(), qsizetype(random.size())).toBase64();
}

QByteArray acceptFor(const QByteArray &key)
{
    return QCryptographicHash::hash(key + Guid, QCryptographicHash::Sha1).toBase64();
}

Http::RequestHead tunnelRequest(const QByteArray &target, const QByteArray &host, const Http::Fields &credentials,
                                const QByteArray &key)
{
    Http::RequestHead head;
    head.method = "GET";
    head.target = target;
    head.fields.add("Host", host);
    head.fields.add("User-Agent", "fairlead/" FAIRLEAD_VERSION);
    for (const auto &[name, value] : credentials.all())
        head.fields.add(name, value);
    head.fields.add("Connection", "Upgrade");
    head.fields.add("Upgrade", "websocket");
    head.fields.add("Sec-WebSocket-Key", key);
    head.fields.add("Sec-WebSocket-Protocol", TunnelProtocol);
    head.fields.add("Sec-WebSocket-Version", Version);
    return head;
}

std::optional<AnswerFault> checkAnswer(const Http::ResponseHead &head, const QByteArray &key)
{
    if (head.status != 101 || !asksForWebSocket(head.fields))
        return AnswerFault::NoUpgrade;
    if (head.fields.value("Sec-WebSocket-Accept") != acceptFor(key))
        return AnswerFault::WrongAccept;
    if (head.fields.value("Sec-WebSocket-Protocol") != TunnelProtocol)
        return AnswerFault::WrongProtocol;
    if (!head.fields.value("Sec-WebSocket-Extensions").isEmpty())
        return AnswerFault::UnwantedExtension;
    return {};
}

bool asksForWebSocket(const Http::Fields &fields)
{
    return fields.hasToken("Connection", "upgrade") && fields.hasToken("Upgrade", "websocket");
}

std::optional<RequestFault> checkRequest(const Http::RequestHead &head)
{
    if (head.method != "GET")
        return RequestFault::NotGet;
    if (head.fields.value("Sec-WebSocket-Version") != Version)
        return RequestFault::WrongVersion;
    const auto key =
        QByteArray::fromBase64Encoding(head.fields.value("Sec-WebSocket-Key"), QByteArray::AbortOnBase64DecodingErrors);
    if (!key || key.decoded.size() != KeyBytes)
        return RequestFault::BadKey;
    if (!head.fields.tokens("Sec-WebSocket-Protocol").contains(TunnelProtocol))
        return RequestFault::NoTunnelProtocol;
    return {};
}

Http::ResponseHead tunnelAnswer(const QByteArray &key)
{
    Http::ResponseHead head;
    head.status = 101;
    head.reason = "Switching Protocols";
    head.fields.add("Upgrade", "websocket");
    head.fields.add("Connection", "Upgrade");
    head.fields.add("Sec-WebSocket-Accept", acceptFor(key));
    head.fields.add("Sec-WebSocket-Protocol", TunnelProtocol);
    return head;
}

} // namespace Fairlead::WebSocket
