#pragma once

#include "core/store/profiles/contextmatch.h"

#include <functional>
#include <optional>

namespace Fairlead::Store {

/// One thing that can be done about an obstacle.
struct WayOut {
    enum class Kind {
        Start, ///< as it is
        LeaveOut, ///< it is not started
        OtherPort, ///< it listens on another local port
        OtherContext
    };
    Kind kind = Kind::Start;
    QString text; ///< a sentence: what will be done
    quint16 port = 0; ///< OtherPort: the new local one; 0: any free one
    KnownContext context = {}; ///< OtherContext
};

/// What is in the way of a forward that is to be started, or what somebody should know before it is.
struct Obstacle {
    enum class Kind {
        PortOfForward, ///< another forward listens on its local port, or will
        PortOfProgram, ///< another program does
        ContextMissing,
        ContextAmbiguous,
        ContextRenamed,
        ContextElsewhere, ///< it leads to another server than it did
        ContextProtected
    };
    qsizetype forward = 0; ///< index in the profile
    Kind kind = Kind::PortOfForward;
    QString text; ///< a sentence: what is in the way
    QList<WayOut> ways; ///< never empty; the first is what is done unless somebody says otherwise
    qsizetype port = -1; ///< index of the port, where it is about one
    qsizetype chosen = 0; ///< index in `ways`

    /// Somebody should look before anything starts. The others are only worth a line beside those.
    [[nodiscard]] bool needsDecision() const;
    [[nodiscard]] const WayOut &way() const { return ways.at(chosen); }
};

/// What there is here when a profile is to be started.
struct Ground {
    QList<KnownContext> contexts;
    QString currentContext; ///< that a forward without one means
    /// Forwards that keep local ports open.
    struct Busy {
        Forward::ForwardSpec spec;
        QList<quint16> ports; ///< what it listens on, a number for each of the spec's ports
    };
    QList<Busy> busy = {};
    std::function<bool(const Kube::ContextRef &)> isProtected = {};
    /// Who listens there, as words ("java (pid 4312)"; empty: somebody); nullopt: nobody, the port can be had.
    std::function<std::optional<QString>(const QString &address, quint16 port)> holder = {};
};

/// Looks for what is in the way of those forwards of the profile that are to run, in their order. Asks for each port
/// once and opens none; what happens between the look and the start is the engine's to tell.
[[nodiscard]] QList<Obstacle> foresee(const Profile &profile, const Ground &ground);

/// The profile with the chosen ways taken: forwards that are left out do not run, others have another port or context.
/// Its forwards stay in their places.
[[nodiscard]] Profile withWaysTaken(Profile profile, const QList<Obstacle> &obstacles);

} // namespace Fairlead::Store
