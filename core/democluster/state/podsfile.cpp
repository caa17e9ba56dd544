#include "core/democluster/state/podsfile.h"

#include "core/democluster/control/podfactory.h"
#include "core/democluster/state/demopods.h"
#include "core/democluster/state/podowner.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <yaml-cpp/yaml.h>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

constexpr qint64 MaxFileSize = 4 * 1024 * 1024;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(DemoPodsFile)
};

/// What is wrong, and where. Stays inside this file: the parts below throw it at the one function that catches it,
/// because yaml-cpp throws as well.
struct Mistake {
    YAML::Mark mark;
    QString text;
};

[[noreturn]] void refuse(const YAML::Node &node, const QString &text)
{
    throw Mistake{node.Mark(), text};
}

QString scalar(const YAML::Node &node, const QString &what)
{
    if (!node.IsScalar())
        refuse(node, Text::tr("%1 must be a plain value").arg(what));
    return QString::fromStdString(node.Scalar());
}

void checkKeys(const YAML::Node &map, const QStringList &known)
{
    for (const auto &entry : map) {
        const QString key = scalar(entry.first, Text::tr("a key"));
        if (!known.contains(key))
            refuse(entry.first, Text::tr("unknown key \"%1\"; known are: %2").arg(key, known.join(u", "_s)));
    }
}

/// By value: a range-based for keeps it alive.
YAML::Node sequence(const YAML::Node &node, const QString &text)
{
    if (!node.IsSequence())
        refuse(node, text);
    return node;
}

/// Names of pods and namespaces are DNS labels (RFC 1123), pods with dots in between.
QString dnsName(const YAML::Node &node, const QString &what)
{
    static const QRegularExpression form(u"\\A[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\\z"_s);
    const QString name = scalar(node, what);
    if (!form.match(name).hasMatch())
        refuse(node, Text::tr("%1 \"%2\" must consist of lower case letters, digits and \"-\"").arg(what, name));
    return name;
}

qint64 number(const YAML::Node &node, const QString &what, qint64 largest)
{
    bool ok = false;
    const qint64 value = scalar(node, what).toLongLong(&ok);
    if (!ok || value < 1 || value > largest)
        refuse(node, Text::tr("%1 must be a number from 1 to %2").arg(what).arg(largest));
    return value;
}

QString readPortName(const YAML::Node &node)
{
    static const QRegularExpression form(u"\\A(?=.*[a-z])[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?\\z"_s);
    const QString name = scalar(node, u"name"_s);
    if (!form.match(name).hasMatch())
        refuse(node,
               Text::tr("port name \"%1\" must have at most 15 lower case letters, digits and \"-\", with at least one "
                        "letter")
                   .arg(name));
    return name;
}

QString readProtocol(const YAML::Node &node)
{
    const QString protocol = scalar(node, u"protocol"_s);
    if (protocol != "TCP"_L1 && protocol != "UDP"_L1 && protocol != "SCTP"_L1)
        refuse(node, Text::tr("protocol must be TCP, UDP or SCTP"));
    return protocol;
}

ContainerPort readPort(const YAML::Node &node)
{
    if (!node.IsMap())
        refuse(node, Text::tr("a port must be of the form {name: http, containerPort: 8080}"));
    checkKeys(node, {u"name"_s, u"containerPort"_s, u"protocol"_s});
    ContainerPort port;
    if (!node["containerPort"])
        refuse(node, Text::tr("containerPort is missing"));
    port.number = static_cast<quint16>(number(node["containerPort"], u"containerPort"_s, 65535));
    if (node["name"])
        port.name = readPortName(node["name"]);
    if (node["protocol"])
        port.protocol = readProtocol(node["protocol"]);
    return port;
}

ServicePort readServicePort(const YAML::Node &node)
{
    if (!node.IsMap())
        refuse(node, Text::tr("a port of a service must be of the form {name: http, port: 80, targetPort: 8080}"));
    checkKeys(node, {u"name"_s, u"port"_s, u"targetPort"_s, u"protocol"_s});
    ServicePort port;
    if (!node["port"])
        refuse(node, Text::tr("port is missing"));
    port.port = static_cast<quint16>(number(node["port"], u"port"_s, 65535));
    if (node["name"])
        port.name = readPortName(node["name"]);
    if (const YAML::Node target = node["targetPort"]) {
        bool isNumber = false;
        port.targetPort = scalar(target, u"targetPort"_s);
        port.targetPort.toLongLong(&isNumber);
        port.targetPort = isNumber ? QString::number(number(target, u"targetPort"_s, 65535)) : readPortName(target);
    }
    if (node["protocol"])
        port.protocol = readProtocol(node["protocol"]);
    return port;
}

