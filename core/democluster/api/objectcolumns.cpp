#include "core/democluster/api/objectcolumns.h"

#include "core/democluster/api/podwords.h"

#include <QHash>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

QString orNone(const QString &text)
{
    return text.isEmpty() ? u"<none>"_s : text;
}

QString pairsText(const QJsonObject &pairs)
{
    QStringList parts;
    for (auto it = pairs.constBegin(); it != pairs.constEnd(); ++it)
        parts << it.key() + u'=' + it.value().toString();
    return parts.join(u',');
}

QString valuesText(const QJsonArray &values)
{
    QStringList texts;
    for (const QJsonValue value : values)
        texts << value.toString();
    return u'(' + texts.join(u',') + u')';
}

/// As kubectl prints selectors: `app=web,tier in (a,b),!x`.
QString selectorText(const QJsonObject &selector)
{
    QStringList parts;
    if (const QString labels = pairsText(selector.value("matchLabels"_L1).toObject()); !labels.isEmpty())
        parts << labels;
    for (const QJsonValue expression : selector.value("matchExpressions"_L1).toArray()) {
        const QString key = expression["key"_L1].toString();
        const QString op = expression["operator"_L1].toString();
        if (op == "Exists"_L1)
            parts << key;
        else if (op == "DoesNotExist"_L1)
            parts << u'!' + key;
        else
            parts << key + (op == "In"_L1 ? u" in "_s : u" notin "_s) + valuesText(expression["values"_L1].toArray());
    }
    return orNone(parts.join(u','));
}

QJsonObject templateSpec(const ApiObject &object)
{
    return object.spec().value("template"_L1)["spec"_L1].toObject();
}

QString containersText(const ApiObject &object, QLatin1StringView key)
{
    QStringList texts;
    for (const QJsonValue container : templateSpec(object).value("containers"_L1).toArray())
        texts << container[key].toString();
    return texts.join(u',');
}

QString portsText(const ApiObject &service)
{
    QStringList parts;
    for (const QJsonValue port : service.spec().value("ports"_L1).toArray())
        parts << u"%1/%2"_s.arg(port["port"_L1].toInt()).arg(port["protocol"_L1].toString(u"TCP"_s));
    return orNone(parts.join(u','));
}

ObjectColumn nameColumn()
{
    return {u"Name"_s, [](const ApiObject &object, const QDateTime &) { return object.name; }};
}

ObjectColumn ageColumn()
{
    return {u"Age"_s, [](const ApiObject &object, const QDateTime &now) { return ageText(object.created, now); }};
}

ObjectColumn textColumn(const QString &name, std::function<QString(const ApiObject &)> text, bool wide = false)
{
    return {name, [text = std::move(text)](const ApiObject &object, const QDateTime &) { return text(object); }, false,
            wide};
}

/// A number of spec or status: "spec.replicas".
ObjectColumn numberColumn(const QString &name, const QString &path)
{
    const QString part = path.section(u'.', 0, 0);
    const QString key = path.section(u'.', 1);
    const auto cell = [part, key](const ApiObject &object, const QDateTime &) {
        return QJsonValue(object.body.value(part)[key].toInt());
    };
    return {name, cell, true, false};
}

ObjectColumn readyColumn()
{
    return textColumn(u"Ready"_s, [](const ApiObject &object) {
        return u"%1/%2"_s.arg(object.status().value("readyReplicas"_L1).toInt())
            .arg(object.spec().value("replicas"_L1).toInt(1));
    });
}

QList<ObjectColumn> wideColumns(bool plainSelector = false)
{
    const auto selector = [plainSelector](const ApiObject &object) {
        const QJsonObject value = object.spec().value("selector"_L1).toObject();
        return plainSelector ? orNone(pairsText(value)) : selectorText(value);
    };
    return {textColumn(
                u"Containers"_s, [](const ApiObject &o) { return containersText(o, "name"_L1); }, true),
            textColumn(
                u"Images"_s, [](const ApiObject &o) { return containersText(o, "image"_L1); }, true),
            textColumn(u"Selector"_s, selector, true)};
}

