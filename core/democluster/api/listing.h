#pragma once

#include "core/democluster/api/apistatus.h"
#include "core/democluster/api/rendering.h"
#include "core/democluster/api/requestinfo.h"
#include "core/support/result.h"

#include <QDateTime>

namespace Fairlead::Demo {

/// What a watch request asks for, checked.
struct WatchPlan {
    const ResourceType *type = nullptr;
    Selection selection;
    View view;
    /// Resume behind this version; nullopt: first an ADDED for everything there is.
    std::optional<quint64> from;
    bool bookmarks = false;
    bool initialEvents = false; ///< streaming list: a bookmark marks the end of the first ADDED events
    int timeoutSeconds = 0;
};

/// Reads what list and watch share. The view comes from the Accept header.
[[nodiscard]] Result<Selection, ApiStatus> readSelection(const RequestInfo &info, const QStringList &fields);
/// Checks versions and parameters of a watch.
[[nodiscard]] Result<WatchPlan, ApiStatus> planWatch(const ResourceType &type, const RequestInfo &info,
                                                     const View &view, const ObjectStore &store,
                                                     const Visibility &visible = {});

/// A page of a kind's objects: selectors, limit and continue. A continue token names the version of the first page and
/// the last key given; when that version can no longer be resumed by a watch the token has expired (410), so whoever
/// pages and then watches misses nothing. A type with Storage::None (events are not recorded here) has an empty list,
/// so that `kubectl describe` finds one.
[[nodiscard]] Response answerList(const ResourceType &type, const RequestInfo &info, const View &view,
                                  const ObjectStore &store, const QDateTime &now, const Visibility &visible = {});

} // namespace Fairlead::Demo
