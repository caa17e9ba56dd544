#include "core/forward/forwardsignin.h"

#include <utility>

namespace Fairlead::Forward {

void ForwardSignIn::use(const Kube::ConnectionConfig &config, qint64 askedAtMs)
{
    const auto former = std::exchange(m_source, Kube::credentialSourceFor(config));
    if (m_source != former)
        m_renewedWith = 0;
    if (m_source)
        m_source->forgive(askedAtMs);
}

void ForwardSignIn::refused(quint64 number)
{
    if (m_source && number > 0)
        m_source->refused(number);
}

bool ForwardSignIn::mayRetry()
{
    return !std::exchange(m_hasRetried, true);
}

void ForwardSignIn::await()
{
    if (!m_source || m_awaited == m_source)
        return;
    m_awaited = m_source;
    m_source->awaitNewer(m_renewedWith, this, [this, asked = m_source.get()](quint64 number) {
        if (m_awaited.get() != asked)
            return;
        m_awaited.reset();
        if (m_source.get() != asked)
            return;
        m_renewedWith = number;
        emit renewed();
    });
}

} // namespace Fairlead::Forward
