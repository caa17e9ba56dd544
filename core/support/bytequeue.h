#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <deque>

namespace Fairlead {

/// Bytes that wait for a socket, first in, first out. Taking from the front moves nothing: each piece stays where it
/// was put until all of it is gone. Not thread-safe.
class ByteQueue
{
public:
    void append(QByteArrayView bytes);
    /// Keeps `bytes` without copying them.
    void append(QByteArray &&bytes);
    /// The first piece, as long as it lies in one block of memory; empty when the queue is.
    [[nodiscard]] QByteArrayView front() const;
    /// Drops `count` bytes, at most size(), from the front.
    void consume(qsizetype count);
    void clear();

    [[nodiscard]] qsizetype size() const { return m_size; }
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }

private:
    std::deque<QByteArray> m_pieces;
    qsizetype m_taken = 0; ///< of the first piece
    qsizetype m_size = 0;
};

} // namespace Fairlead
