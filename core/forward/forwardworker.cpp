#include "core/forward/forwardworker.h"

#include "core/forward/localconnection.h"
#include "core/forward/tunneltarget.h"

#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Forward {

namespace {
// Snapshots a second: often enough for eyes, seldom enough for twenty forwards.
constexpr int PublishMs = 250;
constexpr int IdleTickMs = 1'000;
constexpr int ShortestTickMs = 10;
// A tunnel that lived this long was a good one: its successor is tried at once. One that breaks sooner would make us
// hammer the server.
constexpr qint64 GoodTunnelMs = 10'000;
} // namespace

ForwardWorker::ForwardWorker(ForwardId id, const ForwardSpec &spec, const Clock &clock)
    : m_id(id)
    , m_spec(spec)
    , m_clock(clock)
    , m_podCheck(new PodCheck(this))
    , m_ports(new PortSet(this))
    , m_retryTimer(new QTimer(this))
    , m_tickTimer(new QTimer(this))
    , m_backoff(m_options.firstRetryMs, m_options.maxRetryMs)
{
    m_retryTimer->setSingleShot(true);
    connect(m_retryTimer, &QTimer::timeout, this, &ForwardWorker::attempt);
    connect(m_tickTimer, &QTimer::timeout, this, &ForwardWorker::tick);
    connect(m_podCheck, &PodCheck::passed, this, &ForwardWorker::onPodChecked);
    connect(m_podCheck, &PodCheck::failed, this, [this](const Trouble &trouble) { meet(trouble); });
    connect(m_ports, &PortSet::accepted, this, &ForwardWorker::onAccepted);
    connect(m_ports, &PortSet::listening, this, &ForwardWorker::listening);
    connect(m_ports, &PortSet::complained, this, [this](const QString &text) { log(LogLine::Level::Warning, text); });
}

ForwardWorker::~ForwardWorker()
{
    // Connections let their tunnels go and leave the pool's queue before the pool dies.
    for (const auto &[id, entry] : m_connections) {
        m_pool->cancel(entry.connection);
        delete entry.connection;
    }
}

void ForwardWorker::start(const EngineOptions &options)
{
    if (isActive())
        return;
    m_options = options;
    m_backoff = Backoff(options.firstRetryMs, options.maxRetryMs);
    m_hasRun = m_credentialsRefreshed = false;
    makePool();
    setState(State::Starting, {tr("Connecting to pod %1.").arg(m_spec.target.name), {}, {}, {}, {}});
    adjustTick();
    attempt();
}

void ForwardWorker::makePool()
{
    if (m_pool) { // its waiters went with the last stop; tunnels in use belong to their connections
        m_pool->discard();
        m_pool->deleteLater();
    }
    m_pool = new TunnelPool(PoolOptions::of(m_options), m_clock, this);
    connect(m_pool, &TunnelPool::connected, this, &ForwardWorker::onTunnelUp);
    connect(m_pool, &TunnelPool::failed, this,
            [this](const Net::UpgradeFailure &failure) { meet(troubleOf(failure)); });
    connect(m_pool, &TunnelPool::spareLost, this, [this](const QString &text, qint64 livedMs) {
        meet({Trouble::Kind::TunnelLost, text, {}, u"error: lost connection to pod"_s, 0}, livedMs);
    });
    connect(m_pool, &TunnelPool::roundTripMeasured, this, [this](int ms) {
        m_dirty = m_dirty || m_roundTripMs != ms;
        m_roundTripMs = ms;
    });
}

void ForwardWorker::stop()
{
    if (m_state == State::Stopped)
        return;
    ++m_attempt;
    m_retryTimer->stop();
    m_podCheck->cancel();
    m_ports->close();
    m_pool->pause();
    m_pool->discard();
    std::vector<LocalConnection *> open; // stop() may change the map
    for (const auto &[id, entry] : m_connections)
        open.push_back(entry.connection);
    for (LocalConnection *connection : open) {
        m_pool->cancel(connection);
        connection->stop();
    }
    m_roundTripMs.reset();
    setState(State::Stopped, {});
    adjustTick();
}

