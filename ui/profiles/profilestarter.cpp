#include "ui/profiles/profilestarter.h"

#include "ui/forwards/describe.h"
#include "ui/profiles/startforesight.h"
#include "ui/window/forwardcommands.h"

#include <algorithm>
#include <utility>

namespace Fairlead::Ui {

using Forward::ForwardId;

ProfileStarter::ProfileStarter(ForwardService &service, ForwardCommands &commands, StartForesight &foresight,
                               ContextsHere contextsHere, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_commands(commands)
    , m_foresight(foresight)
    , m_contextsHere(std::move(contextsHere))
    , m_loans(new PortLoans(service, this))
{
}

Store::Surroundings ProfileStarter::surroundings() const
{
    Store::Surroundings here = m_contextsHere();
    for (const ForwardId id : m_service.ids())
        here.forwards << Store::Surroundings::Present{id, m_loans->ownSpec(id)};
    return here;
}

QList<Store::SavedForward> ProfileStarter::saved(const Ids &ids) const
{
    const QList<Store::KnownContext> contexts = m_contextsHere().contexts;
    QList<Store::SavedForward> forwards;
    for (const ForwardId id : ids)
        forwards << Store::savedForward(m_loans->ownSpec(id), isActive(m_service.snapshot(id).state), contexts);
    return forwards;
}

Store::Profile ProfileStarter::current(const QString &name) const
{
    return {name, {}, saved(m_service.ids()), {}};
}

ProfileStarter::Ids ProfileStarter::idsOf(const Store::Profile &profile) const
{
    Ids ids;
    for (const Store::PlannedForward &plan : Store::planFor(profile, surroundings())) {
        if (plan.there != 0)
            ids << plan.there;
    }
    return ids;
}

ProfileStarter::Ids ProfileStarter::idleOf(const Ids &ids) const
{
    Ids idle;
    std::copy_if(ids.begin(), ids.end(), std::back_inserter(idle), [this](ForwardId id) {
        const Forward::ForwardSnapshot forward = m_service.snapshot(id);
        return forward.id == id && !isActive(forward.state);
    });
    return idle;
}

int ProfileStarter::countIdle(const Store::Profile &profile) const
{
    const QList<Store::PlannedForward> plans = Store::planFor(profile, surroundings());
    return int(std::count_if(plans.begin(), plans.end(), [this](const Store::PlannedForward &plan) {
        return plan.isToStart() && (plan.there == 0 || !isActive(m_service.snapshot(plan.there).state));
    }));
}

ProfileStarter::Brought ProfileStarter::bring(const Store::Profile &profile)
{
    Brought result;
    Store::Surroundings here = surroundings();
    for (const Store::SavedForward &saved : profile.forwards) {
        // One after the other: a forward that is in the profile twice is there when its second turn comes.
        const Store::PlannedForward plan = Store::planFor({{}, {}, {saved}, {}}, here).first();
        if (!plan.remark.isEmpty())
            result.remarks << Store::displayName(plan.spec) + QStringLiteral(": ") + plan.remark;
        if (!plan.found)
            ++result.lost; // the row is there all the same, and says what is wrong when it is started
        const ForwardId id = plan.there != 0 ? plan.there : m_service.add(plan.spec);
        if (plan.there == 0) {
            here.forwards << Store::Surroundings::Present{id, plan.spec};
            ++result.added;
        }
        result.ids << id;
        if (plan.isToStart() && !isActive(m_service.snapshot(id).state) && !result.toStart.contains(id))
            result.toStart << id;
    }
    return result;
}

ProfileStarter::Brought ProfileStarter::resume(const Store::MovedSession &moved)
{
    const Brought brought = bring(moved.asked);
    for (const ForwardId id : idleToStart(brought.ids, moved.asked, moved.taken))
        m_service.start(id);
    return brought;
}

void ProfileStarter::pass(const Store::Profile &profile, const Ids &leaving,
                          const std::function<void(const Store::Profile &)> &then)
{
    m_foresight.pass({profile, surroundings(), leaving}, then);
}

void ProfileStarter::start(const Store::Profile &profile)
{
    pass(profile, {}, [this, profile](const Store::Profile &taken) { startTaken(profile, taken); });
}

void ProfileStarter::switchTo(const Store::Profile &profile)
{
    const Ids staying = idsOf(profile);
    Ids others = m_service.ids();
    others.removeIf([&](ForwardId id) { return staying.contains(id); });
    pass(profile, others, [this, profile, others](const Store::Profile &taken) {
        if (!others.isEmpty())
            m_commands.remove(others);
        startTaken(profile, taken);
    });
}

void ProfileStarter::startIdle(const Ids &ids)
{
    const Ids idle = idleOf(ids);
    Store::Profile asked{{}, {}, saved(idle), {}};
    for (Store::SavedForward &forward : asked.forwards)
        forward.running = true;
    pass(asked, {}, [this, idle, asked](const Store::Profile &taken) { startTaken(idle, asked, taken); });
}

void ProfileStarter::startTaken(const Store::Profile &asked, const Store::Profile &taken)
{
    const Brought brought = bring(asked);
    const int started = startTaken(brought.ids, asked, taken);
    emit notice(tr("%n forward(s) of profile \"%1\" started.", nullptr, started).arg(asked.name));
    report(asked.name, brought);
}

/// How many are started.
int ProfileStarter::startTaken(const Ids &ids, const Store::Profile &asked, const Store::Profile &taken)
{
    const Ids toStart = idleToStart(ids, asked, taken);
    if (!toStart.isEmpty())
        m_commands.start(toStart);
    return int(toStart.size());
}

/// Those of `taken` that are to run and do not, made as it says. `ids` are those of the profile's forwards, in its
/// order.
ProfileStarter::Ids ProfileStarter::idleToStart(const Ids &ids, const Store::Profile &asked,
                                                const Store::Profile &taken)
{
    Ids toStart;
    for (qsizetype i = 0; i < ids.size(); ++i) {
        const ForwardId id = ids.at(i);
        if (!taken.forwards.at(i).running || isActive(m_service.snapshot(id).state) || toStart.contains(id))
            continue;
        adapt(id, asked.forwards.at(i).spec, taken.forwards.at(i).spec);
        toStart << id;
    }
    return toStart;
}

/// What was chosen for this start: another port is lent, another context stays.
void ProfileStarter::adapt(ForwardId id, const Forward::ForwardSpec &asked, const Forward::ForwardSpec &taken)
{
    Forward::ForwardSpec spec = m_service.snapshot(id).spec;
    const Forward::ForwardSpec before = spec;
    if (asked.contextRef() != taken.contextRef()) {
        spec.context = taken.context;
        spec.kubeconfig = taken.kubeconfig;
    }
    spec.ports = taken.ports;
    if (asked.ports != taken.ports)
        m_loans->note(id, asked.ports);
    else
        m_loans->forget(id);
    if (spec != before)
        m_service.update(id, spec);
}

void ProfileStarter::report(const QString &name, const Brought &brought)
{
    if (brought.remarks.isEmpty())
        return;
    const QString text = brought.lost > 0
        ? tr("%n forward(s) of profile \"%1\" cannot run here.", nullptr, brought.lost)
        : tr("Contexts of profile \"%1\" are not what they were where it was saved.");
    emit problem(text.arg(name), brought.remarks.join(u'\n'));
}

} // namespace Fairlead::Ui
