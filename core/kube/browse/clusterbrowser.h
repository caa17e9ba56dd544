#pragma once

#include "core/kube/api/apierror.h"
#include "core/kube/api/listtiming.h"
#include "core/kube/config/connectionconfig.h"
#include "core/kube/objects/objects.h"
#include "core/kube/objects/service.h"

#include <QObject>

#include <memory>

namespace Fairlead::Kube {

/// Lists namespaces, pods and a pod's ports of one cluster for a picker, live.
///
/// Lives in the window's thread; requests, parsing and watching happen on a thread of its own, so no call here waits.
/// What comes back arrives in batches by signal, merged: at most a few times a second however busy the watch is.
/// Choosing another context, namespace or pod cancels what was under way for the former one; nothing stale arrives.
class ClusterBrowser final : public QObject
{
    Q_OBJECT

public:
    explicit ClusterBrowser(QObject *parent = nullptr, const ListTiming &timing = {});
    ~ClusterBrowser() override;

    /// Starts over with another cluster or user.
    void open(const ConnectionConfig &config);
    /// Lists and watches the pods of a namespace; an empty name means all namespaces.
    void choosePodsOf(const QString &namespaceName);
    /// Asks for one pod's ports; the answer is podDetails() or podDetailsFailed().
    void requestPod(const QString &namespaceName, const QString &pod);
    /// Lists and watches the services of a namespace, for targets that outlive pods; an empty name means all
    /// namespaces.
    void chooseServicesOf(const QString &namespaceName);
    /// Stops everything, at any time; open() starts again.
    void cancel();

signals:
    /// The whole list each time; `complete` is false while pages are still coming.
    void namespacesChanged(const QList<Fairlead::Kube::NamespaceRow> &namespaces, bool complete);
    /// The user may not list namespaces: what comes are the projects of OpenShift that the user sees. Comes once,
    /// before them.
    void namespacesAreProjects();
    /// Kind::Forbidden: neither namespaces nor projects may be listed; let the user type one.
    void namespacesFailed(const Fairlead::Kube::ApiError &error);

    /// Forget the rows; comes from within open() and choosePodsOf().
    void podsReset();
    /// Rows that are new or changed (key: namespaceName + name) and keys that are gone ("namespace/name").
    void podsChanged(const QList<Fairlead::Kube::PodRow> &rows, const QStringList &removed);
    /// Progress of the first listing: rows so far; the expected total, or -1 when the server does not tell. Comes once
    /// more with `complete` when the trouble that podsFailed() told of is over.
    void podsProgress(int loaded, int expected, bool complete);
    /// The list or the watch failed. `retryInMs` >= 0: it will be tried again then.
    void podsFailed(const Fairlead::Kube::ApiError &error, int retryInMs);

    /// `pod.ownerTarget` is what may be followed instead, as far as the pod itself tells.
    void podDetails(const Fairlead::Kube::PodInfo &pod);
    /// What the server says to that, soon after podDetails(); mostly the same.
    void podOwner(const QString &namespaceName, const QString &pod, const Fairlead::Kube::TargetRef &owner);
    void podDetailsFailed(const QString &namespaceName, const QString &pod, const Fairlead::Kube::ApiError &error);

    /// The whole list each time, in order of namespace and name; first when it is complete.
    void servicesChanged(const QList<Fairlead::Kube::ServiceInfo> &services);
    /// `retryInMs` >= 0: it will be tried again then.
    void servicesFailed(const Fairlead::Kube::ApiError &error, int retryInMs);

private:
    void connectNamespaces();
    void connectPods();
    void connectPod();
    void connectServices();

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Fairlead::Kube
