#include "core/kube/portspec.h"

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

bool isUdpOnly(quint16 number, const QList<ContainerPort> &ports)
{
    bool udp = false;
    for (const ContainerPort &port : ports) {
        if (port.number != number)
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
std::optional<quint16> numberOfName(const QString &name, const QList<ContainerPort> &ports)
{
    for (const ContainerPort &port : ports) {
        if (port.name == name)
            return port.number;
    }
    return std::nullopt;
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
    return PortArgument{*local, remote};
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
        return Failure{"Pod '"_L1 + pod.name + "' does not have a named port '"_L1 + argument.remote + u'\''};
    if (isUdpOnly(*remote, pod.ports))
        return Failure{"UDP protocol is not supported for "_L1 + argument.remote};
    const QString name = byNumber ? declaredName(*remote, pod.ports) : argument.remote;
    return PortMapping{argument.local.value_or(*remote), *remote, name};
}

} // namespace Fairlead::Kube
