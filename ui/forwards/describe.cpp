#include "ui/forwards/describe.h"

#include "ui/format.h"
#include "ui/forwards/freeport.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QLocale>

#include <algorithm>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Forward::ForwardSnapshot;
using Forward::ForwardSpec;
using Forward::State;

namespace {

struct Describe {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Ui::Describe)
};

bool isExposed(const QString &host)
{
    const QHostAddress address(host);
    return !address.isNull() && !address.isLoopback();
}

/// The address that a spec's first entry will listen on.
QString hostOf(const ForwardSpec &spec)
{
    const QString first = spec.addresses.value(0, u"localhost"_s);
    return first == "localhost"_L1 ? u"127.0.0.1"_s : first;
}

LocalEnd plannedEnd(const ForwardSpec &spec, const Kube::PortArgument &port)
{
    LocalEnd end;
    end.host = hostOf(spec);
    end.port = port.local ? *port.local : port.remote.toUShort();
    end.remote = port.remote;
    end.exposed = isExposed(end.host);
    return end;
}

LocalEnd listeningEnd(const ForwardSpec &spec, const Forward::PortSnapshot &port)
{
    LocalEnd end;
    end.host = hostOf(spec);
    end.port = port.localPort;
    end.remote = port.name.isEmpty() ? QString::number(port.remotePort) : port.name;
    bool found = false;
    for (const Forward::ListenerStatus &listener : port.listeners) {
        end.exposed = end.exposed || isExposed(listener.address);
        if (!listener.error.isEmpty() && end.error.isEmpty())
            end.error = listener.error;
        if (listener.systemError == EADDRINUSE)
            end.taken = listener.address;
        if (listener.error.isEmpty() && !std::exchange(found, true)) {
            end.host = listener.address;
            end.port = listener.port ? listener.port : port.localPort;
        }
    }
    if (port.listeners.isEmpty())
        end.exposed = isExposed(end.host);
    if (!found)
        end.taken.clear(); // it listens nowhere, which its state says
    return end;
}

QString bracketed(const QString &host)
{
    return host.contains(':'_L1) ? u"[%1]"_s.arg(host) : host;
}

QString remotePorts(const ForwardSpec &spec)
{
    QStringList ports;
    for (const Kube::PortArgument &port : spec.ports)
        ports << port.remote;
    return ports.join(u", "_s);
}

} // namespace

QString forwardName(const ForwardSpec &spec)
{
    return spec.name.isEmpty() ? spec.target.name : spec.name;
}

QString targetText(const ForwardSpec &spec)
{
    return u"%1 : %2"_s.arg(Kube::targetText(spec.target), remotePorts(spec));
}

QString shortTargetText(const ForwardSpec &spec)
{
    return u"%1 : %2"_s.arg(Kube::shortTargetText(spec.target), remotePorts(spec));
}

QString podText(const ForwardSnapshot &forward)
{
    if (!forward.pods.isEmpty() || forward.spec.target.isFollowed())
        return forward.pods.join(u", "_s);
    return forward.spec.target.name;
}

QString heldText(const ForwardSnapshot &forward)
{
    if (forward.waitingConnections == 0 || forward.state == State::Running)
        return {};
    return Describe::tr("%n connection(s) held meanwhile.", nullptr, forward.waitingConnections);
}

QString placeText(const ForwardSpec &spec)
{
    const QString context = Kube::contextLabel(spec.contextRef());
    if (spec.namespaceName.isEmpty() || spec.context.isEmpty())
        return spec.namespaceName + context;
    return u"%1 · %2"_s.arg(spec.namespaceName, context);
}

QList<LocalEnd> localEnds(const ForwardSnapshot &forward)
{
    QList<LocalEnd> ends;
    if (!forward.ports.isEmpty()) {
        for (const Forward::PortSnapshot &port : forward.ports)
            ends << listeningEnd(forward.spec, port);
    } else {
        for (const Kube::PortArgument &port : forward.spec.ports)
            ends << plannedEnd(forward.spec, port);
    }
    return ends;
}

QString addressText(const LocalEnd &end)
{
    return end.port == 0 ? QString() : u"%1:%2"_s.arg(bracketed(end.host)).arg(end.port);
}

QString localText(const QList<LocalEnd> &ends)
{
    QStringList parts;
    QString host;
    for (const LocalEnd &end : ends) {
        if (end.port == 0)
            parts << Describe::tr("any free port");
        else
            parts << (end.host == host ? QString::number(end.port) : addressText(end));
        host = end.host;
    }
    return parts.join(u", "_s);
}

QString localSecondLine(const QList<LocalEnd> &ends)
{
    QStringList parts;
    const bool two = ends.size() == 2;
    for (qsizetype i = 1; i < ends.size(); ++i) {
        const LocalEnd &end = ends.at(i);
        if (end.port == 0)
            parts << Describe::tr("any free port");
        else
            parts << (two || end.host != ends.first().host ? addressText(end) : QString::number(end.port));
    }
    const QString others = parts.join(u", "_s);
    const QString warning = localWarning(ends);
    return others.isEmpty() || warning.isEmpty() ? others + warning : u"%1 · %2"_s.arg(others, warning);
}

