#pragma once

#include "core/democluster/api/apistatus.h"
#include "core/democluster/api/requestinfo.h"
#include "core/democluster/control/clustereditor.h"

namespace Fairlead::Demo {

/// A request that changes something: its body and the body's media type.
struct ChangeRequest {
    const RequestInfo &info;
    QByteArray contentType;
    QByteArray body;
};

/// DELETE, PUT and PATCH (merge and strategic merge) of what the type's verbs allow, and GET, PUT and PATCH of
/// `.../scale`. Whether the user may do it has been asked before.
[[nodiscard]] Response answerChange(const ChangeRequest &request, const ResourceType &type, const ObjectStore &store,
                                    ClusterEditor &editor);
[[nodiscard]] Response answerScale(const ChangeRequest &request, const ResourceType &type, const ObjectStore &store,
                                   ClusterEditor &editor);

} // namespace Fairlead::Demo
