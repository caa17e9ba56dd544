// Skaffold and Cloud Code: the list `portForward:` of skaffold.yaml, of its profiles too.
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
    const QString type = fields.text("resourceType"_L1);
    const QString name = fields.text("resourceName"_L1);
    if (node.kind != YamlNode::Kind::Map)
        fields.complain(node, Text::tr("This is no forward: it has no fields."));
    else if (type.isEmpty() || type.toLower() == "container"_L1)
        fields.complainAbout("resourceType"_L1,
                             Text::tr("\"resourceType\" has to be \"service\", \"deployment\" or the like."));
    else
        row.setTarget(name.isEmpty() ? QString() : type.toLower() + u'/' + name);
    row.setNamespace(fields.text("namespace"_L1));
    const QString remote = fields.text("port"_L1);
    const QString local = fields.text("localPort"_L1);
    if (!remote.isEmpty())
        row.addPort(local.isEmpty() ? remote : local + u':' + remote);
    row.setAddresses({fields.text("address"_L1)});
    return row.finish(problem, fields.rest());
}

void readList(Fields &fields, Imported &result)
{
    for (const auto &item : fields.items("portForward"_L1))
        result.rows.append(readRow(*item));
}

void readDocument(const YamlNode &root, std::optional<ProfileError> &problem, Imported &result)
{
    if (root.kind == YamlNode::Kind::List) { // the list alone, as it is pasted
        for (const auto &item : root.items)
            result.rows.append(readRow(*item));
        return;
    }
    Fields fields(root, problem);
    readList(fields, result);
    for (const auto &item : fields.items("profiles"_L1)) {
        Fields profile(*item, problem);
        readList(profile, result);
    }
}

} // namespace

Reading readSkaffold(const QList<Kube::YamlNodePtr> &documents)
{
    std::optional<ProfileError> problem;
    Imported result{Format::Skaffold};
    for (const auto &document : documents)
        readDocument(*document, problem, result);
    if (problem)
        return Failure{*problem};
    if (result.rows.isEmpty() && !documents.isEmpty())
        return notOfFormat(Format::Skaffold, *documents.first(), Text::tr("\"portForward\""));
    return result;
}

} // namespace Fairlead::Store
