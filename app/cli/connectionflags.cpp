#include "app/cli/connectionflags.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

ArgumentOption valueOption(const QString &name, const QString &valueName, const QString &help, QChar letter = {})
{
    return {name, letter, ArgumentOption::Kind::Value, {}, valueName, help};
}

} // namespace

QList<ArgumentOption> connectionOptions()
{
    return {
        valueOption(u"kubeconfig"_s, u"FILE"_s, Text::tr("Read this kubeconfig and no other")),
        valueOption(u"context"_s, u"NAME"_s, Text::tr("The context to use instead of the current one")),
        valueOption(u"cluster"_s, u"NAME"_s, Text::tr("The cluster entry to use instead of the context's")),
        valueOption(u"user"_s, u"NAME"_s, Text::tr("The user entry to use instead of the context's")),
        valueOption(u"namespace"_s, u"NAME"_s, Text::tr("The namespace to work in"), u'n'),
        valueOption(u"server"_s, u"URL"_s, Text::tr("The API server to talk to"), u's'),
        valueOption(u"token"_s, u"TOKEN"_s, Text::tr("The bearer token to sign in with")),
        {u"insecure-skip-tls-verify"_s,
         {},
         ArgumentOption::Kind::Bool,
         {},
         {},
         Text::tr("Do not check who the server is. Anybody on the way can read and change everything")},
        valueOption(u"certificate-authority"_s, u"FILE"_s,
                    Text::tr("Trust servers with certificates from these roots")),
        valueOption(u"client-certificate"_s, u"FILE"_s, Text::tr("The certificate to sign in with")),
        valueOption(u"client-key"_s, u"FILE"_s, Text::tr("The key of that certificate")),
        valueOption(u"tls-server-name"_s, u"NAME"_s, Text::tr("Expect this name in the server's certificate")),
        valueOption(u"as"_s, u"USER"_s, Text::tr("Act as this user")),
        {u"as-group"_s,
         {},
         ArgumentOption::Kind::List,
         {},
         u"GROUP"_s,
         Text::tr("Act as a member of this group; may be given several times")},
    };
}

Kube::ConnectionFlags connectionFlags(const ParsedArguments &arguments)
{
    Kube::ConnectionFlags flags;
    flags.kubeconfig = arguments.optionalValue(u"kubeconfig"_s);
    flags.context = arguments.optionalValue(u"context"_s);
    flags.cluster = arguments.optionalValue(u"cluster"_s);
    flags.user = arguments.optionalValue(u"user"_s);
    flags.namespaceName = arguments.optionalValue(u"namespace"_s);
    flags.server = arguments.optionalValue(u"server"_s);
    flags.token = arguments.optionalValue(u"token"_s);
    flags.insecureSkipTlsVerify = arguments.boolean(u"insecure-skip-tls-verify"_s);
    flags.certificateAuthority = arguments.optionalValue(u"certificate-authority"_s);
    flags.clientCertificate = arguments.optionalValue(u"client-certificate"_s);
    flags.clientKey = arguments.optionalValue(u"client-key"_s);
    flags.tlsServerName = arguments.optionalValue(u"tls-server-name"_s);
    flags.as = arguments.optionalValue(u"as"_s);
    flags.asGroups = arguments.values(u"as-group"_s);
    return flags;
}

QStringList overridingFlags(const Kube::ConnectionFlags &flags)
{
    const QList<std::pair<bool, QString>> table{
        {flags.cluster.has_value(), u"--cluster"_s},
        {flags.user.has_value(), u"--user"_s},
        {flags.server.has_value(), u"--server"_s},
        {flags.token.has_value(), u"--token"_s},
        {flags.insecureSkipTlsVerify.has_value(), u"--insecure-skip-tls-verify"_s},
        {flags.certificateAuthority.has_value(), u"--certificate-authority"_s},
        {flags.clientCertificate.has_value(), u"--client-certificate"_s},
        {flags.clientKey.has_value(), u"--client-key"_s},
        {flags.tlsServerName.has_value(), u"--tls-server-name"_s},
        {flags.as.has_value(), u"--as"_s},
        {!flags.asGroups.isEmpty(), u"--as-group"_s},
    };
    QStringList names;
    for (const auto &[given, name] : table) {
        if (given)
            names << name;
    }
    return names;
}

} // namespace Fairlead::App
