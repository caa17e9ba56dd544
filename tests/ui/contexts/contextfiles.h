#pragma once

#include "core/kube/config/contextstore.h"

#include <QFile>
#include <QString>

namespace Fairlead::Test {

/// A kubeconfig with these contexts, all at one server.
[[nodiscard]] inline QByteArray kubeconfigWith(const QStringList &names,
                                               const QByteArray &server = "https://api.lab:6443",
                                               const QByteArray &user = "{token: t}")
{
    QByteArray text = "apiVersion: v1\nkind: Config\ncurrent-context: '" + names.value(0).toUtf8()
        + "'\nclusters: [{name: c, cluster: {server: '" + server + "'}}]\nusers: [{name: ann, user: " + user
        + "}]\ncontexts:\n";
    for (const QString &name : names)
        text += "- {name: '" + name.toUtf8() + "', context: {cluster: c, user: ann, namespace: shop}}\n";
    return text;
}

/// The path, for convenience.
inline QString writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

[[nodiscard]] inline Kube::ConnectionFlags flagsFor(const QString &kubeconfig)
{
    Kube::ConnectionFlags flags;
    flags.kubeconfig = kubeconfig;
    return flags;
}

} // namespace Fairlead::Test
