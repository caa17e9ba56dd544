#include "core/democluster/control/clustereditor.h"

#include "core/democluster/api/selectors.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

ApiStatus invalid(const ApiObject &object, const QString &what)
{
    const QString group = object.type->group.isEmpty() ? QString() : u'.' + object.type->group;
    return {422, u"Invalid"_s, u"%1%2 \"%3\" is invalid: %4"_s.arg(object.type->kind, group, object.name, what)};
}

ApiStatus conflict(const ApiObject &object)
{
    return {
        409, u"Conflict"_s,
        u"Operation cannot be fulfilled on %1 \"%2\": the object has been modified; please apply your changes to the "
        "latest version and try again"_s.arg(object.type->resource, object.name)};
}

/// Plain maps (services, replication controllers, deployment configs) and label selectors alike.
Result<LabelSelector, QString> selectorOf(const QJsonObject &spec)
{
    const QJsonObject selector = spec.value("selector"_L1).toObject();
    if (selector.contains("matchLabels"_L1) || selector.contains("matchExpressions"_L1))
        return LabelSelector::fromObject(selector);
    return LabelSelector::fromObject({{u"matchLabels"_s, selector}});
}

/// Server-owned metadata stays as it was.
QJsonObject keptMetadata(const ApiObject &current, QJsonObject metadata)
{
    const QJsonObject before = current.metadata();
    for (const QString &key : {u"name"_s, u"namespace"_s, u"uid"_s, u"creationTimestamp"_s, u"generation"_s}) {
        if (before.contains(key))
            metadata.insert(key, before.value(key));
        else
            metadata.remove(key);
    }
    return metadata;
}

} // namespace

ClusterEditor::ClusterEditor(ObjectStore &store, NodeAgent &agent, const Clock &clock)
    : m_store(store)
    , m_agent(agent)
    , m_clock(clock)
{
}

bool ClusterEditor::deletePod(const QString &nameSpace, const QString &name, int graceMs)
{
    return m_agent.remove(nameSpace, name, graceMs);
}

bool ClusterEditor::deleteObject(const ResourceType &type, const QString &nameSpace, const QString &name)
{
    if (!m_store.findObject(type, nameSpace, name))
        return false;
    m_store.removeObject(type, nameSpace, name);
    return true;
}

std::optional<ApiStatus> ClusterEditor::check(const ApiObject &current, const QJsonObject &body)
{
    const QString version = body.value("metadata"_L1)["resourceVersion"_L1].toString();
    if (!version.isEmpty() && version != QString::number(current.resourceVersion))
        return conflict(current);
    const QString name = body.value("metadata"_L1)["name"_L1].toString(current.name);
    if (name != current.name)
        return badRequest(
            u"the name of the object (%1) does not match the name on the URL (%2)"_s.arg(name, current.name));
    const QJsonObject spec = body.value("spec"_L1).toObject();
    const QJsonValue replicas = spec.value("replicas"_L1);
    if (!replicas.isUndefined()
        && (!replicas.isDouble() || replicas.toDouble() < 0 || std::fmod(replicas.toDouble(), 1) != 0))
        return invalid(current, u"spec.replicas: Invalid value: must be greater than or equal to 0"_s);
    const Result<LabelSelector, QString> selector = selectorOf(spec);
    if (!selector)
        return invalid(current, u"spec.selector: Invalid value: %1"_s.arg(selector.error()));
    const QJsonValue labels = spec.value("template"_L1)["metadata"_L1]["labels"_L1];
    if (spec.contains("template"_L1) && !selector->matches(labelsFromJson(labels.toObject())))
        return invalid(current,
                       u"spec.template.metadata.labels: Invalid value: `selector` does not match template `labels`"_s);
    return std::nullopt;
}

ClusterEditor::Outcome ClusterEditor::replace(const ApiObject &current, const QJsonObject &body)
{
    if (auto refusal = check(current, body))
        return Failure{std::move(*refusal)};
    QJsonObject metadata = keptMetadata(current, body.value("metadata"_L1).toObject());
    const bool counts = current.metadata().contains("generation"_L1);
    if (counts && body.value("spec"_L1) != current.spec())
        metadata.insert(u"generation"_s, metadata.value("generation"_L1).toInt() + 1);
    QJsonObject changed = body;
    changed.insert(u"metadata"_s, metadata);
    changed.insert(u"status"_s, current.status());
    ApiObject object = makeApiObject(*current.type, changed);
    object.resourceVersion = current.resourceVersion;
    QJsonObject before = current.body;
    setResourceVersion(object, current.resourceVersion);
    if (object.body == before)
        return object; // an API server writes nothing then, and no watch hears of it
    m_store.putObject(object);
    return *m_store.findObject(*object.type, object.nameSpace, object.name);
}

ClusterEditor::Outcome ClusterEditor::scale(const ApiObject &current, int replicas)
{
    QJsonObject body = current.body;
    QJsonObject spec = current.spec();
    spec.insert(u"replicas"_s, replicas);
    body.insert(u"spec"_s, spec);
    return replace(current, body);
}

ClusterEditor::Outcome ClusterEditor::restart(const ApiObject &current)
{
    QJsonObject spec = current.spec();
    if (!spec.contains("template"_L1))
        return Failure{badRequest(u"%1 has no pod template"_s.arg(current.type->resource))};
    QJsonObject podTemplate = spec.value("template"_L1).toObject();
    QJsonObject metadata = podTemplate.value("metadata"_L1).toObject();
    QJsonObject annotations = metadata.value("annotations"_L1).toObject();
    // with milliseconds, so that two in one second are two
    annotations.insert(u"kubectl.kubernetes.io/restartedAt"_s, m_clock.now().toString(Qt::ISODateWithMs));
    metadata.insert(u"annotations"_s, annotations);
    podTemplate.insert(u"metadata"_s, metadata);
    spec.insert(u"template"_s, podTemplate);
    QJsonObject body = current.body;
    body.insert(u"spec"_s, spec);
    return replace(current, body);
}

} // namespace Fairlead::Demo
