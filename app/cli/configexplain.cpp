#include "app/cli/configexplain.h"

#include "app/cli/connectionflags.h"
#include "app/cli/explaintext.h"
#include "app/cli/outputflag.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QTextStream>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

QString commandName()
{
    return u"fairlead config explain"_s;
}

} // namespace

ArgumentReader explainReader()
{
    ArgumentReader reader;
    reader.addOption(
        {u"show-secrets"_s, {}, ArgumentOption::Kind::Bool, {}, {}, Text::tr("Show tokens, passwords and keys too")});
    reader.addOption(outputOption());
    reader.addOptions(connectionOptions());
    return reader;
}

namespace {

QString helpText(const ArgumentReader &reader)
{
    return Text::tr("Show what would be used to connect to a cluster, and where each part of it comes from.")
        + "\n\n"_L1 + Text::tr("Usage:") + "\n  "_L1 + commandName()
        + " [--context NAME] [--show-secrets] [-o json]\n\n"_L1 + Text::tr("Options:") + u'\n' + reader.optionsHelp();
}

} // namespace

CommandOutput explainConfig(const QStringList &arguments, Kube::LoadOptions system)
{
    const ArgumentReader reader = explainReader();
    const auto parsed = reader.parse(arguments);
    if (!parsed)
        return {1, {}, usageErrorText(commandName(), parsed.error())};
    if (parsed->helpRequested())
        return {0, helpText(reader), {}};
    if (!parsed->positionals().isEmpty())
        return {1, {}, usageErrorText(commandName(), u"unexpected argument: "_s + parsed->positionals().constFirst())};

    const Kube::ConnectionFlags flags = connectionFlags(*parsed);
    system.kubeconfig = flags.kubeconfig;
    const Kube::Resolution resolution = Kube::Kubeconfig::load(system).inspect(flags);
    const bool secrets = parsed->boolean(u"show-secrets"_s).value_or(false);
    const bool json = wantsJson(*parsed);
    const QString out = json
        ? QString::fromUtf8(QJsonDocument(explanationJson(resolution, secrets)).toJson(QJsonDocument::Indented))
        : explanationText(resolution, secrets);
    return {resolution.error.isEmpty() ? 0 : 1, out, {}};
}

int runConfigExplain(const QStringList &arguments)
{
    const CommandOutput output = explainConfig(arguments, Kube::LoadOptions::fromSystem());
    QTextStream(stdout) << output.out;
    QTextStream(stderr) << output.err;
    return output.exitCode;
}

} // namespace Fairlead::App
