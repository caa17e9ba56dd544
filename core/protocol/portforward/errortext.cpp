#include "core/protocol/portforward/errortext.h"

#include <QCoreApplication>

#include <algorithm>
#include <initializer_list>

using namespace Qt::StringLiterals;

namespace Fairlead::PortForward {
namespace {

bool containsAny(QStringView text, std::initializer_list<QLatin1StringView> words)
{
    return std::any_of(words.begin(), words.end(),
                       [&](QLatin1StringView word) { return text.contains(word, Qt::CaseInsensitive); });
}

QString translated(const char *sentence)
{
    return QCoreApplication::translate("Fairlead::PortForward", sentence);
}

bool isToolMissing(QStringView text)
{
    return containsAny(text,
                       {"socat not found"_L1, "nsenter not found"_L1, "executable file not found"_L1,
                        "failed to execute socat"_L1, "fork/exec"_L1});
}

/// "failed to find sandbox ...", "sandbox ... is not running", "network namespace for sandbox ... is closed", and a
/// namespace or process whose file has been removed.
bool isPodGone(QStringView text)
{
    const bool isSandboxLost = containsAny(text, {"sandbox"_L1, "container"_L1})
        && containsAny(text,
                       {"not found"_L1, "not running"_L1, "is closed"_L1, "failed to find"_L1, "could not find"_L1,
                        "does not exist"_L1});
    const bool isNamespaceLost = containsAny(text, {"network namespace"_L1, "netns"_L1, "/proc/"_L1})
        && containsAny(text, {"no such file or directory"_L1, "no such process"_L1});
    return isSandboxLost || isNamespaceLost || containsAny(text, {"pod does not exist"_L1, "pod not found"_L1});
}

} // namespace

// The order matters: a missing program is "not found" as well, and the text of a refused connection names the sandbox.
ErrorCause classifyErrorText(QStringView text)
{
    if (containsAny(text, {"timed out waiting for streams"_L1})) {
        return ErrorCause::TimedOut;
    }
    if (isToolMissing(text)) {
        return ErrorCause::ToolMissing;
    }
    if (containsAny(text, {"connection refused"_L1})) {
        return ErrorCause::NothingListens;
    }
    if (containsAny(text, {"reset by peer"_L1, "broken pipe"_L1})) {
        return ErrorCause::PeerEnded;
    }
    return isPodGone(text) ? ErrorCause::PodGone : ErrorCause::Other;
}

QString explain(ErrorCause cause, quint16 port)
{
    switch (cause) {
    case ErrorCause::NothingListens:
        //: %1 is a port number.
        return translated(QT_TRANSLATE_NOOP(
                              "Fairlead::PortForward",
                              "No program listens on port %1 of localhost in the pod. Check the port and that the "
                              "program listens on localhost or on all addresses."))
            .arg(port);
    case ErrorCause::PodGone:
        return translated(QT_TRANSLATE_NOOP("Fairlead::PortForward", "The pod is gone or has stopped."));
    case ErrorCause::PeerEnded:
        //: %1 is a port number.
        return translated(QT_TRANSLATE_NOOP("Fairlead::PortForward",
                                            "The program on port %1 in the pod ended this connection abruptly."))
            .arg(port);
    case ErrorCause::ToolMissing:
        return translated(
            QT_TRANSLATE_NOOP("Fairlead::PortForward",
                              "The node cannot forward ports because socat or nsenter is not installed on it. "
                              "Ask those who run the cluster."));
    case ErrorCause::TimedOut:
        return translated(QT_TRANSLATE_NOOP(
            "Fairlead::PortForward", "The node waited in vain for the second stream of this connection. Try again."));
    case ErrorCause::Other:
        break;
    }
    //: %1 is a port number.
    return translated(QT_TRANSLATE_NOOP("Fairlead::PortForward", "The node could not forward port %1 of the pod."))
        .arg(port);
}

} // namespace Fairlead::PortForward
