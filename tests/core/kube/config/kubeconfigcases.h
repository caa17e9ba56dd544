#pragma once

#include "core/kube/config/kubeconfig.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <memory>

/// One row of tests/data/kubeconfig-cases.json.
///
/// `files`: path below the case's own folder ($ROOT) -> text, or an object that stands for a kubeconfig with one
/// cluster "k", one user "u" and one context "c": `cluster`, `user`, `context` are the lines below each (a server and a
/// token unless said), `current` the current-context. `environment` is the whole environment, $ROOT/home is home, $ROOT
/// the working directory, `flags` are kubectl's.
///
/// `expect` is complete: what it does not name must be empty or the default. Lists of sentences hold one list for each
/// sentence, with the pieces that must be in it. `clientGo` is its exact error.
struct KubeconfigCase {
    QString id;
    QJsonObject files;
    QJsonObject environment;
    QJsonObject flags;
    QJsonObject expect;
};

/// A case's files on disk.
class KubeconfigCaseFolder
{
public:
    explicit KubeconfigCaseFolder(const KubeconfigCase &row);

    [[nodiscard]] QString root() const { return m_root; }
    [[nodiscard]] Fairlead::Kube::LoadOptions options() const { return m_options; }
    [[nodiscard]] Fairlead::Kube::ConnectionFlags flags() const { return m_flags; }

private:
    QTemporaryDir m_folder;
    QString m_root;
    Fairlead::Kube::LoadOptions m_options;
    Fairlead::Kube::ConnectionFlags m_flags;
};

[[nodiscard]] QList<KubeconfigCase> readKubeconfigCases();

/// A kubeconfig with one cluster "k", user "u" and context "c"; each argument is the lines of that entry.
[[nodiscard]] QByteArray standardKubeconfig(const QStringList &cluster, const QStringList &user,
                                            const QStringList &context = {},
                                            const QString &currentContext = QStringLiteral("c"));

void writeTestFile(const QString &path, const QByteArray &content);
