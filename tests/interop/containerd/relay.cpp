#include "relay.h"

#include <QPointer>
#include <QTcpSocket>

namespace {

constexpr qint64 chunk = 64 * 1024;
constexpr qint64 readAhead = 256 * 1024;
constexpr qint64 mostUnsent = 1024 * 1024;

} // namespace

Relay::Relay(QTcpSocket *near, QTcpSocket *far)
    : QObject(near)
{
    join(near, far);
    join(far, near);
    connect(far, &QTcpSocket::disconnected, far, &QObject::deleteLater);
    pump(near, far);
}

void Relay::join(QTcpSocket *from, QTcpSocket *to)
{
    // The one that ends first goes first, while the other still sends what it has.
    const QPointer<QTcpSocket> source(from);
    const QPointer<QTcpSocket> sink(to);
    from->setReadBufferSize(readAhead);
    connect(from, &QTcpSocket::readyRead, this, [source, sink] { pump(source, sink); });
    connect(to, &QTcpSocket::bytesWritten, this, [source, sink] { pump(source, sink); });
    connect(from, &QTcpSocket::disconnected, this, [source, sink] {
        if (sink) {
            sink->write(source->readAll());
            sink->disconnectFromHost();
        }
    });
}

void Relay::pump(QTcpSocket *from, QTcpSocket *to)
{
    while (from && to && from->bytesAvailable() > 0 && to->bytesToWrite() < mostUnsent)
        to->write(from->read(chunk));
}
