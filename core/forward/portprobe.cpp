#include "core/forward/portprobe.h"

#include <QHostAddress>
#include <QTcpServer>

namespace Fairlead::Forward {

bool canListen(const QString &address, quint16 port)
{
    // Like LocalListener, it may take a port whose last connections are in TIME_WAIT (SO_REUSEADDR).
    QTcpServer server;
    return server.listen(QHostAddress(address), port);
}

} // namespace Fairlead::Forward
