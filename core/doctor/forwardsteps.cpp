#include "core/doctor/steps.h"
#include "core/forward/forwardmanager.h"
#include "core/kube/follow/podwatch.h"

#include <QTcpSocket>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Doctor {

namespace {

using Forward::State;

/// A pod that serves a connection says nothing for so long; one that refuses it does so in one round trip.
constexpr int ListensAfterMs = 2'000;

std::optional<Kube::PortArgument> firstPort(const Kube::TargetPods &found)
{
    if (found.service) {
        for (const Kube::ServicePort &port : found.service->ports) {
            if (port.protocol == "TCP"_L1)
                return Kube::PortArgument{quint16(0), QString::number(port.port)};
        }
        return {};
    }
    for (const Kube::ContainerPort &port : found.pods.first().ports) {
        if (port.protocol == "TCP"_L1)
            return Kube::PortArgument{quint16(0), QString::number(port.number)};
    }
    return {};
}

class TargetStep final : public Step
{
    Q_OBJECT

public:
    explicit TargetStep(Patient &patient)
        : Step(u"target"_s, tr("Target"), Needed::ByAll, patient)
    {
    }

    void run() override
    {
        if (!patient().question.target) {
            skip(tr("None was named."));
            return;
        }
        connect(&m_watch, &Kube::PodWatch::changed, this, &TargetStep::onPods);
        connect(&m_watch, &Kube::PodWatch::failed, this, [this](const Kube::ApiError &error) {
            m_watch.stop();
            bad(error.message, error.detail);
        });
        m_watch.start(patient().config, patient().namespaceName, *patient().question.target);
    }

private:
    void onPods(const Kube::TargetPods &found)
    {
        m_watch.stop();
        takeTime();
        const QString target = Kube::targetText(*patient().question.target);
        if (found.pods.isEmpty()) {
            bad(tr("There is no pod behind %1.", "target").arg(target),
                found.service ? tr("The service selects pods with %1.").arg(found.service->selector) : QString(),
                tr("Is it scaled to 0? Do the labels of the pods match?"));
            return;
        }
        const Kube::PodInfo &pod = found.pods.first();
        patient().pod = pod;
        patient().port = patient().question.port ? patient().question.port : firstPort(found);
        const QString name = patient().question.target->kind == Kube::TargetRef::Kind::Pod
            ? target
            : tr("%1: pod %2 of %n", "target, pod, number of pods", int(found.pods.size())).arg(target, pod.name);
        if (found.unchecked)
            warn(name, tr("You may not read the pod; whether it is there shows at the upgrade."));
        else if (pod.phase != "Running"_L1)
            bad(tr("%1 is not running (%2).", "pod, status").arg(name, pod.status), {},
                tr("“kubectl describe pod %1” tells why.").arg(pod.name));
        else if (!pod.ready)
            warn(tr("%1 runs but is not ready (%2).", "pod, status").arg(name, pod.status), {});
        else
            good(tr("%1, ready", "pod").arg(name));
    }

    Kube::PodWatch m_watch;
};

/// One forward, as it would be made, with a local port that nobody knows.
class UpgradeStep final : public Step
{
    Q_OBJECT

public:
    UpgradeStep(Patient &patient, std::shared_ptr<Forward::ForwardManager> manager)
        : Step(u"upgrade"_s, tr("Port-forward"), Needed::ByAll, patient)
        , m_manager(std::move(manager))
    {
    }

