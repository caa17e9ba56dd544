#include "core/forward/portprobe.h"

#include <QHostAddress>
#include <QTcpServer>

namespace Fairlead::Forward {

std::optional<PortOwner> portHolder(const QString &address, quint16 port)
{
    // Like LocalListener, it may take a port whose last connections are in TIME_WAIT (SO_REUSEADDR).
    QTcpServer server;
    if (server.listen(QHostAddress(address), port))
        return std::nullopt;
    return findPortOwner(port).value_or(PortOwner{});
}

} // namespace Fairlead::Forward
