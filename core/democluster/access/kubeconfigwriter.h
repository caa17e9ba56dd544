#pragma once

#include "core/democluster/access/certificates.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QString>

namespace Fairlead::Demo {

/// What the demo cluster's kubeconfig says. Contexts: `demo` (client certificate, current), `demo-token`, and
/// `demo-limited` (the user who may only see `limitedNamespace`, which is preset).
struct KubeconfigContent {
    QString server; ///< https://HOST:PORT
    QByteArray authority; ///< PEM
    PemPair client;
    QByteArray token;
    QByteArray limitedToken;
    QString limitedNamespace;
};

/// YAML; every value is plain ASCII that needs no quoting beyond what this writes.
[[nodiscard]] QByteArray kubeconfigText(const KubeconfigContent &content);

/// Puts the text in place at once and with mode 0600, also over an older file: it holds a private key. Gives the
/// absolute path or a sentence why not.
[[nodiscard]] Result<QString, QString> writeKubeconfig(const QString &path, const QByteArray &text);

} // namespace Fairlead::Demo
