#pragma once

#include "app/cli/argumentreader.h"
#include "core/kube/config/kubeconfig.h"

#include <QString>
#include <QStringList>

namespace Fairlead::App {

/// What a command printed and how it ended.
struct CommandOutput {
    int exitCode = 0;
    QString out;
    QString err;
};

/// `fairlead config explain`: what would be used to connect, where each part comes from, warnings, the error if any.
/// `arguments` stand behind "config explain". Exit code 1 with an error; the rest is printed all the same.
///
/// With -o json, one object with the keys context, cluster, user, server, tlsServerName, insecure, caSource,
/// clientCertificateSource, authMethods, namespace, proxy, impersonate (null: none), disableCompression, files,
/// warnings (what Fairlead cannot do yet is among them) and error (null: none). With --show-secrets also `secrets`, an
/// object with token, username, password, clientKey (PEM) and proxy (with its password); without, no secret is printed.
[[nodiscard]] int runConfigExplain(const QStringList &arguments);

/// The same without touching the process: `system` is where to look (its kubeconfig is replaced by the flag's).
[[nodiscard]] CommandOutput explainConfig(const QStringList &arguments, Kube::LoadOptions system);

/// Its flags.
[[nodiscard]] ArgumentReader explainReader();

} // namespace Fairlead::App
