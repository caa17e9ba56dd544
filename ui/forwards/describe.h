#pragma once

#include "core/forward/forwardsnapshot.h"

#include <QUrl>

/// What a forward is called and how its parts read, in one place: table, details, tooltips and copies agree.
namespace Fairlead::Ui {

/// One port of a forward as people know it.
struct LocalEnd {
    QString host; ///< the address to use, as an IP literal without brackets
    quint16 port = 0; ///< 0: not chosen yet, "any free port"
    QString remote; ///< number or name in the pod
    QString error; ///< why it does not listen, on the address with the first trouble; else empty
    bool exposed = false; ///< reachable from other machines
    QString taken = {}; ///< where another program has the port while this forward listens beside it; else empty

    bool operator==(const LocalEnd &) const = default;
};

[[nodiscard]] QString forwardName(const Forward::ForwardSpec &spec);
/// "pod/api-0 : 8080, 9090".
[[nodiscard]] QString targetText(const Forward::ForwardSpec &spec);
/// The same in fewer letters: "deploy/api : 8080".
[[nodiscard]] QString shortTargetText(const Forward::ForwardSpec &spec);
/// The pods that serve now: "api-0", "api-0, api-1"; of a forward to a named pod always that.
[[nodiscard]] QString podText(const Forward::ForwardSnapshot &forward);
/// "shop · okd-dev".
[[nodiscard]] QString placeText(const Forward::ForwardSpec &spec);

/// From what listens; for a forward that never ran, from what was asked for.
[[nodiscard]] QList<LocalEnd> localEnds(const Forward::ForwardSnapshot &forward);
/// "127.0.0.1:8080", "[::1]:8080"; empty while no port is chosen.
[[nodiscard]] QString addressText(const LocalEnd &end);
/// "127.0.0.1:8080, 9090": the first address whole, then the ports of the others on the same host.
[[nodiscard]] QString localText(const QList<LocalEnd> &ends);
/// What stands below the first port's address: the second one's address, or the numbers of all others, and the warning
/// of localWarning().
[[nodiscard]] QString localSecondLine(const QList<LocalEnd> &ends);
/// That other machines can reach the forward, or that `localhost` may lead to another program; else empty.
[[nodiscard]] QString localWarning(const QList<LocalEnd> &ends);
/// One line a port: "127.0.0.1:8080 → 80", with its trouble.
[[nodiscard]] QString localToolTip(const QList<LocalEnd> &ends);
/// What a browser should open; https where the remote port is one by convention or by name.
[[nodiscard]] QUrl browserUrl(const LocalEnd &end);
/// The same for a forward: what its user chose, else its first port. Only http and https: a profile of somebody else
/// must not start other programs.
[[nodiscard]] QUrl browserUrl(const Forward::ForwardSnapshot &forward);
/// "databases · web".
[[nodiscard]] QString tagsText(const Forward::About &about);

/// The small print under the state: its reason and when the next try is.
[[nodiscard]] QString reasonText(const Forward::Reason &reason, const QDateTime &now = QDateTime::currentDateTime());
/// "3 connections held meanwhile."; empty when none is.
[[nodiscard]] QString heldText(const Forward::ForwardSnapshot &forward);
/// reasonText() and heldText() on one line.
[[nodiscard]] QString reasonLine(const Forward::ForwardSnapshot &forward);
/// Reason, then the server's own words on a line of their own.
[[nodiscard]] QString reasonToolTip(const Forward::ForwardSnapshot &forward);

/// Active or not, somebody should look at it.
[[nodiscard]] bool needsAttention(Forward::State state);
/// "3 of 41"; empty when there never was one.
[[nodiscard]] QString connectionsText(int open, quint64 total);
/// The remedy that a row offers as a button; empty for none.
[[nodiscard]] QString remedyText(const Forward::ForwardSnapshot &forward);
/// All that there are.
[[nodiscard]] QStringList remedyTexts();

/// All facts about a forward as plain text, for a bug report or a colleague. Holds no secret.
[[nodiscard]] QString factsText(const Forward::ForwardSnapshot &forward);

} // namespace Fairlead::Ui
