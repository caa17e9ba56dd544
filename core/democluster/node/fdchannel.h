#pragma once

#include "core/democluster/node/filedescriptor.h"
#include "core/democluster/node/podchannel.h"

#include <QByteArray>
#include <QSocketNotifier>

#include <deque>
#include <memory>

namespace Fairlead::Demo {

/// A PodChannel on file descriptors: one socket, or a socket to write to and a pipe to read from.
///
/// It is not a QTcpSocket because that throws received bytes away when a write fails (it aborts) and cannot half-close;
/// here reading and writing end independently. Writing needs a socket: send() can be told not to raise SIGPIPE.
class FdChannel final : public PodChannel
{
    Q_OBJECT

public:
    /// drained() comes when no more than this is queued.
    static constexpr qsizetype LowMark = 64 * 1024;

    /// One non-blocking socket for both ways. `name` goes into error causes: "tcp4 127.0.0.1:40000->127.0.0.1:80".
    FdChannel(FileDescriptor socket, QString name, QObject *parent);
    /// Two descriptors, both non-blocking.
    FdChannel(FileDescriptor readEnd, FileDescriptor writeSocket, QString name, QObject *parent);
    ~FdChannel() override;

    void write(QByteArrayView bytes) override;
    [[nodiscard]] qsizetype unsent() const override { return m_unsent; }
    void finishWriting() override;
    void setReading(bool on) override;
    void closeSoon(int ms) override;

private:
    [[nodiscard]] int writeFd() const;
    [[nodiscard]] qsizetype sendNow(QByteArrayView bytes);
    void onReadable();
    void onWritable();
    void dropQueue();
    void endOfWriting();
    void finishClosing();

    FileDescriptor m_readEnd;
    FileDescriptor m_writeEnd; ///< not open: the read end is a socket that serves both ways
    QString m_name;
    std::unique_ptr<QSocketNotifier> m_readable;
    std::unique_ptr<QSocketNotifier> m_writable;
    std::deque<QByteArray> m_queue;
    qsizetype m_unsent = 0;
    bool m_readOver = false;
    bool m_finishing = false; ///< half-close once the queue is empty
    bool m_writeOver = false;
    bool m_letGo = false;
};

/// Makes both ends of a connection inside this process; {} if the system has no descriptors left.
[[nodiscard]] std::pair<FileDescriptor, FileDescriptor> connectedPair();

} // namespace Fairlead::Demo
