#pragma once

#include "core/net/transport.h"

#include <QHash>
#include <QString>

#include <mutex>
#include <optional>

namespace Fairlead::Forward {

/// Which transport to begin with at each server, for all forwards of a manager. Thread-safe. What has worked counts;
/// until something has, what the server's version makes likely. Servers are told apart by the string that the callers
/// use.
class TransportMemory final
{
public:
    /// Nothing: this server's version has not been asked for yet.
    [[nodiscard]] std::optional<Net::Transport> likely(const QString &server) const;
    /// What its version says; does not overrule what has worked.
    void expect(const QString &server, Net::Transport transport);
    void worked(const QString &server, Net::Transport transport);

private:
    mutable std::mutex m_mutex;
    QHash<QString, Net::Transport> m_likely;
};

/// What a server of that version takes: Kubernetes 1.31 and later has the WebSocket tunnel switched on, as kubectl
/// assumes too. `gitVersion` is as in /version ("v1.33.2+k3s1"); what cannot be read is an old one.
[[nodiscard]] Net::Transport transportForVersion(const QString &gitVersion);

} // namespace Fairlead::Forward
