#pragma once

#include "core/net/tlscontext.h"

#include <list>
#include <mutex>

namespace Fairlead::Net {

/// TLS contexts that are shared by all who connect to the same server with the same material: roots are parsed once,
/// and one's session ticket saves the other a part of the handshake. Anything that differs, a renewed certificate say,
/// makes a context of its own. Keeps the few that were used last. Thread-safe.
class TlsContextCache final
{
public:
    /// Users of a desktop work with a few clusters; a context with a system's roots takes about a megabyte.
    static constexpr std::size_t Kept = 8;

    /// As TlsContext::create(). Failures are not kept.
    [[nodiscard]] Result<std::shared_ptr<TlsContext>, QString> get(const TlsMaterial &material, const QString &host);

private:
    struct Entry {
        TlsMaterial material;
        QString host;
        std::shared_ptr<TlsContext> context;
    };

    std::mutex m_mutex;
    std::list<Entry> m_entries; ///< the last used first
};

} // namespace Fairlead::Net