QString localWarning(const QList<LocalEnd> &ends)
{
    if (std::any_of(ends.cbegin(), ends.cend(), [](const LocalEnd &end) { return end.exposed; }))
        return Describe::tr("open to other machines");
    const auto beside =
        std::find_if(ends.cbegin(), ends.cend(), [](const LocalEnd &end) { return !end.taken.isEmpty(); });
    //: %1 is a local address where another program listens on the port of this forward.
    return beside == ends.cend() ? QString() : Describe::tr("taken on %1").arg(bracketed(beside->taken));
}

QString localToolTip(const QList<LocalEnd> &ends)
{
    QStringList lines;
    for (const LocalEnd &end : ends) {
        const QString local = end.port == 0 ? Describe::tr("any free port") : addressText(end);
        //: One port of a forward: %1 is the local address, %2 the port in the pod.
        QString line = Describe::tr("%1 → %2").arg(local, end.remote);
        if (!end.error.isEmpty())
            line += '\n'_L1 + end.error;
        lines << line;
    }
    return lines.join('\n'_L1);
}

QUrl browserUrl(const LocalEnd &end)
{
    if (end.port == 0)
        return {};
    const QString remote = end.remote.toLower();
    const bool tls = remote == "443"_L1 || remote == "8443"_L1 || remote == "6443"_L1 || remote.startsWith("https"_L1);
    const QHostAddress address(end.host);
    QUrl url;
    url.setScheme(tls ? u"https"_s : u"http"_s);
    // "localhost" rather than 127.0.0.1: cookies, CORS rules and certificates of development servers expect it. Where
    // it may lead to another program, the address.
    const bool any = address == QHostAddress::AnyIPv4 || address == QHostAddress::AnyIPv6;
    const bool usual = address == QHostAddress::LocalHost || address == QHostAddress::LocalHostIPv6;
    url.setHost((usual && end.taken.isEmpty()) || any ? u"localhost"_s : end.host);
    url.setPort(end.port);
    url.setPath(u"/"_s);
    return url;
}

QUrl browserUrl(const ForwardSnapshot &forward)
{
    const QUrl local = browserUrl(localEnds(forward).value(0));
    const QString wanted = forward.spec.about.url.trimmed();
    if (wanted.isEmpty())
        return local;
    if (wanted.startsWith('/'_L1))
        return local.isValid() ? local.resolved(QUrl(wanted)) : QUrl();
    const QUrl url(wanted.contains("://"_L1) ? wanted : u"http://"_s + wanted);
    const bool web = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    return web && !url.host().isEmpty() ? url : QUrl();
}

QString tagsText(const Forward::About &about)
{
    return about.tags.join(u" · "_s);
}

QString reasonText(const Forward::Reason &reason, const QDateTime &now)
{
    if (!reason.nextTry)
        return reason.text;
    const qint64 seconds = std::max<qint64>(0, now.secsTo(*reason.nextTry));
    if (reason.text.isEmpty())
        return Describe::tr("next try in %n second(s)", nullptr, int(seconds));
    //: Small print under a state: %1 is the reason, a sentence.
    return Describe::tr("%1 · next try in %n second(s)", nullptr, int(seconds)).arg(reason.text);
}

QString reasonLine(const ForwardSnapshot &forward)
{
    const QString reason = reasonText(forward.reason);
    const QString held = heldText(forward);
    return reason.isEmpty() || held.isEmpty() ? reason + held : reason + u' ' + held;
}

QString reasonToolTip(const ForwardSnapshot &forward)
{
    QStringList lines{Forward::stateText(forward.state)};
    if (!forward.reason.text.isEmpty())
        lines << forward.reason.text;
    if (!forward.reason.detail.isEmpty() && forward.reason.detail != forward.reason.text)
        lines << forward.reason.detail;
    if (!forward.reason.advice.isEmpty())
        lines << forward.reason.advice;
    if (const QString held = heldText(forward); !held.isEmpty())
        lines << held;
    if (forward.reason.since.isValid()) {
        //: %1 is a time of day.
        lines << Describe::tr("Since %1").arg(formatTime(forward.reason.since));
    }
    return lines.join('\n'_L1);
}

bool needsAttention(State state)
{
    return state == State::WaitingForPod || state == State::Reconnecting || state == State::SignInNeeded
        || state == State::Failed;
}

QString connectionsText(int open, quint64 total)
{
    if (total == 0)
        return {};
    const QLocale locale;
    //: Connections of a forward: %1 are open now, %2 were opened since it was added.
    return Describe::tr("%1 of %2").arg(locale.toString(open), locale.toString(total));
}

QStringList remedyTexts()
{
    return {Describe::tr("Sign in…"), Describe::tr("Another port"), Describe::tr("Retry")};
}

QString remedyText(const Forward::ForwardSnapshot &forward)
{
    if (forward.state == State::SignInNeeded)
        return Describe::tr("Sign in…");
    if (lacksLocalPort(forward))
        return Describe::tr("Another port");
    return needsAttention(forward.state) ? Describe::tr("Retry") : QString();
}

} // namespace Fairlead::Ui
