#pragma once

#include <QObject>

class QTcpSocket;

/// Copies bytes between two sockets until either ends, with bounded memory: it stops reading one while the other has
/// much unsent, and when one ends it closes the other after what is still to be sent. Belongs to `near`; `far` deletes
/// itself when it is closed.
class Relay final : public QObject
{
    Q_OBJECT

public:
    Relay(QTcpSocket *near, QTcpSocket *far);

private:
    void join(QTcpSocket *from, QTcpSocket *to);
    static void pump(QTcpSocket *from, QTcpSocket *to);
};
