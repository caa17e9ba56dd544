#pragma once

#include "core/kube/signin/credential.h"
#include "core/support/clock.h"

#include <functional>

namespace Fairlead::Kube {

/// A credential as requests use it. The number tells which one a refused request had.
struct NumberedCredential {
    quint64 number = 0; ///< from 1, in the order of getting them
    Credential credential;
};

/// The rules of when a sign-in may run, without running it: one at a time, nothing again while what is there will do,
/// once more after the server refused it, never in a loop. A failure stands until the user asks for another attempt,
/// since plugins open browsers and providers lock accounts. No I/O, no threads.
class CredentialKeeper
{
public:
    /// Refreshed this long before its end: a request that is under way must not arrive late.
    static constexpr qint64 MarginMs = 60'000;
    /// A credential that ends at once (the clocks differ) is tried all the same, for this long.
    static constexpr qint64 ShortestUseMs = 10'000;
    /// One that the server refuses within this time, when it was itself got because of a refusal, is a failure.
    static constexpr qint64 RefusalMs = 60'000;

    enum class Verdict {
        Use, ///< there is one
        Run, ///< start a sign-in now, and say began()
        Wait, ///< one is under way
        Refuse ///< the last one failed; see failure()
    };

    explicit CredentialKeeper(const Clock &clock)
        : m_clock(clock)
    {
    }

    /// One that needs no sign-in, from the kubeconfig.
    void preset(const Credential &credential);
    /// Whoever wants to send a request asks first.
    [[nodiscard]] Verdict ask() const;
    void began();
    void succeeded(const Credential &credential);
    void failed(const SignInFailure &failure);
    /// The server answered 401 to credential `number`; `failure` is what to say when that was one time too many.
    void refused(quint64 number, const SignInFailure &failure);
    /// The user wants another attempt, since `askedAtMs` (monotonic): older failures are forgotten.
    void forgive(qint64 askedAtMs);

    /// What requests are sent with, be it old; number 0: nothing yet.
    [[nodiscard]] const NumberedCredential &current() const { return m_current; }
    [[nodiscard]] const std::optional<SignInFailure> &failure() const { return m_failure; }
    [[nodiscard]] bool isRunning() const { return m_running; }

private:
    void take(const Credential &credential);
    [[nodiscard]] bool isFresh() const;
    [[nodiscard]] bool isValid() const;

    const Clock &m_clock;
    NumberedCredential m_current;
    std::optional<SignInFailure> m_failure;
    std::optional<QDateTime> m_freshUntil; ///< nothing: until it is refused
    qint64 m_obtainedAt = 0;
    qint64 m_failedAt = 0;
    bool m_running = false;
    bool m_refused = true; ///< the current one, or there is none
    bool m_afterRefusal = false; ///< the current one was got because its predecessor was refused
};

} // namespace Fairlead::Kube
