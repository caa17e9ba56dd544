#include "core/kube/objects/portspec.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

/// What Go's strconv.Atoi takes for a number: kubectl tries that first and takes all else for a name.
bool isNumber(const QString &text)
{
    static const QRegularExpression pattern(u"\\A[+-]?[0-9]+\\z"_s);
    bool fits = false;
    text.toLongLong(&fits);
    return fits && pattern.match(text).hasMatch();
}

/// Go's strconv.Quote, as far as what can be typed into an argument needs it.
QString quoted(const QString &text)
{
    QString out = text;
    out.replace(u'\\', "\\\\"_L1).replace(u'"', "\\\""_L1).replace(u'\n', "\\n"_L1).replace(u'\t', "\\t"_L1);
    return u'"' + out + u'"';
}

/// Go's strconv.ParseUint(text, 10, 16), its errors included.
Result<quint16, QString> parsePort(const QString &text, QLatin1StringView side)
{
    const bool digitsOnly =
        !text.isEmpty() && std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    bool fits = false;
    const quint16 port = text.toUShort(&fits);
    if (digitsOnly && fits)
        return port;
    const QLatin1StringView cause = digitsOnly ? "value out of range"_L1 : "invalid syntax"_L1;
    return Failure{"error parsing "_L1 + side + " port '"_L1 + text + "': strconv.ParseUint: parsing "_L1 + quoted(text)
                   + ": "_L1 + cause};
}

/// What is wrong with a remote port given as a number, or empty. `localText` is read first, as kubectl does, so a lone
/// number that is wrong is called a local port.
QString remoteNumberProblem(const QString &localText, const QString &remote)
{
    if (const auto local = parsePort(localText, "local"_L1); !local)
        return local.error();
    const auto number = parsePort(remote, "remote"_L1);
    if (!number)
        return number.error();
    return *number == 0 ? u"remote port must be > 0"_s : QString();
}

quint16 numberOf(const ContainerPort &port)
{
    return port.number;
}

quint16 numberOf(const ServicePort &port)
{
    return port.port;
}

/// Of a pod or of a service.
template <typename Port>
bool isUdpOnly(quint16 number, const QList<Port> &ports)
{
    bool udp = false;
    for (const Port &port : ports) {
        if (numberOf(port) != number)
            continue;
        if (port.protocol == "TCP"_L1)
            return false;
        udp = udp || port.protocol == "UDP"_L1;
    }
    return udp;
}

QString declaredName(quint16 number, const QList<ContainerPort> &ports)
{
    for (const ContainerPort &port : ports) {
        if (port.number == number && port.protocol == "TCP"_L1)
            return port.name;
    }
    return {};
}

/// Containers come before init containers in PodInfo, so the first match is kubectl's.
template <typename Port>
std::optional<quint16> numberOfName(const QString &name, const QList<Port> &ports)
{
    for (const Port &port : ports) {
        if (port.name == name)
            return numberOf(port);
    }
    return std::nullopt;
}

QString noNamedPort(const QString &pod, const QString &name)
{
    return "Pod '"_L1 + pod + "' does not have a named port '"_L1 + name + u'\'';
}

/// Where a port of a service leads in a pod; kubectl's LookupContainerPortNumberByServicePort.
Result<quint16, QString> containerPortOf(const ServicePort &port, const PodInfo &pod, const ServiceInfo &service)
{
    if (service.headless || port.targetPort.isEmpty() || port.targetPort == "0"_L1)
        return port.port;
    if (isNumber(port.targetPort)) {
        bool fits = false;
        const quint16 number = port.targetPort.toUShort(&fits);
        if (fits)
            return number;
    }
    if (const auto number = numberOfName(port.targetPort, pod.ports))
        return *number;
    return Failure{noNamedPort(pod.name, port.targetPort)};
}

} // namespace

Result<PortArgument, QString> parsePortArgument(const QString &text)
{
    const QStringList parts = text.split(u':');
    if (parts.size() > 2) // kubectl takes the first number of 1:2:3 for both; surely not what was meant
        return Failure{"invalid port format '"_L1 + text + u'\''};
    const QString remote = parts.last();
    if (remote.isEmpty())
        return Failure{u"remote port cannot be empty"_s};
    const bool sameText = parts.first() == remote;
    const QString localText = parts.first().isEmpty() ? u"0"_s : parts.first();
    if (isNumber(remote)) {
        if (const QString problem = remoteNumberProblem(localText, remote); !problem.isEmpty())
            return Failure{problem};
    }
    if (sameText)
        return PortArgument{std::nullopt, remote};
    const auto local = parsePort(localText, "local"_L1);
    if (!local)
        return Failure{local.error()};
    if (isNumber(remote) && remote.toUInt() == *local)
        return PortArgument{std::nullopt, remote}; // "0080:80" is "80", and so is written and read as that
    return PortArgument{*local, remote};
}

QString portText(const PortArgument &port)
{
    if (!port.local)
        return port.remote;
    return *port.local == 0 ? u':' + port.remote : QString::number(*port.local) + u':' + port.remote;
}

Result<PortMapping, QString> translatePort(const PortArgument &argument, const PodInfo &pod)
{
    const bool byNumber = isNumber(argument.remote);
    std::optional<quint16> remote;
    if (byNumber) {
        const QString problem = remoteNumberProblem(argument.remote, argument.remote);
        if (!problem.isEmpty())
            return Failure{problem};
        remote = argument.remote.toUShort();
    } else {
        remote = numberOfName(argument.remote, pod.ports);
    }
    if (!remote)
        return Failure{noNamedPort(pod.name, argument.remote)};
    if (isUdpOnly(*remote, pod.ports))
        return Failure{"UDP protocol is not supported for "_L1 + argument.remote};
    const QString name = byNumber ? declaredName(*remote, pod.ports) : argument.remote;
    return PortMapping{argument.local.value_or(*remote), *remote, name};
}

Result<PortMapping, QString> translatePort(const PortArgument &argument, const PodInfo &pod, const ServiceInfo &service)
{
    const auto noPort = [&](const QString &number) {
        return Failure{u"Service %1 does not have a service port %2"_s.arg(service.name, number)};
    };
    std::optional<quint16> number;
    if (isNumber(argument.remote)) {
        bool fits = false;
        number = argument.remote.toUShort(&fits);
        if (!fits)
            return noPort(argument.remote);
    } else {
        number = numberOfName(argument.remote, service.ports);
    }
    if (!number)
        return Failure{u"Service '%1' does not have a named port '%2'"_s.arg(service.name, argument.remote)};
    if (isUdpOnly(*number, service.ports))
        return Failure{"UDP protocol is not supported for "_L1 + argument.remote};
    const auto entry = std::find_if(service.ports.cbegin(), service.ports.cend(),
                                    [&](const ServicePort &port) { return port.port == *number; });
    if (entry == service.ports.cend())
        return noPort(QString::number(*number));
    const auto remote = containerPortOf(*entry, pod, service);
    if (!remote)
        return Failure{remote.error()};
    return PortMapping{argument.local.value_or(*number), *remote, entry->name};
}

} // namespace Fairlead::Kube
