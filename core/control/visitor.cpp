#include "core/control/visitor.h"

#include <QLocalSocket>

namespace Fairlead::Control {

Visitor::Visitor(QLocalSocket *socket, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(MaxRequestLine); // the rest waits in the kernel, and so does who sends it
    connect(m_socket, &QLocalSocket::readyRead, this, &Visitor::read);
    connect(m_socket, &QLocalSocket::disconnected, this, &Visitor::ended);
    // What was sent before anybody listened to readyRead().
    QMetaObject::invokeMethod(this, &Visitor::read, Qt::QueuedConnection);
}

void Visitor::send(const QByteArray &line)
{
    if (m_closing)
        return;
    if (m_socket->bytesToWrite() + line.size() > MaxUnsent) {
        m_closing = true;
        m_socket->abort();
        return;
    }
    m_socket->write(line);
}

void Visitor::close()
{
    m_closing = true;
    m_socket->disconnectFromServer();
}

void Visitor::read()
{
    while (!m_closing && m_socket->bytesAvailable() > 0) {
        m_lines.feed(m_socket->readAll());
        for (auto next = m_lines.next(); !m_closing; next = m_lines.next()) {
            if (std::holds_alternative<LineSplitter::NeedMore>(next))
                break;
            if (std::holds_alternative<LineSplitter::TooLong>(next)) {
                emit lineTooLong();
                return close();
            }
            emit lineArrived(std::get<QByteArray>(next));
        }
    }
}

} // namespace Fairlead::Control
