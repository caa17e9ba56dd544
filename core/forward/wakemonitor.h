#pragma once

#include "core/support/clockgap.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <optional>

class QTimer;

namespace Fairlead::Forward {

/// Notices that the machine woke up or changed its network: then tunnels may be dead without a sign, and waiting for a
/// next try may be pointless. It looks at this machine only: logind's signal on the system bus where there is one, the
/// gap that sleep leaves between two clocks, Qt's network information where it has a backend, and the addresses of the
/// interfaces (a VPN changes nothing else). What is missing is missed in silence. No host is contacted.
/// Lives in the application's main thread, as QNetworkInformation demands.
class WakeMonitor final : public QObject
{
    Q_OBJECT

public:
    /// What the interfaces are configured with, in any fixed form; a test brings its own.
    using Networks = std::function<QStringList()>;

    explicit WakeMonitor(const Clock &clock = SystemClock::instance(), Networks networks = currentNetworks,
                         QObject *parent = nullptr);
    ~WakeMonitor() override;

    /// Compares the clocks and the networks now. A timer does so every few seconds.
    void check();
    /// "eth0 192.0.2.7/24", sorted: interfaces that are up, without loopback and link-local addresses. Of an IPv6
    /// address only the network counts, since privacy extensions change the rest every day.
    [[nodiscard]] static QStringList currentNetworks();

signals:
    /// Once a sleep, however many signs there are of it.
    void woke();
    /// The network has come to rest (NetworkRestMs) after a change.
    void networkChanged();

private slots:
    void onPrepareForSleep(bool aboutToSleep);

private:
    void watchLogind();
    void watchNetworkInformation();
    void noteWakeUp();
    void noteNetworkChange();

    const Clock &m_clock;
    Networks m_networks;
    ClockGap m_gap;
    QStringList m_lastNetworks;
    QTimer *m_checkTimer;
    QTimer *m_restTimer;
    std::optional<qint64> m_wokeAt;
};

} // namespace Fairlead::Forward
