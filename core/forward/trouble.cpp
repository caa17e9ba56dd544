#include "core/forward/trouble.h"

#include "core/forward/podchoice.h"
#include "core/kube/objects/accessdenial.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Fairlead::Forward {

Decision decide(Trouble::Kind kind, bool hasRun)
{
    using Kind = Trouble::Kind;
    switch (kind) {
    case Kind::BadPort:
    case Kind::LocalPort:
    case Kind::Forbidden:
        return {State::Failed, false, false};
    case Kind::BadConfig:
    case Kind::Untrusted:
    case Kind::Rejected:
        // What has worked was right: a file is being written, or somebody in between (a captive portal, an inspecting
        // proxy) answers for a while.
        return hasRun ? Decision{State::Reconnecting, true, true} : Decision{State::Failed, false, false};
    case Kind::SignIn:
    case Kind::NoCredentials:
        return {State::SignInNeeded, false, false};
    case Kind::PodMissing:
        // A name that never was there is a mistake; one that was comes back when its owner makes it again.
        return hasRun ? Decision{State::WaitingForPod, true, false} : Decision{State::Failed, false, false};
    case Kind::PodNotRunning:
    case Kind::PodGone:
        return {State::WaitingForPod, true, false};
    case Kind::Network:
    case Kind::Server:
    case Kind::TunnelLost:
        return {State::Reconnecting, true, true};
    }
    return {};
}

namespace {

Trouble::Kind kindOf(Kube::ApiError::Kind kind)
{
    using Api = Kube::ApiError::Kind;
    switch (kind) {
    case Api::Unsupported:
        return Trouble::Kind::BadConfig;
    case Api::Tls:
        return Trouble::Kind::Untrusted;
    case Api::Unauthorized:
        return Trouble::Kind::SignIn;
    case Api::SignInNeeded:
        return Trouble::Kind::NoCredentials;
    case Api::Forbidden:
        return Trouble::Kind::Forbidden;
    case Api::NotFound:
    case Api::Gone:
        return Trouble::Kind::PodMissing;
    case Api::Refused:
        return Trouble::Kind::Rejected;
    case Api::Busy:
    case Api::Server:
    case Api::BadAnswer:
        return Trouble::Kind::Server;
    case Api::Network:
    case Api::Cancelled:
        break;
    }
    return Trouble::Kind::Network;
}

Trouble::Kind kindOf(const PortForward::Refusal &refusal)
{
    if (refusal.status < 400) // a captive portal or a sign-in page answers; it may be gone in a minute
        return Trouble::Kind::Server;
    switch (refusal.retry) {
    case PortForward::RetryClass::Never:
        // The API server's own 403 comes as a Status; any other is of somebody in between.
        return refusal.status == 403 && !refusal.reason.isEmpty() ? Trouble::Kind::Forbidden : Trouble::Kind::Rejected;
    case PortForward::RetryClass::RefreshCredentials:
        return Trouble::Kind::SignIn;
    case PortForward::RetryClass::FindPodAgain:
        return Trouble::Kind::PodMissing;
    case PortForward::RetryClass::BackOff:
        break;
    }
    return Trouble::Kind::Server;
}

} // namespace

Trouble troubleOf(const Kube::ApiError &error)
{
    return {kindOf(error.kind), error.message, error.detail, error.kubectlText, error.retryAfterSeconds, error.advice};
}

Trouble troubleOf(const Net::UpgradeFailure &failure)
{
    const QString prefix = u"error: error upgrading connection: "_s;
    using Kind = Net::UpgradeFailure::Kind;
    switch (failure.kind) {
    case Kind::Network:
        return {Trouble::Kind::Network, failure.text, failure.detail, prefix + failure.detail, 0, failure.advice};
    case Kind::Tls:
        return {Trouble::Kind::Untrusted, failure.text, failure.detail, prefix + failure.detail, 0, failure.advice};
    case Kind::Proxy:
        return {Trouble::Kind::Rejected, failure.text, failure.detail, prefix + failure.detail, 0, failure.advice};
    case Kind::Protocol: // something in between answered; it may be gone in a minute
        return {Trouble::Kind::Server, failure.text, failure.detail, prefix + failure.detail, 0, failure.advice};
    case Kind::Refused:
        break;
    }
    const PortForward::Refusal &refusal = failure.refusal;
    if (const auto denial = refusal.status == 403 ? Kube::accessDenialFrom(refusal.detail) : std::nullopt)
        return {Trouble::Kind::Forbidden, Kube::sentenceFor(*denial), failure.detail, prefix + refusal.kubectlText, 0,
                Kube::adviceFor(*denial)};
    Trouble trouble{kindOf(refusal),           failure.text,  failure.detail, prefix + refusal.kubectlText,
                    refusal.retryAfterSeconds, refusal.advice};
    trouble.credential = failure.credential;
    return trouble;
}

Trouble troubleOf(const Kube::SignInFailure &failure)
{
    return {Trouble::Kind::NoCredentials, failure.text, failure.detail,
            u"Unable to connect to the server: getting credentials: "_s + failure.goText, 0};
}

Trouble podTrouble(const Kube::TargetPods &known, const Kube::TargetRef &target, const QString &portProblem)
{
    using Kind = Trouble::Kind;
    if (!portProblem.isEmpty()) {
        return {Kind::PodNotRunning,
                QCoreApplication::translate("Trouble", "No pod of %1 has that port.").arg(Kube::targetText(target)),
                portProblem, u"error: "_s + portProblem, 0};
    }
    const QString text = waitingText(known, target);
    if (target.isFollowed())
        return {Kind::PodNotRunning, text, {}, u"error: timed out waiting for the condition"_s, 0};
    if (known.pods.isEmpty()) {
        const QString words = u"pods \"%1\" not found"_s.arg(target.name);
        return {Kind::PodNotRunning, text, words, u"Error from server (NotFound): "_s + words, 0};
    }
    const QString words =
        u"unable to forward port because pod is not running. Current status=%1"_s.arg(known.pods.first().phase);
    return {Kind::PodNotRunning, text, words, u"error: "_s + words, 0};
}

} // namespace Fairlead::Forward
