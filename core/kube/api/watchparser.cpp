#include "core/kube/api/watchparser.h"

#include <QJsonDocument>
#include <QString>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

WatchEvent::Type typeOf(const QString &word)
{
    if (word == "ADDED"_L1)
        return WatchEvent::Type::Added;
    if (word == "MODIFIED"_L1)
        return WatchEvent::Type::Modified;
    if (word == "DELETED"_L1)
        return WatchEvent::Type::Deleted;
    if (word == "BOOKMARK"_L1)
        return WatchEvent::Type::Bookmark;
    return word == "ERROR"_L1 ? WatchEvent::Type::Error : WatchEvent::Type::Unknown;
}

} // namespace

void WatchParser::feed(QByteArrayView bytes)
{
    if (m_fault)
        return;
    // What was read is let go here and not line by line, so that many short lines cost one move.
    m_pending.remove(0, m_start);
    m_scanned -= m_start;
    m_start = 0;
    m_pending.append(bytes);
}

WatchStep WatchParser::next()
{
    if (m_fault)
        return *m_fault;
    for (;;) {
        const qsizetype end = m_pending.indexOf('\n', m_scanned);
        const qsizetype length = (end < 0 ? m_pending.size() : end) - m_start;
        if (length > m_maxLine)
            return fail(WatchFault::LineTooLong);
        if (end < 0) {
            m_scanned = m_pending.size();
            return WatchNeedsMore{};
        }
        const QByteArray line = m_pending.mid(m_start, length).trimmed();
        m_start = m_scanned = end + 1;
        if (line.isEmpty())
            continue;
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (!document.isObject())
            return fail(WatchFault::NotJson);
        return WatchEvent{typeOf(document["type"_L1].toString()), document["object"_L1].toObject()};
    }
}

WatchStep WatchParser::fail(WatchFault fault)
{
    m_fault = fault;
    m_pending.clear();
    m_start = m_scanned = 0;
    return fault;
}

} // namespace Fairlead::Kube
