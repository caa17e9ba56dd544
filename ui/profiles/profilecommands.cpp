#include "ui/profiles/profilecommands.h"

#include "ui/forwards/describe.h"
#include "ui/window/forwardcommands.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Forward::ForwardId;

ProfileCommands::ProfileCommands(ForwardService &service, ForwardCommands &commands, Store::ProfileFolder &folder,
                                 ContextsHere contextsHere, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_commands(commands)
    , m_folder(folder)
    , m_contextsHere(std::move(contextsHere))
{
}

Store::Profile ProfileCommands::current(const QString &name) const
{
    Store::Profile profile{name, {}, {}, {}};
    const QList<Store::KnownContext> contexts = m_contextsHere().contexts;
    for (const ForwardId id : m_service.ids()) {
        const Forward::ForwardSnapshot forward = m_service.snapshot(id);
        profile.forwards.append(Store::savedForward(forward.spec, isActive(forward.state), contexts));
    }
    return profile;
}

void ProfileCommands::save(const QString &name)
{
    Store::Profile profile = current(name);
    if (const auto *known = m_folder.find(name)) {
        profile.restore = known->profile.restore;
        profile.unknown = known->profile.unknown;
    }
    report(name, m_folder.save(profile));
}

void ProfileCommands::overwrite(const QString &name)
{
    report(name, m_folder.overwrite(current(name)));
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

ProfileCommands::Brought ProfileCommands::bring(const Store::Profile &profile)
{
    Store::Surroundings here = m_contextsHere();
    for (const ForwardId id : m_service.ids())
        here.forwards << Store::Surroundings::Present{id, m_service.snapshot(id).spec};
    Brought result;
    for (const Store::PlannedForward &plan : Store::planFor(profile, here)) {
        if (!plan.remark.isEmpty())
            result.remarks << Kube::targetText(plan.spec.target) + u": "_s + plan.remark;
        if (!plan.found)
            ++result.lost; // the row is there all the same, and says what is wrong when it is started
        const ForwardId id = plan.there != 0 ? plan.there : m_service.add(plan.spec);
        result.all << id;
        if (plan.isToStart())
            result.ran << id;
    }
    return result;
}

QList<ForwardId> ProfileCommands::bringBack(const Store::Profile &profile)
{
    return bring(profile).ran;
}

void ProfileCommands::startBrought(const QString &name, const Brought &brought)
{
    QList<ForwardId> idle;
    for (const ForwardId id : brought.ran) {
        if (!isActive(m_service.snapshot(id).state))
            idle << id;
    }
    if (!idle.isEmpty())
        m_commands.start(idle);
    emit notice(tr("%n forward(s) of profile \"%1\" started.", nullptr, int(idle.size())).arg(name));
    if (brought.remarks.isEmpty())
        return;
    const QString text = brought.lost > 0
        ? tr("%n forward(s) of profile \"%1\" cannot run here.", nullptr, brought.lost)
        : tr("Contexts of profile \"%1\" are not what they were where it was saved.");
    emit problem(text.arg(name), brought.remarks.join(u'\n'));
}

void ProfileCommands::start(const QString &name)
{
    if (const auto *entry = m_folder.find(name))
        startBrought(name, bring(entry->profile));
}

void ProfileCommands::switchTo(const QString &name)
{
    const auto *entry = m_folder.find(name);
    if (!entry)
        return;
    const QList<ForwardId> before = m_service.ids();
    const Brought brought = bring(entry->profile);
    QList<ForwardId> others;
    std::copy_if(before.begin(), before.end(), std::back_inserter(others),
                 [&](ForwardId id) { return !brought.all.contains(id); });
    if (!others.isEmpty())
        m_commands.remove(others);
    startBrought(name, brought);
}

void ProfileCommands::rename(const QString &from, const QString &to)
{
    if (const auto error = m_folder.rename(from, to))
        emit problem(tr("Profile \"%1\" was not renamed.").arg(from), error->text);
}

void ProfileCommands::remove(const QString &name)
{
    m_removed = m_folder.remove(name);
    if (m_removed)
        emit removedChanged(tr("Profile \"%1\" was removed.").arg(name));
    else
        emit problem(tr("Profile \"%1\" could not be removed.").arg(name), {});
}

void ProfileCommands::undoRemove()
{
    std::optional<Store::ProfileFolder::Removed> removed;
    removed.swap(m_removed);
    emit removedChanged({});
    if (removed && !m_folder.putBack(*removed))
        emit problem(tr("The profile could not be brought back."), removed->file);
}

} // namespace Fairlead::Ui
