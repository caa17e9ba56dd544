#pragma once

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
///       ports: [{name: data, containerPort: 8000, protocol: TCP}]
///       address: 127.0.0.1            # exactly one of address, netns, nsenterSocat
///
/// The file is refused as a whole with the place of the first mistake: "pods.yaml:4:7: ...". Unknown keys are mistakes,
/// since they are mostly misspelt ones. Pods come out Running since `now`.
[[nodiscard]] Result<QList<Pod>, QString> parsePods(const QByteArray &yaml, const QString &fileName,
                                                    const QDateTime &now);
[[nodiscard]] Result<QList<Pod>, QString> readPodsFile(const QString &path, const QDateTime &now);

} // namespace Fairlead::Demo
