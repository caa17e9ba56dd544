#include "core/democluster/access/kubeconfigwriter.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

QByteArray userEntry(const QByteArray &name, const QByteArray &credentials)
{
    return "- name: " + name + "\n  user:\n" + credentials;
}

QByteArray contextEntry(const QByteArray &name, const QByteArray &user, const QByteArray &nameSpace)
{
    QByteArray text = "- name: " + name + "\n  context:\n    cluster: fairlead-demo\n    user: " + user + '\n';
    if (!nameSpace.isEmpty())
        text += "    namespace: " + nameSpace + '\n';
    return text;
}

} // namespace

QByteArray kubeconfigText(const KubeconfigContent &content)
{
    QByteArray text = "apiVersion: v1\nkind: Config\ncurrent-context: demo\nclusters:\n- name: fairlead-demo\n"
                      "  cluster:\n    server: "
        + content.server.toLatin1() + "\n    certificate-authority-data: " + content.authority.toBase64() + '\n';
    text += "users:\n";
    text += userEntry("demo",
                      "    client-certificate-data: " + content.client.certificate.toBase64()
                          + "\n    client-key-data: " + content.client.key.toBase64() + '\n');
    text += userEntry("demo-token", "    token: \"" + content.token + "\"\n");
    text += userEntry("viewer", "    token: \"" + content.limitedToken + "\"\n");
    text += "contexts:\n";
    text += contextEntry("demo", "demo", {});
    text += contextEntry("demo-token", "demo-token", {});
    text += contextEntry("demo-limited", "viewer", content.limitedNamespace.toLatin1());
    return text;
}

Result<QString, QString> writeKubeconfig(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    // QSaveFile makes its temporary file 0600; set here too, since it would take over the mode of a file it replaces.
    const bool written = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) && file.write(text) == text.size()
        && file.commit();
    if (!written) {
        return Failure{QCoreApplication::translate("DemoCluster", "Cannot write the kubeconfig %1: %2")
                           .arg(path, file.errorString())};
    }
    return QFileInfo(path).absoluteFilePath();
}

} // namespace Fairlead::Demo
