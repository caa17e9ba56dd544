#include "core/control/linesplitter.h"

namespace Fairlead::Control {

void LineSplitter::feed(QByteArrayView bytes)
{
    if (!m_failed)
        m_pending.append(bytes);
}

LineSplitter::Next LineSplitter::next()
{
    while (!m_failed) {
        const qsizetype end = m_pending.indexOf('\n', m_searched);
        const qsizetype length = end < 0 ? m_pending.size() : end;
        if (length > m_maxLine)
            break;
        if (end < 0) {
            m_searched = length;
            return NeedMore{};
        }
        QByteArray line = m_pending.first(end);
        m_pending.remove(0, end + 1);
        m_searched = 0;
        if (line.endsWith('\r'))
            line.chop(1);
        if (!line.isEmpty())
            return line;
    }
    m_failed = true;
    m_pending.clear();
    return TooLong{};
}

} // namespace Fairlead::Control
