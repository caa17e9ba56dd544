#include "core/kube/config/contextsummary.h"

#include "core/kube/config/authprovidercheck.h"
#include "core/kube/config/serverurl.h"
#include "core/kube/config/usercheck.h"
#include "core/net/proxy/proxysettings.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Kubeconfig)
};

/// Every name with its entry, for looking up many.
template <typename Entry>
QHash<QString, const Entry *> indexOf(const QList<Entry> &entries)
{
    QHash<QString, const Entry *> index;
    for (const Entry &entry : entries)
        index.insert(entry.name, &entry);
    return index;
}

QString firstProblem(const QList<ConfigProblem> &problems)
{
    return problems.isEmpty() ? QString() : problems.first().message;
}

QString missingFile(const ConfigEntry &entry, QLatin1StringView kind, QLatin1StringView field, const QString &path)
{
    if (path.isEmpty() || QFileInfo::exists(path))
        return {};
    return Text::tr("%1: %2 \"%3\" does not exist.", "%1 file and entry, %2 field, %3 file")
        .arg(entryPlace(entry.file, kind, entry.name), field, path);
}

/// Data comes before a file, so the file is not asked for then.
QString fileUnlessData(const QString &file, const QByteArray &data)
{
    return data.isEmpty() ? file : QString();
}

QString clusterProblem(const ClusterEntry &cluster)
{
    const QString place = entryPlace(cluster.file, "cluster"_L1, cluster.name);
    if (cluster.server.isEmpty())
        return Text::tr("%1: it has no server. Add its URL.", "%1 file and cluster").arg(place);
    if (const auto url = normalizeServerUrl(cluster.server, true); !url)
        return Text::tr("%1: server \"%2\" cannot be used: %3", "%1 file and cluster, %3 a reason with full stop")
            .arg(place, Net::withoutProxyPassword(cluster.server), url.error().message);
    if (const QString problem = firstProblem(cluster.problems); !problem.isEmpty())
        return problem;
    if (cluster.insecure)
        return {};
    return missingFile(cluster, "cluster"_L1, "certificate-authority"_L1,
                       fileUnlessData(cluster.caFile, cluster.caData));
}

QString userProblem(const UserEntry &user)
{
    if (const QString problem = firstProblem(user.problems); !problem.isEmpty())
        return problem;
    Findings findings;
    checkUserFields(user, findings);
    if (const QString problem = firstProblem(findings.problems); !problem.isEmpty())
        return problem;
    const QList<std::pair<QLatin1StringView, QString>> files{
        {"client-certificate"_L1, fileUnlessData(user.certificateFile, user.certificateData)},
        {"client-key"_L1, fileUnlessData(user.keyFile, user.keyData)},
        {"tokenFile"_L1, user.token.isEmpty() ? user.tokenFile : QString()},
    };
    for (const auto &[field, path] : files) {
        if (const QString problem = missingFile(user, "user"_L1, field, path); !problem.isEmpty())
            return problem;
    }
    const bool other = !user.token.isEmpty() || !user.tokenFile.isEmpty() || !user.username.isEmpty();
    const auto provider = other ? std::nullopt : authProviderProblem(user); // given otherwise, it is not used
    return provider ? provider->message : QString();
}

QString problemOf(const ContextEntry &context, const ClusterEntry *cluster, const UserEntry *user)
{
    if (!cluster)
        return Text::tr("%1: its cluster \"%2\" is not defined.", "%1 file and context")
            .arg(entryPlace(context.file, "context"_L1, context.name), context.cluster);
    if (const QString problem = firstProblem(context.problems); !problem.isEmpty())
        return problem;
    if (const QString problem = clusterProblem(*cluster); !problem.isEmpty())
        return problem;
    return user ? userProblem(*user) : QString();
}

/// client-go connects without credentials then, and hardly ever gets far.
QString remarkOf(const ContextEntry &context, const UserEntry *user)
{
    if (user || context.user.isEmpty())
        return {};
    return Text::tr("%1: its user \"%2\" is not defined; no credentials are sent.", "%1 file and context")
        .arg(entryPlace(context.file, "context"_L1, context.name), context.user);
}

} // namespace

QList<ContextSummary> summarize(const MergedKubeconfig &merged)
{
    const auto clusters = indexOf(merged.clusters);
    const auto users = indexOf(merged.users);
    QList<ContextSummary> summaries;
    for (const ContextEntry &context : merged.contexts) {
        const ClusterEntry *cluster = clusters.value(context.cluster);
        const UserEntry *user = users.value(context.user);
        ContextSummary summary;
        summary.name = context.name;
        summary.cluster = context.cluster;
        summary.user = context.user;
        summary.namespaceName = context.namespaceName.isEmpty() ? u"default"_s : context.namespaceName;
        summary.server = cluster ? Net::withoutProxyPassword(cluster->server) : QString();
        summary.file = context.file;
        summary.problem = problemOf(context, cluster, user);
        summary.remark = remarkOf(context, user);
        summaries.append(summary);
    }
    return summaries;
}

QStringList namedFiles(const MergedKubeconfig &merged)
{
    QStringList files;
    for (const ClusterEntry &cluster : merged.clusters)
        files += cluster.caFile;
    for (const UserEntry &user : merged.users)
        files += {user.certificateFile, user.keyFile, user.tokenFile};
    files.removeAll(QString());
    files.removeDuplicates();
    return files;
}

} // namespace Fairlead::Kube
