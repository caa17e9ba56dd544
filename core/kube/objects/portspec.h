#pragma once

#include "core/kube/objects/objects.h"
#include "core/kube/objects/service.h"
#include "core/support/result.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Fairlead::Kube {

/// One `[LOCAL:]REMOTE` argument as typed, grammar checked, names not yet looked up.
struct PortArgument {
    std::optional<quint16> local; ///< nullopt: same number as remote; 0: any free port
    QString remote; ///< number or name

    bool operator==(const PortArgument &) const = default;
};

/// Ports as they will be used.
struct PortMapping {
    quint16 local = 0; ///< 0: any free port
    quint16 remote = 0;
    QString name; ///< the name it was given by, or the declared name; may be empty

    bool operator==(const PortMapping &) const = default;
};

/// Reads `5000`, `6000:5000`, `:5000`, `0:5000`, `web`, `9:web`. Errors in kubectl's words, made stricter where kubectl
/// silently takes the wrong thing (`1:2:3`).
[[nodiscard]] Result<PortArgument, QString> parsePortArgument(const QString &text);

/// "8080:80", ":80", "80": as parsePortArgument() reads it.
[[nodiscard]] QString portText(const PortArgument &port);

/// Looks names up among the pod's ports and refuses UDP-only ones. Errors in kubectl's words.
[[nodiscard]] Result<PortMapping, QString> translatePort(const PortArgument &argument, const PodInfo &pod);

/// The same for a service: `remote` is one of the service's ports, and the outcome is where that leads in this pod, so
/// it may differ from pod to pod. A number that several entries have means the first. LOCAL defaults to the service's
/// port. A headless service has no port of its own, so targetPort does not count (kubectl does the same).
[[nodiscard]] Result<PortMapping, QString> translatePort(const PortArgument &argument, const PodInfo &pod,
                                                         const ServiceInfo &service);

} // namespace Fairlead::Kube
