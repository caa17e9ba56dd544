#include "core/forward/forwardworker.h"

#include "core/forward/connectiontexts.h"
#include "core/forward/localconnection.h"
#include "core/kube/signin/signinadvice.h"

#include <QTimer>

#include <algorithm>
#include <utility>

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
// A pod that the node does not know, though the list still shows it, is not tried for this long while others serve.
constexpr qint64 GoneForMs = 5'000;
// Nor one whose node the API server cannot reach; the node's controller needs 40 s to find the pod unready.
constexpr qint64 BadNodeForMs = 30'000;
// Between two attempts to watch pods while tunnels work all the same.
constexpr qint64 WatchAgainMs = 10'000;
} // namespace

ForwardWorker::ForwardWorker(ForwardId id, const ForwardSpec &spec, Shared shared, const Clock &clock)
    : m_id(id)
    , m_spec(spec)
    , m_shared(std::move(shared))
    , m_clock(clock)
    , m_source(new PodSource(m_shared.gate, clock, this))
    , m_ports(new PortSet(this))
    , m_routes(new RouteTable(clock, this))
    , m_connections(new ConnectionSet(m_ports, m_routes, clock, this))
    , m_inquiry(new TransportInquiry(m_shared.transports, this))
    , m_signIn(new ForwardSignIn(this))
    , m_retryTimer(new QTimer(this))
    , m_unreadyTimer(new QTimer(this))
    , m_tickTimer(new QTimer(this))
    , m_backoff(m_options.firstRetryMs, m_options.maxRetryMs)
{
    m_retryTimer->setSingleShot(true);
    m_unreadyTimer->setSingleShot(true);
    connect(m_retryTimer, &QTimer::timeout, this, &ForwardWorker::attempt);
    connect(m_unreadyTimer, &QTimer::timeout, this, [this] {
        m_source->setAcceptsUnready(true);
        choosePodsAgain();
    });
    connect(m_tickTimer, &QTimer::timeout, this, &ForwardWorker::tick);
    connect(m_source, &PodSource::changed, this, &ForwardWorker::onPods);
    connect(m_source, &PodSource::failed, this, &ForwardWorker::onPodsFailed);
    connect(m_inquiry, &TransportInquiry::answered, this, [this] {
        if (isActive() && !m_needsSignIn)
            choosePodsAgain();
    });
    connect(m_signIn, &ForwardSignIn::renewed, this, [this] {
        if (m_state == State::SignInNeeded)
            attempt();
    });
    connect(m_routes, &RouteTable::connected, this, [this](const QString &, Net::Transport transport) {
        m_dirty = m_dirty || m_transport != transport;
        m_transport = transport;
        m_shared.transports->worked(m_config.server.toString(), transport);
        onTunnelUp();
    });
    connect(m_routes, &RouteTable::failed, this, &ForwardWorker::onUpgradeFailed);
    connect(m_routes, &RouteTable::signInNeeded, this,
            [this](const Kube::SignInFailure &failure) { meet(troubleOf(failure)); });
    connect(m_routes, &RouteTable::spareLost, this,
            [this](const QString &text, qint64 livedMs) { meet(tunnelLost(text), livedMs); });
    connect(m_routes, &RouteTable::roundTripMeasured, this, [this](int ms) {
        m_dirty = m_dirty || m_roundTripMs != ms;
        m_roundTripMs = ms;
    });
    connect(m_ports, &PortSet::accepted, this, &ForwardWorker::onAccepted);
    connect(m_ports, &PortSet::listening, this, &ForwardWorker::listening);
    connect(m_ports, &PortSet::complained, this, [this](const QString &text) { log(LogLine::Level::Warning, text); });
    connect(m_connections, &ConnectionSet::opened, this, &ForwardWorker::connectionOpened);
    connect(m_connections, &ConnectionSet::closed, this, &ForwardWorker::onClosed);
    connect(m_connections, &ConnectionSet::tunnelBroke, m_routes, &RouteTable::doubt);
    connect(m_connections, &ConnectionSet::podGone, this,
            [this](const QString &uid, const QString &text, const QString &detail) {
                podGone(uid, {Trouble::Kind::PodGone, text, detail, u"error: lost connection to pod"_s, 0});
            });
}

