// Fairlead's own profiles, which come from colleagues as well: read as ever, and checked like all others.
#include "core/store/exchange/foreignwords.h"
#include "core/store/exchange/readers.h"
#include "core/store/exchange/rowmaker.h"
#include "core/store/profiles/profilereader.h"

namespace Fairlead::Store {

namespace {

ImportedRow rowOf(const SavedForward &forward, const Kube::YamlNode &node)
{
    RowMaker row(node, forward);
    row.setName(forward.spec.name);
    row.setContext(forward.spec.context);
    row.setServer(forward.server);
    row.setNamespace(forward.spec.namespaceName);
    row.setTarget(forward.spec.target.kind, forward.spec.target.name);
    for (const Kube::PortArgument &port : forward.spec.ports)
        row.addPort(Kube::portText(port));
    row.setAddresses(forward.spec.addresses);
    return row.finish({}, forward.unknown);
}

} // namespace

Reading readProfileRows(const Kube::YamlNode &root, const QByteArray &text)
{
    const auto profile = readProfile(text);
    if (!profile)
        return Failure{profile.error()};
    Imported result{Format::Profile, shownText(profile->name)};
    const Kube::YamlNode *list = root.find(QStringLiteral("forwards"));
    for (qsizetype i = 0; i < profile->forwards.size(); ++i)
        result.rows.append(rowOf(profile->forwards.at(i), list ? *list->items.at(i) : root));
    for (const auto &field : profile->unknown)
        result.unknownKeys << shownText(field.first);
    return result;
}

} // namespace Fairlead::Store
