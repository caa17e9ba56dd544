#pragma once

#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>

namespace Fairlead::Kube {

/// One entry of a Service's `spec.ports`.
struct ServicePort {
    QString name; ///< may be empty when it is the only one
    QString protocol = QStringLiteral("TCP");
    quint16 port = 0;
    QString targetPort; ///< a number, or the name of a container port; empty: the same as `port`

    bool operator==(const ServicePort &) const = default;
};

/// A Service as far as forwarding to the pods behind it needs it.
struct ServiceInfo {
    QString namespaceName;
    QString name;
    bool headless = false; ///< `clusterIP: None`
    QString externalName; ///< not empty: it leads out of the cluster, so there are no pods
    QString selector; ///< as a query takes it; empty: somebody else says which addresses are behind it
    QList<ServicePort> ports; ///< declared order

    bool operator==(const ServiceInfo &) const = default;
};

/// A Service object, as GET, a list or an event gives it. Missing members are empty; nothing fails.
[[nodiscard]] ServiceInfo serviceInfoFrom(const QJsonObject &service);

} // namespace Fairlead::Kube

Q_DECLARE_METATYPE(Fairlead::Kube::ServiceInfo)
