#include "core/support/bytequeue.h"

#include <algorithm>

namespace Fairlead {

namespace {
// Small appends are joined up to this size, so that a thousand keystrokes do not become a thousand writes.
constexpr qsizetype JoinBelow = 16 * 1024;
} // namespace

void ByteQueue::append(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return;
    m_size += bytes.size();
    if (!m_pieces.empty() && m_pieces.back().size() + bytes.size() <= JoinBelow)
        m_pieces.back().append(bytes);
    else
        m_pieces.push_back(bytes.toByteArray());
}

void ByteQueue::append(QByteArray &&bytes)
{
    if (bytes.isEmpty())
        return;
    m_size += bytes.size();
    m_pieces.push_back(std::move(bytes));
}

QByteArrayView ByteQueue::front() const
{
    if (m_pieces.empty())
        return {};
    return QByteArrayView(m_pieces.front()).sliced(m_taken);
}

void ByteQueue::consume(qsizetype count)
{
    count = std::min(count, m_size);
    m_size -= count;
    m_taken += count;
    while (!m_pieces.empty() && m_taken >= m_pieces.front().size()) {
        m_taken -= m_pieces.front().size();
        m_pieces.pop_front();
    }
}

void ByteQueue::clear()
{
    m_pieces.clear();
    m_taken = 0;
    m_size = 0;
}

} // namespace Fairlead
