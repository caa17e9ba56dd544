#include "tests/core/kube/config/kubeconfigcases.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

namespace {

QStringList texts(const QJsonValue &value)
{
    QStringList list;
    for (const QJsonValue &item : value.toArray())
        list += item.toString();
    return list;
}

QByteArray indented(const QStringList &lines)
{
    QByteArray text;
    for (const QString &line : lines)
        text += "    " + line.toUtf8() + '\n';
    return text;
}

QByteArray fileContent(const QJsonValue &value)
{
    if (value.isString())
        return value.toString().toUtf8();
    const QJsonObject parts = value.toObject();
    const QStringList cluster = texts(parts["cluster"_L1]);
    const QStringList user = texts(parts["user"_L1]);
    return standardKubeconfig(cluster.isEmpty() ? QStringList{u"server: https://api.example.com:6443"_s} : cluster,
                              user.isEmpty() ? QStringList{u"token: T0"_s} : user, texts(parts["context"_L1]),
                              parts["current"_L1].toString(u"c"_s));
}

std::optional<QString> flag(const QJsonObject &flags, QLatin1StringView name)
{
    return flags.contains(name) ? std::optional(flags[name].toString()) : std::nullopt;
}

} // namespace

QByteArray standardKubeconfig(const QStringList &cluster, const QStringList &user, const QStringList &context,
                              const QString &currentContext)
{
    return "apiVersion: v1\nkind: Config\ncurrent-context: " + currentContext.toUtf8()
        + "\nclusters:\n- name: k\n  cluster:\n" + indented(cluster) + "users:\n- name: u\n  user:\n" + indented(user)
        + "contexts:\n- name: c\n  context:\n    cluster: k\n    user: u\n" + indented(context);
}

void writeTestFile(const QString &path, const QByteArray &content)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(path));
    QCOMPARE(file.write(content), content.size());
}

KubeconfigCaseFolder::KubeconfigCaseFolder(const KubeconfigCase &row)
    : m_root(QFileInfo(m_folder.path()).canonicalFilePath())
{
    for (auto file = row.files.begin(); file != row.files.end(); ++file)
        writeTestFile(m_root + u'/' + file.key(), fileContent(file.value()));
    m_options.kubeconfig = m_flags.kubeconfig = flag(row.flags, "kubeconfig"_L1);
    m_flags.context = flag(row.flags, "context"_L1);
    m_flags.server = flag(row.flags, "server"_L1);
    if (row.flags.contains("insecure-skip-tls-verify"_L1))
        m_flags.insecureSkipTlsVerify = row.flags["insecure-skip-tls-verify"_L1].toBool();
    for (auto variable = row.environment.begin(); variable != row.environment.end(); ++variable)
        m_options.environment.insert(variable.key(), variable.value().toString());
    m_options.home = m_root + "/home"_L1;
    m_options.workingDirectory = m_root;
    m_options.serviceAccountDirectory = m_root + "/no-service-account"_L1;
}

QList<KubeconfigCase> readKubeconfigCases()
{
    QFile file(QStringLiteral(FAIRLEAD_TEST_DATA "/kubeconfig-cases.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<KubeconfigCase> rows;
    for (const QJsonValue &value : QJsonDocument::fromJson(file.readAll()).array()) {
        const QJsonObject row = value.toObject();
        rows.append({row["id"_L1].toString() + ": "_L1 + row["rule"_L1].toString(), row["files"_L1].toObject(),
                     row["environment"_L1].toObject(), row["flags"_L1].toObject(), row["expect"_L1].toObject()});
    }
    return rows;
}
