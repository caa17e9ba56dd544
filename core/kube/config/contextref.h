#pragma once

#include <QHashFunctions>
#include <QMetaType>
#include <QString>

#include <tuple>
#include <utility>

namespace Fairlead::Kube {

/// Names a context of this run. Files that the user added stand beside the run's own kubeconfig, unmerged, so the name
/// alone is not enough: "default" and "kubernetes-admin@kubernetes" are in half of all files.
struct ContextRef {
    QString name;
    QString kubeconfig; ///< absolute path of an added file; empty: the run's own kubeconfig, whatever that is made of

    ContextRef() = default;
    /// Of the run's own kubeconfig unless a file is given; implicit, since that is what a plain name means everywhere.
    ContextRef(QString contextName, QString addedFile = {})
        : name(std::move(contextName))
        , kubeconfig(std::move(addedFile))
    {
    }

    bool operator==(const ContextRef &) const = default;
    friend bool operator<(const ContextRef &a, const ContextRef &b)
    {
        return std::tie(a.name, a.kubeconfig) < std::tie(b.name, b.kubeconfig);
    }
};

[[nodiscard]] inline size_t qHash(const ContextRef &context, size_t seed = 0)
{
    return qHashMulti(seed, context.name, context.kubeconfig);
}

/// One string for settings, and back. For the run's own kubeconfig it is the plain name.
[[nodiscard]] QString contextKey(const ContextRef &context);
[[nodiscard]] ContextRef contextFromKey(const QString &key);

/// How people read it: the name, and for an added file which one: "default (lab.yaml)". A file whose name says nothing
/// is shown with its folder: "default (lab/config)".
[[nodiscard]] QString contextLabel(const ContextRef &context);

} // namespace Fairlead::Kube

Q_DECLARE_METATYPE(Fairlead::Kube::ContextRef)
