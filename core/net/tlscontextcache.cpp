#include "core/net/tlscontextcache.h"

#include <algorithm>

namespace Fairlead::Net {

Result<std::shared_ptr<TlsContext>, QString> TlsContextCache::get(const TlsMaterial &material, const QString &host)
{
    const std::lock_guard lock(m_mutex);
    const auto known = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &entry) {
        return entry.host == host && entry.material == material;
    });
    if (known != m_entries.end()) {
        m_entries.splice(m_entries.begin(), m_entries, known);
        return known->context;
    }
    auto context = TlsContext::create(material, host);
    if (!context)
        return context;
    m_entries.push_front({material, host, *context});
    if (m_entries.size() > Kept)
        m_entries.pop_back();
    return context;
}

} // namespace Fairlead::Net
