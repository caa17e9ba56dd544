#pragma once

#include "core/democluster/control/workloadobjects.h"
#include "core/democluster/state/pod.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QString>

namespace Fairlead::Demo {

/// Reads the file of `--pods` (docs/demo-cluster.md):
///
///   pods:
///     - name: mine                    # a DNS label
///       namespace: team               # default: default
///       labels: {app: mine}
///       owner: Deployment/mine        # optional
///       ports: [{name: data, containerPort: 8000, protocol: TCP}]
///       address: 127.0.0.1            # exactly one of address, netns, nsenterSocat
///   services:                         # optional
///     - name: mine
///       namespace: team
///       selector: {app: mine}         # or externalName: HOST
///       ports: [{name: http, port: 80, targetPort: data, protocol: TCP}]
///       clusterIP: None               # optional: headless
///
/// Pods of one owner are what it begins with: their number is its replicas, their labels (the same for all, at least
/// one) its selector, the first one's ports its template, and pods that it makes later lead where theirs do.
/// The file is refused as a whole with the place of the first mistake: "pods.yaml:4:7: ...". Unknown keys are mistakes,
/// since they are mostly misspelt ones. Pods come out Running since `now`.
struct Declared {
    QList<Pod> pods;
    QList<ServiceSpec> services;
};
[[nodiscard]] Result<Declared, QString> parsePods(const QByteArray &yaml, const QString &fileName,
                                                  const QDateTime &now);
[[nodiscard]] Result<Declared, QString> readPodsFile(const QString &path, const QDateTime &now);

} // namespace Fairlead::Demo
