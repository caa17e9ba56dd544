#include "core/democluster/control/fakepods.h"

#include "core/democluster/control/workloadobjects.h"
#include "core/democluster/state/demopods.h"
#include "core/democluster/state/podowner.h"

#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

constexpr qint64 Hour = 3600;
/// Often enough that a burst looks like a stream, seldom enough that a tick does not cost more than what it does.
constexpr int TickMs = 10;
/// How long a client may take over the pages of a list before its token expires (a real server keeps five minutes).
constexpr int LogSeconds = 20;

QString appName(int index)
{
    static const QStringList names{u"orders"_s, u"billing"_s, u"search"_s, u"mailer"_s,  u"gateway"_s,
                                   u"images"_s, u"ledger"_s,  u"quotes"_s, u"reports"_s, u"sessions"_s};
    return names.at(index % names.size());
}

Container fakeContainer(const QString &app, const QDateTime &started)
{
    Container container;
    container.name = app;
    container.image = u"registry.example/fake/%1:1.0"_s.arg(app);
    container.ports = {{u"http"_s, 8080}};
    container.state = {ContainerState::Kind::Running, {}, {}, 0, started, {}};
    container.ready = true;
    return container;
}

/// Everything but name, uid and address; copies share it.
Pod fakeTemplate(const QString &nameSpace, const QString &app, const QDateTime &created)
{
    Pod pod;
    pod.nameSpace = nameSpace;
    pod.created = created;
    pod.readySince = created.addSecs(4);
    pod.labels = {{u"app"_s, app}};
    pod.nodeName = demoNodeName();
    pod.phase = u"Running"_s;
    pod.containers = {fakeContainer(app, created.addSecs(3))};
    pod.target = BuiltinTarget{{{8080, u"web"_s}}, true};
    return pod;
}

} // namespace

FakePods::FakePods(ObjectStore &store, PodFactory &factory, const Clock &clock)
    : m_store(store)
    , m_factory(factory)
    , m_clock(clock)
{
    connect(&m_timer, &QTimer::timeout, this, &FakePods::change);
}

void FakePods::fill(const FakeLoad &load)
{
    if (load.pods <= 0)
        return;
    m_rate = load.changesPerSecond;
    m_store.setLogSize(std::max<std::size_t>(ObjectStore::LogSize, std::size_t(m_rate) * LogSeconds));
    const int wanted = load.namespaces > 0 ? load.namespaces : (load.pods + PodsPerNamespace - 1) / PodsPerNamespace;
    for (int i = 0; i < wanted; ++i)
        fillNamespace(i, load.pods / wanted + (i < load.pods % wanted ? 1 : 0));
    if (m_rate > 0) {
        m_lastMs = m_clock.monotonicMs();
        m_timer.start(TickMs);
    }
}

void FakePods::fillNamespace(int index, int pods)
{
    const QString nameSpace = u"fake-%1"_s.arg(index, 4, 10, QLatin1Char('0'));
    const QString app = appName(index);
    const QDateTime created = m_clock.now().addSecs(-Hour * (1 + index % 500));
    m_store.addNamespace(nameSpace, created.addSecs(-Hour));
    if (pods == 0)
        return;
    Pod pod = fakeTemplate(nameSpace, app, created);
    const QString set = app + u'-' + templateHash({{u"namespace"_s, nameSpace}});
    setOwner(pod, u"ReplicaSet"_s, set, app);
    QList<Pod> made;
    for (int i = 0; i < pods; ++i) {
        pod.name = set + u'-' + templateHash({{u"pod"_s, i}, {u"set"_s, set}}).first(5);
        pod.uid = stableUid(u"pod"_s, nameSpace, pod.name);
        pod.podIp = u"10.%1.%2.%3"_s.arg(128 + index / 250).arg(index % 250).arg(i % 250 + 2);
        m_store.putPod(pod);
        m_names << std::pair(nameSpace, pod.name);
        made << pod;
    }
    m_factory.learn(pod);
    for (const ApiObject &owner : ownersOf(made))
        m_store.putObject(owner);
    m_store.putObject(
        makeService({nameSpace, app, {{u"app"_s, app}}, {{u"http"_s, 80, u"http"_s}}, false, {}, created}));
}

void FakePods::change()
{
    constexpr double second = 1000;
    const qint64 now = m_clock.monotonicMs();
    m_due = std::min<double>(m_due + m_rate * double(now - m_lastMs) / second, m_rate); // after a stall not all at once
    m_lastMs = now;
    for (; m_due >= 1; m_due -= 1)
        changeOne();
}

/// Its container has just restarted: a change that lists show and that no controller answers.
void FakePods::changeOne()
{
    const auto &[nameSpace, name] = m_names.at(QRandomGenerator::global()->bounded(m_names.size()));
    const Pod *found = m_store.findPod(nameSpace, name);
    if (!found || found->deletion.isValid())
        return;
    Pod pod = *found;
    Container &container = pod.containers.first();
    const QDateTime now = m_clock.now();
    container.lastState = {ContainerState::Kind::Terminated, u"Error"_s, {}, 1, container.state.startedAt, now};
    container.state.startedAt = now;
    ++container.restartCount;
    m_store.putPod(pod);
}

} // namespace Fairlead::Demo
