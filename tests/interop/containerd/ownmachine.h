#pragma once

#include <QByteArray>
#include <QString>

/// A corner of this machine that a test may fill with root's processes, mounts and interfaces, and that leaves nothing
/// behind however the test ends: the test program runs a second time as the first process of its own pid, mount and
/// network namespaces, with a tmpfs over /run. When that process is gone the kernel takes everything else away. Control
/// groups are the one thing that namespaces do not hold, so the first run removes those itself.
namespace OwnMachine {

/// Why this cannot be done here, as a sentence; empty when it can.
[[nodiscard]] QString obstacle();

/// Whether this process is the one inside.
[[nodiscard]] bool isInside();

/// In the first run: runs this program inside, waits for it, tidies up, and answers its exit status.
[[nodiscard]] int runInside(int argc, char **argv);

/// Inside: loopback up, /run empty, an /etc/hosts with localhost alone. Answers what went wrong, or nothing.
[[nodiscard]] QString furnish();

/// The control group (below the root of every hierarchy) that all pods of the inside must be put under.
[[nodiscard]] QString controlGroup();

/// Inside: whether a process of that sandbox listens on the TCP port.
[[nodiscard]] bool listens(const QByteArray &sandbox, quint16 port);

} // namespace OwnMachine
