#include "core/net/proxy/proxysettings.h"

#include <QCoreApplication>
#include <QUrl>

#include <optional>

using namespace Qt::StringLiterals;

namespace Fairlead::Net {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Net::ProxySettings)
};

struct Scheme {
    ProxySettings::Kind kind;
    quint16 port; ///< where none is written
};

std::optional<Scheme> schemeOf(const QString &name)
{
    if (name == "http"_L1)
        return Scheme{ProxySettings::Kind::Http, 80};
    if (name == "https"_L1)
        return Scheme{ProxySettings::Kind::Https, 443};
    if (name == "socks5"_L1 || name == "socks5h"_L1)
        return Scheme{ProxySettings::Kind::Socks5, 1080};
    return {};
}

QString schemeText(ProxySettings::Kind kind)
{
    switch (kind) {
    case ProxySettings::Kind::Https:
        return u"https"_s;
    case ProxySettings::Kind::Socks5:
        return u"socks5"_s;
    case ProxySettings::Kind::Http:
    case ProxySettings::Kind::None:
        break;
    }
    return u"http"_s;
}

} // namespace

QString ProxySettings::text() const
{
    return isUsed() ? schemeText(kind) + "://"_L1 + hostAndPort(host, port) : QString();
}

QString ProxySettings::named() const
{
    if (source.isEmpty())
        return text();
    //: %1 is a proxy's address, %2 what named it, such as HTTPS_PROXY or proxy-url
    return Words::tr("%1 (from %2)").arg(text(), source);
}

Result<ProxySettings, QString> proxyFromUrl(const QString &url, const QString &source)
{
    ProxySettings proxy;
    if (url.isEmpty())
        return proxy;
    const QUrl parsed(url, QUrl::StrictMode);
    const std::optional<Scheme> scheme = schemeOf(parsed.scheme());
    if (!parsed.isValid() || parsed.host().isEmpty() || !scheme) {
        //: %1 is what was written, without a password
        return Failure{Words::tr("The proxy address \"%1\" cannot be used. Write it like "
                                 "http://proxy.example.com:3128, https://… or socks5://…; special characters in "
                                 "user and password have to be percent-encoded.")
                           .arg(withoutProxyPassword(url))};
    }
    proxy.kind = scheme->kind;
    proxy.host = parsed.host();
    proxy.port = quint16(parsed.port(scheme->port));
    proxy.user = QByteArray::fromPercentEncoding(parsed.userName(QUrl::FullyEncoded).toLatin1());
    proxy.password = QByteArray::fromPercentEncoding(parsed.password(QUrl::FullyEncoded).toLatin1());
    proxy.source = source;
    return proxy;
}

QString withoutProxyPassword(const QString &url)
{
    const qsizetype at = url.lastIndexOf(u'@');
    if (at < 0)
        return url;
    const qsizetype slashes = url.indexOf("://"_L1);
    const qsizetype begin = slashes < 0 || slashes > at ? 0 : slashes + 3;
    const qsizetype colon = url.indexOf(u':', begin);
    return colon < 0 || colon > at ? url : url.left(colon) + url.mid(at);
}

QString hostAndPort(const QString &host, quint16 port)
{
    const QString bracketed = host.contains(u':') ? u'[' + host + u']' : host;
    return bracketed + u':' + QString::number(port);
}

} // namespace Fairlead::Net
