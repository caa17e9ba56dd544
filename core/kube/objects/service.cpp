#include "core/kube/objects/service.h"

#include "core/kube/objects/labelselector.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

/// An int-or-string of the API: 8080, "8080" or "web"; 0 and what is missing are empty.
QString intOrString(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    const int number = value.toInt();
    return number == 0 ? QString() : QString::number(number);
}

ServicePort portFrom(const QJsonObject &entry)
{
    ServicePort port;
    port.name = entry["name"_L1].toString();
    port.protocol = entry["protocol"_L1].toString(u"TCP"_s);
    port.port = quint16(entry["port"_L1].toInt());
    port.targetPort = intOrString(entry["targetPort"_L1]);
    return port;
}

} // namespace

ServiceInfo serviceInfoFrom(const QJsonObject &service)
{
    const QJsonObject spec = service["spec"_L1].toObject();
    ServiceInfo info;
    info.namespaceName = service["metadata"_L1].toObject()["namespace"_L1].toString();
    info.name = service["metadata"_L1].toObject()["name"_L1].toString();
    info.headless = spec["clusterIP"_L1].toString() == "None"_L1;
    if (spec["type"_L1].toString() == "ExternalName"_L1)
        info.externalName = spec["externalName"_L1].toString();
    info.selector = selectorFromMap(spec["selector"_L1].toObject());
    const QJsonArray ports = spec["ports"_L1].toArray();
    for (const auto &value : ports) {
        const int number = value.toObject()["port"_L1].toInt();
        if (number > 0 && number <= 65535)
            info.ports.append(portFrom(value.toObject()));
    }
    return info;
}

} // namespace Fairlead::Kube
