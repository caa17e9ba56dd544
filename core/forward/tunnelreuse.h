#pragma once

#include <QtGlobal>

/// When a tunnel may serve another connection. Pure rules; the reasons are in what servers do: their SPDY library has
/// no flow control, five queues of 50 frames and one worker for each, and a worker that waits for a pod that does not
/// read waits for ever, for every stream of its queue (known problems 1, 10, 27).
namespace Fairlead::Forward {

/// A pod's socket takes this much of an upload whatever its program does: half of Linux' first receive buffer.
constexpr quint64 AbsorbedBytes = 64 * 1024;
/// Servers spread pings over their workers in turn: so many answers in a row mean that none of them is stuck.
constexpr int ProofPings = 5;
/// For the ends that are still to come: runtimes take a second to end what one side has ended.
constexpr qint64 SettleMs = 2'000;
/// Pairs that wait for their pod's end on one tunnel; each holds two streams and a connection in the pod.
constexpr int MostAside = 128;

/// What is known of one pair's upload when it is over for us.
struct UploadFacts {
    quint64 uploaded = 0; ///< payload that was sent to the pod
    quint64 received = 0; ///< payload that came back: the connection in the pod was made
    bool orderly = true; ///< both directions ended with FIN
    bool accepted = true; ///< the node replied
};
enum class UploadEnd {
    Taken, ///< nothing of it can be stuck
    Doubtful, ///< it ended well, as far as can be seen; pings must prove it
    Cut ///< a part may lie in the server for ever
};
[[nodiscard]] UploadEnd judgeUpload(const UploadFacts &facts);

/// Whether a connection whose program has closed makes room on its tunnel before its pod has ended: our FIN is out, and
/// nothing of it can hold up who comes next.
[[nodiscard]] bool mayStepAside(const UploadFacts &facts, bool finSent, bool unsent);

/// A tunnel without a connection that is active.
struct ReuseFacts {
    bool usable = true; ///< session and connection: open, no GOAWAY, ids left
    bool podGone = false; ///< an error's words said so
    bool uploadCut = false;
    bool readingHeld = false; ///< by our own back-pressure
    bool unsent = false; ///< something towards the server that the kernel has not taken
    bool endsToCome =
        false; ///< a stream of a former connection has not ended on both sides, or a proof is not complete
    qint64 endsAwaitedMs = 0; ///< the longest
    int aside = 0;
    int served = 0; ///< connections, so far
    int mostServed = 1'000;
};
enum class ReuseVerdict { Reuse, Wait, Close };
enum class ReuseReason {
    Finished,
    NotUsable,
    PodGone,
    UploadCut,
    ServedEnough, ///< some servers keep memory for each stream they had
    ReadingHeld,
    Unsent,
    EndsToCome,
    EndsMissing ///< awaited for too long
};
struct ReuseDecision {
    ReuseVerdict verdict = ReuseVerdict::Reuse;
    ReuseReason reason = ReuseReason::Finished;

    bool operator==(const ReuseDecision &) const = default;
};
[[nodiscard]] ReuseDecision decideReuse(const ReuseFacts &facts);

} // namespace Fairlead::Forward
