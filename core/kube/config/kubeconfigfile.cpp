#include "core/kube/config/kubeconfigfile.h"

#include "core/kube/config/filebytes.h"
#include "core/kube/config/yamlfields.h"
#include "core/kube/config/yamljson.h"
#include "core/kube/config/yamltree.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFileInfo>
#include <QSet>

#include <optional>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Kubeconfig)
};

/// One run over one file's tree. The first problem of the file as a whole ends it.
class FileReader
{
public:
    FileReader(const CandidateFile &file)
        : m_file(file)
        , m_directory(QFileInfo(file.path).path())
    {
        m_result.path = file.path;
    }

    Result<KubeconfigFile, ConfigProblem> read(const YamlNode &root)
    {
        if (root.kind == YamlNode::Kind::Null)
            return m_result; // an empty file is an empty configuration
        if (root.kind != YamlNode::Kind::Map)
            return Failure{
                fileProblem(Text::tr("%1: this is not a kubeconfig: it does not hold a mapping.").arg(m_file.path),
                            u"json: cannot unmarshal %1 into Go value of type struct"_s.arg(goJsonType(root)))};
        checkKind(root);
        readTop(root);
        readEntries(root, "clusters"_L1, "cluster"_L1, m_result.clusters, &FileReader::readCluster);
        readEntries(root, "users"_L1, "user"_L1, m_result.users, &FileReader::readUser);
        readEntries(root, "contexts"_L1, "context"_L1, m_result.contexts, &FileReader::readContext);
        if (m_problem)
            return Failure{*m_problem};
        return m_result;
    }

private:
    [[nodiscard]] ConfigProblem fileProblem(const QString &message, const QString &cause) const
    {
        return {ConfigProblem::Stage::Load, message,
                u"error loading config file \"%1\": %2"_s.arg(m_file.given, cause)};
    }

    void fail(const QString &message, const QString &cause)
    {
        if (!m_problem)
            m_problem = fileProblem(message, cause);
    }

    void checkKind(const YamlNode &root)
    {
        const QString version = topText(root, "apiVersion"_L1);
        const QString kind = topText(root, "kind"_L1);
        if ((version.isEmpty() || version == "v1"_L1) && (kind.isEmpty() || kind == "Config"_L1))
            return;
        fail(Text::tr("%1: this is not a kubeconfig: it says kind \"%2\" and apiVersion \"%3\", where \"Config\" and "
                      "\"v1\" belong.")
                 .arg(m_file.path, kind, version),
             u"no kind \"%1\" is registered for version \"%2\""_s.arg(kind.isEmpty() ? u"Config"_s : kind,
                                                                      version.isEmpty() ? u"v1"_s : version));
    }

    void readTop(const YamlNode &root)
    {
        ConfigEntry notes;
        m_result.currentContext = YamlFields(&root, m_file.path, notes).text("current-context"_L1);
        m_result.warnings = notes.warnings;
        if (!notes.problems.isEmpty())
            fail(notes.problems.first().message, notes.problems.first().clientGo);
    }

    [[nodiscard]] static QString topText(const YamlNode &root, QLatin1StringView name)
    {
        const YamlNode *node = root.find(name);
        return node && node->kind == YamlNode::Kind::Scalar ? node->text : QString();
    }

    /// Reads one of the three lists of {name, cluster|user|context}.
    template <typename Entry>
    void readEntries(const YamlNode &root, QLatin1StringView listName, QLatin1StringView kind, QList<Entry> &entries,
                     void (FileReader::*readFields)(YamlFields &, Entry &))
    {
        const YamlNode *list = root.find(listName);
        if (!list || list->kind == YamlNode::Kind::Null)
            return;
        if (list->kind != YamlNode::Kind::List) {
            fail(Text::tr("%1: \"%2\" in line %3 must be a list of entries with a name.", "%1 file, %2 e.g. clusters")
                     .arg(m_file.path, listName)
                     .arg(list->line),
                 u"json: cannot unmarshal %1 into Go struct field Config.%2 of type []v1.Named%3"_s.arg(
                     goJsonType(*list), listName, goKind(kind)));
            return;
        }
        QSet<QString> names;
        for (const YamlNodePtr &item : list->items)
            readEntry(*item, listName, kind, entries, names, readFields);
    }

