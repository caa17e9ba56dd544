#pragma once

#include "core/democluster/node/filedescriptor.h"
#include "core/democluster/node/podconnector.h"

#include <QHostAddress>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <deque>

class QSocketNotifier;

namespace Fairlead::Demo {

/// A socket that is not connected yet, and where it should connect to. The socket may belong to another network
/// namespace than this thread: it keeps that of the moment it was made in.
struct DialTarget {
    FileDescriptor socket; ///< non-blocking TCP; not open: `causeIfNone` tells why
    QHostAddress address;
    quint16 port = 0;
    QString causeIfNone = {};
};

/// Tries targets one after the other, as container runtimes do (no happy eyeballs), and tells once: a channel, or the
/// causes in the order of the targets. Deletes itself afterwards.
class SocketDialer final : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(std::unique_ptr<PodChannel> channel, const QStringList &causes)>;
    /// A pod that does not answer at all counts as failed after this.
    static constexpr int TimeoutMs = 20 * 1000;

    /// `context` is the parent: with it the attempt ends, untold.
    static void dial(std::deque<DialTarget> targets, QObject *context, Done done);
    ~SocketDialer() override;

private:
    SocketDialer(std::deque<DialTarget> targets, QObject *context, Done done);
    void tryNext();
    void onWritable();
    void fail(int error);
    void addCause(const QString &cause);
    void finish(std::unique_ptr<PodChannel> channel);

    std::deque<DialTarget> m_targets;
    Done m_done;
    QStringList m_causes;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_timeout;
};

/// "tcp4 127.0.0.1:80" or "tcp6 [::1]:80"
[[nodiscard]] QString endpointText(const QHostAddress &address, quint16 port);

/// A fresh non-blocking TCP socket in the calling thread's network namespace; not open if there is none to be had.
[[nodiscard]] FileDescriptor makeTcpSocket(const QHostAddress &address);

} // namespace Fairlead::Demo
