#include "core/net/streamsocket.h"

#include "core/net/socketcalls.h"

#include <QPointer>
#include <QSocketNotifier>

#include <sys/socket.h>

namespace Fairlead::Net {

StreamSocket::StreamSocket(Descriptor descriptor, std::unique_ptr<ByteStream> stream, QObject *parent)
    : QObject(parent)
    , m_descriptor(std::move(descriptor))
    , m_stream(std::move(stream))
    , m_readNotifier(new QSocketNotifier(m_descriptor.get(), QSocketNotifier::Read, this))
    , m_writeNotifier(new QSocketNotifier(m_descriptor.get(), QSocketNotifier::Write, this))
{
    m_readNotifier->setEnabled(false);
    m_writeNotifier->setEnabled(false);
    connect(m_readNotifier, &QSocketNotifier::activated, this, &StreamSocket::onReadable);
    connect(m_writeNotifier, &QSocketNotifier::activated, this, &StreamSocket::onWritable);
}

StreamSocket::~StreamSocket()
{
    close();
}

void StreamSocket::wrap(const std::function<std::unique_ptr<ByteStream>(std::unique_ptr<ByteStream>)> &wrapper)
{
    m_stream = wrapper(std::move(m_stream));
}

void StreamSocket::start()
{
    m_handshaking = true;
    continueHandshake();
}

void StreamSocket::continueHandshake()
{
    const IoResult result = m_stream->handshake();
    if (result.kind == IoResult::Kind::WouldBlock) {
        updateNotifiers();
        return;
    }
    m_handshaking = false;
    updateNotifiers();
    if (result.kind == IoResult::Kind::Moved)
        emit ready();
    else
        emit handshakeFailed(result.kind == IoResult::Kind::End ? QStringLiteral("EOF") : result.error, result.byTls);
}

void StreamSocket::setReading(bool on)
{
    if (m_reading == on || !isOpen())
        return;
    m_reading = on;
    updateNotifiers();
    repeatIfBuffered();
}

IoResult StreamSocket::read(char *buffer, qsizetype size)
{
    if (!isOpen())
        return IoResult::end();
    IoResult result = m_stream->read(buffer, size);
    if (result.kind == IoResult::Kind::Moved)
        m_bytesRead += quint64(result.bytes);
    if (m_stream->hasUnsent()) // TLS answers on its own, e.g. a key update
        updateNotifiers();
    return result;
}

void StreamSocket::write(QByteArrayView bytes)
{
    if (!isOpen() || m_writeFailed || m_finishing)
        return;
    while (m_queue.isEmpty() && !bytes.isEmpty()) {
        const IoResult result = m_stream->write(bytes);
        if (result.kind == IoResult::Kind::Failed)
            return failWriting(result.error);
        if (result.kind != IoResult::Kind::Moved)
            break;
        m_bytesWritten += quint64(result.bytes);
        bytes = bytes.sliced(result.bytes);
    }
    m_queue.append(bytes);
    updateNotifiers();
}

void StreamSocket::write(QByteArray &&bytes)
{
    if (m_queue.isEmpty())
        return write(QByteArrayView(bytes));
    if (isOpen() && !m_writeFailed && !m_finishing)
        m_queue.append(std::move(bytes));
}

bool StreamSocket::allSent() const
{
    return m_queue.isEmpty() && !m_stream->hasUnsent();
}

void StreamSocket::finishWriting()
{
    if (!isOpen() || m_finishing || m_writeFailed)
        return;
    m_finishing = true;
    if (m_queue.isEmpty())
        m_stream->sayGoodbye();
    sendQueued();
}

StreamSocket::Released StreamSocket::release()
{
    m_reading = false;
    m_handshaking = false;
    m_readNotifier->setEnabled(false);
    m_writeNotifier->setEnabled(false);
    return {std::move(m_descriptor), std::move(m_stream)};
}

std::optional<TlsFacts> StreamSocket::tlsFacts() const
{
    return m_stream ? m_stream->tlsFacts() : std::nullopt;
}

std::optional<TlsFailure> StreamSocket::tlsFailure() const
{
    return m_stream ? m_stream->tlsFailure() : std::nullopt;
}

void StreamSocket::close()
{
    if (!isOpen())
        return;
    m_reading = false;
    m_handshaking = false;
    m_readNotifier->setEnabled(false);
    m_writeNotifier->setEnabled(false);
    m_descriptor.reset();
    m_queue.clear();
}

void StreamSocket::abort()
{
    if (!isOpen())
        return;
    setResetOnClose(m_descriptor.get());
    close();
}

void StreamSocket::onReadable()
{
    if (m_handshaking)
        return continueHandshake();
    if (!m_reading)
        return;
    const QPointer<StreamSocket> self(this);
    emit readable();
    if (self)
        repeatIfBuffered();
}

void StreamSocket::repeatIfBuffered()
{
    // What TLS has already read from the kernel no notifier will announce.
    if (!isOpen() || !m_reading || m_handshaking || m_repeatQueued || !m_stream->hasUnread())
        return;
    m_repeatQueued = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_repeatQueued = false;
            onReadable();
        },
        Qt::QueuedConnection);
}

void StreamSocket::onWritable()
{
    if (m_handshaking)
        return continueHandshake();
    const bool hadQueue = !m_queue.isEmpty();
    const QPointer<StreamSocket> self(this);
    sendQueued();
    if (self && isOpen() && hadQueue && m_queue.isEmpty() && !m_writeFailed)
        emit drained();
}

void StreamSocket::sendQueued()
{
    while (!m_queue.isEmpty()) {
        const IoResult result = m_stream->write(m_queue.front());
        if (result.kind == IoResult::Kind::Failed)
            return failWriting(result.error);
        if (result.kind != IoResult::Kind::Moved)
            break;
        m_bytesWritten += quint64(result.bytes);
        m_queue.consume(result.bytes);
        if (m_finishing && m_queue.isEmpty())
            m_stream->sayGoodbye();
    }
    if (const IoResult result = m_stream->flush(); result.kind == IoResult::Kind::Failed)
        return failWriting(result.error);
    if (m_finishing && !m_finished && allSent()) {
        m_finished = true;
        ::shutdown(m_descriptor.get(), SHUT_WR);
    }
    updateNotifiers();
}

void StreamSocket::failWriting(const QString &error)
{
    m_writeFailed = true;
    m_queue.clear();
    updateNotifiers();
    emit writeFailed(error);
}

void StreamSocket::updateNotifiers()
{
    if (!isOpen())
        return;
    m_readNotifier->setEnabled(m_reading || m_handshaking);
    m_writeNotifier->setEnabled(!m_writeFailed && !allSent());
}

} // namespace Fairlead::Net
