#include "core/control/forwarddesk.h"

#include <utility>

namespace Fairlead::Control {

using Forward::ForwardId;

ForwardDesk::ForwardDesk(Forward::ForwardManager &manager, Store::ProfileFolder &folder, Here here)
    : m_manager(manager)
    , m_folder(folder)
    , m_here(std::move(here))
{
}

/// Its watcher tells of changes a moment later, and a script writes a file and names it in the next line.
const Store::ProfileFolder &ForwardDesk::folder()
{
    m_folder.reload();
    return m_folder;
}

QList<ForwardDesk::Brought> ForwardDesk::bring(const Store::Profile &profile)
{
    QList<Brought> result;
    for (const Store::PlannedForward &plan : Store::planFor(profile, m_here())) {
        const ForwardId id = plan.there != 0 ? plan.there : m_manager.add(plan.spec);
        m_remarks[id] = plan.remark;
        result << Brought{id, plan};
    }
    return result;
}

QHash<ForwardId, QStringList> ForwardDesk::profiles()
{
    QHash<ForwardId, QStringList> result;
    const Store::Surroundings surroundings = m_here();
    for (const auto &entry : folder().entries()) {
        if (entry.error)
            continue;
        for (const Store::PlannedForward &plan : Store::planFor(entry.profile, surroundings)) {
            if (plan.there != 0)
                result[plan.there] << entry.name;
        }
    }
    return result;
}

QList<Store::SavedForward> ForwardDesk::saved() const
{
    QList<Store::SavedForward> result;
    const QList<Store::KnownContext> contexts = m_here().contexts;
    for (const ForwardId id : m_manager.ids()) {
        const Forward::ForwardSnapshot forward = m_manager.snapshot(id);
        result << Store::savedForward(forward.spec, isActive(forward.state), contexts);
    }
    return result;
}

} // namespace Fairlead::Control
