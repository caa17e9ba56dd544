#include "core/forward/transportmemory.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Fairlead::Forward {

std::optional<Net::Transport> TransportMemory::likely(const QString &server) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_likely.constFind(server);
    return found == m_likely.cend() ? std::nullopt : std::optional(*found);
}

void TransportMemory::expect(const QString &server, Net::Transport transport)
{
    const std::lock_guard lock(m_mutex);
    if (!m_likely.contains(server))
        m_likely.insert(server, transport);
}

void TransportMemory::worked(const QString &server, Net::Transport transport)
{
    const std::lock_guard lock(m_mutex);
    m_likely.insert(server, transport);
}

Net::Transport transportForVersion(const QString &gitVersion)
{
    static const QRegularExpression pattern(u"^v?(\\d+)\\.(\\d+)"_s);
    constexpr int FirstMinor = 31;
    const QRegularExpressionMatch match = pattern.match(gitVersion);
    const int major = match.captured(1).toInt();
    const bool hasTunnel = major > 1 || (major == 1 && match.captured(2).toInt() >= FirstMinor);
    return hasTunnel ? Net::Transport::WebSocket : Net::Transport::Spdy;
}

} // namespace Fairlead::Forward
