#include "core/net/proxy/proxyfailure.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace Fairlead::Net {

namespace {

/// In all sentences %1 is the proxy's address, %2 the server's and %3 the proxy's or the system's own words.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Net::ProxyFailure)
};

/// The proxy itself was not reached, or is none.
QString sentenceAboutProxy(ProxyTrouble trouble)
{
    switch (trouble) {
    case ProxyTrouble::NameUnknown:
        return Words::tr("The name of the proxy %1 cannot be found. Check its address, and whether the VPN is on.");
    case ProxyTrouble::Unreachable:
        return Words::tr("The proxy %1 cannot be reached (%3). Check whether it runs, its address, and the VPN.");
    case ProxyTrouble::NoAnswer:
        return Words::tr("The proxy %1 does not answer. Check its address, and whether the VPN is on.");
    case ProxyTrouble::Untrusted:
        return Words::tr("No secure connection to the proxy %1 can be made: %3");
    case ProxyTrouble::NotHttp:
        return Words::tr("%1 does not answer as an HTTP proxy does. Check the port, and whether it is a SOCKS proxy: "
                         "then its address begins with socks5://.");
    case ProxyTrouble::NotSocks:
        return Words::tr("%1 does not answer as a SOCKS5 proxy does. Check the port, and whether it is an HTTP proxy: "
                         "then its address begins with http://.");
    default:
        return {};
    }
}

/// It wants to know who we are.
QString sentenceAboutSignIn(ProxyTrouble trouble)
{
    switch (trouble) {
    case ProxyTrouble::PasswordNeeded:
        return Words::tr("The proxy %1 wants user and password. Write them into its address, as in "
                         "http://USER:PASSWORD@proxy:3128.");
    case ProxyTrouble::PasswordRefused:
        return Words::tr("The proxy %1 does not accept the user and password of its address (%3). Correct them there; "
                         "special characters have to be percent-encoded.");
    case ProxyTrouble::PasswordUnfit:
        return Words::tr("The proxy %1 cannot take this user and password: SOCKS5 wants a user, and at most 255 bytes "
                         "for each.");
    case ProxyTrouble::SignInUnknown:
        return Words::tr("The proxy %1 wants a sign-in of the kind %3, and Fairlead can only give user and password "
                         "(Basic). A local proxy that signs in, such as cntlm or px, can stand in between.");
    default:
        return {};
    }
}

/// It speaks, but does not connect.
QString sentenceAboutServer(ProxyTrouble trouble)
{
    switch (trouble) {
    case ProxyTrouble::Stuck:
        return Words::tr("The proxy %1 was asked for %2 and does not answer. It may be overloaded, or cannot reach the "
                         "server; or no proxy of this kind listens there.");
    case ProxyTrouble::Closed:
        return Words::tr("The proxy %1 closed the connection instead of connecting to %2 (%3). Check whether it is a "
                         "proxy of this kind.");
    case ProxyTrouble::NotAllowed:
        return Words::tr("The proxy %1 does not allow connections to %2 (%3). Its administrator has to allow that host "
                         "and port, for HTTP proxies with the method CONNECT; or exempt the server with NO_PROXY if it "
                         "can be reached directly.");
    case ProxyTrouble::NoTunnels:
        return Words::tr("%1 does not make connections to %2 (%3). Check whether it is a proxy that allows CONNECT.");
    case ProxyTrouble::ServerUnreachable:
        return Words::tr("The proxy %1 cannot reach %2 (%3). Check the server's name and port; the proxy looks them up "
                         "in its own network.");
    case ProxyTrouble::ServerNameUnfit:
        return Words::tr("The name of the server %2 cannot be told to the proxy %1.");
    case ProxyTrouble::WebPage:
        return Words::tr("The proxy %1 answers with something of its own instead of a connection to %2; perhaps a "
                         "sign-in page stands in between.");
    default:
        return Words::tr("The proxy %1 gave an answer that cannot be used when asked for %2: %3");
    }
}

QString sentence(ProxyTrouble trouble)
{
    for (const QString &text : {sentenceAboutProxy(trouble), sentenceAboutSignIn(trouble)}) {
        if (!text.isEmpty())
            return text;
    }
    return sentenceAboutServer(trouble);
}