ForwardWorker::~ForwardWorker()
{
    delete m_connections; // before the routes whose queues its connections are in
}

Trouble ForwardWorker::tunnelLost(const QString &text) const
{
    return {Trouble::Kind::TunnelLost, text, {}, u"error: lost connection to pod"_s, 0};
}

void ForwardWorker::start(const EngineOptions &options, qint64 askedAtMs)
{
    if (isActive())
        return;
    m_userAskedAt = askedAtMs;
    m_options = options;
    m_connections->setOptions(options);
    m_backoff = Backoff(options.firstRetryMs, options.maxRetryMs);
    m_source->stop();
    m_hasRun = false;
    m_signIn->forgetRetry();
    m_reconnects = 0;
    m_config = {};
    setState(State::Starting, {tr("Connecting to %1.").arg(Kube::targetText(m_spec.target)), {}, {}, {}, {}});
    adjustTick();
    attempt();
}

void ForwardWorker::stop()
{
    if (m_state == State::Stopped)
        return;
    ++m_attempt;
    m_pass.drop();
    m_retryTimer->stop();
    m_unreadyTimer->stop();
    m_source->stop();
    m_ports->close();
    m_routes->clear();
    m_connections->stopAll();
    m_roundTripMs.reset();
    m_transport.reset();
    m_inquiry->cancel();
    setState(State::Stopped, {});
    adjustTick();
}

void ForwardWorker::retry(const EngineOptions &options, qint64 askedAtMs)
{
    if (!isActive())
        return start(options, askedAtMs);
    m_userAskedAt = askedAtMs;
    if (m_state == State::Running || m_state == State::Starting)
        return;
    m_backoff.reset();
    m_source->setAcceptsUnready(m_state == State::WaitingForPod); // the user will not wait for readiness any longer
    attempt();
}

void ForwardWorker::update(const ForwardSpec &spec, const EngineOptions &options)
{
    const bool nothingToDo = runAlike(m_spec, spec);
    const bool wasActive = isActive();
    if (!nothingToDo)
        stop();
    m_spec = spec;
    m_dirty = true;
    if (nothingToDo)
        return publish();
    m_ports->forget();
    if (wasActive)
        start(options);
    else
        publish();
}

void ForwardWorker::checkNow()
{
    if (!isActive())
        return;
    m_routes->doubt();
    m_connections->doubt();
    m_source->refresh();
    if (!m_retryTimer->isActive())
        return;
    m_backoff.reset();
    attempt();
}

void ForwardWorker::attempt()
{
    m_retryTimer->stop();
    m_pass.drop(); // a former attempt must not stand in this one's way
    m_reason.nextTry.reset();
    m_source->avoidNone();
    m_needsSignIn = false;
    emit connectionNeeded(++m_attempt);
}

void ForwardWorker::provideConnection(quint64 attempt, const Connection &connection)
{
    if (attempt != m_attempt || !isActive())
        return;
    const QString problem = !connection ? connection.error() : connection->unsupported.join(u' ');
    if (problem.isEmpty())
        return enterGate(attempt, *connection);
    if (m_state == State::Running) // a file is being written, or was broken meanwhile; what runs goes on
        return log(LogLine::Level::Warning, problem);
    meet({Trouble::Kind::BadConfig, problem, {}, u"error: "_s + problem, 0});
}

/// While a server is in trouble, its forwards try one after another, not all at once.
void ForwardWorker::enterGate(quint64 attempt, const Kube::ConnectionConfig &config)
{
    m_shared.gate->enter(config.server.toString(), Net::ServerGate::Line::Forwards, this,
                         [this, attempt, config](Net::ServerGate::Pass pass) {
                             if (attempt != m_attempt || !isActive())
                                 return pass.drop();
                             m_pass = std::move(pass);
                             useConnection(config);
                         });
}

