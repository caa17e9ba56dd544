#include "core/forward/podchoice.h"

#include "core/kube/objects/podranking.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Forward {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(PodChoice)
};

QList<Kube::PodInfo> candidates(const Kube::TargetPods &known, const QSet<QString> &excluded)
{
    QList<Kube::PodInfo> result;
    for (const Kube::PodInfo &pod : known.pods) {
        if (!excluded.contains(pod.uid) && (known.unchecked || Kube::isForwardable(pod)))
            result.append(pod);
    }
    return result;
}

/// The one that serves already, else the one to begin with, else the best.
QList<Kube::PodInfo> oneOf(const QList<Kube::PodInfo> &ready, const PodChoiceRule &rule)
{
    const auto find = [&](auto matches) { return std::find_if(ready.begin(), ready.end(), matches); };
    auto found = find([&](const Kube::PodInfo &pod) { return rule.current.contains(pod.uid); });
    if (found == ready.end())
        found = find([&](const Kube::PodInfo &pod) { return pod.name == rule.preferredPod; });
    return {found == ready.end() ? ready.first() : *found};
}

} // namespace

PodChoice choosePods(const Kube::TargetPods &known, const PodChoiceRule &rule)
{
    const QList<Kube::PodInfo> running = candidates(known, rule.excluded);
    if (rule.kind == Kube::TargetRef::Kind::Pod || known.unchecked)
        return {running.mid(0, 1), false};

    QList<Kube::PodInfo> ready;
    std::copy_if(running.begin(), running.end(), std::back_inserter(ready), [](const auto &pod) { return pod.ready; });
    if (rule.policy == PodPolicy::Sticky) {
        const auto stays = std::find_if(running.begin(), running.end(),
                                        [&](const auto &pod) { return rule.current.contains(pod.uid); });
        if (stays != running.end())
            return {{*stays}, false};
    }
    if (ready.isEmpty()) {
        const bool mayServe = rule.acceptsUnready && !running.isEmpty();
        return {mayServe ? running.mid(0, 1) : QList<Kube::PodInfo>{}, !running.isEmpty()};
    }
    if (rule.policy == PodPolicy::RoundRobin)
        return {ready, false};
    return {oneOf(ready, rule), false};
}

QSet<QString> endedPods(const Kube::TargetPods &before, const Kube::TargetPods &now, Kube::TargetRef::Kind kind)
{
    QSet<QString> ended;
    if (now.unchecked)
        return ended;
    QSet<QString> listed;
    for (const Kube::PodInfo &pod : now.pods) {
        listed.insert(pod.uid);
        if (pod.phase == "Succeeded"_L1 || pod.phase == "Failed"_L1)
            ended.insert(pod.uid);
    }
    for (const Kube::PodInfo &pod : before.pods) {
        const bool wasToGo = pod.deleting || kind == Kube::TargetRef::Kind::Pod;
        if (wasToGo && !pod.uid.isEmpty() && !listed.contains(pod.uid))
            ended.insert(pod.uid);
    }
    return ended;
}

QString waitingText(const Kube::TargetPods &known, const Kube::TargetRef &target)
{
    const QString name = Kube::targetText(target);
    if (target.kind == Kube::TargetRef::Kind::Pod) {
        if (known.pods.isEmpty())
            return Text::tr("Pod %1 does not exist any more.").arg(target.name);
        const Kube::PodInfo &pod = known.pods.first();
        return Text::tr("Pod %1 is not running: %2.").arg(pod.name, pod.status.isEmpty() ? pod.phase : pod.status);
    }
    if (known.pods.isEmpty())
        return Text::tr("%1 has no pods.").arg(name);
    const auto ready = std::count_if(known.pods.begin(), known.pods.end(),
                                     [](const auto &pod) { return pod.ready && Kube::isForwardable(pod); });
    return Text::tr("%1: %2 of %n pod(s) ready.", nullptr, int(known.pods.size())).arg(name).arg(ready);
}

} // namespace Fairlead::Forward
