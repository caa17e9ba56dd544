#include "core/democluster/control/podfactory.h"

#include "core/democluster/state/podowner.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

constexpr char Alphabet[] = "bcdfghjklmnpqrstvwxz2456789"; // k8s.io/apimachinery/pkg/util/rand
constexpr int AlphabetSize = sizeof Alphabet - 1;

Container containerFrom(const QJsonObject &spec)
{
    Container container;
    container.name = spec.value("name"_L1).toString();
    container.image = spec.value("image"_L1).toString();
    for (const QJsonValue port : spec.value("ports"_L1).toArray()) {
        container.ports << ContainerPort{port["name"_L1].toString(),
                                         static_cast<quint16>(port["containerPort"_L1].toInt()),
                                         port["protocol"_L1].toString(u"TCP"_s)};
    }
    container.state = {ContainerState::Kind::Waiting, u"ContainerCreating"_s};
    return container;
}

QString parentName(const ApiObject &owner)
{
    return owner.metadata().value("ownerReferences"_L1)[0]["name"_L1].toString();
}

} // namespace

QString rootOwner(const Pod &pod)
{
    QString kind = pod.ownerKind;
    QString name = pod.ownerName;
    if (kind == "ReplicaSet"_L1 && pod.labels.contains(u"pod-template-hash"_s)) {
        kind = u"Deployment"_s;
        name = name.section(u'-', 0, -2);
    } else if (kind == "ReplicationController"_L1 && pod.labels.contains(u"deploymentconfig"_s)) {
        kind = u"DeploymentConfig"_s;
        name = pod.labels.value(u"deploymentconfig"_s);
    }
    return kind.isEmpty() ? QString() : pod.nameSpace + u'/' + kind + u'/' + name;
}

QString randomSuffix()
{
    constexpr int length = 5;
    QString text;
    for (int i = 0; i < length; ++i)
        text += QLatin1Char(Alphabet[QRandomGenerator::global()->bounded(AlphabetSize)]);
    return text;
}

QString templateHash(const QJsonObject &podTemplate)
{
    constexpr int length = 10;
    const QByteArray json = QJsonDocument(podTemplate).toJson(QJsonDocument::Compact);
    const QByteArray digest = QCryptographicHash::hash(json, QCryptographicHash::Sha256);
    QString text;
    for (int i = 0; i < length; ++i)
        text += QLatin1Char(Alphabet[quint8(digest.at(i)) % AlphabetSize]);
    return text;
}

PodFactory::PodFactory(const ObjectStore &store, const Clock &clock)
    : m_store(store)
    , m_clock(clock)
{
}

void PodFactory::learn(const Pod &pod)
{
    const QString root = rootOwner(pod);
    if (!root.isEmpty() && !m_targets[root].contains(pod.target))
        m_targets[root] << pod.target;
}

Pod PodFactory::make(const ApiObject &owner, const QString &name)
{
    const QJsonObject podTemplate = owner.spec().value("template"_L1).toObject();
    const QJsonObject metadata = podTemplate.value("metadata"_L1).toObject();
    Pod pod;
    pod.nameSpace = owner.nameSpace;
    pod.name = name;
    pod.uid = QUuid::createUuid().toString(QUuid::WithoutBraces);
    pod.created = m_clock.now();
    pod.readySince = pod.created;
    pod.phase = u"Pending"_s;
    pod.labels = labelsFromJson(metadata.value("labels"_L1).toObject());
    pod.annotations = labelsFromJson(metadata.value("annotations"_L1).toObject());
    for (const QJsonValue container : podTemplate.value("spec"_L1)["containers"_L1].toArray())
        pod.containers << containerFrom(container.toObject());
    setOwner(pod, owner.type->kind, owner.name, parentName(owner));
    pod.target = chooseTarget(pod);
    const auto *address = std::get_if<AddressTarget>(&pod.target);
    pod.podIp = address ? address->host : freeAddress();
    return pod;
}

PodTarget PodFactory::chooseTarget(const Pod &pod) const
{
    const QString root = rootOwner(pod);
    const QList<PodTarget> targets = m_targets.value(root);
    QList<int> uses(targets.size(), 0);
    m_store.pods().visit(pod.nameSpace, {}, [&](const Pod &other) {
        const qsizetype index = targets.indexOf(other.target);
        if (index >= 0 && !other.deletion.isValid() && rootOwner(other) == root)
            ++uses[index];
        return true;
    });
    const auto least = std::min_element(uses.cbegin(), uses.cend());
    return least == uses.cend() ? PodTarget() : targets.at(least - uses.cbegin());
}

QString PodFactory::freeName(const QString &nameSpace, const QString &prefix) const
{
    QString name;
    do {
        name = prefix + randomSuffix();
    } while (m_store.findPod(nameSpace, name));
    return name;
}

/// New pods get their addresses behind those of the built-in ones; after 64,000 they begin again.
QString PodFactory::freeAddress()
{
    constexpr int perNet = 250;
    const int number = m_lastAddress++ % (perNet * perNet);
    return u"10.244.%1.%2"_s.arg(number / perNet + 1).arg(number % perNet + 2);
}

} // namespace Fairlead::Demo
