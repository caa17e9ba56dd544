#include "core/democluster/node/fdchannel.h"

#include "core/democluster/node/errnotext.h"

#include <QTimer>

#include <array>
#include <cerrno>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

constexpr std::size_t ReadSize = 64 * 1024;

bool isTemporary(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

} // namespace

FdChannel::FdChannel(FileDescriptor socket, QString name, QObject *parent)
    : FdChannel(std::move(socket), FileDescriptor(), std::move(name), parent)
{
}

FdChannel::FdChannel(FileDescriptor readEnd, FileDescriptor writeSocket, QString name, QObject *parent)
    : PodChannel(parent)
    , m_readEnd(std::move(readEnd))
    , m_writeEnd(std::move(writeSocket))
    , m_name(std::move(name))
    , m_readable(std::make_unique<QSocketNotifier>(m_readEnd.get(), QSocketNotifier::Read))
    , m_writable(std::make_unique<QSocketNotifier>(writeFd(), QSocketNotifier::Write))
{
    m_readable->setEnabled(false);
    m_writable->setEnabled(false);
    connect(m_readable.get(), &QSocketNotifier::activated, this, &FdChannel::onReadable);
    connect(m_writable.get(), &QSocketNotifier::activated, this, &FdChannel::onWritable);
}

FdChannel::~FdChannel() = default;

int FdChannel::writeFd() const
{
    return m_writeEnd.isOpen() ? m_writeEnd.get() : m_readEnd.get();
}

/// How much the kernel took. A failure is told later, from the event loop, so that no caller is surprised by a signal
/// in the middle of its own work.
qsizetype FdChannel::sendNow(QByteArrayView bytes)
{
    const ssize_t sent = ::send(writeFd(), bytes.data(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL);
    if (sent >= 0)
        return sent;
    const int error = errno;
    if (isTemporary(error))
        return 0;
    m_writeOver = true;
    dropQueue();
    const QString verb = error == EPIPE ? u"write: "_s : u"write %1: write: "_s.arg(m_name);
    const QString cause = verb + errnoText(error);
    QMetaObject::invokeMethod(
        this, [this, cause] { m_letGo ? finishClosing() : emit writeFailed(cause); }, Qt::QueuedConnection);
    return 0;
}

void FdChannel::write(QByteArrayView bytes)
{
    if (m_writeOver || m_finishing || bytes.isEmpty())
        return;
    const qsizetype sent = m_queue.empty() ? sendNow(bytes) : 0;
    if (m_writeOver || sent == bytes.size())
        return;
    m_queue.push_back(bytes.sliced(sent).toByteArray());
    m_unsent += m_queue.back().size();
    m_writable->setEnabled(true);
}

void FdChannel::onWritable()
{
    while (!m_queue.empty()) {
        const QByteArray &first = m_queue.front();
        const qsizetype sent = sendNow(first);
        if (m_writeOver)
            return;
        m_unsent -= sent;
        if (sent < first.size()) {
            if (sent > 0)
                m_queue.front().remove(0, sent);
            break;
        }
        m_queue.pop_front();
    }
    if (m_queue.empty())
        m_writable->setEnabled(false);
    if (m_queue.empty() && m_finishing)
        endOfWriting();
    if (m_unsent <= LowMark && !m_letGo)
        emit drained();
}

void FdChannel::dropQueue()
{
    m_queue.clear();
    m_unsent = 0;
    m_writable->setEnabled(false);
}

void FdChannel::finishWriting()
{
    m_finishing = true;
    if (m_queue.empty())
        endOfWriting();
}

void FdChannel::endOfWriting()
{
    if (m_writeOver)
        return;
    m_writeOver = true;
    ::shutdown(writeFd(), SHUT_WR);
}

void FdChannel::setReading(bool on)
{
    m_readable->setEnabled(on && !m_readOver);
}

void FdChannel::onReadable()
{
    static thread_local std::array<char, ReadSize> buffer;
    const ssize_t count = ::read(m_readEnd.get(), buffer.data(), buffer.size());
    if (count < 0 && isTemporary(errno))
        return;
    if (count > 0) {
        if (!m_letGo)
            emit received(QByteArrayView(buffer.data(), count));
        return;
    }
    const int error = count < 0 ? errno : 0;
    m_readOver = true;
    m_readable->setEnabled(false);
    if (m_letGo)
        finishClosing();
    else if (error == 0)
        emit ended();
    else
        emit failed(u"read %1: read: %2"_s.arg(m_name, errnoText(error)));
}

/// The socket is shut down after the queue and read to its end, because closing it with unread bytes would make the
/// kernel send a reset, which may overtake what the program has not read yet.
void FdChannel::closeSoon(int ms)
{
    m_letGo = true;
    disconnect(this, nullptr, nullptr, nullptr);
    if (m_readOver && (m_writeOver || m_queue.empty()))
        return finishClosing();
    QTimer::singleShot(ms, this, &FdChannel::finishClosing);
    finishWriting();
    setReading(true);
}

void FdChannel::finishClosing()
{
    dropQueue();
    m_readable->setEnabled(false);
    deleteLater();
}

std::pair<FileDescriptor, FileDescriptor> connectedPair()
{
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return {};
    return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

} // namespace Fairlead::Demo
