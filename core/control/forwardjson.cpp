#include "core/control/forwardjson.h"

#include "core/store/profiles/profileplan.h"

#include <QJsonArray>
#include <QMetaEnum>

#include <array>

using namespace Qt::StringLiterals;

namespace Fairlead::Control {

namespace {

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QJsonObject reasonJson(const Forward::Reason &reason)
{
    QJsonObject object{{u"text"_s, reason.text}};
    if (!reason.detail.isEmpty())
        object[u"detail"_s] = reason.detail.trimmed();
    if (!reason.advice.isEmpty())
        object[u"advice"_s] = reason.advice;
    if (reason.since.isValid())
        object[u"since"_s] = timeText(reason.since);
    if (reason.nextTry)
        object[u"nextTry"_s] = timeText(*reason.nextTry);
    return object;
}

QJsonObject portJson(const Forward::PortSnapshot &port)
{
    QJsonArray listeners;
    for (const Forward::ListenerStatus &listener : port.listeners) {
        QJsonObject object{{u"address"_s, listener.address}, {u"port"_s, listener.port}};
        if (!listener.error.isEmpty())
            object[u"error"_s] = listener.error;
        listeners << object;
    }
    return {{u"localPort"_s, port.localPort},
            {u"remotePort"_s, port.remotePort},
            {u"name"_s, port.name},
            {u"listeners"_s, listeners}};
}

QJsonArray portsJson(const QList<Forward::PortSnapshot> &ports)
{
    QJsonArray result;
    for (const Forward::PortSnapshot &port : ports)
        result << portJson(port);
    return result;
}

} // namespace

QJsonObject forwardJson(const Forward::ForwardSnapshot &forward, const QStringList &profiles, const QString &remark)
{
    const auto state = QMetaEnum::fromType<Forward::State>().valueToKey(int(forward.state));
    QJsonObject object{{u"id"_s, qint64(forward.id)},
                       {u"name"_s, Store::displayName(forward.spec)},
                       {u"target"_s, Kube::targetText(forward.spec.target)},
                       {u"context"_s, forward.spec.context},
                       {u"namespace"_s, forward.spec.namespaceName},
                       {u"profiles"_s, QJsonArray::fromStringList(profiles)},
                       {u"state"_s, QLatin1StringView(state)},
                       {u"reason"_s, reasonJson(forward.reason)},
                       {u"remark"_s, remark},
                       {u"ports"_s, portsJson(forward.ports)},
                       {u"pods"_s, QJsonArray::fromStringList(forward.pods)},
                       {u"openConnections"_s, forward.openConnections},
                       {u"totalConnections"_s, qint64(forward.totalConnections)},
                       {u"waitingConnections"_s, forward.waitingConnections},
                       {u"bytesDown"_s, qint64(forward.traffic.bytesDown)},
                       {u"bytesUp"_s, qint64(forward.traffic.bytesUp)},
                       {u"reconnects"_s, forward.reconnects}};
    if (!forward.spec.kubeconfig.isEmpty())
        object[u"kubeconfig"_s] = forward.spec.kubeconfig;
    if (forward.roundTripMs)
        object[u"roundTripMs"_s] = *forward.roundTripMs;
    if (forward.transport)
        object[u"transport"_s] = Forward::transportText(*forward.transport).toLower();
    return object;
}

QJsonObject logJson(Forward::ForwardId id, const QString &name, const Forward::LogLine &line)
{
    constexpr std::array Levels{QLatin1StringView("info"), QLatin1StringView("warning"), QLatin1StringView("error")};
    return {{u"id"_s, qint64(id)},
            {u"name"_s, name},
            {u"time"_s, timeText(line.time)},
            {u"level"_s, Levels.at(size_t(line.level))},
            {u"text"_s, line.text}};
}

} // namespace Fairlead::Control
