#include "core/democluster/state/podowner.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

void setOwner(Pod &pod, const QString &kind, const QString &name, const QString &parent)
{
    pod.ownerKind = kind;
    pod.ownerName = name;
    if (kind == "ReplicaSet"_L1 && !parent.isEmpty()) {
        pod.labels.insert(u"pod-template-hash"_s, name.section(u'-', -1));
    } else if (kind == "StatefulSet"_L1) {
        pod.labels.insert(u"statefulset.kubernetes.io/pod-name"_s, pod.name);
        pod.labels.insert(u"apps.kubernetes.io/pod-index"_s, pod.name.section(u'-', -1));
    } else if (kind == "Job"_L1) {
        pod.labels.insert(u"batch.kubernetes.io/job-name"_s, name);
        pod.labels.insert(u"batch.kubernetes.io/controller-uid"_s, stableUid(kind, pod.nameSpace, name));
    } else if (kind == "ReplicationController"_L1 && !parent.isEmpty()) {
        pod.labels.insert(u"deployment"_s, name);
        pod.labels.insert(u"deploymentconfig"_s, parent);
    }
}

Labels ownLabels(const Labels &labels)
{
    static const QStringList given{u"pod-template-hash"_s,
                                   u"statefulset.kubernetes.io/pod-name"_s,
                                   u"apps.kubernetes.io/pod-index"_s,
                                   u"controller-revision-hash"_s,
                                   u"batch.kubernetes.io/job-name"_s,
                                   u"batch.kubernetes.io/controller-uid"_s,
                                   u"deployment"_s,
                                   u"deploymentconfig"_s};
    Labels own = labels;
    for (const QString &key : given)
        own.remove(key);
    return own;
}

} // namespace Fairlead::Demo