NsenterSocatTarget readSocat(const YAML::Node &node)
{
    if (!node.IsMap())
        refuse(node, Text::tr("nsenterSocat must be of the form {pid: 1234, prefix: [...]}"));
    checkKeys(node, {u"pid"_s, u"prefix"_s});
    if (!node["pid"])
        refuse(node, Text::tr("pid is missing"));
    NsenterSocatTarget target{number(node["pid"], u"pid"_s, std::numeric_limits<qint32>::max()), {}};
    if (const YAML::Node prefix = node["prefix"]) {
        if (!prefix.IsSequence())
            refuse(prefix, Text::tr("prefix must be a list: the program and its arguments"));
        for (const YAML::Node &part : prefix)
            target.prefix << scalar(part, u"prefix"_s);
    }
    return target;
}

PodTarget readTarget(const YAML::Node &pod)
{
    const YAML::Node address = pod["address"];
    const YAML::Node netns = pod["netns"];
    const YAML::Node socat = pod["nsenterSocat"];
    if ((address ? 1 : 0) + (netns ? 1 : 0) + (socat ? 1 : 0) != 1)
        refuse(pod, Text::tr("a pod needs exactly one of address, netns and nsenterSocat"));
    if (address) {
        const QString host = scalar(address, u"address"_s);
        if (host.isEmpty())
            refuse(address, Text::tr("address is empty"));
        return AddressTarget{host};
    }
    if (socat)
        return readSocat(socat);
    const QString path = scalar(netns, u"netns"_s);
    bool isPid = false;
    const qint64 pid = path.toLongLong(&isPid);
    if (isPid && pid > 0)
        return NetnsTarget{u"/proc/%1/ns/net"_s.arg(pid)};
    if (!path.startsWith(u'/'))
        refuse(netns, Text::tr("netns must be an absolute path such as /proc/1234/ns/net, or a process id"));
    return NetnsTarget{path};
}

Labels readLabels(const YAML::Node &node)
{
    if (!node.IsMap())
        refuse(node, Text::tr("labels must be of the form {key: value}"));
    Labels labels;
    for (const auto &entry : node)
        labels.insert(scalar(entry.first, u"labels"_s), scalar(entry.second, u"labels"_s));
    return labels;
}

/// "Deployment/api" and the like; the direct owner of a Deployment's pod is a ReplicaSet, of a DeploymentConfig's a
/// ReplicationController.
void readOwner(const YAML::Node &node, Pod &pod)
{
    const QString text = scalar(node, u"owner"_s);
    const ResourceType *type = findResourceTypeByWord(text.section(u'/', 0, 0));
    const bool owns = type && type->storage == ResourceType::Storage::Objects && type->kind != "Service"_L1;
    const QString name = text.section(u'/', 1);
    static const QRegularExpression form(u"\\A[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\z"_s);
    if (!owns || !form.match(name).hasMatch())
        refuse(node, Text::tr("owner must be KIND/NAME, such as Deployment/api; it is \"%1\"").arg(text));
    if (pod.labels.isEmpty())
        refuse(node, Text::tr("a pod with an owner needs labels, since owners find their pods by them"));
    static const QRegularExpression ordinal(u"\\A(0|[1-9][0-9]*)\\z"_s);
    if (type->kind == "StatefulSet"_L1
        && !(pod.name.startsWith(name + u'-') && ordinal.match(pod.name.mid(name.size() + 1)).hasMatch()))
        refuse(node, Text::tr("a pod of StatefulSet \"%1\" must be named %1-0, %1-1 and so on").arg(name));
    if (type->kind == "Deployment"_L1)
        setOwner(pod, u"ReplicaSet"_s, name + u'-' + templateHash(labelsToJson(pod.labels)), name);
    else if (type->kind == "DeploymentConfig"_L1)
        setOwner(pod, u"ReplicationController"_s, name + u"-1"_s, name);
    else
        setOwner(pod, type->kind, name);
}

Pod readPod(const YAML::Node &node, const QDateTime &now)
{
    if (!node.IsMap())
        refuse(node, Text::tr("a pod must be a mapping with a name"));
    checkKeys(
        node,
        {u"name"_s, u"namespace"_s, u"labels"_s, u"owner"_s, u"ports"_s, u"address"_s, u"netns"_s, u"nsenterSocat"_s});
    if (!node["name"])
        refuse(node, Text::tr("name is missing"));
    Pod pod;
    pod.name = dnsName(node["name"], u"name"_s);
    pod.nameSpace = node["namespace"] ? dnsName(node["namespace"], u"namespace"_s) : u"default"_s;
    pod.uid = stableUid(u"pod"_s, pod.nameSpace, pod.name);
    pod.created = now;
    pod.readySince = now;
    pod.nodeName = demoNodeName();
    pod.phase = u"Running"_s;
    pod.target = readTarget(node);
    if (const auto *address = std::get_if<AddressTarget>(&pod.target))
        pod.podIp = address->host;
    if (node["labels"])
        pod.labels = readLabels(node["labels"]);
    if (node["owner"])
        readOwner(node["owner"], pod);
    Container container;
    container.name = u"main"_s;
    container.image = u"declared.example/pods-file:1"_s;
    container.ready = true;
    container.state = {ContainerState::Kind::Running, {}, {}, 0, now};
    if (const YAML::Node ports = node["ports"]) {
        for (const YAML::Node &port : sequence(ports, Text::tr("ports must be a list")))
            container.ports << readPort(port);
    }
    pod.containers = {container};
    return pod;
}

