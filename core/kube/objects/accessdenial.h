#pragma once

#include <QString>

#include <optional>

namespace Fairlead::Kube {

/// What an API server refused to whom, read from the words of its refusal. No permission is asked for beforehand
/// anywhere: a review may be wrong, the refusal itself is not.
struct AccessDenial {
    QString user;
    QString verb; ///< "create", "list"
    QString apiGroup; ///< empty: the core group, or unknown
    QString resource; ///< "pods"
    QString subresource; ///< "portforward", or empty
    QString namespaceName; ///< empty: at the cluster scope

    bool operator==(const AccessDenial &) const = default;
};

/// Understands what k8s.io/apiserver writes (handlers/responsewriters/errors.go), e.g. `pods "web-0" is forbidden: User
/// "jane" cannot create resource "pods/portforward" in API group "" in the namespace "shop"`, with or without a reason
/// behind it, and the shorter form of Kubernetes before 1.12. Nothing for other refusals: quotas, admission, gateways,
/// paths that are no resources.
[[nodiscard]] std::optional<AccessDenial> accessDenialFrom(const QString &message);

/// Who may not do what, and where: one translated sentence.
[[nodiscard]] QString sentenceFor(const AccessDenial &denial);

/// For an administrator: an introducing sentence and the kubectl lines that would allow it, each on a line of its own.
/// Names are quoted for a shell. For somebody who is not signed in: that there is nobody to allow it to.
[[nodiscard]] QString adviceFor(const AccessDenial &denial);

} // namespace Fairlead::Kube
