#include "core/net/proxy/connecthandshake.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Net {

namespace {

/// A proxy that sends more interim answers than this is not going to say anything else.
constexpr int MaxInterim = 8;
/// Squid's name for what went wrong ("ERR_ACCESS_DENIED 0") says more than its status.
constexpr qsizetype MaxShownField = 100;

QString wordsOf(const Http::ResponseHead &head)
{
    QString words = (QString::number(head.status) + u' ' + QString::fromUtf8(head.reason)).trimmed();
    const QByteArray squid = head.fields.value("x-squid-error").left(MaxShownField);
    if (!squid.isEmpty())
        words += u", "_s + QString::fromLatin1(squid);
    return words;
}

/// The first word of each challenge. Parameters have '=', so that a word without one begins a challenge.
QStringList schemesOf(const Http::Fields &fields)
{
    QStringList schemes;
    for (const QByteArray &part : fields.tokens("proxy-authenticate")) {
        const QByteArray word = part.split(' ').first().left(MaxShownField);
        if (!word.isEmpty() && !word.contains('='))
            schemes << QString::fromLatin1(word);
    }
    return schemes;
}

} // namespace

ConnectHandshake::ConnectHandshake(ProxySettings proxy, const QString &host, quint16 port)
    : m_proxy(std::move(proxy))
    , m_authority((host.contains(u':') ? u'[' + host + u']' : QString::fromLatin1(QUrl::toAce(host))).toLatin1() + ':'
                  + QByteArray::number(port))
{
}

ProxyHandshake::Step ConnectHandshake::start()
{
    Http::RequestHead head;
    head.method = "CONNECT";
    head.target = m_authority;
    head.fields.add("Host", m_authority);
    head.fields.add("User-Agent", "fairlead");
    if (m_proxy.hasCredentials())
        head.fields.add("Proxy-Authorization", "Basic " + (m_proxy.user + ':' + m_proxy.password).toBase64());
    const QByteArray request = Http::encode(head);
    if (request.isEmpty() || m_authority.startsWith(':')) // a name that is none in ASCII
        return Refused{ProxyTrouble::ServerNameUnfit, {}};
    return NeedMore{request};
}

ProxyHandshake::Step ConnectHandshake::feed(QByteArrayView bytes)
{
    QByteArray piece = bytes.toByteArray();
    for (int i = 0; i < MaxInterim; ++i) {
        const auto step = m_parser.feed(piece);
        if (std::holds_alternative<Http::NeedMoreData>(step))
            return NeedMore{};
        if (const auto *error = std::get_if<Http::HeadError>(&step))
            return Refused{ProxyTrouble::NotHttp, Http::describe(*error)};
        const auto &head = std::get<Http::ResponseHead>(step);
        piece = m_parser.takeRest();
        if (head.status >= 200 || head.status == 101)
            return judge(head, piece);
    }
    return Refused{ProxyTrouble::NotHttp, u"too many interim responses"_s};
}

ProxyHandshake::Step ConnectHandshake::judge(const Http::ResponseHead &head, const QByteArray &rest) const
{
    const QString words = wordsOf(head);
    if (head.status >= 200 && head.status < 300) {
        if (rest.isEmpty())
            return Open{};
        return Refused{ProxyTrouble::WebPage, words};
    }
    switch (head.status) {
    case 407:
        return signInRefusal(head, words);
    case 401: // some gateways confuse the two
        return Refused{m_proxy.hasCredentials() ? ProxyTrouble::PasswordRefused : ProxyTrouble::PasswordNeeded, words};
    case 403:
        return Refused{ProxyTrouble::NotAllowed, words};
    case 400:
    case 404:
    case 405:
    case 501:
        return Refused{ProxyTrouble::NoTunnels, words};
    default:
        return Refused{head.status >= 500 ? ProxyTrouble::ServerUnreachable : ProxyTrouble::OtherAnswer, words};
    }
}

ProxyHandshake::Refused ConnectHandshake::signInRefusal(const Http::ResponseHead &head, const QString &words) const
{
    const QStringList schemes = schemesOf(head.fields);
    if (!schemes.isEmpty() && !schemes.contains("basic"_L1, Qt::CaseInsensitive))
        return {ProxyTrouble::SignInUnknown, schemes.join(", "_L1)};
    return {m_proxy.hasCredentials() ? ProxyTrouble::PasswordRefused : ProxyTrouble::PasswordNeeded, words};
}

} // namespace Fairlead::Net
