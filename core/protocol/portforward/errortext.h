#pragma once

#include <QString>
#include <QStringView>

namespace Fairlead::PortForward {

/// What the text on an error stream means for the connection and for its pod.
enum class ErrorCause {
    NothingListens, ///< no program on that port: this connection ends, the pod is fine
    PodGone, ///< the sandbox is gone: this tunnel is useless, find the pod again
    PeerEnded, ///< reset by peer, broken pipe: an ordinary end of this one connection
    ToolMissing, ///< socat or nsenter missing on the node
    TimedOut, ///< the node waited for the second stream of a pair
    Other
};

/// An error stream may say at most this much; the rest is dropped.
constexpr qsizetype MaxErrorText = 16 * 1024;

/// Reads the runtime's words (containerd, CRI-O, socat era). Never fails: what it does not know is Other.
[[nodiscard]] ErrorCause classifyErrorText(QStringView text);

/// One translated sentence for people, naming the port and what to do; the runtime's own words are shown beside it.
[[nodiscard]] QString explain(ErrorCause cause, quint16 port);

} // namespace Fairlead::PortForward
