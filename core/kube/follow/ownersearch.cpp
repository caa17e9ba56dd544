#include "core/kube/follow/ownersearch.h"

#include "core/kube/api/apiclient.h"
#include "core/kube/follow/targetobject.h"
#include "core/kube/objects/podowner.h"

namespace Fairlead::Kube {

void findOwner(ApiClient &client, const PodInfo &pod, QObject *context,
               const std::function<void(const std::optional<TargetRef> &)> &done)
{
    const std::optional<TargetRef> controller = followable(pod.owner);
    if (!controller
        || (controller->kind != TargetRef::Kind::ReplicaSet
            && controller->kind != TargetRef::Kind::ReplicationController)) {
        done(controller);
        return;
    }
    const QByteArray path = collectionPath(client.config(), controller->kind, pod.namespaceName) + '/'
        + controller->name.toUtf8().toPercentEncoding();
    client.getObject(path, pod.namespaceName, apiKind(controller->kind), context,
                     [controller, likely = ownerOf(pod), done](const Result<QJsonObject, ApiError> &answer) {
                         done(answer ? ownerAbove(*controller, *answer) : likely);
                     });
}

} // namespace Fairlead::Kube
