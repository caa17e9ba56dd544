#include "core/forward/podsource.h"

namespace Fairlead::Forward {

namespace {

/// Named ports mean another number in another pod, or none.
std::optional<ServingPod> serving(const Kube::PodInfo &pod, const ForwardSpec &spec,
                                  const std::optional<Kube::ServiceInfo> &service, QString *problem)
{
    ServingPod result{pod, {}};
    for (const Kube::PortArgument &argument : spec.ports) {
        const auto mapping =
            service ? Kube::translatePort(argument, pod, *service) : Kube::translatePort(argument, pod);
        if (!mapping) {
            *problem = mapping.error();
            return {};
        }
        result.ports.append(*mapping);
    }
    return result;
}

} // namespace

PodSource::PodSource(const std::shared_ptr<Net::ServerGate> &gate, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_watch(new Kube::PodWatch(this, {.retry = {}, .gate = gate}))
{
    connect(m_watch, &Kube::PodWatch::changed, this, [this](const Kube::TargetPods &pods) {
        const QSet<QString> ended = endedPods(m_known.value_or(Kube::TargetPods()), pods, m_kind);
        m_known = pods;
        emit changed(ended);
    });
    connect(m_watch, &Kube::PodWatch::failed, this, [this](const Kube::ApiError &error) {
        m_failed = true;
        emit failed(error);
    });
}

void PodSource::start(const Kube::ConnectionConfig &config, const QString &namespaceName, const Kube::TargetRef &target)
{
    m_failed = false;
    m_kind = target.kind;
    m_startedAt = m_clock.monotonicMs();
    m_watch->start(config, namespaceName, target);
}

void PodSource::stop()
{
    rest();
    m_known.reset();
    m_avoidUntil.clear();
    m_failed = m_acceptsUnready = false;
}

void PodSource::rest()
{
    m_watch->stop();
}

void PodSource::refresh()
{
    if (m_known)
        m_watch->refresh();
}

bool PodSource::hasFailedFor(qint64 ms) const
{
    return m_failed && m_clock.monotonicMs() - m_startedAt >= ms;
}

void PodSource::avoid(const QString &uid, qint64 ms)
{
    m_avoidUntil.insert(uid, m_clock.monotonicMs() + ms);
}

bool PodSource::readmit()
{
    const qint64 now = m_clock.monotonicMs();
    return m_avoidUntil.removeIf([now](const auto &item) { return now >= item.value(); }) > 0;
}

QSet<QString> PodSource::avoided() const
{
    const QStringList uids = m_avoidUntil.keys();
    return {uids.begin(), uids.end()};
}

PodChoice PodSource::chosen(const ForwardSpec &spec, const QStringList &current, const QSet<QString> &excluded) const
{
    return choosePods(*m_known,
                      {.kind = spec.target.kind,
                       .policy = spec.policy,
                       .acceptsUnready = m_acceptsUnready,
                       .excluded = excluded,
                       .current = current,
                       .preferredPod = spec.preferredPod});
}

PodSource::Choice PodSource::choose(const ForwardSpec &spec, const QStringList &current) const
{
    const PodChoice choice = chosen(spec, current, avoided());
    Choice result{{}, choice.unreadyWouldDo, {}};
    for (const Kube::PodInfo &pod : choice.pods) {
        if (const auto one = serving(pod, spec, m_known->service, &result.portProblem))
            result.pods.append(*one);
    }
    return result;
}

bool PodSource::hasOther(const ForwardSpec &spec, const QString &uid) const
{
    return m_known && !chosen(spec, {}, avoided() + QSet<QString>{uid}).pods.isEmpty();
}

} // namespace Fairlead::Forward
