#include "core/forward/forwardmanager.h"

#include "core/forward/forwardworker.h"
#include "core/forward/iothreads.h"
#include "core/forward/wakemonitor.h"

#include <QTimer>

#include <algorithm>
#include <deque>
#include <map>

namespace Fairlead::Forward {

namespace {
constexpr size_t KeptClosed = 100;
constexpr qsizetype KeptLogLines = 1'000;
// Changes of several forwards within this time become one signal.
constexpr int MergeMs = 50;

qint64 nowMs()
{
    return SystemClock::instance().monotonicMs();
}

/// Before its first start a forward shows what was asked for.
ForwardSnapshot stoppedSnapshot(ForwardId id, const ForwardSpec &spec)
{
    ForwardSnapshot result;
    result.id = id;
    result.spec = spec;
    for (const Kube::PortArgument &argument : spec.ports) {
        PortSnapshot port;
        port.remotePort = argument.remote.toUShort();
        port.name = port.remotePort == 0 ? argument.remote : QString();
        port.localPort = argument.local.value_or(port.remotePort);
        result.ports.append(port);
    }
    return result;
}
} // namespace

/// What the manager knows of its forwards, and the way to their workers.
class ForwardManager::Private
{
public:
    struct Forward {
        ForwardWorker *worker = nullptr;
        ForwardSnapshot snapshot;
        std::map<quint64, ConnectionSnapshot> open;
        std::deque<ConnectionSnapshot> closed; ///< newest first
        QList<LogLine> log;

        /// A worker that has not heard of an update() yet tells of what was asked for before.
        void take(const ForwardSnapshot &news)
        {
            const ForwardSpec asked = snapshot.spec;
            snapshot = news;
            snapshot.spec = asked;
        }
    };

    Private(ForwardManager *manager, ConnectionSource source)
        : q(manager)
        , connections(std::move(source))
    {
        mergeTimer.setSingleShot(true);
        mergeTimer.setInterval(MergeMs);
        QObject::connect(&mergeTimer, &QTimer::timeout, q, [this] { emitMerged(); });
        QObject::connect(&wakeMonitor, &WakeMonitor::woke, q, [this] { q->checkNow(); });
        QObject::connect(&wakeMonitor, &WakeMonitor::networkChanged, q, [this] { q->checkNow(); });
    }

    void connectWorker(ForwardId id, ForwardWorker *worker);
    void onState(ForwardId id, const ForwardSnapshot &snapshot);
    void onProgress(ForwardId id, const ForwardSnapshot &snapshot, const QList<ConnectionSnapshot> &moved);
    void onClosed(ForwardId id, const ConnectionSnapshot &connection);
    void answer(ForwardId id, quint64 attempt);
    void noteChanged(ForwardId id);
    void emitMerged();
    [[nodiscard]] Forward *find(ForwardId id);
    /// Runs `call` with the forward's worker, on its thread.
    template <typename Call>
    void tell(ForwardId id, Call call)
    {
        if (Forward *forward = find(id))
            QMetaObject::invokeMethod(
                forward->worker, [worker = forward->worker, call] { call(worker); }, Qt::QueuedConnection);
    }

    ForwardManager *q;
    ConnectionSource connections;
    Options options;
    std::map<ForwardId, Forward> forwards;
    QList<ForwardId> changed;
    QList<ForwardId> moved;
    QTimer mergeTimer;
    ForwardId nextId = 1;
    WakeMonitor wakeMonitor;
    ForwardWorker::Shared shared;
    IoThreads threads; ///< last: ends first, and all workers with it
};

ForwardManager::ForwardManager(ConnectionSource connections, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(connections)))
{
}

ForwardManager::~ForwardManager()
{
    for (auto &[id, forward] : d->forwards) {
        forward.worker->disconnect(this);
        forward.worker->deleteLater();
    }
}

ForwardId ForwardManager::add(const ForwardSpec &spec)
{
    const ForwardId id = d->nextId++;
    auto *worker = new ForwardWorker(id, spec, d->shared);
    d->connectWorker(id, worker);
    d->threads.adopt(worker);
    Private::Forward forward;
    forward.worker = worker;
    forward.snapshot = stoppedSnapshot(id, spec);
    d->forwards.emplace(id, std::move(forward));
    emit added(id);
    return id;
}

void ForwardManager::start(ForwardId id)
{
    d->tell(id, [options = d->options, now = nowMs()](ForwardWorker *worker) { worker->start(options, now); });
}

void ForwardManager::stop(ForwardId id)
{
    d->tell(id, [](ForwardWorker *worker) { worker->stop(); });
}

void ForwardManager::retry(ForwardId id)
{
    d->tell(id, [options = d->options, now = nowMs()](ForwardWorker *worker) { worker->retry(options, now); });
}

void ForwardManager::update(ForwardId id, const ForwardSpec &spec)
{
    if (Private::Forward *forward = d->find(id)) {
        forward->snapshot.spec = spec;
        if (forward->snapshot.state == State::Stopped)
            forward->snapshot.ports = stoppedSnapshot(id, spec).ports;
    }
    d->tell(id, [spec, options = d->options](ForwardWorker *worker) { worker->update(spec, options); });
    d->noteChanged(id);
}

void ForwardManager::checkNow()
{
    for (const auto &[id, forward] : d->forwards)
        d->tell(id, [](ForwardWorker *worker) { worker->checkNow(); });
}