void ForwardWorker::useConnection(const Kube::ConnectionConfig &config)
{
    const bool sameConfig = config == m_config;
    m_config = config;
    m_signIn->use(config, m_userAskedAt);
    m_files = FileStamps(
        config.files
        + QStringList{config.caSource, config.clientCertificateSource, config.clientKeySource, config.tokenFile});
    m_filesCheckedAt = m_clock.monotonicMs();
    m_routes->setOptions(PoolOptions::of(m_options, m_shared.gate, m_config.server.toString()));
    const auto target =
        TunnelTarget::create(m_config, m_spec.namespaceName, m_options.connectTimeoutMs, m_shared.contexts.get());
    if (!target)
        return meetBadCertificates(target.error());
    TunnelTarget way = *target;
    way.setWay(m_options.transport, m_options.route, m_shared.transports);
    m_routes->setConnection(way);
    // Beside the first look at the target: it says which transport to begin with.
    if (m_options.transport == Net::TransportChoice::Auto && m_options.route == Route::PodSubresource)
        m_inquiry->ask(m_config);
    else
        m_inquiry->cancel();
    if (!sameConfig || !m_source->isWatched())
        startWatch();
    else
        choosePodsAgain();
    if (m_routes->isEmpty())
        return;
    m_routes->resume();
    if (m_routes->hasSpare())
        onTunnelUp();
    if (m_state == State::Running)
        m_pass.drop(); // nothing was asked of the server
}

/// Files that are renewed one after the other do not fit for a moment: what runs goes on and is looked at again when
/// the next one has changed.
void ForwardWorker::meetBadCertificates(const QString &error)
{
    const Trouble trouble{Trouble::Kind::Untrusted,
                          tr("The certificates for %1 cannot be used.").arg(m_config.server.host()), error,
                          u"error: "_s + error, 0};
    if (m_state != State::Running)
        return meet(trouble);
    m_pass.drop();
    log(LogLine::Level::Warning, trouble.text + u' ' + trouble.detail);
}

void ForwardWorker::startWatch()
{
    m_source->start(m_config, m_spec.namespaceName, m_spec.target);
}

void ForwardWorker::onPods(const QSet<QString> &ended)
{
    m_connections->podsAreGone(ended);
    m_pass.succeeded();
    if (isActive() && !m_needsSignIn)
        choosePodsAgain();
}

/// Before anything is known this is the forward's trouble; later tunnels may well work without a list of pods.
void ForwardWorker::onPodsFailed(const Kube::ApiError &error)
{
    if (m_routes->isEmpty())
        meet(troubleOf(error));
}

void ForwardWorker::choosePodsAgain()
{
    if (!m_source->known() || m_inquiry->isUnderWay())
        return;
    const PodSource::Choice choice = m_source->choose(m_spec, m_routes->uids());
    const QList<ServingPod> &pods = choice.pods;
    if (pods.isEmpty())
        return waitForPod(choice);
    const bool nodeMissing = m_options.route == Route::NodeProxy
        && std::any_of(pods.begin(), pods.end(), [](const ServingPod &one) { return one.pod.node.isEmpty(); });
    if (!nodeMissing)
        return serve(pods);
    const QString words = u"the node of pod \"%1\" is not known"_s.arg(pods.first().pod.name);
    meet({Trouble::Kind::BadConfig,
          tr("The node of pod %1 is not known, so the pod cannot be reached through it. Are you allowed to read pods?")
              .arg(pods.first().pod.name),
          {},
          u"error: "_s + words,
          0});
}

void ForwardWorker::serve(const QList<ServingPod> &pods)
{
    m_unreadyTimer->stop();
    m_source->setAcceptsUnready(m_source->acceptsUnready() && !pods.first().pod.ready);
    const QStringList before = m_routes->uids();
    m_ports->setMappings(pods.first().ports);
    m_routes->setPods(pods);
    m_connections->assignWaiting();
    m_dirty = true;
    const QStringList now = m_routes->uids();
    if (now == before)
        return;
    const bool onlyFewer = std::all_of(now.begin(), now.end(), [&](const auto &uid) { return before.contains(uid); });
    if (onlyFewer)
        return;
    m_retryTimer->stop();
    m_routes->resume();
    if (m_state == State::Running && !m_routes->isUp())
        setState(State::Reconnecting,
                 {tr("Connecting to pod %1.").arg(now.size() == 1 ? pods.first().pod.name : m_spec.target.name),
                  {},
                  {},
                  {},
                  u"error: lost connection to pod"_s});
}

