#include "core/democluster/control/rollout.h"

#include "core/democluster/control/ownedpods.h"
#include "core/democluster/control/workloadobjects.h"
#include "core/democluster/state/podowner.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

constexpr auto RevisionKey = "deployment.kubernetes.io/revision"_L1;

int replicasOf(const ApiObject &child)
{
    return child.spec().value("replicas"_L1).toInt();
}

/// Without the labels that tell children from each other.
QJsonObject plainTemplate(const ApiObject &object)
{
    QJsonObject result = object.spec().value("template"_L1).toObject();
    QJsonObject metadata = result.value("metadata"_L1).toObject();
    metadata.insert(u"labels"_s, labelsToJson(ownLabels(labelsFromJson(metadata.value("labels"_L1).toObject()))));
    result.insert(u"metadata"_s, metadata);
    return result;
}

/// One look at an owner with its children; each step changes the store and ends the look, the next change begins
/// another.
class Rollout
{
public:
    Rollout(const ApiObject &owner, const ControllerTools &tools)
        : m_owner(owner)
        , m_tools(tools)
        , m_desired(owner.spec().value("replicas"_L1).toInt(1))
        , m_isConfig(owner.type->kind == "DeploymentConfig"_L1)
    {
        for (const ApiObject &child : childrenOf(owner, tools.store))
            (plainTemplate(child) == plainTemplate(owner) ? m_current : m_old) << child;
        if (m_current.isEmpty() && owner.spec().value("paused"_L1).toBool() && !m_old.isEmpty())
            m_current << m_old.takeLast();
    }

    void step()
    {
        if (m_current.isEmpty())
            return makeChildNow();
        if (isRecreate())
            recreate();
        else
            roll();
        writeStatus();
    }

private:
    [[nodiscard]] const ApiObject &current() const { return m_current.first(); }

    [[nodiscard]] bool isRecreate() const
    {
        return m_owner.spec().value("strategy"_L1)["type"_L1].toString() == "Recreate"_L1;
    }

    [[nodiscard]] QJsonValue limit(const QString &key) const
    {
        const QJsonValue strategy = m_owner.spec().value("strategy"_L1);
        const QJsonValue value = strategy[m_isConfig ? "rollingParams"_L1 : "rollingUpdate"_L1][key];
        return value.isUndefined() ? QJsonValue(u"25%"_s) : value;
    }

    [[nodiscard]] int oldReplicas() const
    {
        int sum = 0;
        for (const ApiObject &child : m_old)
            sum += replicasOf(child);
        return sum;
    }

    void makeChildNow()
    {
        const QJsonObject podTemplate = plainTemplate(m_owner);
        const int revision = lastRevision() + 1;
        const QString suffix = m_isConfig ? QString::number(revision) : templateHash(podTemplate);
        ApiObject child = makeChild(m_owner, m_owner.name + u'-' + suffix, podTemplate, 0, m_tools.clock.now());
        annotateRevision(child, revision);
        m_tools.store.putObject(std::move(child));
        ApiObject owner = m_owner;
        if (!m_isConfig) {
            annotateRevision(owner, revision);
        } else {
            QJsonObject status = owner.status();
            status.insert(u"latestVersion"_s, revision);
            setPart(owner, u"status"_s, status);
        }
        m_tools.store.putObject(std::move(owner));
    }

    [[nodiscard]] int lastRevision() const
    {
        int last = m_isConfig ? m_owner.status().value("latestVersion"_L1).toInt() : 0;
        for (const ApiObject &child : m_old)
            last = std::max(last, child.metadata().value("annotations"_L1)[RevisionKey].toString().toInt());
        return last;
    }

    static void annotateRevision(ApiObject &object, int revision)
    {
        QJsonObject metadata = object.metadata();
        QJsonObject annotations = metadata.value("annotations"_L1).toObject();
        annotations.insert(RevisionKey, QString::number(revision));
        metadata.insert(u"annotations"_s, annotations);
        setPart(object, u"metadata"_s, metadata);
    }