void ForwardManager::remove(ForwardId id)
{
    Private::Forward *forward = d->find(id);
    if (!forward)
        return;
    forward->worker->disconnect(this);
    d->tell(id, [](ForwardWorker *worker) { worker->stop(); });
    forward->worker->deleteLater();
    d->forwards.erase(id);
    d->changed.removeAll(id);
    d->moved.removeAll(id);
    emit removed(id);
}

QList<ForwardId> ForwardManager::ids() const
{
    QList<ForwardId> result;
    for (const auto &[id, forward] : d->forwards)
        result.append(id);
    return result;
}

ForwardSnapshot ForwardManager::snapshot(ForwardId id) const
{
    const Private::Forward *forward = d->find(id);
    return forward ? forward->snapshot : ForwardSnapshot{};
}

QList<ConnectionSnapshot> ForwardManager::connections(ForwardId id) const
{
    QList<ConnectionSnapshot> result;
    if (const Private::Forward *forward = d->find(id)) {
        for (const auto &[number, connection] : forward->open)
            result.prepend(connection);
        std::copy(forward->closed.begin(), forward->closed.end(), std::back_inserter(result));
    }
    return result;
}

QList<LogLine> ForwardManager::log(ForwardId id) const
{
    const Private::Forward *forward = d->find(id);
    return forward ? forward->log : QList<LogLine>{};
}

void ForwardManager::setOptions(const Options &options)
{
    d->options = options;
}

void ForwardManager::Private::connectWorker(ForwardId id, ForwardWorker *worker)
{
    // Queued by themselves, since the worker lives on another thread; q as context ends them with the manager.
    QObject::connect(worker, &ForwardWorker::connectionNeeded, q, [this, id](quint64 attempt) { answer(id, attempt); });
    QObject::connect(worker, &ForwardWorker::stateChanged, q,
                     [this, id](const ForwardSnapshot &snapshot) { onState(id, snapshot); });
    QObject::connect(worker, &ForwardWorker::progressed, q,
                     [this, id](const ForwardSnapshot &snapshot, const QList<ConnectionSnapshot> &rows) {
                         onProgress(id, snapshot, rows);
                     });
    QObject::connect(worker, &ForwardWorker::listening, q, [this, id](const PortSnapshot &port) {
        if (find(id))
            emit q->listening(id, port);
    });
    QObject::connect(worker, &ForwardWorker::connectionOpened, q, [this, id](const ConnectionSnapshot &connection) {
        if (Forward *forward = find(id)) {
            forward->open.emplace(connection.id, connection);
            emit q->connectionOpened(id, connection);
        }
    });
    QObject::connect(worker, &ForwardWorker::connectionClosed, q,
                     [this, id](const ConnectionSnapshot &connection) { onClosed(id, connection); });
    QObject::connect(worker, &ForwardWorker::logged, q, [this, id](const LogLine &line) {
        if (Forward *forward = find(id)) {
            forward->log.append(line);
            if (forward->log.size() > KeptLogLines)
                forward->log.removeFirst();
            emit q->logged(id, line);
        }
    });
}

void ForwardManager::Private::answer(ForwardId id, quint64 attempt)
{
    const Forward *forward = find(id);
    if (!forward)
        return;
    const ForwardWorker::Connection connection = connections(forward->snapshot.spec.contextRef());
    tell(id, [attempt, connection](ForwardWorker *worker) { worker->provideConnection(attempt, connection); });
}

void ForwardManager::Private::onState(ForwardId id, const ForwardSnapshot &snapshot)
{
    Forward *forward = find(id);
    if (!forward)
        return;
    forward->take(snapshot);
    emit q->stateChanged(id, snapshot.state, snapshot.reason);
    noteChanged(id);
}

void ForwardManager::Private::onProgress(ForwardId id, const ForwardSnapshot &snapshot,
                                         const QList<ConnectionSnapshot> &rows)
{
    Forward *forward = find(id);
    if (!forward)
        return;
    forward->take(snapshot);
    for (const ConnectionSnapshot &row : rows) {
        if (const auto found = forward->open.find(row.id); found != forward->open.end())
            found->second = row;
    }
    noteChanged(id);
    if (!rows.isEmpty() && !moved.contains(id))
        moved.append(id);
}

void ForwardManager::Private::onClosed(ForwardId id, const ConnectionSnapshot &connection)
{
    Forward *forward = find(id);
    if (!forward)
        return;
    forward->open.erase(connection.id);
    forward->closed.push_front(connection);
    if (forward->closed.size() > KeptClosed)
        forward->closed.pop_back();
    emit q->connectionClosed(id, connection);
}

void ForwardManager::Private::noteChanged(ForwardId id)
{
    if (!changed.contains(id))
        changed.append(id);
    if (!mergeTimer.isActive())
        mergeTimer.start();
}

void ForwardManager::Private::emitMerged()
{
    const QList<ForwardId> rows = std::exchange(changed, {});
    const QList<ForwardId> counters = std::exchange(moved, {});
    if (!rows.isEmpty())
        emit q->changed(rows);
    if (!counters.isEmpty())
        emit q->connectionsChanged(counters);
}

ForwardManager::Private::Forward *ForwardManager::Private::find(ForwardId id)
{
    const auto found = forwards.find(id);
    return found == forwards.end() ? nullptr : &found->second;
}

} // namespace Fairlead::Forward
