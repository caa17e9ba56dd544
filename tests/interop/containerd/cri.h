#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>

#include <functional>

/// An answer of the Container Runtime Interface: the response message, or an error as gRPC's clients word it.
struct CriAnswer {
    QByteArray message;
    QString error;
};

/// The four calls of the Container Runtime Interface (runtime.v1) that a port-forward test needs. gRPC is HTTP/2 over
/// a unix socket with a five-byte header before each message; curl speaks the former, and the messages are a handful of
/// protobuf fields, written out by hand (numbers from the published api.proto).
class Cri final
{
public:
    explicit Cri(const QString &socketPath);

    /// Makes and starts a pod of the runtime's own sandbox image. Blocks. The message is the sandbox's id.
    [[nodiscard]] CriAnswer runPodSandbox(const QByteArray &name, const QByteArray &controlGroup) const;
    [[nodiscard]] CriAnswer stopPodSandbox(const QByteArray &sandbox) const;
    [[nodiscard]] CriAnswer removePodSandbox(const QByteArray &sandbox) const;

    /// Asks for one upgrade; the answer (its message is the one-use URL) comes in the thread of `owner`, unless that is
    /// gone by then.
    void portForward(const QByteArray &sandbox, QObject *owner, std::function<void(const CriAnswer &)> done) const;

private:
    [[nodiscard]] CriAnswer call(const QString &method, const QByteArray &request) const;

    QString m_socketPath;
};
