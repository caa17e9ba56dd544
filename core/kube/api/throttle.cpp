#include "core/kube/api/throttle.h"

namespace Fairlead::Kube {

Throttle::Throttle(int periodMs, QObject *parent)
    : QObject(parent)
    , m_periodMs(periodMs)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Throttle::force);
}

void Throttle::request()
{
    if (m_timer.isActive())
        return;
    const qint64 wait = m_last.isValid() ? m_periodMs - m_last.elapsed() : 0;
    if (wait <= 0)
        force();
    else
        m_timer.start(int(wait));
}

void Throttle::force()
{
    m_timer.stop();
    m_last.start();
    emit due();
}

} // namespace Fairlead::Kube