void ForwardWorker::waitForPod(const PodSource::Choice &choice)
{
    m_routes->setPods({});
    if (choice.unreadyWouldDo && !m_unreadyTimer->isActive())
        m_unreadyTimer->start(m_options.unreadyAfterMs);
    if (!choice.portProblem.isEmpty() && !m_hasRun)
        return meet({Trouble::Kind::BadPort,
                     tr("%1 cannot be forwarded that way: %2").arg(Kube::targetText(m_spec.target), choice.portProblem),
                     choice.portProblem, u"error: "_s + choice.portProblem, 0});
    meet(podTrouble(*m_source->known(), m_spec.target, choice.portProblem));
}

void ForwardWorker::onTunnelUp()
{
    m_pass.succeeded();
    if (!isActive() || m_state == State::Running)
        return;
    m_retryTimer->stop();
    m_signIn->forgetRetry();
    openPorts();
    if (m_state == State::Failed)
        return;
    m_reconnects += m_hasRun;
    m_hasRun = true;
    m_runningSince = m_clock.monotonicMs();
    const QString portError = m_ports->firstError();
    setState(State::Running,
             {portError.isEmpty() ? tr("via %1", "small print below Running: pods").arg(m_routes->names().join(u", "_s))
                                  : portError,
              {},
              {},
              {},
              {}});
    m_routes->resume();
    m_connections->assignWaiting();
}

void ForwardWorker::openPorts()
{
    if (!m_ports->isOpen() && !m_ports->open(m_spec.addresses)) {
        const QString words = m_ports->kubectlText();
        meet({Trouble::Kind::LocalPort, m_ports->firstError(), words, u"error: "_s + words, 0});
    }
}

void ForwardWorker::onUpgradeFailed(const QString &uid, const Net::UpgradeFailure &failure)
{
    const Trouble trouble = troubleOf(failure);
    const bool podIsGone = trouble.kind == Trouble::Kind::PodMissing || trouble.kind == Trouble::Kind::PodNotRunning;
    if (podIsGone && m_hasRun)
        podGone(uid, trouble);
    else if (trouble.kind == Trouble::Kind::Server && m_routes->uids().contains(uid) && m_source->hasOther(m_spec, uid))
        leavePod(uid, trouble);
    else
        meet(trouble);
}

/// Its node does not answer the API server, it seems, while the pod still counts as ready: others can serve.
void ForwardWorker::leavePod(const QString &uid, const Trouble &trouble)
{
    log(LogLine::Level::Warning, tr("Another pod is used: %1 %2").arg(trouble.text, trouble.detail));
    m_pass.succeeded(); // the server has answered
    m_source->avoid(uid, BadNodeForMs);
    m_routes->drop(uid);
    choosePodsAgain();
}

/// The node says so, or the server at an upgrade; the list will follow. Another pod may be there already.
void ForwardWorker::podGone(const QString &uid, const Trouble &trouble)
{
    if (!isActive() || !m_routes->uids().contains(uid))
        return;
    m_source->avoid(uid, GoneForMs);
    m_routes->drop(uid);
    m_source->refresh();
    if (m_routes->isEmpty())
        meet(trouble);
    choosePodsAgain();
}