    template <typename Entry>
    void readEntry(const YamlNode &item, QLatin1StringView listName, QLatin1StringView kind, QList<Entry> &entries,
                   QSet<QString> &names, void (FileReader::*readFields)(YamlFields &, Entry &))
    {
        if (item.kind != YamlNode::Kind::Map && item.kind != YamlNode::Kind::Null) {
            fail(Text::tr("%1: line %2 in \"%3\" must be an entry with a name.", "%1 file, %3 e.g. clusters")
                     .arg(m_file.path)
                     .arg(item.line)
                     .arg(listName),
                 u"json: cannot unmarshal %1 into Go struct field Config.%2 of type v1.Named%3"_s.arg(
                     goJsonType(item), listName, goKind(kind)));
            return;
        }
        Entry entry;
        entry.file = m_file.path;
        YamlFields outer(&item, u"%1: %2"_s.arg(m_file.path, listName), entry);
        entry.name = outer.text("name"_L1);
        if (names.contains(entry.name)) {
            fail(Text::tr("%1: %2 \"%3\" is defined twice, again in line %4. Rename or remove one of them.",
                          "%1 file, %2 cluster, user or context, %3 its name")
                     .arg(m_file.path, kind, entry.name)
                     .arg(item.line),
                 u"duplicate name \"%1\" in list"_s.arg(entry.name));
            return;
        }
        names.insert(entry.name);
        YamlFields fields(outer.map(kind), entryPlace(m_file.path, kind, entry.name), entry);
        (this->*readFields)(fields, entry);
        completeProblems(entry);
        entries.append(entry);
    }

    /// kubectl refuses the whole file for what is wrong in an entry, and says so.
    void completeProblems(ConfigEntry &entry) const
    {
        for (ConfigProblem &problem : entry.problems)
            problem.clientGo = fileProblem({}, problem.clientGo).clientGo;
    }

    [[nodiscard]] static QString goKind(QLatin1StringView kind)
    {
        return kind == "user"_L1 ? u"AuthInfo"_s : kind == "cluster"_L1 ? u"Cluster"_s : u"Context"_s;
    }

    [[nodiscard]] QString path(YamlFields &fields, QLatin1StringView name) const
    {
        return absolutePath(m_directory, fields.text(name));
    }

    void readCluster(YamlFields &fields, ClusterEntry &cluster)
    {
        cluster.server = fields.text("server"_L1);
        cluster.tlsServerName = fields.text("tls-server-name"_L1);
        cluster.insecure = fields.boolean("insecure-skip-tls-verify"_L1);
        cluster.caFile = path(fields, "certificate-authority"_L1);
        cluster.caData = fields.base64("certificate-authority-data"_L1);
        cluster.proxyUrl = fields.text("proxy-url"_L1);
        cluster.disableCompression = fields.boolean("disable-compression"_L1);
        cluster.execConfig = execExtension(fields);
    }

    /// What the cluster has to tell its sign-in plugins, of any shape; of two such extensions the last one counts.
    [[nodiscard]] static QByteArray execExtension(YamlFields &fields)
    {
        QByteArray result;
        const YamlNode *extensions = fields.list("extensions"_L1);
        for (const YamlNodePtr &item : extensions ? extensions->items : QList<YamlNodePtr>()) {
            const YamlNode *name = item->find(u"name"_s);
            const YamlNode *value = item->find(u"extension"_s);
            if (name && value && name->text == "client.authentication.k8s.io/exec"_L1)
                result = yamlToJson(*value);
        }
        return result;
    }

    void readUser(YamlFields &fields, UserEntry &user)
    {
        user.certificateFile = path(fields, "client-certificate"_L1);
        user.certificateData = fields.base64("client-certificate-data"_L1);
        user.keyFile = path(fields, "client-key"_L1);
        user.keyData = fields.base64("client-key-data"_L1);
        user.token = fields.text("token"_L1);
        user.tokenFile = path(fields, "tokenFile"_L1);
        user.username = fields.text("username"_L1);
        user.password = fields.text("password"_L1);
        user.impersonate = {fields.text("as"_L1), fields.text("as-uid"_L1), fields.textList("as-groups"_L1),
                            fields.textListMap("as-user-extra"_L1)};
        const QString place = entryPlace(m_file.path, "user"_L1, user.name);
        if (const YamlNode *exec = fields.map("exec"_L1))
            user.exec = readExec(*exec, place, user);
        if (const YamlNode *provider = fields.map("auth-provider"_L1))
            user.authProvider = readAuthProvider(*provider, place, user);
    }

