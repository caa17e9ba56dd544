#include "core/kube/signin/credentialkeeper.h"

#include <algorithm>

namespace Fairlead::Kube {

void CredentialKeeper::preset(const Credential &credential)
{
    m_afterRefusal = false;
    take(credential);
}

CredentialKeeper::Verdict CredentialKeeper::ask() const
{
    if (isFresh())
        return Verdict::Use;
    if (m_running)
        return Verdict::Wait;
    if (!m_failure)
        return Verdict::Run;
    return isValid() ? Verdict::Use : Verdict::Refuse; // the last minute before its end is worth something
}

void CredentialKeeper::began()
{
    m_running = true;
    m_failure.reset();
    m_afterRefusal = m_refused && m_current.number > 0;
}

void CredentialKeeper::succeeded(const Credential &credential)
{
    m_running = false;
    m_failure.reset();
    take(credential);
}

void CredentialKeeper::take(const Credential &credential)
{
    m_current = {m_current.number + 1, credential};
    m_refused = false;
    m_obtainedAt = m_clock.monotonicMs();
    m_freshUntil.reset();
    if (!credential.expires)
        return;
    const QDateTime now = m_clock.now();
    const qint64 lifetime = now.msecsTo(*credential.expires);
    m_freshUntil = now.addMSecs(std::max({lifetime - MarginMs, lifetime / 2, ShortestUseMs}));
}

void CredentialKeeper::failed(const SignInFailure &failure)
{
    m_running = false;
    m_failure = failure;
    m_failedAt = m_clock.monotonicMs();
}

void CredentialKeeper::refused(quint64 number, const SignInFailure &failure)
{
    if (number != m_current.number || m_refused || m_running)
        return; // there is a newer one already, or will be
    m_refused = true;
    if (m_afterRefusal && m_clock.monotonicMs() - m_obtainedAt < RefusalMs)
        failed(failure);
}

void CredentialKeeper::forgive(qint64 askedAtMs)
{
    if (m_failure && m_failedAt <= askedAtMs)
        m_failure.reset();
}

bool CredentialKeeper::isFresh() const
{
    return !m_refused && (!m_freshUntil || m_clock.now() < *m_freshUntil);
}

bool CredentialKeeper::isValid() const
{
    return !m_refused && (!m_current.credential.expires || m_clock.now() < *m_current.credential.expires);
}

} // namespace Fairlead::Kube
