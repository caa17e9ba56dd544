#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace Fairlead::Kube {

/// Turns many requests into few: due() comes at once when the last one is long enough ago, else when it is, and once
/// for all requests in between.
class Throttle final : public QObject
{
    Q_OBJECT

public:
    Throttle(int periodMs, QObject *parent);

    void request();
    /// Now, whatever the period says.
    void force();

signals:
    void due();

private:
    int m_periodMs;
    QElapsedTimer m_last;
    QTimer m_timer;
};

} // namespace Fairlead::Kube
