#pragma once

#include <QByteArrayView>
#include <QObject>
#include <QString>

namespace Fairlead::Demo {

/// A connection to a program in a pod, as bytes both ways. Everything that the program sent is delivered before its end
/// is told, also when it ended by a reset. Belongs to its parent QObject; lives in the cluster's thread.
class PodChannel : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Queues what cannot be sent at once. The caller keeps unsent() bounded by not reading its own source.
    virtual void write(QByteArrayView bytes) = 0;
    [[nodiscard]] virtual qsizetype unsent() const = 0;
    /// Half-close: the program sees the end once everything queued has been sent.
    virtual void finishWriting() = 0;
    /// Off: nothing is taken from the program, which then has to wait.
    virtual void setReading(bool on) = 0;
    /// Lets go: nothing is told any more, what is queued is still sent if that works within `ms`, then the channel
    /// closes and deletes itself.
    virtual void closeSoon(int ms) = 0;

signals:
    /// `bytes` are valid during the call only.
    void received(QByteArrayView bytes);
    /// The program sends no more.
    void ended();
    /// Reading failed; `cause` in Go's words: "read tcp4 ...: read: connection reset by peer".
    void failed(const QString &cause);
    /// Writing failed; nothing queued will arrive. Reading goes on, there may be an answer.
    void writeFailed(const QString &cause);
    /// unsent() has become small again.
    void drained();
};

} // namespace Fairlead::Demo
