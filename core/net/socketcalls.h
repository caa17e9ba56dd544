#pragma once

#include "core/net/bytestream.h"
#include "core/net/descriptor.h"

#include <QString>

/// The few system calls that this layer makes on descriptors, with EINTR and EAGAIN dealt with. POSIX.
namespace Fairlead::Net {

/// The system's words for an errno value, "connection reset by peer", in lower case as Go programs print them.
[[nodiscard]] QString systemErrorText(int error);

[[nodiscard]] IoResult receiveSome(int fd, char *buffer, qsizetype size);
/// Never raises SIGPIPE.
[[nodiscard]] IoResult sendSome(int fd, QByteArrayView bytes);

/// Non-blocking, not inherited by programs that we start.
void makeNonBlocking(int fd);
/// No waiting to fill packets (Nagle): a request goes out when it is written.
void setNoDelay(int fd);
/// The kernel looks for a vanished peer after a minute of silence, in case nobody above does.
void setKeepAlive(int fd);
/// After this, closing `fd` sends RST.
void setResetOnClose(int fd);
/// Whether the connection is dead in the kernel (RST came, or timed out), with or without data left to read.
[[nodiscard]] bool hasBeenReset(int fd);
/// Whether the peer's kernel has stopped to acknowledge what we send. False where the system cannot tell.
[[nodiscard]] bool peerIsSilent(int fd);
/// Bytes that were sent and that the peer's kernel has not confirmed yet; 0 where the system cannot tell.
[[nodiscard]] int unacknowledgedBytes(int fd);

} // namespace Fairlead::Net
