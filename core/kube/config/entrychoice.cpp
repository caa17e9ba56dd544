#include "core/kube/config/entrychoice.h"

#include "core/kube/config/incluster.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Kubeconfig)
};

using Stage = ConfigProblem::Stage;

/// client-go's words for "there is nothing to connect to".
const QString &nothingConfigured()
{
    static const QString text =
        u"no configuration has been provided, try setting KUBERNETES_MASTER environment variable"_s;
    return text;
}

/// What becomes of that in kubectl, which then tries its default server.
const QString &localhostRefused()
{
    static const QString text =
        u"The connection to the server localhost:8080 was refused - did you specify the right host or port?"_s;
    return text;
}

/// A flag's value, "" if not given.
QString given(const std::optional<QString> &flag)
{
    return flag.value_or(QString());
}

template <typename Entry>
QString namesOf(const QList<Entry> &entries)
{
    constexpr qsizetype MaxNames = 20; // more make a sentence nobody reads
    QStringList names;
    for (const Entry &entry : entries.first(qMin(entries.size(), MaxNames)))
        names += entry.name;
    if (entries.size() > MaxNames)
        names += u"…"_s;
    return names.isEmpty() ? Text::tr("none", "list of names that is empty") : names.join(", "_L1);
}

class Chooser
{
public:
    Chooser(const Kubeconfig::Data &data, const ConnectionFlags &flags)
        : m_data(data)
        , m_merged(data.merged)
        , m_flags(flags)
    {
    }

    EntryChoice choose()
    {
        chooseContext();
        if (!useServiceAccount()) {
            chooseCluster();
            chooseUser();
        }
        chooseNamespace();
        applyClusterFlags();
        applyUserFlags();
        noteMissingServer();
        m_choice.findings.take(m_choice.cluster);
        m_choice.findings.take(m_choice.user);
        return m_choice;
    }

private:
    void problem(Stage stage, const QString &message, const QString &clientGo, const QString &printed = {})
    {
        m_choice.findings.problems.append({stage, message, clientGo, printed});
    }

    void chooseContext()
    {
        const bool byFlag = !given(m_flags.context).isEmpty();
        m_choice.context = byFlag ? given(m_flags.context) : m_merged.currentContext;
        m_choice.sources.context = byFlag ? u"--context"_s : m_merged.currentContextFile;
        if (m_choice.context.isEmpty())
            return;
        m_context = m_merged.context(m_choice.context);
        if (m_context)
            m_choice.findings.take(*m_context);
        else if (byFlag)
            problem(Stage::Choose,
                    Text::tr("context \"%1\" does not exist. Contexts that are defined: %2.", "%2 list of names")
                        .arg(m_choice.context, namesOf(m_merged.contexts)),
                    u"context \"%1\" does not exist"_s.arg(m_choice.context), contextNotFound());
        else
            unknownCurrentContext();
    }

    void unknownCurrentContext()
    {
        problem(Stage::Validate,
                Text::tr("%1: current-context is \"%2\", but no context of that name is defined. Contexts that are "
                         "defined: %3.",
                         "%1 file, %3 list of names")
                    .arg(m_merged.currentContextFile, m_choice.context, namesOf(m_merged.contexts)),
                u"context was not found for specified context: %1"_s.arg(m_choice.context), contextNotFound());
        if (given(m_flags.server).isEmpty())
            problem(Stage::Validate, {}, u"cluster has no server defined"_s);
    }

    [[nodiscard]] QString contextNotFound() const
    {
        return u"Error in configuration: context was not found for specified context: "_s + m_choice.context;
    }

    /// Only when nothing else says where to go, as client-go does.
    bool useServiceAccount()
    {
        const bool configured = !m_choice.context.isEmpty() || !given(m_flags.server).isEmpty()
            || !given(m_flags.cluster).isEmpty() || !given(m_flags.user).isEmpty();
        const auto entries = configured ? std::nullopt : inClusterEntries(m_data.options);
        if (!entries)
            return false;
        m_choice.cluster = entries->cluster;
        m_choice.user = entries->user;
        m_choice.namespaceName = entries->namespaceName;
        m_choice.sources.cluster = m_choice.sources.user = m_choice.sources.namespaceName = entries->cluster.file;
        m_choice.sources.server = u"KUBERNETES_SERVICE_HOST"_s;
        return true;
    }

    void chooseCluster()
    {
        const bool byFlag = !given(m_flags.cluster).isEmpty();
        const QString name = byFlag ? given(m_flags.cluster) : m_context ? m_context->cluster : QString();
        m_choice.cluster.name = name;
        if (const ClusterEntry *entry = name.isEmpty() ? nullptr : m_merged.cluster(name)) {
            m_choice.cluster = *entry;
            m_choice.sources.cluster = entry->file;
            m_choice.sources.server = entry->file;
        } else if (byFlag) {
            problem(Stage::Choose,
                    Text::tr("cluster \"%1\" (--cluster) does not exist. Clusters that are defined: %2.",
                             "%2 list of names")
                        .arg(name, namesOf(m_merged.clusters)),
                    u"cluster \"%1\" does not exist"_s.arg(name),
                    u"error: no server found for cluster \"%1\""_s.arg(name));
        } else if (m_context && given(m_flags.server).isEmpty()) {
            missingCluster(name);
        }
    }

