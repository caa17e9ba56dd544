#pragma once

#include "core/forward/forwardmanager.h"
#include "core/store/profiles/profilefolder.h"
#include "core/store/profiles/profileplan.h"

#include <QHash>

#include <functional>

namespace Fairlead::Control {

/// A manager's forwards and the user's profiles beside each other: brings the ones in, tells which belongs to which.
/// Lives in the manager's thread; all it was given must outlive it.
class ForwardDesk final
{
public:
    /// The contexts and the manager's forwards that there are now, as profiles mean them.
    using Here = std::function<Store::Surroundings()>;

    ForwardDesk(Forward::ForwardManager &manager, Store::ProfileFolder &folder, Here here);

    [[nodiscard]] Forward::ForwardManager &manager() { return m_manager; }
    /// As it is on the disk now.
    [[nodiscard]] const Store::ProfileFolder &folder();

    struct Brought {
        Forward::ForwardId id = 0;
        Store::PlannedForward plan;
    };
    /// Adds those that are not there yet, and starts none.
    QList<Brought> bring(const Store::Profile &profile);
    /// What there was to say about a forward's context when it was brought in; empty if nothing.
    [[nodiscard]] QString remark(Forward::ForwardId id) const { return m_remarks.value(id); }
    /// The names of the profiles that each forward is in, however it came here.
    [[nodiscard]] QHash<Forward::ForwardId, QStringList> profiles();
    /// All forwards as a session keeps them.
    [[nodiscard]] QList<Store::SavedForward> saved() const;

private:
    Forward::ForwardManager &m_manager;
    Store::ProfileFolder &m_folder;
    Here m_here;
    QHash<Forward::ForwardId, QString> m_remarks;
};

} // namespace Fairlead::Control