void ForwardWorker::meet(const Trouble &trouble, qint64 tunnelLivedMs)
{
    if (!isActive())
        return;
    const Decision decision = decide(trouble.kind, m_hasRun);
    if (decision.next == State::Reconnecting)
        m_pass.failed();
    else if (trouble.kind == Trouble::Kind::NoCredentials)
        m_pass.drop(); // the server was not asked
    else
        m_pass.succeeded(); // the server has answered
    if (trouble.kind == Trouble::Kind::SignIn) {
        m_signIn->refused(trouble.credential);
        if (m_signIn->mayRetry())
            return attempt(); // with fresh credentials
    }
    m_needsSignIn = decision.next == State::SignInNeeded;
    m_routes->pause();
    if (decision.keepsTunnels)
        m_routes->doubt();
    else
        m_routes->renew();
    Reason reason{trouble.text, trouble.detail, {}, {}, trouble.kubectlText, trouble.advice};
    if (trouble.kind == Trouble::Kind::SignIn && reason.advice.isEmpty())
        reason.advice = Kube::signInAdvice(m_config, m_clock.now());
    const bool watched = trouble.kind == Trouble::Kind::PodNotRunning && m_source->isWatched();
    if (watched) {
        m_retryTimer->stop();
    } else if (decision.triesAgain) {
        const int wait = waitAfter(trouble, tunnelLivedMs);
        if (wait > 0)
            reason.nextTry = m_clock.now().addMSecs(wait);
        retryIn(wait);
        if (decision.next == State::Reconnecting && trouble.retryAfterSeconds == 0)
            retryWhenServerIsBack();
    }
    if (m_state != decision.next || m_reason.text != reason.text) {
        log(decision.triesAgain ? LogLine::Level::Warning : LogLine::Level::Error,
            trouble.detail.isEmpty() ? reason.text : reason.text + u' ' + trouble.detail);
    }
    setState(decision.next, reason);
    if (decision.next == State::SignInNeeded)
        m_signIn->await();
    if (decision.next == State::Failed) {
        m_retryTimer->stop();
        m_unreadyTimer->stop();
        m_source->rest();
        m_connections->rejectWaiting(trouble.text, trouble.detail);
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
    m_retryTimer->start(ms);
}

/// Another forward may be the first that reaches it again; this one need not sit out its wait then.
void ForwardWorker::retryWhenServerIsBack()
{
    m_shared.gate->whenBack(m_config.server.toString(), Net::ServerGate::Line::Forwards, this,
                            [this, attempt = m_attempt] {
                                if (attempt == m_attempt && m_retryTimer->isActive())
                                    this->attempt();
                            });
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
    LocalConnection *connection = m_connections->accept(port, socket);
    m_dirty = true;
    adjustTick();
    if (m_state == State::Failed)
        return m_connections->reject(connection, m_reason.text, m_reason.detail);
    if (m_state != State::Running && m_connections->waiting() > m_options.maxWaiting)
        return m_connections->reject(connection, tr("Too many connections wait for a tunnel already."),
                                     m_reason.detail);
    m_connections->assignWaiting();
}

void ForwardWorker::onClosed(const ConnectionSnapshot &connection)
{
    m_dirty = true;
    emit connectionClosed(connection);
    if (const QString text = abnormalEndText(connection); !text.isEmpty())
        log(LogLine::Level::Warning, text);
}

void ForwardWorker::tick()
{
    m_routes->tick();
    m_connections->tick();
    m_connections->rejectLate(m_reason.text);
    if (isActive()) {
        // Also what waits: the node may have made another sandbox for the same pod, and the list shows nothing of it.
        if (m_source->readmit() && (m_state == State::Running || m_state == State::WaitingForPod))
            choosePodsAgain();
        lookAtFiles();
        if (m_state == State::Running && m_source->hasFailedFor(WatchAgainMs))
            startWatch();
    }
    if (m_clock.monotonicMs() - m_publishedAt >= PublishMs)
        publish();
    adjustTick();
}

/// What changed on disk counts for the next tunnel; running ones stay.
void ForwardWorker::lookAtFiles()
{
    const qint64 now = m_clock.monotonicMs();
    if (now - m_filesCheckedAt < m_options.filesCheckMs || m_state == State::Starting)
        return;
    m_filesCheckedAt = now;
    if (m_files.haveChanged())
        attempt();
}

void ForwardWorker::publish()
{
    m_publishedAt = m_clock.monotonicMs();
    QList<ConnectionSnapshot> moved;
    m_dirty = m_connections->collect(&moved) || m_dirty;
    if (!std::exchange(m_dirty, false) && moved.isEmpty())
        return;
    emit progressed(snapshot(), moved);
}

void ForwardWorker::adjustTick()
{
    if (m_state == State::Stopped && m_connections->isQuiet() && !m_dirty)
        return m_tickTimer->stop();
    const bool busy = !m_connections->isQuiet() || m_dirty;
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
    result.traffic = m_connections->meter().traffic();
    result.openConnections = m_connections->open();
    result.totalConnections = m_connections->total();
    result.lastActivity = m_connections->lastActivity();
    result.roundTripMs = m_roundTripMs;
    result.transport = m_transport;
    result.pods = m_routes->names();
    result.waitingConnections = m_connections->waiting();
    result.reconnects = m_reconnects;
    result.rateHistory = m_connections->meter().history();
    return result;
}

void ForwardWorker::log(LogLine::Level level, const QString &text)
{
    emit logged({m_clock.now(), level, text});
}

} // namespace Fairlead::Forward
