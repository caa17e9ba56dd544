#include "core/kube/config/connectionresolver.h"

#include "core/kube/config/clustertrust.h"
#include "core/kube/config/entrychoice.h"
#include "core/kube/config/environmentproxy.h"
#include "core/kube/config/usercredentials.h"
#include "core/net/proxy/proxysettings.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Kubeconfig)
};

using Stage = ConfigProblem::Stage;

/// The problems of the first stage that has any: client-go gets no further.
QList<ConfigProblem> firstProblems(const QList<ConfigProblem> &problems)
{
    for (const Stage stage : {Stage::Load, Stage::Choose, Stage::Validate, Stage::Connect}) {
        QList<ConfigProblem> found;
        std::ranges::copy_if(problems, std::back_inserter(found),
                             [=](const ConfigProblem &p) { return p.stage == stage; });
        if (!found.isEmpty())
            return found;
    }
    return {};
}

QStringList clientGoTextsOf(const QList<ConfigProblem> &problems)
{
    QStringList texts;
    for (const ConfigProblem &problem : problems)
        texts += problem.clientGo.isEmpty() ? problem.message : problem.clientGo;
    return texts;
}

/// Go's utilerrors.Aggregate.
QString joined(const QStringList &texts)
{
    return texts.size() == 1 ? texts.first() : u"[%1]"_s.arg(texts.join(", "_L1));
}

QString messageOf(const QList<ConfigProblem> &problems)
{
    QStringList messages;
    for (const ConfigProblem &problem : problems) {
        if (!problem.message.isEmpty())
            messages += problem.message;
    }
    return messages.join(u'\n');
}

/// Whether a missing scheme should be read as https.
bool wantsTls(const EntryChoice &choice)
{
    const ClusterEntry &cluster = choice.cluster;
    const UserEntry &user = choice.user;
    return !cluster.caData.isEmpty() || !cluster.caFile.isEmpty() || !user.token.isEmpty() || !user.tokenFile.isEmpty()
        || !user.certificateData.isEmpty() || !user.certificateFile.isEmpty();
}

void resolveProxy(const EntryChoice &choice, const LoadOptions &options, Resolution &result)
{
    ConnectionConfig &config = result.config;
    if (!config.proxyUrl.isEmpty()) {
        result.sources.proxy = choice.cluster.file;
        config.proxySource = u"proxy-url"_s;
        return; // checked where it was read
    }
    if (config.server.isEmpty())
        return;
    const EnvironmentProxy proxy = proxyFromEnvironment(config.server, options.environment);
    config.proxyUrl = proxy.url;
    config.proxySource = result.sources.proxy = proxy.variable;
    const auto settings = Net::proxyFromUrl(proxy.url);
    if (!settings)
        config.unsupported += Text::tr("%1: %2", "%1 a variable of the environment, %2 a sentence about its value")
                                  .arg(proxy.variable, settings.error());
}

} // namespace

QString clientGoText(const QList<ConfigProblem> &problems)
{
    const QList<ConfigProblem> first = firstProblems(problems);
    if (first.isEmpty())
        return {};
    const QStringList texts = clientGoTextsOf(first);
    switch (first.first().stage) {
    case Stage::Load:
        return joined(texts);
    case Stage::Validate:
        return "invalid configuration: "_L1 + joined(texts);
    case Stage::Choose:
    case Stage::Connect:
        break;
    }
    return texts.first();
}

QString kubectlText(const QList<ConfigProblem> &problems)
{
    const QList<ConfigProblem> first = firstProblems(problems);
    if (first.isEmpty())
        return {};
    for (const ConfigProblem &problem : first) {
        if (!problem.printed.isEmpty())
            return problem.printed;
    }
    const QStringList texts = clientGoTextsOf(first);
    if (texts.size() > 1 && first.first().stage == Stage::Load)
        return texts.join(u'\n');
    if (texts.size() > 1 && first.first().stage == Stage::Validate)
        return "Error in configuration: \n* "_L1 + texts.join("\n* "_L1);
    return "error: "_L1 + texts.first();
}

Resolution resolveConnection(const Kubeconfig::Data &data, const ConnectionFlags &flags)
{
    EntryChoice choice = chooseEntries(data, flags);
    Resolution result;
    result.sources = choice.sources;
    result.config.context = choice.context;
    result.config.namespaceName = choice.namespaceName;
    result.config.files = data.loadedFiles;

    resolveCluster(choice.cluster, wantsTls(choice), result.config, choice.findings);
    resolveUser(choice.user, result.config, result.sources, choice.findings);
    resolveProxy(choice, data.options, result);

    result.config.warnings = data.merged.warnings + choice.findings.warnings;
    if (choice.findings.problems.isEmpty()) {
        for (const ConfigProblem &problem : data.fileProblems) // the entries of the other files are good enough
            result.config.warnings += problem.message;
        return result;
    }
    const QList<ConfigProblem> problems = data.fileProblems + choice.findings.problems;
    result.error = messageOf(problems);
    result.clientGoText = clientGoText(problems);
    result.kubectlText = kubectlText(problems);
    return result;
}

} // namespace Fairlead::Kube