void ForwardWorker::retry(const EngineOptions &options)
{
    if (!isActive())
        return start(options);
    if (m_state == State::Running || m_state == State::Starting)
        return;
    m_backoff.reset();
    attempt();
}

void ForwardWorker::update(const ForwardSpec &spec, const EngineOptions &options)
{
    const bool wasActive = isActive();
    stop();
    m_spec = spec;
    m_ports->forget();
    m_dirty = true;
    if (wasActive)
        start(options);
    else
        publish();
}

void ForwardWorker::attempt()
{
    m_retryTimer->stop();
    m_reason.nextTry.reset();
    emit connectionNeeded(++m_attempt);
}

void ForwardWorker::provideConnection(quint64 attempt, const Connection &connection)
{
    if (attempt != m_attempt || !isActive())
        return;
    if (!connection)
        return meet({Trouble::Kind::BadConfig, connection.error(), {}, u"error: "_s + connection.error(), 0});
    m_config = *connection;
    if (m_config.unsupported.isEmpty())
        return m_podCheck->ask(m_config, m_spec);
    const QString text = m_config.unsupported.join(u' ');
    meet({Trouble::Kind::BadConfig, text, {}, u"error: "_s + text, 0});
}

void ForwardWorker::onPodChecked(const PodCheck::Ports &ports)
{
    auto target = TunnelTarget::create(m_config, m_spec.namespaceName, m_spec.target.name, m_options.connectTimeoutMs);
    if (!target)
        return meet({Trouble::Kind::Untrusted,
                     tr("The certificates for %1 cannot be used.").arg(m_config.server.host()), target.error(),
                     u"error: "_s + target.error(), 0});
    m_ports->setMappings(ports);
    m_pool->setTarget([target = *target] { return target.next(); });
    m_pool->resume();
    if (m_pool->hasSpare())
        onTunnelUp();
}

void ForwardWorker::onTunnelUp()
{
    if (!isActive() || m_state == State::Running)
        return;
    m_retryTimer->stop();
    m_credentialsRefreshed = false;
    openPorts();
    if (m_state == State::Failed)
        return;
    m_hasRun = true;
    m_runningSince = m_clock.monotonicMs();
    const QString portError = m_ports->firstError();
    setState(State::Running,
             {portError.isEmpty() ? tr("Connected to pod %1.").arg(m_spec.target.name) : portError, {}, {}, {}, {}});
    m_pool->resume();
}

void ForwardWorker::openPorts()
{
    if (!m_ports->isOpen() && !m_ports->open(m_spec.addresses)) {
        const QString words = m_ports->kubectlText();
        meet({Trouble::Kind::LocalPort, m_ports->firstError(), words, u"error: "_s + words, 0});
    }
}

void ForwardWorker::meet(const Trouble &trouble, qint64 tunnelLivedMs)
{
    if (!isActive())
        return;
    if (trouble.kind == Trouble::Kind::SignIn && !std::exchange(m_credentialsRefreshed, true))
        return attempt(); // once with fresh credentials
    const Decision decision = decide(trouble.kind, m_hasRun);
    m_pool->pause();
    if (decision.keepsTunnels)
        m_pool->doubt();
    else
        m_pool->discard();
    Reason reason{trouble.text, trouble.detail, {}, {}, trouble.kubectlText};
    if (decision.triesAgain) {
        const int wait = waitAfter(trouble, tunnelLivedMs);
        if (wait > 0)
            reason.nextTry = m_clock.now().addMSecs(wait);
        retryIn(wait);
    }
    log(decision.triesAgain ? LogLine::Level::Warning : LogLine::Level::Error,
        trouble.detail.isEmpty() ? trouble.text : trouble.text + u' ' + trouble.detail);
    setState(decision.next, reason);
    if (decision.next == State::Failed) {
        m_retryTimer->stop();
        rejectWaiting(trouble.text, trouble.detail);
    }
}

