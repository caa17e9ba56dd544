#pragma once

#include "cri.h"

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QTcpServer>

class QTcpSocket;

/// What stands between a client and the container runtime on a real cluster, made as thin as it can be: it answers for
/// one pod, "web" in namespace "default", and turns a port-forward request into the CRI call that the kubelet makes.
/// From there on it pumps bytes like API server and kubelet do, so the client's SPDY peer is the runtime.
/// Lives in a thread of its own, so that a test may block; plain HTTP on loopback.
class ApiAdapter final : public QObject
{
    Q_OBJECT

public:
    explicit ApiAdapter(const Cri &cri, QObject *parent = nullptr);
    ~ApiAdapter() override; ///< waits for the calls that are under way

    /// The port it listens on; 0 when it could not. Call in its own thread.
    [[nodiscard]] quint16 listen();

    /// Which sandbox is the pod; empty: there is no such pod any more. Call in its own thread.
    void setSandbox(const QByteArray &sandbox) { m_sandbox = sandbox; }

private:
    void accept();
    void readRequests(QTcpSocket *client);
    void answer(QTcpSocket *client, const QByteArray &head);
    void startPortForward(QTcpSocket *client, const QByteArray &head);
    void connectToRuntime(QTcpSocket *client, const QByteArray &head, const CriAnswer &answer);

    Cri m_cri;
    QByteArray m_sandbox;
    QTcpServer m_server;
};
