// Lens, OpenLens and Freelens: lens-local-storage/CLUSTER-ID.json has the forwards of one cluster, and
// lens-cluster-store.json the contexts of all clusters by id.
#include "core/store/exchange/jsontree.h"
#include "core/store/exchange/readers.h"
#include "core/store/exchange/rowmaker.h"
#include "core/store/fields.h"

#include <QCoreApplication>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

using Kube::YamlNode;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

/// Of the cluster that the file's name is the id of; empty if that is not known.
QString contextName(const ImportOrigin &origin)
{
    const auto store = parseJson(origin.lensClusters);
    if (!store)
        return {};
    const QString id = QFileInfo(origin.fileName).completeBaseName();
    std::optional<ProfileError> ignored;
    Fields fields(**store, ignored);
    for (const auto &item : fields.items("clusters"_L1)) {
        Fields cluster(*item, ignored);
        if (cluster.text("id"_L1) == id)
            return cluster.text("contextName"_L1);
    }
    return {};
}

void readPorts(Fields &fields, RowMaker &row)
{
    const QString port = fields.text("port"_L1);
    const QString local = fields.text("forwardPort"_L1);
    const bool isFixed = !local.isEmpty() && local != "0"_L1;
    if (!port.isEmpty())
        row.addPort(local, port);
    if (fields.text("protocol"_L1) == "https"_L1 && isFixed)
        row.setUrl(u"https://localhost:"_s + local);
}

ImportedRow readRow(const YamlNode &node, const QString &context)
{
    std::optional<ProfileError> problem;
    Fields fields(node, problem);
    RowMaker row(node);
    const QString kind = fields.text("kind"_L1).toLower();
    const QString name = fields.text("name"_L1);
    if (node.kind != YamlNode::Kind::Map)
        fields.complain(node, Text::tr("This is no forward: it has no fields."));
    else if (kind != "pod"_L1 && kind != "service"_L1)
        fields.complainAbout("kind"_L1, Text::tr("\"kind\" has to be \"pod\" or \"service\"."));
    else
        row.setTarget(name.isEmpty() ? QString() : kind + u'/' + name);
    row.setContext(context);
    if (context.isEmpty())
        row.change(Text::tr("Which context it is of is not known, so it is the one that is current here."));
    row.setNamespace(fields.text("namespace"_L1));
    readPorts(fields, row);
    row.setAddresses({fields.text("address"_L1)});
    row.setRunning(fields.text("status"_L1) != "Disabled"_L1);
    (void)fields.find("id"_L1);
    (void)fields.find("clusterId"_L1);
    return row.finish(problem, fields.rest());
}

} // namespace

Reading readLens(const YamlNode &root, const ImportOrigin &origin)
{
    std::optional<ProfileError> problem;
    Fields fields(root, problem);
    if (root.kind != YamlNode::Kind::Map || !fields.find("port_forwards"_L1)) {
        if (root.kind == YamlNode::Kind::Map && fields.find("clusters"_L1))
            return Failure{ProfileError{root.line, root.column,
                                        Text::tr("This is Lens's list of clusters. Its forwards are in the folder "
                                                 "lens-local-storage beside it, one file a cluster.")}};
        return notOfFormat(Format::Lens, root, Text::tr("\"port_forwards\""));
    }
    Imported result{Format::Lens};
    result.name = contextName(origin);
    for (const auto &item : fields.items("port_forwards"_L1))
        result.rows.append(readRow(*item, result.name));
    if (problem)
        return Failure{*problem};
    return result; // the rest of the file is how its window looks
}

} // namespace Fairlead::Store
