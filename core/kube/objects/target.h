#pragma once

#include "core/support/result.h"

#include <QMetaType>
#include <QString>

namespace Fairlead::Kube {

/// What a forward leads to, as its user names it: a pod, or something that pods belong to.
struct TargetRef {
    enum class Kind {
        Pod,
        Service,
        Deployment,
        StatefulSet,
        ReplicaSet,
        DaemonSet,
        Job,
        ReplicationController,
        DeploymentConfig, ///< OKD's
        Selector ///< any pods with these labels
    };
    Kind kind = Kind::Pod;
    QString name; ///< the object's; of a Selector the label selector itself, as `kubectl -l` takes it

    /// Another pod may take the place of one that is gone.
    [[nodiscard]] bool isFollowed() const { return kind != Kind::Pod; }
    bool operator==(const TargetRef &) const = default;
};

/// Reads `NAME` or `TYPE/NAME`, where TYPE is a plural, a singular, a short name, or one of these with its API group
/// (`deploy`, `deployments.apps`). Errors in kubectl's words.
[[nodiscard]] Result<TargetRef, QString> parseTarget(const QString &text);

/// As parseTarget() takes it: "pod/api-0", "service/web". A selector's text is "pods with app=web", for eyes only.
[[nodiscard]] QString targetText(const TargetRef &target);

/// The same in fewer letters, as kubectl and oc abbreviate: "deploy/api".
[[nodiscard]] QString shortTargetText(const TargetRef &target);

/// The type's word in targetText(): "deployment". Not translated: it is what kubectl calls it.
[[nodiscard]] QString kindWord(TargetRef::Kind kind);

} // namespace Fairlead::Kube

Q_DECLARE_METATYPE(Fairlead::Kube::TargetRef)
