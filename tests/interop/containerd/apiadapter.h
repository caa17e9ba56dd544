#pragma once

#include "cri.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QTcpServer>

class QTcpSocket;

/// What stands between a client and the container runtime on a real cluster, made as thin as it can be: it answers for
/// one pod of deployment "web" in namespace "default", which may be replaced, and turns a port-forward request into the
/// CRI call that the kubelet makes. From there on it pumps bytes like API server and kubelet do, so the client's SPDY
/// peer is the runtime. Lives in a thread of its own, so that a test may block; plain HTTP on loopback.
class ApiAdapter final : public QObject
{
    Q_OBJECT

public:
    explicit ApiAdapter(const Cri &cri, QObject *parent = nullptr);
    ~ApiAdapter() override; ///< waits for the calls that are under way

    /// The port it listens on; 0 when it could not. Call in its own thread.
    [[nodiscard]] quint16 listen();

    /// The pod's name, which is all of its identity, and its sandbox; no name: there is no pod. Who watches is told
    /// when the name changes. Call in its own thread.
    void setPod(const QByteArray &name, const QByteArray &sandbox);

private:
    void accept();
    void readRequests(QTcpSocket *client);
    void answer(QTcpSocket *client, const QByteArray &head);
    [[nodiscard]] QByteArray document(const QByteArray &path) const;
    void startWatch(QTcpSocket *client);
    void tellWatches(const QByteArray &type, const QByteArray &name);
    void startPortForward(QTcpSocket *client, const QByteArray &head);
    void connectToRuntime(QTcpSocket *client, const QByteArray &head, const CriAnswer &answer);

    Cri m_cri;
    QByteArray m_pod;
    QByteArray m_sandbox;
    int m_version = 1;
    QList<QPointer<QTcpSocket>> m_watches;
    QTcpServer m_server;
};
