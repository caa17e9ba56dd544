#pragma once

#include "core/net/tlsmaterial.h"

#include <QList>
#include <QMap>
#include <QPair>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace Fairlead::Kube {

struct Impersonation {
    QString user;
    QString uid;
    QStringList groups;
    QMap<QString, QStringList> extra;

    [[nodiscard]] bool isEmpty() const
    {
        return user.isEmpty() && uid.isEmpty() && groups.isEmpty() && extra.isEmpty();
    }
    bool operator==(const Impersonation &) const = default;
};

/// A sign-in plugin as configured. core/kube/signin runs it.
struct ExecPlugin {
    QString command; ///< absolute if it was written with a slash
    QStringList arguments;
    QList<QPair<QString, QString>> environment;
    QString apiVersion;
    QString installHint;
    QString interactiveMode; ///< Never, IfAvailable, Always; v1 has no default
    bool provideClusterInfo = false;

    bool operator==(const ExecPlugin &) const = default;
};

struct AuthProvider {
    QString name;
    QMap<QString, QString> config;

    bool operator==(const AuthProvider &) const = default;
};

/// Everything that is needed to talk to one API server as one user: the outcome of kubeconfig files, context and flags.
/// A value; copy it to other threads freely. Holds secrets: never log it, never store it.
struct ConnectionConfig {
    QString context;
    QString cluster;
    QString user;
    QString namespaceName = QStringLiteral("default");
    QUrl server; ///< scheme http or https; port always set; path is the prefix, without trailing slash

    Net::TlsMaterial tls;
    QString caSource; ///< a path, or "certificate-authority-data", or empty
    QString clientCertificateSource; ///< likewise
    QString clientKeySource; ///< likewise

    QString token; ///< sent unless tokenFile is set
    QString tokenFile; ///< absolute; its content wins over token and is read again when it changes
    QString username;
    QString password;
    /// Gives the credentials, since nothing of the above does; credentialSourceFor() runs it.
    std::optional<ExecPlugin> exec;
    QByteArray execClusterConfig; ///< the cluster's extension "client.authentication.k8s.io/exec", as JSON
    std::optional<AuthProvider> authProvider; ///< "oidc", if that gives the credentials
    Impersonation impersonate;
    QString proxyUrl; ///< may hold a password: show it through Net::withoutProxyPassword()
    QString proxySource; ///< who named it: "proxy-url", "HTTPS_PROXY"
    bool disableCompression = false;

    QStringList
        authMethods; ///< "token", "tokenFile", "basic", "clientCertificate", "exec", "oidc"...; empty: anonymous
    QStringList files; ///< the kubeconfig files that were read
    QStringList warnings; ///< sentences for people
    /// Sentences naming what this connection needs and Fairlead cannot do yet. Not empty: do not connect, show them.
    QStringList unsupported;

    bool operator==(const ConnectionConfig &) const = default;
};

} // namespace Fairlead::Kube
