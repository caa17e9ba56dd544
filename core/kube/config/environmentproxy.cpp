#include "core/kube/config/environmentproxy.h"

#include <QHostAddress>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

/// Upper case first, empty counts as unset. Also answers which name had it.
std::pair<QString, QString> variable(const QProcessEnvironment &environment, const QString &upperName)
{
    for (const QString &name : {upperName, upperName.toLower()}) {
        const QString value = environment.value(name);
        if (!value.isEmpty())
            return {value, name};
    }
    return {};
}

struct HostAndPort {
    QString host; ///< lower case, no brackets
    QString port; ///< empty: none was written
};

/// Go's net.SplitHostPort, with the whole as host where there is no port.
HostAndPort splitHostPort(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    const bool bracketed = text.startsWith(u'[');
    const bool hasPort = colon > 0 && (bracketed ? text.at(colon - 1) == u']' : text.indexOf(u':') == colon);
    QString host = hasPort ? text.left(colon) : text;
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    return {host, hasPort ? text.mid(colon + 1) : QString()};
}

bool matchesAddress(const QHostAddress &address, const QString &pattern)
{
    if (pattern.contains(u'/')) {
        const auto subnet = QHostAddress::parseSubnet(pattern);
        return subnet.second >= 0 && address.isInSubnet(subnet);
    }
    const QHostAddress exact(pattern);
    return !exact.isNull() && address.isEqual(exact, QHostAddress::TolerantConversion);
}

/// International names are compared in ASCII. What is no name stays as it is.
QString inAscii(const QString &name)
{
    const QByteArray ascii = QUrl::toAce(name);
    return ascii.isEmpty() ? name : QString::fromLatin1(ascii);
}

bool matchesDomain(const QString &host, QString pattern)
{
    if (pattern.startsWith("*."_L1))
        pattern.remove(0, 1);
    if (pattern.startsWith(u'.'))
        return host.endsWith(u'.' + inAscii(pattern.mid(1)));
    pattern = inAscii(pattern);
    return host == pattern || host.endsWith(u'.' + pattern);
}

bool matches(const QUrl &server, const QString &rule)
{
    if (rule == "*"_L1)
        return true;
    const QString host = server.host().toLower();
    const HostAndPort pattern = rule.contains(u'/') ? HostAndPort{rule, {}} : splitHostPort(rule);
    if (pattern.host.isEmpty() || (!pattern.port.isEmpty() && pattern.port != QString::number(server.port())))
        return false;
    const QHostAddress address(host);
    if (!address.isNull())
        return matchesAddress(address, pattern.host);
    return QHostAddress(pattern.host).isNull() && matchesDomain(inAscii(host), pattern.host);
}

bool isExempt(const QUrl &server, const QProcessEnvironment &environment)
{
    if (server.host() == "localhost"_L1 || QHostAddress(server.host()).isLoopback())
        return true;
    const QStringList rules = variable(environment, u"NO_PROXY"_s).first.toLower().split(u',');
    return std::ranges::any_of(rules, [&](const QString &rule) { return matches(server, rule.trimmed()); });
}

} // namespace

EnvironmentProxy proxyFromEnvironment(const QUrl &server, const QProcessEnvironment &environment)
{
    const auto [value, name] =
        variable(environment, server.scheme() == "https"_L1 ? u"HTTPS_PROXY"_s : u"HTTP_PROXY"_s);
    if (value.isEmpty() || isExempt(server, environment))
        return {};
    return {value.contains("://"_L1) ? value : "http://"_L1 + value, name};
}

} // namespace Fairlead::Kube
