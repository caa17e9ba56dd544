#pragma once

namespace Fairlead::Forward {

/// What a local program that sent end-of-input still does.
enum class PeerState {
    Unknown, ///< another machine, or a system that does not tell
    Reading, ///< it holds its socket: it half-closed and may wait for an answer
    Closed ///< it has closed altogether, or ended
};

/// TCP cannot tell a program that half-closed from one that closed: both send FIN. When the program runs on this
/// machine its socket is the kernel's other end of ours, and Linux says whether anybody still holds it (sock_diag,
/// inode 0: an orphan). Some system calls; never blocks. `fd` is our end.
[[nodiscard]] PeerState probePeer(int fd);

} // namespace Fairlead::Forward
