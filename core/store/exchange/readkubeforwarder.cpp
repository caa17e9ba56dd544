// Kube Forwarder: src/renderer/lib/export.js writes version 2; version 1 had other names for the same.
#include "core/store/exchange/foreignwords.h"
#include "core/store/exchange/kubeconfigcontext.h"
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

/// What counts for all forwards of a cluster.
struct Cluster {
    QString name;
    NamedContext context;
    bool hadKubeconfig = false;
};

Cluster readCluster(Fields &fields)
{
    Cluster cluster{fields.text("name"_L1), {}, false};
    const YamlNode *config = fields.find("config"_L1);
    if (!config)
        return cluster;
    cluster.hadKubeconfig = true;
    if (config->kind == YamlNode::Kind::Scalar) { // version 1
        cluster.context = contextOfKubeconfig(config->text, {});
        return cluster;
    }
    std::optional<ProfileError> ignored;
    Fields holder(*config, ignored);
    cluster.context = contextOfKubeconfig(holder.text("content"_L1), holder.text("currentContext"_L1));
    return cluster;
}

void readTarget(Fields &fields, RowMaker &row)
{
    const QString type = fields.text("workloadType"_L1);
    const QString name = fields.text("workloadName"_L1);
    if (type == "pod"_L1 || type == "deployment"_L1 || type == "service"_L1)
        row.setTarget(name.isEmpty() ? QString() : type + u'/' + name);
    else
        fields.complainAbout("workloadType"_L1,
                             Text::tr("\"workloadType\" has to be \"pod\", \"deployment\" or \"service\"."));
}

void readPorts(Fields &fields, RowMaker &row, std::optional<ProfileError> &problem)
{
    for (const auto &item : fields.items("forwards"_L1)) {
        Fields pair(*item, problem);
        const QString remote = pair.text("remotePort"_L1);
        if (remote.isEmpty())
            pair.complain(*item, Text::tr("\"remotePort\" is missing."));
        else
            row.addPort(pair.text("localPort"_L1), remote);
    }
}

ImportedRow readRow(const YamlNode &node, const Cluster &cluster)
{
    std::optional<ProfileError> problem;
    Fields fields(node, problem);
    RowMaker row(node);
    row.setName(fields.text("alias"_L1));
    row.setContext(cluster.context.name.isEmpty() ? cluster.name : cluster.context.name);
    row.setServer(cluster.context.server);
    if (cluster.context.name.isEmpty())
        row.change(Text::tr("The file names no context, so the cluster's name is taken for one."));
    row.setNamespace(fields.text("namespace"_L1));
    readTarget(fields, row);
    readPorts(fields, row, problem);
    row.setAddresses({fields.text("localAddress"_L1)});
    (void)fields.find("id"_L1);
    (void)fields.find("clusterId"_L1);
    return row.finish(problem, fields.rest());
}

void addKeys(QStringList &keys, const UnknownFields &rest)
{
    for (const auto &field : rest)
        keys << shownText(field.first);
}

} // namespace

Reading readKubeForwarder(const YamlNode &root)
{
    std::optional<ProfileError> problem;
    Fields fields(root, problem);
    Imported result{Format::KubeForwarder};
    const QString version = fields.text("version"_L1);
    auto clusters = fields.items("clusters"_L1);
    clusters += fields.items("_clusters"_L1);
    if (clusters.isEmpty())
        fields.complain(root, notOfFormat(Format::KubeForwarder, root, Text::tr("\"clusters\"")).error.text);
    if (!version.isEmpty() && version != "1"_L1 && version != "2"_L1)
        fields.complainAbout("version"_L1, Text::tr("Version %1 of this format is not known.").arg(shownText(version)));
    for (const auto &item : clusters) {
        Fields one(*item, problem);
        const Cluster cluster = readCluster(one);
        if (result.name.isEmpty())
            result.name = shownText(cluster.name);
        for (const auto &service : one.items("_services"_L1))
            result.rows.append(readRow(*service, cluster));
        if (cluster.hadKubeconfig)
            result.remarks = QStringList{Text::tr("The file holds a kubeconfig, which may have credentials in it: only "
                                                  "the name of its context and the server were looked at.")};
        (void)one.find("id"_L1);
        addKeys(result.unknownKeys, one.rest());
    }
    if (problem)
        return Failure{*problem};
    addKeys(result.unknownKeys, fields.rest());
    return result;
}

} // namespace Fairlead::Store