    void recreate()
    {
        bool oldPods = false;
        for (const ApiObject &child : std::as_const(m_old)) {
            setReplicas(child, 0, m_tools);
            oldPods = oldPods || !ownedPods(child, m_tools.store).isEmpty(); // those that are Terminating too
        }
        if (!oldPods)
            setReplicas(current(), m_desired, m_tools);
    }

    /// The rules of the deployment controller: never more than desired + surge pods, never fewer than desired -
    /// maxUnavailable of them available.
    void roll()
    {
        const int have = replicasOf(current());
        if (m_old.isEmpty() || oldReplicas() == 0 || have > m_desired)
            return setReplicas(current(), m_desired, m_tools);
        int surge = intOrPercent(limit(u"maxSurge"_s), m_desired, true);
        const int unavailable = intOrPercent(limit(u"maxUnavailable"_s), m_desired, false);
        if (surge == 0 && unavailable == 0)
            surge = 1; // else it could not move
        const int room = m_desired + surge - have - oldReplicas();
        if (have < m_desired && room > 0)
            return setReplicas(current(), std::min(m_desired, have + room), m_tools);
        scaleOldDown(m_desired - unavailable);
    }

    void scaleOldDown(int minAvailable)
    {
        int available = readyCount(activePods(ownedPods(current(), m_tools.store)));
        QList<int> oldReady;
        for (const ApiObject &child : std::as_const(m_old)) {
            oldReady << readyCount(activePods(ownedPods(child, m_tools.store)));
            available += oldReady.last();
        }
        int mayGo = available - minAvailable;
        for (qsizetype i = 0; i < m_old.size(); ++i) {
            const int replicas = replicasOf(m_old.at(i));
            const int unready = std::max(0, replicas - oldReady.at(i)); // nobody misses those
            const int ready = std::clamp(mayGo, 0, replicas - unready);
            mayGo -= ready;
            setReplicas(m_old.at(i), replicas - unready - ready, m_tools);
        }
    }

    void writeStatus() const
    {
        QList<Pod> updated = activePods(ownedPods(current(), m_tools.store));
        QList<Pod> all = updated;
        for (const ApiObject &child : m_old)
            all += activePods(ownedPods(child, m_tools.store));
        const int ready = readyCount(all);
        QJsonObject status{{u"replicas"_s, all.size()},
                           {u"updatedReplicas"_s, updated.size()},
                           {u"readyReplicas"_s, ready},
                           {u"availableReplicas"_s, ready}};
        const int missing = std::max(0, m_desired - ready);
        if (missing > 0 || m_isConfig)
            status.insert(u"unavailableReplicas"_s, missing);
        const bool complete = updated.size() == m_desired && all.size() == m_desired && ready == m_desired;
        status.insert(u"conditions"_s, conditions(complete, missing == 0));
        if (m_isConfig)
            status.insert(u"latestVersion"_s, m_owner.status().value("latestVersion"_L1));
        setStatus(m_owner, status, m_tools);
    }

    [[nodiscard]] static QJsonArray conditions(bool complete, bool available)
    {
        return {QJsonObject{{u"type"_s, u"Available"_s},
                            {u"status"_s, available ? u"True"_s : u"False"_s},
                            {u"reason"_s, available ? u"MinimumReplicasAvailable"_s : u"MinimumReplicasUnavailable"_s}},
                QJsonObject{{u"type"_s, u"Progressing"_s},
                            {u"status"_s, u"True"_s},
                            {u"reason"_s, complete ? u"NewReplicaSetAvailable"_s : u"ReplicaSetUpdated"_s}}};
    }

    const ApiObject &m_owner;
    const ControllerTools &m_tools;
    int m_desired;
    bool m_isConfig;
    QList<ApiObject> m_current; ///< the child with the present template; at most one
    QList<ApiObject> m_old;
};

} // namespace

void reconcileRollout(const ApiObject &owner, const ControllerTools &tools)
{
    Rollout(owner, tools).step();
}

int intOrPercent(const QJsonValue &value, int replicas, bool roundUp)
{
    if (!value.isString())
        return std::max(0, value.toInt());
    constexpr int whole = 100;
    const int percent = std::max(0, value.toString().section(u'%', 0, 0).toInt());
    return (replicas * percent + (roundUp ? whole - 1 : 0)) / whole;
}

} // namespace Fairlead::Demo
