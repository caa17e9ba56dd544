#include "core/net/proxy/socks5handshake.h"

#include <QHostAddress>
#include <QUrl>

#include <array>

using namespace Qt::StringLiterals;

namespace Fairlead::Net {

namespace {

constexpr char Version = 5;
constexpr char SignInVersion = 1;
constexpr char NoSignIn = 0;
constexpr char UserAndPassword = 2;
constexpr char NothingFits = '\xff';
constexpr char Connect = 1;
enum AddressType : char { IPv4 = 1, Name = 3, IPv6 = 4 };
/// Lengths have one byte.
constexpr qsizetype MaxText = 255;
/// Version, reply, reserved, address type and, for a name, its length.
constexpr qsizetype ReplyHead = 5;

QByteArray withLength(const QByteArray &text)
{
    return char(text.size()) + text;
}

/// Of a whole reply; 0 for an address type that does not exist.
qsizetype replySize(const QByteArray &head)
{
    switch (head.at(3)) {
    case IPv4:
        return 4 + 4 + 2;
    case IPv6:
        return 4 + 16 + 2;
    case Name:
        return 4 + 1 + uchar(head.at(4)) + 2;
    default:
        return 0;
    }
}

/// The words of Go's golang.org/x/net/internal/socks, which kubectl prints.
QString replyWords(uchar reply)
{
    static const std::array words{u"succeeded"_s,
                                  u"general SOCKS server failure"_s,
                                  u"connection not allowed by ruleset"_s,
                                  u"network unreachable"_s,
                                  u"host unreachable"_s,
                                  u"connection refused"_s,
                                  u"TTL expired"_s,
                                  u"command not supported"_s,
                                  u"address type not supported"_s};
    return reply < words.size() ? words[reply] : u"unknown code: %1"_s.arg(reply);
}

ProxyTrouble troubleOf(uchar reply)
{
    switch (reply) {
    case 2:
        return ProxyTrouble::NotAllowed;
    case 7:
    case 8:
        return ProxyTrouble::NoTunnels;
    default:
        return reply <= 6 ? ProxyTrouble::ServerUnreachable : ProxyTrouble::OtherAnswer;
    }
}

} // namespace

Socks5Handshake::Socks5Handshake(ProxySettings proxy, QString host, quint16 port)
    : m_proxy(std::move(proxy))
    , m_host(std::move(host))
    , m_port(port)
{
}

ProxyHandshake::Step Socks5Handshake::start()
{
    if (!m_proxy.hasCredentials())
        return NeedMore{QByteArray{} + Version + char(1) + NoSignIn};
    if (m_proxy.user.isEmpty() || m_proxy.user.size() > MaxText || m_proxy.password.size() > MaxText)
        return Refused{ProxyTrouble::PasswordUnfit, u"invalid username/password"_s};
    return NeedMore{QByteArray{} + Version + char(2) + NoSignIn + UserAndPassword};
}

ProxyHandshake::Step Socks5Handshake::feed(QByteArrayView bytes)
{
    m_buffer += bytes;
    QByteArray send;
    for (;;) {
        const qsizetype before = m_buffer.size();
        Step step = advance();
        auto *more = std::get_if<NeedMore>(&step);
        if (!more)
            return step;
        send += more->send;
        if (m_buffer.size() == before || m_buffer.isEmpty())
            return NeedMore{send};
    }
}

ProxyHandshake::Step Socks5Handshake::advance()
{
    if (!m_buffer.isEmpty() && m_buffer.at(0) != (m_phase == Phase::SignIn ? SignInVersion : Version)) {
        const bool isHttp = m_phase == Phase::Method && QByteArrayView("HTTP").startsWith(m_buffer.first(1));
        return Refused{ProxyTrouble::NotSocks, isHttp ? u"HTTP"_s : u"unexpected protocol version"_s};
    }
    switch (m_phase) {
    case Phase::Method:
        return readMethod();
    case Phase::SignIn:
        return readSignIn();
    case Phase::Reply:
        break;
    }
    return readReply();
}

ProxyHandshake::Step Socks5Handshake::readMethod()
{
    if (m_buffer.size() < 2)
        return NeedMore{};
    const char method = m_buffer.at(1);
    m_buffer.remove(0, 2);
    if (method == NoSignIn)
        return askForServer();
    if (method == UserAndPassword && m_proxy.hasCredentials()) {
        m_phase = Phase::SignIn;
        return NeedMore{SignInVersion + withLength(m_proxy.user) + withLength(m_proxy.password)};
    }
    if (method != NothingFits && method != UserAndPassword)
        return Refused{ProxyTrouble::SignInUnknown, u"SOCKS5 method %1"_s.arg(uchar(method))};
    return Refused{m_proxy.hasCredentials() ? ProxyTrouble::PasswordRefused : ProxyTrouble::PasswordNeeded,
                   u"no acceptable authentication methods"_s};
}

ProxyHandshake::Step Socks5Handshake::readSignIn()
{
    if (m_buffer.size() < 2)
        return NeedMore{};
    const char status = m_buffer.at(1);
    m_buffer.remove(0, 2);
    if (status != 0)
        return Refused{ProxyTrouble::PasswordRefused, u"username/password authentication failed"_s};
    return askForServer();
}

ProxyHandshake::Step Socks5Handshake::askForServer()
{
    m_phase = Phase::Reply;
    QByteArray request = QByteArray{} + Version + Connect + char(0);
    const QHostAddress address(m_host);
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        const quint32 v4 = address.toIPv4Address();
        request += IPv4;
        for (const int shift : {24, 16, 8, 0})
            request += char(v4 >> shift);
    } else if (address.protocol() == QAbstractSocket::IPv6Protocol) {
        const Q_IPV6ADDR v6 = address.toIPv6Address();
        request += IPv6 + QByteArray(reinterpret_cast<const char *>(v6.c), sizeof v6.c);
    } else {
        const QByteArray name = QUrl::toAce(m_host);
        if (name.isEmpty() || name.size() > MaxText)
            return Refused{ProxyTrouble::ServerNameUnfit, u"FQDN too long"_s};
        request += Name + withLength(name);
    }
    return NeedMore{request + char(m_port >> 8) + char(m_port & 0xff)};
}

ProxyHandshake::Step Socks5Handshake::readReply()
{
    if (m_buffer.size() < 2)
        return NeedMore{};
    if (const auto reply = uchar(m_buffer.at(1)); reply != 0) // what follows is of no use, and not always sent
        return Refused{troubleOf(reply), replyWords(reply)};
    if (m_buffer.size() < ReplyHead)
        return NeedMore{};
    const qsizetype size = replySize(m_buffer);
    if (size == 0)
        return Refused{ProxyTrouble::NotSocks, u"unknown address type"_s};
    if (m_buffer.size() < size)
        return NeedMore{};
    if (m_buffer.size() > size)
        return Refused{ProxyTrouble::WebPage, u"unexpected data after the reply"_s};
    return Open{};
}

} // namespace Fairlead::Net
