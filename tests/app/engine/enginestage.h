#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QMap>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace Fairlead::Test {

constexpr int Patience = 60'000;

// By the clock: QTRY_VERIFY counts only its own sleep, and these conditions start programs.
#define TRY(condition) QVERIFY2(QTest::qWaitFor([&] { return bool(condition); }, Fairlead::Test::Patience), #condition)

/// What a command has printed and how it ended; -1: it did not end in time.
struct CommandResult {
    int exitCode = -1;
    QByteArray out;
    QByteArray error;
};

[[nodiscard]] bool says(const CommandResult &result, int exitCode, const QByteArray &words);

#define COMPARE_COMMAND(result, code, words)                                                                           \
    QVERIFY2(says(result, code, words),                                                                                \
             (QByteArray::number((result).exitCode) + ": " + (result).out + (result).error).constData())

/// Ports that are free now, none given before, and outside of the range from which the system takes those of outgoing
/// connections: an engine that starts again wants the same.
[[nodiscard]] QList<quint16> freePorts(int count);

/// What `status` says: the local port of each forward.
[[nodiscard]] QMap<QString, int> portsOf(const QMap<QString, QJsonObject> &forwards);

[[nodiscard]] bool servesAPage(int port);

/// A demo cluster in a process of its own.
class DemoProcess final
{
public:
    DemoProcess();
    ~DemoProcess();
    /// Its kubeconfig; empty if it did not start.
    [[nodiscard]] QString kubeconfig() const { return m_kubeconfig; }
    /// The address of its API server.
    [[nodiscard]] QByteArray server() const;

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
    /// What the next engine would know of the last one.
    [[nodiscard]] QByteArray session() const;

private:
    [[nodiscard]] QProcessEnvironment environment() const;

    QTemporaryDir m_folder;
    std::vector<std::unique_ptr<QProcess>> m_programs;
};

/// kill -9, and wait until it is gone.
void killNow(QProcess &process);

} // namespace Fairlead::Test