QList<ObjectColumn> serviceColumns()
{
    const auto clusterIp = [](const ApiObject &o) { return orNone(o.spec().value("clusterIP"_L1).toString()); };
    const auto externalIp = [](const ApiObject &o) { return orNone(o.spec().value("externalName"_L1).toString()); };
    const auto selector = [](const ApiObject &o) {
        return orNone(pairsText(o.spec().value("selector"_L1).toObject()));
    };
    return {nameColumn(),
            textColumn(u"Type"_s, [](const ApiObject &o) { return o.spec().value("type"_L1).toString(); }),
            textColumn(u"Cluster-IP"_s, clusterIp),
            textColumn(u"External-IP"_s, externalIp),
            textColumn(u"Port(s)"_s, portsText),
            ageColumn(),
            textColumn(u"Selector"_s, selector, true)};
}

QList<ObjectColumn> deploymentColumns()
{
    return QList<ObjectColumn>{nameColumn(), readyColumn(), numberColumn(u"Up-to-date"_s, u"status.updatedReplicas"_s),
                               numberColumn(u"Available"_s, u"status.availableReplicas"_s), ageColumn()}
    + wideColumns();
}

QList<ObjectColumn> replicaColumns(bool plainSelector)
{
    return QList<ObjectColumn>{nameColumn(), numberColumn(u"Desired"_s, u"spec.replicas"_s),
                               numberColumn(u"Current"_s, u"status.replicas"_s),
                               numberColumn(u"Ready"_s, u"status.readyReplicas"_s), ageColumn()}
    + wideColumns(plainSelector);
}

QList<ObjectColumn> statefulSetColumns()
{
    QList<ObjectColumn> columns{nameColumn(), readyColumn(), ageColumn()};
    columns += wideColumns().first(2);
    return columns;
}

QList<ObjectColumn> daemonSetColumns()
{
    const auto nodes = [](const ApiObject &object) {
        return orNone(pairsText(templateSpec(object).value("nodeSelector"_L1).toObject()));
    };
    return QList<ObjectColumn>{nameColumn(),
                               numberColumn(u"Desired"_s, u"status.desiredNumberScheduled"_s),
                               numberColumn(u"Current"_s, u"status.currentNumberScheduled"_s),
                               numberColumn(u"Ready"_s, u"status.numberReady"_s),
                               numberColumn(u"Up-to-date"_s, u"status.updatedNumberScheduled"_s),
                               numberColumn(u"Available"_s, u"status.numberAvailable"_s),
                               textColumn(u"Node Selector"_s, nodes),
                               ageColumn()}
    + wideColumns();
}

QList<ObjectColumn> jobColumns()
{
    const auto status = [](const ApiObject &job) {
        return job.status().contains("completionTime"_L1) ? u"Complete"_s : u"Running"_s;
    };
    const auto completions = [](const ApiObject &job) {
        return u"%1/%2"_s.arg(job.status().value("succeeded"_L1).toInt())
            .arg(job.spec().value("completions"_L1).toInt(1));
    };
    const auto duration = [](const ApiObject &job, const QDateTime &now) {
        const QDateTime start = fromApiTime(job.status().value("startTime"_L1));
        const QDateTime end = fromApiTime(job.status().value("completionTime"_L1));
        return QJsonValue(start.isValid() ? ageText(start, end.isValid() ? end : now) : QString());
    };
    return QList<ObjectColumn>{nameColumn(), textColumn(u"Status"_s, status), textColumn(u"Completions"_s, completions),
                               ObjectColumn{u"Duration"_s, duration}, ageColumn()}
    + wideColumns();
}

QList<ObjectColumn> deploymentConfigColumns()
{
    return {nameColumn(), numberColumn(u"Revision"_s, u"status.latestVersion"_s),
            numberColumn(u"Desired"_s, u"spec.replicas"_s), numberColumn(u"Current"_s, u"status.replicas"_s),
            textColumn(u"Triggered By"_s, [](const ApiObject &) { return u"config"_s; })};
}

} // namespace

const QList<ObjectColumn> &objectColumns(const ResourceType &type)
{
    static const QHash<QString, QList<ObjectColumn>> columns{{u"Service"_s, serviceColumns()},
                                                             {u"Deployment"_s, deploymentColumns()},
                                                             {u"ReplicaSet"_s, replicaColumns(false)},
                                                             {u"ReplicationController"_s, replicaColumns(true)},
                                                             {u"StatefulSet"_s, statefulSetColumns()},
                                                             {u"DaemonSet"_s, daemonSetColumns()},
                                                             {u"Job"_s, jobColumns()},
                                                             {u"DeploymentConfig"_s, deploymentConfigColumns()}};
    static const QList<ObjectColumn> others{nameColumn(), ageColumn()};
    const auto found = columns.constFind(type.kind);
    return found == columns.cend() ? others : *found;
}

} // namespace Fairlead::Demo
