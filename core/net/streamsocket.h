#pragma once

#include "core/net/bytestream.h"
#include "core/net/descriptor.h"
#include "core/support/bytequeue.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

class QSocketNotifier;

namespace Fairlead::Net {

/// One connected TCP socket on an event loop: both the accepted local ones and the one to the API server.
///
/// It works on the descriptor itself instead of QTcpSocket/QSslSocket for three rules that those cannot keep:
/// QTcpSocket closes its write side when the peer half-closes; both throw away received bytes that are still in the
/// kernel when a write fails; and neither says how many bytes the kernel really took.
///
/// Reading is pulled: readable() says that read() may give something; nothing is buffered here. Writing is pushed:
/// write() hands to the kernel what it takes and keeps the rest; the owner stops its source while bytesToWrite() is
/// over its mark and goes on at drained(). A failed write never hides bytes that can still be read.
/// Lives in one thread. Owners delete it with deleteLater() when they are inside one of its signals.
class StreamSocket final : public QObject
{
    Q_OBJECT

public:
    StreamSocket(Descriptor descriptor, std::unique_ptr<ByteStream> stream, QObject *parent = nullptr);
    ~StreamSocket() override;

    /// Puts another stream around the one there is, once its handshake is done and nothing waits to be sent.
    void wrap(const std::function<std::unique_ptr<ByteStream>(std::unique_ptr<ByteStream>)> &wrapper);
    /// Does the stream's handshake; ready() or handshakeFailed() follows, maybe before this returns.
    void start();
    /// Whether readable() comes. Off at first.
    void setReading(bool on);
    [[nodiscard]] bool isReading() const { return m_reading; }
    [[nodiscard]] IoResult read(char *buffer, qsizetype size);

    /// Dropped when the socket is closed or a write failed.
    void write(QByteArrayView bytes);
    void write(QByteArray &&bytes);
    [[nodiscard]] qsizetype bytesToWrite() const { return m_queue.size(); }
    /// Nothing is left, not even inside the stream.
    [[nodiscard]] bool allSent() const;
    /// Sends FIN when everything written so far is out. Nothing may be written afterwards.
    void finishWriting();

    /// Gives the connection away, for a stream to be put on top of this one's; closed afterwards. Nothing may be
    /// queued.
    struct Released {
        Descriptor descriptor;
        std::unique_ptr<ByteStream> stream;
    };
    [[nodiscard]] Released release();

    /// Closes now. Unsent bytes are lost; the kernel sends FIN, or RST when bytes were left unread.
    void close();
    /// Closes now with RST.
    void abort();
    [[nodiscard]] bool isOpen() const { return m_descriptor.isValid(); }

    [[nodiscard]] quint64 bytesRead() const { return m_bytesRead; }
    [[nodiscard]] quint64 bytesWritten() const { return m_bytesWritten; }
    [[nodiscard]] int descriptor() const { return m_descriptor.get(); }
    /// After handshakeFailed(), if the peer's certificate was the reason.
    [[nodiscard]] std::optional<TlsFailure> tlsFailure() const;
    /// After ready(), if the stream is one of TLS.
    [[nodiscard]] std::optional<TlsFacts> tlsFacts() const;

signals:
    void ready();
    void handshakeFailed(const QString &error, bool byTls);
    void readable();
    /// Everything that was queued is in the kernel. Not sent when it never had to queue.
    void drained();
    void writeFailed(const QString &error);

private:
    void continueHandshake();
    void onReadable();
    void onWritable();
    void sendQueued();
    void failWriting(const QString &error);
    void updateNotifiers();
    void repeatIfBuffered();

    Descriptor m_descriptor;
    std::unique_ptr<ByteStream> m_stream;
    QSocketNotifier *m_readNotifier;
    QSocketNotifier *m_writeNotifier;
    ByteQueue m_queue;
    quint64 m_bytesRead = 0;
    quint64 m_bytesWritten = 0;
    bool m_handshaking = false;
    bool m_reading = false;
    bool m_finishing = false;
    bool m_finished = false;
    bool m_writeFailed = false;
    bool m_repeatQueued = false;
};

} // namespace Fairlead::Net
