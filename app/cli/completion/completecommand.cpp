#include "app/cli/completion/completecommand.h"

#include "app/cli/completion/clusternames.h"
#include "app/cli/connectionflags.h"
#include "app/cli/enginecall.h"
#include "core/store/profiles/profilefolder.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTextStream>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

Kube::Kubeconfig kubeconfigOf(const ParsedArguments &line)
{
    return Kube::Kubeconfig::load(Kube::LoadOptions::fromSystem(connectionFlags(line)));
}

/// One member of all contexts, each once; what is empty is none.
QStringList ofContexts(const ParsedArguments &line, QString Kube::ContextSummary::*member)
{
    QStringList names;
    for (const Kube::ContextSummary &context : kubeconfigOf(line).contexts()) {
        if (!(context.*member).isEmpty())
            names << context.*member;
    }
    names.sort();
    names.removeDuplicates();
    return names;
}

/// Those of the cluster, and those that the kubeconfig names, which may be all that is known.
QStringList namespacesOf(const ParsedArguments &line)
{
    QStringList names = ofContexts(line, &Kube::ContextSummary::namespaceName);
    if (const auto config = kubeconfigOf(line).resolve(connectionFlags(line)))
        names += namespaceNames(*config);
    names.sort();
    names.removeDuplicates();
    return names;
}

QStringList targetsOf(const ParsedArguments &line)
{
    const auto config = kubeconfigOf(line).resolve(connectionFlags(line));
    return config ? targetNames(*config) : QStringList();
}

QStringList profilesHere(const ParsedArguments & /*line*/)
{
    QStringList names;
    const Store::ProfileFolder folder;
    for (const auto &entry : folder.entries()) {
        if (!entry.error)
            names << entry.name;
    }
    return names;
}

/// Of the engine that runs, and the profiles that they are in.
QStringList forwardsHere(const ParsedArguments & /*line*/)
{
    QStringList names;
    const auto engine = findEngine();
    constexpr int PatienceMs = 1'500; // longer feels like a shell that hangs
    const auto status = engine ? engine->call(u"status"_s, {}, PatienceMs) : QJsonObject();
    if (!status)
        return names;
    for (const auto &forward : (*status)[u"forwards"_s].toArray()) {
        names << forward[u"name"_s].toString();
        for (const auto &profile : forward[u"profiles"_s].toArray())
            names << profile.toString();
    }
    names.sort();
    names.removeDuplicates();
    return names;
}

} // namespace

int runComplete(const QStringList &words, const QList<CompletedCommand> &commands)
{
    const NameSources names{
        .contexts = [](const auto &line) { return ofContexts(line, &Kube::ContextSummary::name); },
        .clusters = [](const auto &line) { return ofContexts(line, &Kube::ContextSummary::cluster); },
        .users = [](const auto &line) { return ofContexts(line, &Kube::ContextSummary::user); },
        .namespaces = namespacesOf,
        .targets = targetsOf,
        .profiles = profilesHere,
        .forwards = forwardsHere,
    };
    const Completion completion = complete(words, commands, names);
    QTextStream out(stdout);
    for (const Candidate &candidate : completion.candidates) {
        out << candidate.word;
        if (!candidate.help.isEmpty())
            out << '\t' << candidate.help;
        out << '\n';
    }
    if (completion.files)
        out << ":files\n";
    return Done;
}

} // namespace Fairlead::App