    void readContext(YamlFields &fields, ContextEntry &context)
    {
        context.cluster = fields.text("cluster"_L1);
        context.user = fields.text("user"_L1);
        context.namespaceName = fields.text("namespace"_L1);
    }

    [[nodiscard]] ExecPlugin readExec(const YamlNode &node, const QString &place, ConfigEntry &entry) const
    {
        YamlFields fields(&node, place + ": exec"_L1, entry);
        ExecPlugin exec;
        exec.command = fields.text("command"_L1);
        if (exec.command.contains(u'/')) // a bare name is for PATH
            exec.command = absolutePath(m_directory, exec.command);
        exec.arguments = fields.textList("args"_L1);
        exec.apiVersion = fields.text("apiVersion"_L1);
        exec.installHint = fields.text("installHint"_L1);
        exec.provideClusterInfo = fields.boolean("provideClusterInfo"_L1);
        exec.interactiveMode = fields.text("interactiveMode"_L1);
        if (exec.interactiveMode.isEmpty() && hasOptionalInteractiveMode(exec.apiVersion))
            exec.interactiveMode = u"IfAvailable"_s;
        if (const YamlNode *environment = fields.list("env"_L1)) {
            for (const YamlNodePtr &item : environment->items) {
                YamlFields variable(item.get(), place + ": exec: env"_L1, entry);
                exec.environment.append({variable.text("name"_L1), variable.text("value"_L1)});
            }
        }
        return exec;
    }

    [[nodiscard]] static bool hasOptionalInteractiveMode(const QString &apiVersion)
    {
        return apiVersion == "client.authentication.k8s.io/v1beta1"_L1
            || apiVersion == "client.authentication.k8s.io/v1alpha1"_L1;
    }

    [[nodiscard]] static AuthProvider readAuthProvider(const YamlNode &node, const QString &place, ConfigEntry &entry)
    {
        YamlFields fields(&node, place + ": auth-provider"_L1, entry);
        return {fields.text("name"_L1), fields.textMap("config"_L1)};
    }

    CandidateFile m_file;
    QString m_directory;
    KubeconfigFile m_result;
    std::optional<ConfigProblem> m_problem;
};

} // namespace

static QString yamlErrorText(const QString &path, const YamlError &error)
{
    if (error.line <= 0)
        return Text::tr("%1 is not valid YAML (%2). Correct it or restore the file.",
                        "%1 file, %2 words of the YAML library")
            .arg(path, error.text);
    if (error.column <= 0)
        return Text::tr("%1: line %2 is not valid YAML (%3). Correct it or restore the file.",
                        "%1 file, %3 words of the YAML library")
            .arg(path)
            .arg(error.line)
            .arg(error.text);
    return Text::tr("%1: line %2, column %3 is not valid YAML (%4). Correct it or restore the file.",
                    "%1 file, %4 words of the YAML library")
        .arg(path)
        .arg(error.line)
        .arg(error.column)
        .arg(error.text);
}

Result<KubeconfigFile, ConfigProblem> parseKubeconfig(const QByteArray &text, const CandidateFile &file)
{
    const auto root = parseYaml(text);
    if (!root) {
        const YamlError &error = root.error();
        return Failure{ConfigProblem{
            ConfigProblem::Stage::Load, yamlErrorText(file.path, error),
            u"error loading config file \"%1\": yaml: line %2: %3"_s.arg(file.given).arg(error.line).arg(error.text)}};
    }
    auto result = FileReader(file).read(**root);
    if (result)
        result->digest = QCryptographicHash::hash(text, QCryptographicHash::Sha256);
    return result;
}

Result<KubeconfigFile, ConfigProblem> readKubeconfigFile(const CandidateFile &file)
{
    const auto text = readFileBytes(file.path, MaxKubeconfigBytes);
    if (text)
        return parseKubeconfig(*text, file);
    QString cause = text.error().go;
    cause.replace(file.path, file.given); // kubectl prints the path as it was given
    return Failure{ConfigProblem{
        ConfigProblem::Stage::Load,
        Text::tr("%1 cannot be read: %2.", "%1 file, %2 the system's words").arg(file.path, text.error().text),
        u"error loading config file \"%1\": %2"_s.arg(file.given, cause)}};
}

} // namespace Fairlead::Kube
