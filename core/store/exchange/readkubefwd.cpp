// kubefwd forwards every port of every service of a namespace, so it has no list of forwards. What it has: addresses
// that are reserved for services (pkg/fwdip/fwdIp.go), and its command line (cmd/kubefwd/services).
#include "core/store/exchange/commandline.h"
#include "core/store/exchange/foreignwords.h"
#include "core/store/exchange/readers.h"
#include "core/store/exchange/rowmaker.h"
#include "core/store/fields.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

using Kind = Kube::TargetRef::Kind;
using Kube::YamlNode;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

QString noPorts()
{
    return Text::tr("kubefwd forwards every port of a service and names none; Fairlead has to be told which.");
}

/// SERVICE, SERVICE.NAMESPACE, POD.SERVICE.NAMESPACE, each also as a name of the cluster's DNS.
void readName(const QString &name, const QString &namespaceName, RowMaker &row)
{
    QString shortName = name;
    if (const qsizetype suffix = name.indexOf(".svc"_L1); suffix > 0 && (name.mid(suffix + 4) + u'.').startsWith(u'.'))
        shortName = name.left(suffix);
    const QStringList parts = shortName.split(u'.');
    if (parts.size() > 3)
        return row.skip(Text::tr("\"%1\" is no name of a service or pod.").arg(shownText(name)));
    row.setTarget(parts.size() == 3 ? Kind::Pod : Kind::Service, parts.first());
    row.setNamespace(parts.size() == 1 ? namespaceName : parts.last());
}

ImportedRow readReservation(const YamlNode &node)
{
    std::optional<ProfileError> problem;
    Fields fields(node, problem);
    RowMaker row(node);
    if (node.kind != YamlNode::Kind::Map)
        fields.complain(node, Text::tr("This is no reservation: it has no fields."));
    const QString name = fields.text("name"_L1);
    const QString service = fields.text("service"_L1); // as its documentation has it; the program reads "name"
    row.setSource(name.isEmpty() ? service : name);
    readName(name.isEmpty() ? service : name, fields.text("namespace"_L1), row);
    row.setAddresses({fields.text("ip"_L1)});
    row.skip(noPorts());
    return row.finish(problem, fields.rest());
}

const CommandFlags &flags()
{
    static const CommandFlags all{{u"namespace"_s, u"context"_s, u"selector"_s, u"field-selector"_s, u"mapping"_s,
                                   u"reserve"_s, u"domain"_s, u"kubeconfig"_s, u"fwd-conf"_s},
                                  {u"all-namespaces"_s, u"verbose"_s},
                                  {{u"n"_s, u"namespace"_s},
                                   {u"x"_s, u"context"_s},
                                   {u"l"_s, u"selector"_s},
                                   {u"f"_s, u"field-selector"_s},
                                   {u"m"_s, u"mapping"_s},
                                   {u"r"_s, u"reserve"_s},
                                   {u"d"_s, u"domain"_s},
                                   {u"c"_s, u"kubeconfig"_s},
                                   {u"A"_s, u"all-namespaces"_s},
                                   {u"z"_s, u"fwd-conf"_s},
                                   {u"v"_s, u"verbose"_s}}};
    return all;
}

/// The services that a line names: by reservation (`-r NAME:IP`) or by field (`-f metadata.name=NAME`).
QStringList namedServices(const CommandLine &line)
{
    QStringList names;
    if (const QString reserved = line.flags.value(u"reserve"_s).text; reserved.contains(u':'))
        names << reserved.section(u':', 0, 0);
    const QString field = line.flags.value(u"field-selector"_s).text;
    if (field.startsWith("metadata.name="_L1))
        names << field.section(u'=', 1).remove(u'=');
    return names;
}

ImportedRow makeRow(const ShellCommand &command, const CommandLine &line, const QString &service,
                    const QString &namespaceName)
{
    RowMaker row(command.line, command.column);
    row.setSource(command.source);
    row.setContext(line.flags.value(u"context"_s).text);
    row.setNamespace(namespaceName);
    if (service.isEmpty()) {
        row.skip(Text::tr("kubefwd forwards all services of a namespace; Fairlead has to be told which."));
        return row.finish();
    }
    readName(service, namespaceName, row);
    const QString reserved = line.flags.value(u"reserve"_s).text;
    if (reserved.section(u':', 0, 0) == service)
        row.setAddresses({reserved.section(u':', 1)});
    const QString mapping = line.flags.value(u"mapping"_s).text;
    if (mapping.isEmpty()) {
        row.skip(noPorts());
    } else {
        row.addPort(mapping.section(u':', 1), mapping.section(u':', 0, 0));
        row.change(Text::tr("kubefwd forwards every port of a service; only the one that is mapped is taken."));
    }
    return row.finish();
}

void readLine(const ShellCommand &command, Imported &result)
{
    const qsizetype program = findProgram(command, {u"kubefwd"_s});
    if (program < 0 || result.rows.size() > MaxImportedRows)
        return;
    const CommandLine line = readCommandLine(command.words.sliced(program + 1), flags());
    QStringList services = namedServices(line);
    if (services.isEmpty())
        services << QString();
    for (const QString &namespaceName : line.flags.value(u"namespace"_s).text.split(u',')) {
        for (const QString &service : std::as_const(services))
            result.rows.append(makeRow(command, line, service, namespaceName));
    }
}

} // namespace

Reading readKubefwdFile(const YamlNode &root)
{
    std::optional<ProfileError> problem;
    Fields fields(root, problem);
    Imported result{Format::Kubefwd};
    for (const QLatin1StringView key : {"serviceConfigurations"_L1, "reservations"_L1}) {
        for (const auto &item : fields.items(key))
            result.rows.append(readReservation(*item));
    }
    (void)fields.find("baseUnreservedIP"_L1);
    (void)fields.find("baseIP"_L1);
    for (const auto &field : fields.rest())
        result.unknownKeys << shownText(field.first);
    if (problem)
        return Failure{*problem};
    if (result.rows.isEmpty())
        return notOfFormat(Format::Kubefwd, root, Text::tr("\"serviceConfigurations\""));
    return result;
}

Reading readKubefwdCommands(const QString &text)
{
    Imported result{Format::Kubefwd};
    readShell(text, [&result](const ShellCommand &command) { readLine(command, result); });
    if (result.rows.isEmpty())
        return Failure{ProfileError{0, 0, Text::tr("There is no line of kubefwd in this text.")}};
    return result;
}

} // namespace Fairlead::Store