    void missingCluster(const QString &name)
    {
        const QString place = entryPlace(m_context->file, "context"_L1, m_context->name);
        problem(Stage::Validate,
                name.isEmpty()
                    ? Text::tr("%1: it names no cluster. Add a cluster to it.", "%1 file and context").arg(place)
                    : Text::tr("%1: its cluster \"%2\" is not defined. Clusters that are defined: %3.",
                               "%1 file and context, %3 list of names")
                          .arg(place, name, namesOf(m_merged.clusters)),
                nothingConfigured(), localhostRefused());
    }

    void chooseUser()
    {
        const bool byFlag = !given(m_flags.user).isEmpty();
        const QString name = byFlag ? given(m_flags.user) : m_context ? m_context->user : QString();
        m_choice.user.name = name;
        if (const UserEntry *entry = name.isEmpty() ? nullptr : m_merged.user(name)) {
            m_choice.user = *entry;
            m_choice.sources.user = entry->file;
        } else if (byFlag) {
            problem(Stage::Choose,
                    Text::tr("user \"%1\" (--user) does not exist. Users that are defined: %2.", "%2 list of names")
                        .arg(name, namesOf(m_merged.users)),
                    u"auth info \"%1\" does not exist"_s.arg(name));
        } else if (!name.isEmpty()) {
            m_choice.findings.warnings +=
                Text::tr("%1: its user \"%2\" is not defined; no credentials are sent.", "%1 file and context")
                    .arg(entryPlace(m_context->file, "context"_L1, m_context->name), name);
        }
    }

    void chooseNamespace()
    {
        if (!given(m_flags.namespaceName).isEmpty()) {
            m_choice.namespaceName = given(m_flags.namespaceName);
            m_choice.sources.namespaceName = u"--namespace"_s;
        } else if (m_context && !m_context->namespaceName.isEmpty()) {
            m_choice.namespaceName = m_context->namespaceName;
            m_choice.sources.namespaceName = m_context->file;
        }
        if (m_choice.namespaceName.isEmpty())
            m_choice.namespaceName = u"default"_s;
        warnAboutNamespace();
    }

    void warnAboutNamespace()
    {
        static const QRegularExpression dnsLabel(u"\\A[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\z"_s); // RFC 1123
        if (!dnsLabel.match(m_choice.namespaceName).hasMatch())
            m_choice.findings.warnings +=
                Text::tr("%1: namespace \"%2\" cannot exist: a name has lower-case letters, digits and \"-\", at "
                         "most 63.",
                         "%1 file or flag")
                    .arg(m_choice.sources.namespaceName, m_choice.namespaceName);
    }

    void applyClusterFlags()
    {
        ClusterEntry &cluster = m_choice.cluster;
        if (!given(m_flags.server).isEmpty()) {
            cluster.server = given(m_flags.server);
            cluster.tlsServerName.clear(); // it was for the other server
            m_choice.sources.server = u"--server"_s;
        }
        if (!given(m_flags.tlsServerName).isEmpty())
            cluster.tlsServerName = given(m_flags.tlsServerName);
        const QString ca = absolutePath(m_data.options.workingDirectory, given(m_flags.certificateAuthority));
        const bool insecure = m_flags.insecureSkipTlsVerify.value_or(false);
        if (insecure || !ca.isEmpty()) { // either flag replaces everything the file says on trust
            cluster.insecure = insecure;
            cluster.caFile = ca;
            cluster.caData.clear();
        }
    }

    void applyUserFlags()
    {
        UserEntry &user = m_choice.user;
        const QString &directory = m_data.options.workingDirectory;
        if (!given(m_flags.token).isEmpty()) {
            user.token = given(m_flags.token);
            user.tokenFile.clear();
        }
        if (const QString path = absolutePath(directory, given(m_flags.clientCertificate)); !path.isEmpty()) {
            user.certificateFile = path;
            user.certificateData.clear();
        }
        if (const QString path = absolutePath(directory, given(m_flags.clientKey)); !path.isEmpty()) {
            user.keyFile = path;
            user.keyData.clear();
        }
        if (!given(m_flags.as).isEmpty())
            user.impersonate.user = given(m_flags.as);
        if (!m_flags.asGroups.isEmpty())
            user.impersonate.groups = m_flags.asGroups;
    }

    void noteMissingServer()
    {
        if (!m_choice.cluster.server.isEmpty() || !m_choice.cluster.file.isEmpty()
            || !m_choice.findings.problems.isEmpty())
            return;
        // A file that could not be read explains enough: its own sentence comes first anyway.
        const bool explained = m_merged.contexts.isEmpty() && !m_data.fileProblems.isEmpty();
        problem(Stage::Validate, explained ? QString() : nothingChosenText(), nothingConfigured(), localhostRefused());
    }

    [[nodiscard]] QString nothingChosenText() const
    {
        if (!m_merged.contexts.isEmpty())
            return Text::tr("No context is chosen: current-context is empty. Choose one of: %1.", "%1 list of names")
                .arg(namesOf(m_merged.contexts));
        QStringList paths;
        for (const CandidateFile &file : m_data.candidates.files)
            paths += file.path;
        return Text::tr("No clusters are configured. Fairlead looked in: %1.", "%1 list of files")
            .arg(paths.isEmpty() ? Text::tr("none", "list of files that is empty") : paths.join(", "_L1));
    }

    const Kubeconfig::Data &m_data;
    const MergedKubeconfig &m_merged;
    const ConnectionFlags &m_flags;
    const ContextEntry *m_context = nullptr;
    EntryChoice m_choice;
};

} // namespace

EntryChoice chooseEntries(const Kubeconfig::Data &data, const ConnectionFlags &flags)
{
    return Chooser(data, flags).choose();
}

} // namespace Fairlead::Kube
