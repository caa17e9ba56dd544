#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

/// A proxy that others wrote, as a child process on a port of 127.0.0.1, with all its files in a folder of its own. A
/// forward proxy wants user "joe" and PASSWORD. Ends with the object.
class ProxyProcess final
{
public:
    /// With every character that has a meaning in URLs, and one that HTTP has in Basic.
    static constexpr const char *Password = "p@ss:w/rd#1";

    ~ProxyProcess();

    /// HTTP CONNECT with Basic. It knows the name api.behind.proxy (127.0.0.1), which nobody else does, and denies
    /// blocked.example. Answers why not, or nothing; blocks until it listens.
    [[nodiscard]] QString startSquid();
    /// SOCKS5 with user and password.
    [[nodiscard]] QString startMicrosocks();

    /// HAProxy as the gateway of a company: takes plain HTTP on to an API server (TLS, on port `server` of 127.0.0.1),
    /// signs in there with `token`, and does what `rules` say in its own language.
    [[nodiscard]] QString startGateway(quint16 server, const QByteArray &token, const QByteArray &rules);

    [[nodiscard]] quint16 port() const { return m_port; }
    /// What it says about its connections.
    [[nodiscard]] QByteArray log();
    void stop();

private:
    [[nodiscard]] QString start(const QString &program, const QStringList &arguments);
    [[nodiscard]] QByteArray squidConfiguration() const;

    QTemporaryDir m_folder;
    QProcess m_process;
    QByteArray m_log;
    quint16 m_port = 0;
};