ServiceSpec readService(const YAML::Node &node, const QDateTime &now)
{
    if (!node.IsMap())
        refuse(node, Text::tr("a service must be a mapping with a name"));
    checkKeys(node, {u"name"_s, u"namespace"_s, u"selector"_s, u"ports"_s, u"clusterIP"_s, u"externalName"_s});
    if (!node["name"])
        refuse(node, Text::tr("name is missing"));
    ServiceSpec service;
    service.name = dnsName(node["name"], u"name"_s);
    service.nameSpace = node["namespace"] ? dnsName(node["namespace"], u"namespace"_s) : u"default"_s;
    service.created = now;
    if (node["selector"])
        service.selector = readLabels(node["selector"]);
    if (node["externalName"])
        service.externalName = dnsName(node["externalName"], u"externalName"_s);
    if (const YAML::Node address = node["clusterIP"]) {
        if (scalar(address, u"clusterIP"_s) != "None"_L1)
            refuse(address, Text::tr("clusterIP can only be None; all other addresses are given by the cluster"));
        service.headless = true;
    }
    if (const YAML::Node ports = node["ports"]) {
        for (const YAML::Node &port : sequence(ports, Text::tr("ports must be a list")))
            service.ports << readServicePort(port);
    } else if (service.externalName.isEmpty()) {
        refuse(node, Text::tr("a service needs ports"));
    }
    return service;
}

/// One set of labels is the selector of all pods of an owner.
void checkSameLabels(const YAML::Node &node, const Pod &pod, const Pod &other)
{
    const bool sameOwner = !pod.ownerKind.isEmpty() && rootOwner(pod) == rootOwner(other);
    if (sameOwner && ownLabels(pod.labels) != ownLabels(other.labels))
        refuse(node,
               Text::tr("pods \"%1\" and \"%2\" of one owner must have the same labels").arg(other.name, pod.name));
}

QList<Pod> readPods(const YAML::Node &list, const QDateTime &now)
{
    QList<Pod> pods;
    for (const YAML::Node &node : list) {
        const Pod pod = readPod(node, now);
        for (const Pod &other : std::as_const(pods)) {
            if (other.name == pod.name && other.nameSpace == pod.nameSpace)
                refuse(node, Text::tr("pod \"%1\" in namespace \"%2\" is declared twice").arg(pod.name, pod.nameSpace));
            checkSameLabels(node, pod, other);
        }
        pods << pod;
    }
    return pods;
}

Declared readDocument(const YAML::Node &document, const QDateTime &now)
{
    if (!document.IsMap() || !document["pods"])
        refuse(document, Text::tr("the file must have a key \"pods\""));
    checkKeys(document, {u"pods"_s, u"services"_s});
    Declared declared{readPods(sequence(document["pods"], Text::tr("pods must be a list")), now), {}};
    if (const YAML::Node services = document["services"]) {
        for (const YAML::Node &node : sequence(services, Text::tr("services must be a list")))
            declared.services << readService(node, now);
    }
    return declared;
}

QString withPlace(const QString &fileName, const YAML::Mark &mark, const QString &text)
{
    if (mark.is_null())
        return u"%1: %2"_s.arg(fileName, text);
    return u"%1:%2:%3: %4"_s.arg(fileName).arg(mark.line + 1).arg(mark.column + 1).arg(text);
}

} // namespace

Result<Declared, QString> parsePods(const QByteArray &yaml, const QString &fileName, const QDateTime &now)
{
    try {
        return readDocument(YAML::Load(yaml.toStdString()), now);
    } catch (const Mistake &mistake) {
        return Failure{withPlace(fileName, mistake.mark, mistake.text)};
    } catch (const YAML::Exception &error) {
        return Failure{withPlace(fileName, error.mark, QString::fromStdString(error.msg))};
    }
}

Result<Declared, QString> readPodsFile(const QString &path, const QDateTime &now)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Failure{Text::tr("Cannot read the pods file %1: %2").arg(path, file.errorString())};
    const QByteArray text = file.read(MaxFileSize + 1);
    if (text.size() > MaxFileSize)
        return Failure{Text::tr("The pods file %1 is larger than 4 MiB").arg(path)};
    return parsePods(text, QFileInfo(path).fileName(), now);
}

} // namespace Fairlead::Demo