ConnectFailure::Kind kindOf(ProxyTrouble trouble)
{
    switch (trouble) {
    case ProxyTrouble::Untrusted:
        return ConnectFailure::Kind::Tls;
    case ProxyTrouble::PasswordNeeded:
    case ProxyTrouble::PasswordRefused: // a second try could lock the account
    case ProxyTrouble::PasswordUnfit:
    case ProxyTrouble::SignInUnknown:
    case ProxyTrouble::NotAllowed:
    case ProxyTrouble::NoTunnels:
    case ProxyTrouble::ServerNameUnfit:
    case ProxyTrouble::NotHttp:
    case ProxyTrouble::NotSocks:
        return ConnectFailure::Kind::Refused;
    default:
        return ConnectFailure::Kind::Network;
    }
}

QString connectText(ProxyTrouble trouble, const QString &words)
{
    if (trouble == ProxyTrouble::SignInUnknown)
        return u"Proxy Authentication Required"_s;
    if (trouble == ProxyTrouble::NotHttp || trouble == ProxyTrouble::WebPage)
        return u"malformed HTTP response"_s;
    const QString reason = words.section(u' ', 1).section(", "_L1, 0, 0);
    return reason.isEmpty() ? u"CONNECT failed"_s : reason;
}

/// client-go's words: net/http for HTTP proxies, x/net/internal/socks for the other.
QString goText(ProxyTrouble trouble, const ProxySettings &proxy, const QString &server, const QString &words)
{
    const QString address = hostAndPort(proxy.host, proxy.port);
    const bool isSocks = proxy.kind == ProxySettings::Kind::Socks5;
    const QString prefix = isSocks ? u"socks connect tcp %1->%2: "_s.arg(address, server) : u"proxyconnect tcp: "_s;
    switch (trouble) {
    case ProxyTrouble::NameUnknown:
        return prefix + u"dial tcp: lookup %1: no such host"_s.arg(proxy.host);
    case ProxyTrouble::Unreachable:
        // the system's words, in lower case as Go has them
        return prefix + u"dial tcp %1: connect: %2"_s.arg(address, words.toLower());
    case ProxyTrouble::NoAnswer:
    case ProxyTrouble::Stuck:
        return prefix + u"dial tcp %1: i/o timeout"_s.arg(address);
    case ProxyTrouble::Untrusted:
        return prefix + "tls: "_L1 + words;
    case ProxyTrouble::Closed:
        return prefix + words;
    case ProxyTrouble::ServerUnreachable:
    case ProxyTrouble::NotAllowed:
    case ProxyTrouble::NoTunnels:
        if (isSocks)
            return prefix + "unknown error "_L1 + words;
        break;
    default:
        break;
    }
    if (isSocks)
        return prefix + words;
    return connectText(trouble, words);
}

/// In one pass, since what a proxy says may hold "%2"; not every sentence has all three.
QString filled(const QString &sentence, const QStringList &values)
{
    QString text;
    for (qsizetype at = 0; at < sentence.size(); ++at) {
        const QChar next = at + 1 < sentence.size() ? sentence.at(at + 1) : QChar();
        if (sentence.at(at) == u'%' && next >= u'1' && next <= u'3')
            text += values.at(sentence.at(++at).digitValue() - 1);
        else
            text += sentence.at(at);
    }
    return text;
}

QString advice(const ProxySettings &proxy)
{
    if (proxy.source.isEmpty())
        return {};
    if (proxy.source == "proxy-url"_L1)
        return Words::tr("The proxy is set by proxy-url in the cluster's entry of the kubeconfig.");
    //: %1 is a variable of the environment, such as HTTPS_PROXY
    return Words::tr("The proxy is set by the variable %1 of the environment; servers that can be reached without it "
                     "belong into NO_PROXY.")
        .arg(proxy.source);
}

} // namespace

ConnectFailure describeProxyTrouble(ProxyTrouble trouble, const ProxySettings &proxy, const QString &server,
                                    const QString &words)
{
    ConnectFailure failure;
    failure.kind = kindOf(trouble);
    failure.text = filled(sentence(trouble), {proxy.named(), server, words});
    failure.detail = goText(trouble, proxy, server, words);
    failure.advice = advice(proxy);
    failure.byProxy = true;
    return failure;
}

} // namespace Fairlead::Net
