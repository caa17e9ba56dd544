#include "core/forward/backoff.h"

#include <QRandomGenerator>

#include <algorithm>

namespace Fairlead::Forward {

Backoff::Backoff(int firstMs, int capMs, Random random)
    : m_firstMs(firstMs)
    , m_capMs(capMs)
    , m_random(std::move(random))
{
}

Backoff::Backoff(int firstMs, int capMs)
    : Backoff(firstMs, capMs, [] { return QRandomGenerator::global()->generateDouble(); })
{
}

int Backoff::next()
{
    // Beyond 20 doublings every cap is reached; the shift must not overflow.
    const qint64 doubled = qint64(m_firstMs) << std::min(m_attempts, 20);
    const auto full = double(std::min<qint64>(doubled, m_capMs));
    ++m_attempts;
    return int(full / 2 + full / 2 * m_random());
}

} // namespace Fairlead::Forward
