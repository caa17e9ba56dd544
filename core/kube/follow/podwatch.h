#pragma once

#include "core/kube/api/apierror.h"
#include "core/kube/api/listtiming.h"
#include "core/kube/config/connectionconfig.h"
#include "core/kube/objects/objects.h"
#include "core/kube/objects/service.h"
#include "core/kube/objects/target.h"

#include <QObject>

#include <memory>
#include <optional>

namespace Fairlead::Kube {

/// What a target leads to at one moment.
struct TargetPods {
    QList<PodInfo> pods; ///< all that match, whatever their phase; best first, in kubectl's order
    std::optional<ServiceInfo> service; ///< of a Service target
    QString owner; ///< of a Pod target: what may be followed instead of it, as "deployment/api"; empty if nothing
    bool live = true; ///< false: what follows is not seen at once, so pods may be old
    bool unchecked = false; ///< the pod may not be read: `pods` has its name only, and nothing is known of it
    std::optional<ApiError> trouble; ///< why it is not live, or what became of the target, e.g. NotFound

    bool operator==(const TargetPods &) const = default;
};

/// Follows what a target leads to: reads the object, then lists and watches the pods behind it. kubectl's rules, and
/// its words where something cannot be had; unlike kubectl it goes on looking.
///
/// Lives in the thread that made it, which needs an event loop. Watches of one thread share what talks to a server, so
/// that many of them are cheap; see apiclientpool.h.
class PodWatch final : public QObject
{
    Q_OBJECT

public:
    explicit PodWatch(QObject *parent = nullptr, const ListTiming &timing = {});
    ~PodWatch() override;

    /// Starts over; changed() or failed() follows, after this has returned.
    void start(const ConnectionConfig &config, const QString &namespaceName, const TargetRef &target);
    /// Nothing is said after this. May be called from the signals.
    void stop();
    /// Looks again now, object and pods: after a wake-up, or when a node said that the pod is gone.
    void refresh();

signals:
    /// First when all is known, then whenever something changed, merged: at most about ten times a second.
    void changed(const Fairlead::Kube::TargetPods &pods);
    /// The object or the pods cannot be had, and nothing is tried any more: start() again. Never after changed(); what
    /// goes wrong then is retried here, and shows in `live` and `trouble`.
    void failed(const Fairlead::Kube::ApiError &error);

private:
    class Private;

    ListTiming m_timing;
    std::unique_ptr<Private> d; ///< of this run
};

} // namespace Fairlead::Kube

Q_DECLARE_METATYPE(Fairlead::Kube::TargetPods)
