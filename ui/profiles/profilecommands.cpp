#include "ui/profiles/profilecommands.h"

#include "core/store/settings.h"

#include <algorithm>
#include <utility>

namespace Fairlead::Ui {

using Store::SavedForward;

ProfileCommands::ProfileCommands(ProfileStarter &starter, Store::ProfileFolder &folder, Store::Settings &settings,
                                 QObject *parent)
    : QObject(parent)
    , m_starter(starter)
    , m_folder(folder)
    , m_settings(settings)
{
}

QStringList ProfileCommands::names() const
{
    QStringList names;
    for (const Store::ProfileFolder::Entry &entry : m_folder.entries()) {
        if (!entry.error)
            names << entry.name;
    }
    // Those that nobody has placed stand behind the others, by name.
    const QStringList order = m_settings.profileOrder();
    const auto place = [&order](const QString &name) {
        const qsizetype at = order.indexOf(name);
        return at < 0 ? order.size() : at;
    };
    std::stable_sort(names.begin(), names.end(),
                     [&](const QString &a, const QString &b) { return place(a) < place(b); });
    return names;
}

const Store::Profile *ProfileCommands::find(const QString &name) const
{
    const auto *entry = m_folder.find(name);
    return entry ? &entry->profile : nullptr;
}

void ProfileCommands::start(const QString &name)
{
    if (const Store::Profile *profile = find(name))
        m_starter.start(*profile);
}

void ProfileCommands::switchTo(const QString &name)
{
    if (const Store::Profile *profile = find(name))
        m_starter.switchTo(*profile);
}

/// The window's forwards as the profile's next version.
Store::Profile ProfileCommands::next(const QString &name) const
{
    Store::Profile profile = m_starter.current(name);
    const Store::Profile *known = find(name);
    if (!known)
        return profile;
    profile.restore = known->restore;
    profile.unknown = known->unknown;
    for (const SavedForward &old : known->forwards) {
        if (old.unknown.isEmpty())
            continue;
        for (const SavedForward &same : m_starter.saved(m_starter.idsOf({{}, {}, {old}, {}}))) {
            for (SavedForward &now : profile.forwards) {
                if (Store::leadAlike(now.spec, same.spec))
                    now.unknown = old.unknown;
            }
        }
    }
    return profile;
}

void ProfileCommands::save(const QString &name)
{
    const auto before = m_folder.copyOf(name);
    const auto error = m_folder.save(next(name));
    report(name, error);
    if (!error)
        offerUndo(before, false, tr("Profile \"%1\" was replaced.").arg(name));
}

void ProfileCommands::overwrite(const QString &name)
{
    const auto before = m_folder.copyOf(name);
    const auto error = m_folder.overwrite(next(name));
    report(name, error);
    if (!error)
        offerUndo(before, false, tr("Profile \"%1\" was replaced.").arg(name));
}

void ProfileCommands::report(const QString &name, const std::optional<Store::SaveError> &error)
{
    if (!error)
        emit notice(tr("Saved as profile \"%1\".").arg(name));
    else if (error->kind == Store::SaveError::Kind::ChangedOutside)
        emit changedOutside(name);
    else
        emit problem(tr("Profile \"%1\" was not saved.").arg(name), error->text);
}

/// A change of a profile that is there, which loses nothing.
void ProfileCommands::replace(const Store::Profile &profile, const QString &text)
{
    if (const auto error = m_folder.save(profile))
        emit problem(tr("Profile \"%1\" was not changed.").arg(profile.name), error->text);
    else
        emit notice(text);
}

void ProfileCommands::add(const QString &name, const QList<SavedForward> &forwards)
{
    const Store::Profile *known = find(name);
    Store::Profile profile = known ? *known : Store::Profile{name, {}, {}, {}};
    int added = 0;
    for (const SavedForward &forward : forwards) {
        const bool isThere =
            std::any_of(profile.forwards.cbegin(), profile.forwards.cend(),
                        [&](const SavedForward &other) { return Store::leadAlike(other.spec, forward.spec); });
        if (isThere)
            continue;
        profile.forwards << forward;
        ++added;
    }
    if (added > 0)
        replace(profile, tr("%n forward(s) added to profile \"%1\".", nullptr, added).arg(name));
    else
        emit notice(tr("Profile \"%1\" has these forwards already.").arg(name));
}

void ProfileCommands::setRestore(const QString &name, Store::Restore restore)
{
    const Store::Profile *known = find(name);
    if (!known || known->restore == restore)
        return;
    Store::Profile profile = *known;
    profile.restore = restore;
    replace(profile, tr("Profile \"%1\" was changed.").arg(name));
}

void ProfileCommands::rename(const QString &from, const QString &to)
{
    const QStringList order = names();
    if (const auto error = m_folder.rename(from, to)) {
        emit problem(tr("Profile \"%1\" was not renamed.").arg(from), error->text);
        return;
    }
    QStringList renamed = order;
    renamed.replace(renamed.indexOf(from), to);
    if (m_settings.profileOrder().contains(from))
        m_settings.setProfileOrder(renamed);
    emit reordered();
}

void ProfileCommands::duplicate(const QString &name)
{
    const Store::Profile *known = find(name);
    if (!known)
        return;
    Store::Profile copy = *known;
    //: Name of a copy of a profile; %1 is the original's.
    copy.name = tr("%1 (copy)").arg(name);
    for (int number = 2; find(copy.name); ++number)
        copy.name = tr("%1 (copy %2)").arg(name).arg(number);
    if (const auto error = m_folder.save(copy))
        emit problem(tr("Profile \"%1\" was not saved.").arg(copy.name), error->text);
    else
        emit notice(tr("Saved as profile \"%1\".").arg(copy.name));
}

void ProfileCommands::remove(const QString &name)
{
    if (const auto removed = m_folder.remove(name))
        offerUndo(removed, true, tr("Profile \"%1\" was removed.").arg(name));
    else
        emit problem(tr("Profile \"%1\" could not be removed.").arg(name), {});
}

void ProfileCommands::move(const QString &name, int places)
{
    QStringList order = names();
    const qsizetype from = order.indexOf(name);
    const qsizetype to = std::clamp<qsizetype>(from + places, 0, order.size() - 1);
    if (from < 0 || from == to)
        return;
    order.move(from, to);
    m_settings.setProfileOrder(order);
    emit reordered();
}

void ProfileCommands::offerUndo(const std::optional<Store::ProfileFolder::Removed> &before, bool removed,
                                const QString &text)
{
    m_lost.reset();
    if (before)
        m_lost = Lost{*before, removed};
    emit undoChanged(m_lost ? text : QString());
}

void ProfileCommands::undo()
{
    const std::optional<Lost> lost = std::exchange(m_lost, {});
    emit undoChanged({});
    if (!lost)
        return;
    const bool back = lost->removed ? m_folder.putBack(lost->before) : m_folder.revert(lost->before);
    if (!back)
        emit problem(tr("The profile could not be brought back."), lost->before.file);
}

} // namespace Fairlead::Ui
