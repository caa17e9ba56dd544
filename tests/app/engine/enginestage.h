#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QMap>
#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace Fairlead::Test {

/// What a command has printed and how it ended; -1: it did not end in time.
struct CommandResult {
    int exitCode = -1;
    QByteArray out;
    QByteArray error;
};

/// A demo cluster in a process of its own.
class DemoProcess final
{
public:
    DemoProcess();
    ~DemoProcess();
    /// Its kubeconfig; empty if it did not start.
    [[nodiscard]] QString kubeconfig() const { return m_kubeconfig; }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_kubeconfig;
};

/// A kubeconfig with one context for each name, that leads to the cluster of its file.
[[nodiscard]] QByteArray kubeconfigOf(const QMap<QString, QString> &files);

/// A user: a home, a runtime folder and a kubeconfig that nobody else has, and programs that are started there.
class UserStage final
{
public:
    UserStage();
    ~UserStage();

    void setKubeconfig(const QByteArray &text);
    void addProfile(const QString &file, const QByteArray &text);
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    /// Starts the program and leaves it running.
    QProcess &start(const QStringList &arguments);
    [[nodiscard]] CommandResult run(const QStringList &arguments) const;
    /// The forwards of `fairlead status -o json`, by name; empty if no engine runs.
    [[nodiscard]] QMap<QString, QJsonObject> status() const;
    /// How many of them are in this state.
    [[nodiscard]] int countOf(const QString &state) const;

private:
    [[nodiscard]] QProcessEnvironment environment() const;

    QTemporaryDir m_folder;
    std::vector<std::unique_ptr<QProcess>> m_programs;
};

/// kill -9, and wait until it is gone.
void killNow(QProcess &process);

} // namespace Fairlead::Test