    void run() override
    {
        if (!patient().question.target) {
            skip(tr("Name a target to try it."));
            return;
        }
        if (!patient().port) {
            skip(tr("The pod declares no port: name one to try it."));
            return;
        }
        connect(m_manager.get(), &Forward::ForwardManager::stateChanged, this, &UpgradeStep::onState);
        m_deadline.setSingleShot(true);
        connect(&m_deadline, &QTimer::timeout, this, [this] {
            if (std::exchange(m_over, true))
                return;
            bad(tr("Nothing came back for %n second(s).", nullptr, patient().question.timeoutMs / 1000), {});
        });
        m_deadline.start(patient().question.timeoutMs);
        Forward::ForwardSpec spec;
        spec.context = patient().config.context;
        spec.namespaceName = patient().namespaceName;
        spec.target = *patient().question.target;
        spec.ports = {Kube::PortArgument{quint16(0), patient().port->remote}};
        spec.addresses = QStringList{u"127.0.0.1"_s};
        m_manager->start(m_manager->add(spec));
    }

private:
    void onState(Forward::ForwardId id, State state, const Forward::Reason &reason)
    {
        if (m_over || state == State::Starting || state == State::Stopped)
            return;
        m_over = true;
        m_deadline.stop();
        if (state != State::Running) {
            m_manager->stop(id);
            bad(reason.text, reason.detail, reason.advice);
            return;
        }
        takeTime();
        const Forward::ForwardSnapshot forward = m_manager->snapshot(id);
        const QString carrier = Forward::transportText(forward.transport.value_or(Net::Transport::Spdy));
        good(forward.roundTripMs ? tr("a tunnel is up over %1, %2 ms there and back", "round trip")
                                       .arg(carrier)
                                       .arg(*forward.roundTripMs)
                                 : tr("a tunnel is up over %1").arg(carrier));
    }

    std::shared_ptr<Forward::ForwardManager> m_manager;
    QTimer m_deadline;
    bool m_over = false;
};

class PortStep final : public Step
{
    Q_OBJECT

public:
    PortStep(Patient &patient, std::shared_ptr<Forward::ForwardManager> manager)
        : Step(u"port"_s, tr("Port"), Needed::ByNone, patient)
        , m_manager(std::move(manager))
    {
    }

    void run() override
    {
        const QList<Forward::ForwardId> ids = m_manager->ids();
        if (ids.isEmpty()) {
            skip(tr("Needs a tunnel."));
            return;
        }
        m_id = ids.first();
        const QList<Forward::PortSnapshot> ports = m_manager->snapshot(m_id).ports;
        if (ports.isEmpty()) {
            skip(tr("Needs a tunnel."));
            return;
        }
        m_port = ports.first();
        connect(m_manager.get(), &Forward::ForwardManager::connectionClosed, this,
                [this](Forward::ForwardId, const Forward::ConnectionSnapshot &row) { conclude(row); });
        QTimer::singleShot(ListensAfterMs, this, [this] { conclude(std::nullopt); });
        m_program.connectToHost(u"127.0.0.1"_s, m_port.localPort);
    }

private:
    /// `closed`: how the connection ended; nothing: it stands.
    void conclude(const std::optional<Forward::ConnectionSnapshot> &closed)
    {
        using End = Forward::ConnectionEnd;
        if (std::exchange(m_over, true))
            return;
        m_manager->stop(m_id);
        const QString port = QString::number(m_port.remotePort);
        const QString pod = patient().pod ? patient().pod->name : QString();
        if (!closed || closed->end == End::ByPod || closed->end == End::ByProgram)
            good(tr("Something listens on port %1.").arg(port));
        else if (closed->end == End::Refused)
            bad(tr("Nothing listens on port %1 in pod %2.").arg(port, pod), closed->endDetail,
                tr("Does the program listen on another port, or has it not started yet?"));
        else
            bad(closed->endText, closed->endDetail);
    }

    std::shared_ptr<Forward::ForwardManager> m_manager;
    Forward::ForwardId m_id = 0;
    Forward::PortSnapshot m_port;
    QTcpSocket m_program;
    bool m_over = false;
};

} // namespace

void addForwardSteps(StepList &steps, Patient &patient)
{
    auto manager = std::make_shared<Forward::ForwardManager>(
        [&patient](const Kube::ContextRef &) -> Result<Kube::ConnectionConfig, QString> { return patient.config; });
    steps.push_back(std::make_unique<TargetStep>(patient));
    steps.push_back(std::make_unique<UpgradeStep>(patient, manager));
    steps.push_back(std::make_unique<PortStep>(patient, manager));
}

} // namespace Fairlead::Doctor

#include "forwardsteps.moc"
