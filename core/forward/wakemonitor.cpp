#include "core/forward/wakemonitor.h"

#include <QHostAddress>
#include <QNetworkInformation>
#include <QNetworkInterface>
#include <QTimer>

#ifdef FAIRLEAD_WITH_DBUS
#include <QDBusConnection>
#endif

#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::Forward {

namespace {
// After a sleep without logind it takes this long until somebody looks; reading two clocks and the interfaces costs
// well under a millisecond.
constexpr int CheckMs = 3'000;
// A shorter sleep than that no server and no router on the way has noticed.
constexpr qint64 SleepMs = 10'000;
// logind and the clocks tell of the same sleep within one check, on a loaded machine a bit later.
constexpr qint64 SameWakeUpMs = 4 * CheckMs;
// A link that comes up gets its addresses one by one.
constexpr int NetworkRestMs = 1'500;
constexpr int Ipv6NetworkBits = 64;

bool isOfInterest(const QNetworkInterface &network)
{
    const auto flags = network.flags();
    return flags.testFlag(QNetworkInterface::IsUp) && flags.testFlag(QNetworkInterface::IsRunning)
        && !flags.testFlag(QNetworkInterface::IsLoopBack);
}

QString networkOf(const QNetworkAddressEntry &entry)
{
    if (entry.ip().protocol() == QAbstractSocket::IPv4Protocol)
        return entry.ip().toString() + u'/' + QString::number(entry.prefixLength());
    Q_IPV6ADDR bytes = entry.ip().toIPv6Address();
    for (int i = Ipv6NetworkBits / 8; i < 16; ++i)
        bytes[i] = 0;
    return QHostAddress(bytes).toString() + u'/' + QString::number(Ipv6NetworkBits);
}
} // namespace

WakeMonitor::WakeMonitor(const Clock &clock, Networks networks, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_networks(std::move(networks))
    , m_gap(clock, SleepMs)
    , m_lastNetworks(m_networks())
    , m_checkTimer(new QTimer(this))
    , m_restTimer(new QTimer(this))
{
    connect(m_checkTimer, &QTimer::timeout, this, &WakeMonitor::check);
    m_checkTimer->start(CheckMs);
    m_restTimer->setSingleShot(true);
    m_restTimer->setInterval(NetworkRestMs);
    connect(m_restTimer, &QTimer::timeout, this, &WakeMonitor::networkChanged);
    watchLogind();
    watchNetworkInformation();
}

WakeMonitor::~WakeMonitor() = default;

void WakeMonitor::watchLogind()
{
#ifdef FAIRLEAD_WITH_DBUS
    // Without a bus, or with one that has no logind, nothing ever comes.
    QDBusConnection::systemBus().connect(u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s,
                                         u"org.freedesktop.login1.Manager"_s, u"PrepareForSleep"_s, this,
                                         SLOT(onPrepareForSleep(bool)));
#endif
}

void WakeMonitor::watchNetworkInformation()
{
    // Whether a host answers is no business of this class, so no reachability is demanded; what a backend can tell it
    // tells.
    if (!QNetworkInformation::loadDefaultBackend())
        return;
    QNetworkInformation *information = QNetworkInformation::instance();
    connect(information, &QNetworkInformation::reachabilityChanged, this, &WakeMonitor::noteNetworkChange);
    connect(information, &QNetworkInformation::transportMediumChanged, this, &WakeMonitor::noteNetworkChange);
}

void WakeMonitor::check()
{
    if (m_gap.hasSlept())
        noteWakeUp();
    QStringList networks = m_networks();
    if (networks != std::exchange(m_lastNetworks, networks))
        noteNetworkChange();
}

void WakeMonitor::onPrepareForSleep(bool aboutToSleep)
{
    if (!aboutToSleep)
        noteWakeUp();
}

void WakeMonitor::noteWakeUp()
{
    const qint64 now = m_clock.monotonicMs();
    if (m_wokeAt && now - *m_wokeAt < SameWakeUpMs)
        return;
    m_wokeAt = now;
    emit woke();
}

void WakeMonitor::noteNetworkChange()
{
    m_restTimer->start();
}

QStringList WakeMonitor::currentNetworks()
{
    QStringList result;
    const QList<QNetworkInterface> all = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface &one : all) {
        if (!isOfInterest(one))
            continue;
        const QList<QNetworkAddressEntry> entries = one.addressEntries();
        for (const QNetworkAddressEntry &entry : entries) {
            if (!entry.ip().isLinkLocal())
                result.append(one.name() + u' ' + networkOf(entry));
        }
    }
    result.removeDuplicates();
    result.sort();
    return result;
}

} // namespace Fairlead::Forward
