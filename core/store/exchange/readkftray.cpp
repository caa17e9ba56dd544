// kftray and kftui: kftray-commons/src/models/config_model.rs says which fields there are.
#include "core/store/exchange/readers.h"
#include "core/store/exchange/rowmaker.h"
#include "core/store/fields.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

using Kube::YamlNode;
using Kind = Kube::TargetRef::Kind;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

/// What its form leaves in fields that were not filled in.
constexpr std::array Placeholders{"default-service"_L1, "default-namespace"_L1,     "default-target"_L1,
                                  "default-alias"_L1,   "default-workload"_L1,      "current-context"_L1,
                                  "protocol"_L1,        "default-remote-address"_L1};

/// Known, and of no use here: ids, and the limits of its logs.
constexpr std::array Ignored{"id"_L1,
                             "http_logs_max_file_size"_L1,
                             "http_logs_retention_days"_L1,
                             "http_logs_auto_cleanup"_L1,
                             "exposure_type"_L1,
                             "cert_manager_enabled"_L1,
                             "cert_issuer"_L1,
                             "cert_issuer_kind"_L1,
                             "ingress_class"_L1,
                             "ingress_annotations"_L1,
                             "remote_address"_L1};

QString textOf(Fields &fields, QLatin1StringView key)
{
    const QString text = fields.text(key);
    for (const QLatin1StringView placeholder : Placeholders) {
        if (text == placeholder)
            return {};
    }
    return text;
}

void readTarget(Fields &fields, RowMaker &row)
{
    const QString type = textOf(fields, "workload_type"_L1);
    const QString service = textOf(fields, "service"_L1);
    const QString selector = textOf(fields, "target"_L1);
    if (type == "pod"_L1)
        row.setTarget(Kind::Selector, selector);
    else if (type == "service"_L1)
        row.setTarget(Kind::Service, service);
    else if (type.startsWith("proxy"_L1))
        row.skip(
            Text::tr("It leads through a pod of kftray's own to a host beyond the cluster, which Fairlead does not "
                     "make."));
    else if (type == "expose"_L1)
        row.skip(Text::tr("It makes a program of this computer known to the cluster, which is no forward."));
    else
        fields.complainAbout("workload_type"_L1, Text::tr("\"workload_type\" has to be \"service\" or \"pod\"."));
}

void readPorts(Fields &fields, RowMaker &row)
{
    const QString protocol = textOf(fields, "protocol"_L1).toLower();
    const QString local = fields.text("local_port"_L1);
    const QString remote = fields.text("remote_port"_L1);
    if (!protocol.isEmpty() && protocol != "tcp"_L1)
        row.skip(Text::tr("Kubernetes forwards TCP only, and this is UDP."));
    else if (!remote.isEmpty())
        row.addPort(local, remote);
}

void readExtras(Fields &fields, RowMaker &row)
{
    const QString address = fields.text("local_address"_L1);
    row.setAddresses({address});
    if (fields.flag("auto_loopback_address"_L1, false) && address.isEmpty())
        row.change(Text::tr("Listens at localhost and not at an address of its own."));
    if (fields.flag("domain_enabled"_L1, false))
        row.change(Text::tr("Its name is not written into the hosts file."));
    if (fields.flag("http_logs_enabled"_L1, false))
        row.change(Text::tr("HTTP requests are not logged."));
    const QString kubeconfig = fields.text("kubeconfig"_L1);
    if (!kubeconfig.isEmpty() && kubeconfig != "default"_L1)
        row.change(Text::tr("The kubeconfig that it names is not kept: the context is looked for here by its name."));
}

ImportedRow readRow(const YamlNode &node)
{
    std::optional<ProfileError> problem;
    Fields fields(node, problem);
    RowMaker row(node);
    if (node.kind != YamlNode::Kind::Map)
        fields.complain(node, Text::tr("This is no forward: it has no fields."));
    row.setName(textOf(fields, "alias"_L1));
    row.setContext(textOf(fields, "context"_L1));
    row.setNamespace(textOf(fields, "namespace"_L1));
    if (node.kind == YamlNode::Kind::Map)
        readTarget(fields, row);
    readPorts(fields, row);
    readExtras(fields, row);
    for (const QLatin1StringView key : Ignored)
        (void)fields.find(key);
    return row.finish(problem, fields.rest());
}

} // namespace

Reading readKftray(const YamlNode &root)
{
    Imported result{Format::Kftray};
    if (root.kind == YamlNode::Kind::Map) {
        result.rows.append(readRow(root)); // one alone is written without a list
    } else if (root.kind == YamlNode::Kind::List) {
        for (const auto &item : root.items)
            result.rows.append(readRow(*item));
    } else {
        return notOfFormat(Format::Kftray, root, Text::tr("a list of forwards"));
    }
    for (const ImportedRow &row : std::as_const(result.rows)) {
        if (row.forward && row.forward->spec.target.kind == Kind::Service) {
            result.remarks << Text::tr("kftray's forwards to services name the port of the pod, Fairlead's that of the "
                                       "service. Where the two differ, the port has to be changed.");
            break;
        }
    }
    return result;
}

} // namespace Fairlead::Store