int ForwardWorker::waitAfter(const Trouble &trouble, qint64 tunnelLivedMs)
{
    if (m_state == State::Running && m_clock.monotonicMs() - m_runningSince >= m_options.healthyAfterMs)
        m_backoff.reset();
    if (trouble.kind == Trouble::Kind::TunnelLost && m_state == State::Running && tunnelLivedMs >= GoodTunnelMs)
        return 0;
    return std::max(m_backoff.next(), trouble.retryAfterSeconds * 1'000);
}

void ForwardWorker::retryIn(int ms)
{
    ++m_attempt; // an answer that is still on its way belongs to the past
    m_podCheck->cancel();
    m_retryTimer->start(ms);
}

void ForwardWorker::setState(State state, const Reason &reason)
{
    const bool changed = state != m_state;
    const QDateTime since = changed ? m_clock.now() : m_reason.since;
    const bool sameWords = !changed && reason.text == m_reason.text && reason.detail == m_reason.detail;
    m_state = state;
    m_reason = reason;
    m_reason.since = since;
    if (changed)
        log(LogLine::Level::Info, reason.text.isEmpty() ? stateText(state) : stateText(state) + u": "_s + reason.text);
    if (sameWords)
        m_dirty = true;
    else
        emit stateChanged(snapshot());
}

void ForwardWorker::onAccepted(int port, AcceptedSocket &socket)
{
    const PortForward::PairTimes times{m_options.replyTimeoutMs, m_options.halfCloseQuietMs};
    const quint64 id = m_nextConnection++;
    const PortSnapshot info = m_ports->snapshots().at(port);
    auto *connection =
        new LocalConnection(id, std::move(socket), info.localPort, info.remotePort, times, m_clock, this);
    m_connections.emplace(id, Entry{connection, port});
    m_ports->countOpened(port);
    ++m_openConnections;
    ++m_totalConnections;
    m_lastActivity = m_clock.now();
    m_dirty = true;
    connect(connection, &LocalConnection::closed, this, [this, connection] { onClosed(connection); });
    connect(connection, &LocalConnection::finished, this, [this, id, connection] {
        m_connections.erase(id);
        connection->deleteLater();
    });
    connect(connection, &LocalConnection::tunnelBroke, this, [this] { m_pool->doubt(); });
    emit connectionOpened(connection->snapshot());
    adjustTick();
    if (m_state == State::Failed)
        return connection->rejectFor(ConnectionEnd::NoTunnel, m_reason.text, m_reason.detail);
    if (!m_pool->isRunning() && waitingConnections() > m_options.maxWaiting)
        return connection->rejectFor(ConnectionEnd::NoTunnel, tr("Too many connections wait for a tunnel already."),
                                     m_reason.detail);
    m_pool->request(connection);
}

void ForwardWorker::onClosed(LocalConnection *connection)
{
    m_pool->cancel(connection);
    const int port = m_connections.at(connection->id()).port;
    const LocalConnection::Moved moved = connection->takeMoved();
    m_ports->addTraffic(port, moved.down, moved.up);
    m_meter.add(moved.down, moved.up);
    m_ports->countClosed(port);
    --m_openConnections;
    m_dirty = true;
    const ConnectionSnapshot info = connection->snapshot();
    emit connectionClosed(info);
    logAbnormalEnd(info);
    if (info.end == ConnectionEnd::PodGone)
        meet({Trouble::Kind::PodGone, info.endText, info.endDetail, u"error: lost connection to pod"_s, 0});
}

void ForwardWorker::logAbnormalEnd(const ConnectionSnapshot &connection)
{
    switch (connection.end) {
    case ConnectionEnd::Open:
    case ConnectionEnd::ByProgram:
    case ConnectionEnd::ByPod:
    case ConnectionEnd::ResetLocal:
    case ConnectionEnd::Stopped:
        return;
    default:
        break;
    }
    QString text =
        tr("Connection %1 from %2 port %3 to port %4 of the pod: %5")
            .arg(QString::number(connection.id), connection.peerAddress, QString::number(connection.peerPort),
                 QString::number(connection.remotePort), connection.endText);
    if (!connection.endDetail.isEmpty())
        text += u' ' + connection.endDetail;
    log(LogLine::Level::Warning, text);
}

int ForwardWorker::waitingConnections() const
{
    return int(std::count_if(m_connections.begin(), m_connections.end(),
                             [](const auto &item) { return item.second.connection->isWaiting(); }));
}

void ForwardWorker::rejectWaiting(const QString &text, const QString &detail)
{
    for (const auto &[id, entry] : m_connections) {
        if (!entry.connection->isWaiting())
            continue;
        m_pool->cancel(entry.connection);
        entry.connection->rejectFor(ConnectionEnd::NoTunnel, text, detail);
    }
}

void ForwardWorker::rejectLateWaiters(qint64 now)
{
    for (const auto &[id, entry] : m_connections) {
        LocalConnection *connection = entry.connection;
        if (!connection->isWaiting() || now - connection->acceptedAt() < m_options.waitForTunnelMs)
            continue;
        m_pool->cancel(connection);
        connection->rejectFor(
            ConnectionEnd::NoTunnel,
            tr("No connection to the pod could be had in %n second(s).", nullptr, m_options.waitForTunnelMs / 1'000),
            m_reason.text);
    }
}

void ForwardWorker::tick()
{
    const qint64 now = m_clock.monotonicMs();
    m_pool->tick();
    for (const auto &[id, entry] : m_connections) // nothing is erased but by queued signals
        entry.connection->tick();
    rejectLateWaiters(now);
    if (now - m_publishedAt >= PublishMs)
        publish();
    adjustTick();
}

void ForwardWorker::collectTraffic(QList<ConnectionSnapshot> *moved)
{
    const qint64 now = m_clock.monotonicMs();
    for (const auto &[id, entry] : m_connections) {
        const LocalConnection::Moved fresh = entry.connection->takeMoved();
        const bool newRate = entry.connection->sampleRates(now);
        if (fresh.down + fresh.up > 0) {
            m_ports->addTraffic(entry.port, fresh.down, fresh.up);
            m_meter.add(fresh.down, fresh.up);
            m_lastActivity = m_clock.now();
            m_dirty = true;
        }
        if (newRate || fresh.down + fresh.up > 0)
            moved->append(entry.connection->snapshot());
    }
    m_dirty = m_ports->sample(now) || m_dirty;
    m_dirty = m_meter.sample(now) || m_dirty;
}

void ForwardWorker::publish()
{
    m_publishedAt = m_clock.monotonicMs();
    QList<ConnectionSnapshot> moved;
    collectTraffic(&moved);
    if (!std::exchange(m_dirty, false) && moved.isEmpty())
        return;
    emit progressed(snapshot(), moved);
}

void ForwardWorker::adjustTick()
{
    if (m_state == State::Stopped && m_connections.empty() && m_meter.isQuiet() && !m_dirty)
        return m_tickTimer->stop();
    const bool busy = !m_connections.empty() || !m_meter.isQuiet() || m_dirty;
    // A rule that waits for N ms is looked at four times in that time.
    const int shortest =
        busy ? std::min(m_options.pingIntervalMs, m_options.halfCloseQuietMs) : m_options.pingIntervalMs;
    const int interval = std::clamp(shortest / 4, ShortestTickMs, busy ? PublishMs : IdleTickMs);
    if (!m_tickTimer->isActive() || m_tickTimer->interval() != interval)
        m_tickTimer->start(interval);
}

ForwardSnapshot ForwardWorker::snapshot() const
{
    ForwardSnapshot result;
    result.id = m_id;
    result.spec = m_spec;
    result.state = m_state;
    result.reason = m_reason;
    result.ports = m_ports->snapshots();
    result.traffic = m_meter.traffic();
    result.openConnections = m_openConnections;
    result.totalConnections = m_totalConnections;
    result.lastActivity = m_lastActivity;
    result.roundTripMs = m_roundTripMs;
    result.rateHistory = m_meter.history();
    return result;
}

void ForwardWorker::log(LogLine::Level level, const QString &text)
{
    emit logged({m_clock.now(), level, text});
}

} // namespace Fairlead::Forward
