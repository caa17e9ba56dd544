#include "core/kube/objects/podparser.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

/// Walks through one pod in the printer's order; the members are the printer's variables.
class Summarizer
{
public:
    explicit Summarizer(const QJsonObject &pod)
        : m_metadata(pod["metadata"_L1].toObject())
        , m_spec(pod["spec"_L1].toObject())
        , m_status(pod["status"_L1].toObject())
    {
    }

    PodSummary run();

private:
    [[nodiscard]] QJsonObject condition(QLatin1StringView type) const;
    [[nodiscard]] bool isTrue(QLatin1StringView conditionType) const;
    void findSidecars();
    bool initContainers();
    bool initContainer(const QJsonObject &container, qsizetype index);
    void containers();
    bool container(const QJsonObject &container);
    void deletion();
    void countRestarts(const QJsonObject &container, int &sum, QDateTime &newest) const;

    QJsonObject m_metadata;
    QJsonObject m_spec;
    QJsonObject m_status;
    QSet<QString> m_sidecars;
    int m_sidecarRestarts = 0;
    QDateTime m_sidecarRestart;
    PodSummary m_out;
};

PodSummary Summarizer::run()
{
    m_out.status = m_status["phase"_L1].toString();
    if (const QString reason = m_status["reason"_L1].toString(); !reason.isEmpty())
        m_out.status = reason;
    if (condition("PodScheduled"_L1)["reason"_L1].toString() == "SchedulingGated"_L1)
        m_out.status = u"SchedulingGated"_s;
    findSidecars();
    m_out.containers = int(m_spec["containers"_L1].toArray().size() + m_sidecars.size());
    const bool initializing = initContainers();
    if (!initializing || isTrue("Initialized"_L1))
        containers();
    deletion();
    return m_out;
}

QJsonObject Summarizer::condition(QLatin1StringView type) const
{
    const QJsonArray conditions = m_status["conditions"_L1].toArray();
    for (const auto &value : conditions) {
        const QJsonObject candidate = value.toObject();
        if (candidate["type"_L1].toString() == type)
            return candidate;
    }
    return {};
}

bool Summarizer::isTrue(QLatin1StringView conditionType) const
{
    return condition(conditionType)["status"_L1].toString() == "True"_L1;
}

void Summarizer::findSidecars()
{
    const QJsonArray specs = m_spec["initContainers"_L1].toArray();
    for (const auto &value : specs) {
        const QJsonObject spec = value.toObject();
        if (spec["restartPolicy"_L1].toString() == "Always"_L1)
            m_sidecars.insert(spec["name"_L1].toString());
    }
}

void Summarizer::countRestarts(const QJsonObject &container, int &sum, QDateTime &newest) const
{
    sum += container["restartCount"_L1].toInt();
    const QDateTime end = timeFrom(container["lastState"_L1].toObject()["terminated"_L1].toObject()["finishedAt"_L1]);
    if (end.isValid() && (!newest.isValid() || end > newest))
        newest = end;
}

/// Whether one of them is still at work.
bool Summarizer::initContainers()
{
    const QJsonArray statuses = m_status["initContainerStatuses"_L1].toArray();
    for (qsizetype i = 0; i < statuses.size(); ++i) {
        if (initContainer(statuses[i].toObject(), i))
            return true;
    }
    return false;
}

QString terminatedReason(const QJsonObject &terminated)
{
    if (const QString reason = terminated["reason"_L1].toString(); !reason.isEmpty())
        return reason;
    if (const int signal = terminated["signal"_L1].toInt(); signal != 0)
        return "Signal:"_L1 + QString::number(signal);
    return "ExitCode:"_L1 + QString::number(terminated["exitCode"_L1].toInt());
}

bool Summarizer::initContainer(const QJsonObject &container, qsizetype index)
{
    countRestarts(container, m_out.restarts, m_out.lastRestart);
    const bool sidecar = m_sidecars.contains(container["name"_L1].toString());
    if (sidecar)
        countRestarts(container, m_sidecarRestarts, m_sidecarRestart);
    const QJsonObject state = container["state"_L1].toObject();
    const bool terminated = state.contains("terminated"_L1);
    if (terminated && state["terminated"_L1].toObject()["exitCode"_L1].toInt() == 0)
        return false;
    if (sidecar && container["started"_L1].toBool()) {
        if (container["ready"_L1].toBool())
            ++m_out.ready;
        return false;
    }
    const QString waiting = state["waiting"_L1].toObject()["reason"_L1].toString();
    if (terminated)
        m_out.status = "Init:"_L1 + terminatedReason(state["terminated"_L1].toObject());
    else if (!waiting.isEmpty() && waiting != "PodInitializing"_L1)
        m_out.status = "Init:"_L1 + waiting;
    else
        m_out.status = u"Init:%1/%2"_s.arg(index).arg(m_spec["initContainers"_L1].toArray().size());
    return true;
}

void Summarizer::containers()
{
    m_out.restarts = m_sidecarRestarts;
    m_out.lastRestart = m_sidecarRestart;
    bool hasRunning = false;
    const QJsonArray statuses = m_status["containerStatuses"_L1].toArray();
    // Backwards, so that the first container has the last word.
    for (qsizetype i = statuses.size() - 1; i >= 0; --i)
        hasRunning = container(statuses[i].toObject()) || hasRunning;
    if (m_out.status == "Completed"_L1 && hasRunning)
        m_out.status = isTrue("Ready"_L1) ? u"Running"_s : u"NotReady"_s;
}

/// Whether it is ready and running.
bool Summarizer::container(const QJsonObject &container)
{
    countRestarts(container, m_out.restarts, m_out.lastRestart);
    const QJsonObject state = container["state"_L1].toObject();
    const QString waiting = state["waiting"_L1].toObject()["reason"_L1].toString();
    if (!waiting.isEmpty()) {
        m_out.status = waiting;
    } else if (state.contains("terminated"_L1)) {
        m_out.status = terminatedReason(state["terminated"_L1].toObject());
    } else if (container["ready"_L1].toBool() && state.contains("running"_L1)) {
        ++m_out.ready;
        return true;
    }
    return false;
}

void Summarizer::deletion()
{
    if (!m_metadata.contains("deletionTimestamp"_L1))
        return;
    const QString phase = m_status["phase"_L1].toString();
    if (m_status["reason"_L1].toString() == "NodeLost"_L1)
        m_out.status = u"Unknown"_s;
    else if (phase != "Succeeded"_L1 && phase != "Failed"_L1)
        m_out.status = u"Terminating"_s;
}

} // namespace

PodSummary summarizePod(const QJsonObject &pod)
{
    return Summarizer(pod).run();
}

} // namespace Fairlead::Kube
