// Headlamp: what it keeps as "portforwards" in its browser's storage.
#include "core/store/exchange/readers.h"
#include "core/store/exchange/rowmaker.h"
#include "core/store/fields.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

using Kube::YamlNode;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

ImportedRow readRow(const YamlNode &node)
{
    std::optional<ProfileError> problem;
    Fields fields(node, problem);
    RowMaker row(node);
    if (node.kind != YamlNode::Kind::Map)
        fields.complain(node, Text::tr("This is no forward: it has no fields."));
    row.setContext(fields.text("cluster"_L1)); // a cluster of Headlamp is a context, and called like it
    const QString pod = fields.text("pod"_L1);
    const QString service = fields.text("service"_L1);
    const QString podNamespace = fields.text("namespace"_L1);
    const QString serviceNamespace = fields.text("serviceNamespace"_L1);
    if (service.isEmpty()) {
        row.setTarget(Kube::TargetRef::Kind::Pod, pod);
        row.setNamespace(podNamespace);
    } else {
        row.setTarget(Kube::TargetRef::Kind::Service, service);
        row.setNamespace(serviceNamespace.isEmpty() ? podNamespace : serviceNamespace);
        row.remark(Text::tr("Headlamp names the port of the pod, Fairlead that of the service."));
    }
    const QString remote = fields.text("targetPort"_L1);
    const QString local = fields.text("port"_L1);
    if (!remote.isEmpty())
        row.addPort(local, remote);
    row.setRunning(fields.text("status"_L1) != "Stopped"_L1);
    (void)fields.find("id"_L1);
    (void)fields.find("error"_L1);
    return row.finish(problem, fields.rest());
}

} // namespace

Reading readHeadlamp(const YamlNode &root)
{
    Imported result{Format::Headlamp};
    if (root.kind != YamlNode::Kind::List)
        return notOfFormat(Format::Headlamp, root, Text::tr("a list of forwards"));
    for (const auto &item : root.items)
        result.rows.append(readRow(*item));
    return result;
}

} // namespace Fairlead::Store
