#pragma once

#include <QMetaType>
#include <QString>

namespace Fairlead::Net {

/// Why there is no connection to a server.
struct ConnectFailure {
    enum class Kind {
        Network, ///< may be better in a minute
        Tls, ///< the proxy's certificate or its handshake
        Refused ///< the proxy said no, and will say so again until somebody changes something
    };
    Kind kind = Kind::Network;
    QString text; ///< sentence that says what to do
    QString detail; ///< the other side's or the system's own words
    QString advice; ///< where to change what, may be empty
    bool byProxy = false; ///< `detail` is the whole of what client-go says, since it is not about the server itself
};

} // namespace Fairlead::Net

Q_DECLARE_METATYPE(Fairlead::Net::ConnectFailure)
