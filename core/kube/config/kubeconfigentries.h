#pragma once

#include "core/kube/config/connectionconfig.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QPair>
#include <QString>
#include <QStringList>

#include <optional>

namespace Fairlead::Kube {

/// Something that keeps a configuration from being used.
struct ConfigProblem {
    /// Where client-go notices it; decides how the whole is worded (see connectionresolver.h).
    enum class Stage {
        Load, ///< reading or parsing a file
        Choose, ///< a flag names an entry that is not there
        Validate, ///< the chosen entries contradict themselves or name what cannot be read
        Connect, ///< building the client: PEM, URL, plugin
    };

    Stage stage = Stage::Validate;
    QString message; ///< translated: file, entry, field, what was found, what to do
    QString clientGo; ///< client-go's own words, not translated; empty: it has none, message serves
    QString printed = {}; ///< what kubectl prints instead of "error: " and those words; empty: nothing else
};

/// What all three kinds of entries share.
struct ConfigEntry {
    QString name;
    QString file; ///< absolute path of the kubeconfig that holds it; empty: made from flags
    QList<ConfigProblem> problems;
    QStringList warnings;
};

struct ClusterEntry : ConfigEntry {
    QString server;
    QString tlsServerName;
    bool insecure = false;
    QString caFile; ///< absolute
    QByteArray caData; ///< decoded
    QString proxyUrl;
    bool disableCompression = false;
    QByteArray execConfig; ///< JSON of the extension that sign-in plugins are given
};

struct UserEntry : ConfigEntry {
    QString certificateFile; ///< absolute
    QByteArray certificateData;
    QString keyFile; ///< absolute
    QByteArray keyData;
    QString token;
    QString tokenFile; ///< absolute
    QString username;
    QString password;
    Impersonation impersonate;
    std::optional<ExecPlugin> exec;
    std::optional<AuthProvider> authProvider;
};

struct ContextEntry : ConfigEntry {
    QString cluster;
    QString user;
    QString namespaceName;
};

/// How messages name an entry: `/home/joe/.kube/config: user "joe"`.
[[nodiscard]] inline QString entryPlace(const QString &file, QLatin1StringView kind, const QString &name)
{
    const QString entry = QStringLiteral("%1 \"%2\"").arg(kind, name);
    return file.isEmpty() ? entry : QStringLiteral("%1: %2").arg(file, entry);
}

} // namespace Fairlead::Kube
