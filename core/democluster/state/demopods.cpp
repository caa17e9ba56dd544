#include "core/democluster/state/demopods.h"

#include "core/democluster/state/podowner.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

constexpr qint64 Minute = 60;
constexpr qint64 Hour = 60 * Minute;
constexpr qint64 Day = 24 * Hour;

ContainerState runningSince(const QDateTime &start)
{
    return {ContainerState::Kind::Running, {}, {}, 0, start, {}};
}

ContainerState terminated(const QString &reason, int exitCode, const QDateTime &start, const QDateTime &end)
{
    return {ContainerState::Kind::Terminated, reason, {}, exitCode, start, end};
}

/// Collects pods; one of these per demoPods() call gives each its address.
class PodList
{
public:
    explicit PodList(const QDateTime &now)
        : m_now(now)
    {
    }

    /// A running pod with one container named like its app.
    Pod &add(const QString &nameSpace, const QString &name, const QString &app, const QString &image, qint64 age)
    {
        Pod pod;
        pod.nameSpace = nameSpace;
        pod.name = name;
        pod.uid = stableUid(u"pod"_s, nameSpace, name);
        pod.created = m_now.addSecs(-age);
        pod.readySince = pod.created.addSecs(4);
        pod.labels = {{u"app"_s, app}};
        pod.nodeName = demoNodeName();
        pod.podIp = u"10.244.0.%1"_s.arg(++m_lastAddress);
        pod.phase = u"Running"_s;
        pod.containers = {container(app, image, pod.created.addSecs(3))};
        m_pods << BuiltinPod{pod, PodBehaviour::Steady};
        return m_pods.last().pod;
    }

    static Container container(const QString &name, const QString &image, const QDateTime &start)
    {
        Container result;
        result.name = name;
        result.image = image;
        result.state = runningSince(start);
        result.ready = true;
        return result;
    }

    void setBehaviour(PodBehaviour behaviour) { m_pods.last().behaviour = behaviour; }
    [[nodiscard]] QDateTime ago(qint64 seconds) const { return m_now.addSecs(-seconds); }
    [[nodiscard]] QList<BuiltinPod> take() { return std::move(m_pods); }

private:
    QDateTime m_now;
    int m_lastAddress = 4;
    QList<BuiltinPod> m_pods;
};

/// Declares a port and says which program serves it; none: declared, but nothing listens.
void serve(Pod &pod, const QString &portName, quint16 port, const QString &program)
{
    pod.containers.first().ports << ContainerPort{portName, port};
    if (!program.isEmpty())
        std::get<BuiltinTarget>(pod.target).programs.insert(port, program);
}

void serveWeb(Pod &pod, quint16 port = 8080)
{
    serve(pod, u"http"_s, port, u"web"_s);
    serve(pod, u"metrics"_s, 9090, u"metrics"_s);
}

/// `owner` is the direct one; a ReplicaSet here belongs to a Deployment, its name without the hash.
void own(Pod &pod, const QString &kind, const QString &owner)
{
    setOwner(pod, kind, owner, kind == "ReplicaSet"_L1 ? owner.section(u'-', 0, -2) : QString());
}

void setRestarts(Pod &pod, int count, const ContainerState &last)
{
    pod.containers.first().restartCount = count;
    pod.containers.first().lastState = last;
}

/// The pods that the documentation names: one for each behaviour.
void addShowcase(PodList &list)
{
    const QString ns = u"default"_s;
    serveWeb(list.add(ns, u"web"_s, u"web"_s, u"registry.example/demo/web:1.4"_s, 3 * Day + 4 * Hour));
    serve(list.add(ns, u"echo"_s, u"echo"_s, u"registry.example/demo/echo:1.0"_s, 3 * Day + 4 * Hour), u"echo"_s, 7000,
          u"echo"_s);
    serve(list.add(ns, u"talker"_s, u"talker"_s, u"registry.example/demo/talker:1.0"_s, 26 * Hour), u"lines"_s, 7100,
          u"talker"_s);
    serve(list.add(ns, u"refuser"_s, u"refuser"_s, u"registry.example/demo/refuser:0.9"_s, 5 * Hour + 12 * Minute),
          u"http"_s, 8081, {});
    Pod &restarter = list.add(ns, u"restarter"_s, u"restarter"_s, u"registry.example/demo/web:1.4-rc2"_s, 50 * Minute);
    serve(restarter, u"http"_s, 8080, u"web"_s);
    setRestarts(restarter, 3, terminated(u"Error"_s, 1, list.ago(22 * Minute), list.ago(7 * Minute)));
    list.setBehaviour(PodBehaviour::Restarts);
    Pod &slow = list.add(ns, u"slow-starter"_s, u"slow-starter"_s, u"registry.example/demo/web:1.4"_s, 0);
    serveWeb(slow);
    list.setBehaviour(PodBehaviour::SlowStart);
}

/// One owner of each kind, for targets that outlive their pods.
void addOwners(PodList &list)
{
    const QString ns = u"default"_s;
    for (const QString &suffix : {u"4wq7n"_s, u"lx9rd"_s}) {
        Pod &api = list.add(ns, u"api-6b8c7d5f9b-"_s + suffix, u"api"_s, u"registry.example/demo/api:2.3"_s, 2 * Day);
        own(api, u"ReplicaSet"_s, u"api-6b8c7d5f9b"_s);
        serve(api, u"http"_s, 5000, u"web"_s);
    }
    Pod &db = list.add(ns, u"db-0"_s, u"db"_s, u"registry.example/demo/db:15.4"_s, 3 * Day);
    own(db, u"StatefulSet"_s, u"db"_s);
    serve(db, u"sql"_s, 5432, u"echo"_s);
    Pod &legacy = list.add(ns, u"legacy-1-m7c2t"_s, u"legacy"_s, u"registry.example/demo/legacy:0.8"_s, 12 * Day);
    setOwner(legacy, u"ReplicationController"_s, u"legacy-1"_s, u"legacy"_s);
    serveWeb(legacy);
    Pod &reindex = list.add(ns, u"reindex-p5kzw"_s, u"reindex"_s, u"registry.example/demo/reindex:1.1"_s, 40 * Minute);
    own(reindex, u"Job"_s, u"reindex"_s);
    serve(reindex, u"status"_s, 8090, u"web"_s);
    Pod &agent = list.add(u"monitoring"_s, u"node-agent-t8bqv"_s, u"node-agent"_s,
                          u"registry.example/monitoring/node-agent:1.7"_s, 18 * Day);
    own(agent, u"DaemonSet"_s, u"node-agent"_s);
    serve(agent, u"metrics"_s, 9100, u"metrics"_s);
}

void addShop(PodList &list)
{
    const QString ns = u"shop"_s;
    for (const QString &suffix : {u"x2k8p"_s, u"q9w4z"_s}) {
        Pod &frontend = list.add(ns, u"frontend-7d4b9c6f5d-"_s + suffix, u"frontend"_s,
                                 u"registry.example/shop/frontend:2.17"_s, 2 * Day + 7 * Hour);
        own(frontend, u"ReplicaSet"_s, u"frontend-7d4b9c6f5d"_s);
        serveWeb(frontend);
    }
    Pod &cart = list.add(ns, u"cart-0"_s, u"cart"_s, u"registry.example/shop/cart:1.9"_s, 6 * Day + 2 * Hour);
    own(cart, u"StatefulSet"_s, u"cart"_s);
    serveWeb(cart);
    Container proxy = PodList::container(u"proxy"_s, u"registry.example/mesh/proxy:1.22"_s, cart.created.addSecs(5));
    proxy.ports << ContainerPort{u"admin"_s, 15000};
    cart.containers << proxy;
    std::get<BuiltinTarget>(cart.target).programs.insert(15000, u"web"_s);

    Pod &payment = list.add(ns, u"payment-5c9fdb7c88-tm6vd"_s, u"payment"_s, u"registry.example/shop/payment:3.0.1"_s,
                            84 * Minute);
    own(payment, u"ReplicaSet"_s, u"payment-5c9fdb7c88"_s);
    serve(payment, u"https"_s, 8443, {});
    setRestarts(payment, 19, terminated(u"Error"_s, 2, list.ago(3 * Minute), list.ago(2 * Minute + 50)));
    payment.containers.first().ready = false;
    payment.containers.first().state = {ContainerState::Kind::Waiting, u"CrashLoopBackOff"_s,
                                        u"back-off 5m0s restarting failed container=payment"_s};
    payment.readySince = payment.created;

    Pod &import = list.add(ns, u"import-catalog-29393310-b7xnl"_s, u"import-catalog"_s,
                           u"registry.example/shop/import:1.2"_s, 9 * Hour);
    own(import, u"Job"_s, u"import-catalog-29393310"_s);
    import.phase = u"Succeeded"_s;
    import.containers.first().ready = false;
    import.containers.first().state =
        terminated(u"Completed"_s, 0, import.created.addSecs(3), import.created.addSecs(95));
}

void addMonitoring(PodList &list)
{
    const QString ns = u"monitoring"_s;
    Pod &prometheus =
        list.add(ns, u"prometheus-0"_s, u"prometheus"_s, u"registry.example/monitoring/prometheus:2.53"_s, 18 * Day);
    own(prometheus, u"StatefulSet"_s, u"prometheus"_s);
    serve(prometheus, u"web"_s, 9090, u"metrics"_s);
    Pod &grafana = list.add(ns, u"grafana-6f7c9d5b4-8mlhs"_s, u"grafana"_s,
                            u"registry.example/monitoring/grafana:11.1"_s, 18 * Day);
    own(grafana, u"ReplicaSet"_s, u"grafana-6f7c9d5b4"_s);
    serve(grafana, u"http"_s, 3000, u"web"_s);
}

void addSystem(PodList &list)
{
    const QString ns = u"kube-system"_s;
    for (const QString &suffix : {u"fz2rc"_s, u"kv7q5"_s}) {
        Pod &dns =
            list.add(ns, u"coredns-668d6bf9bc-"_s + suffix, u"coredns"_s, u"registry.example/coredns:1.12"_s, 41 * Day);
        own(dns, u"ReplicaSet"_s, u"coredns-668d6bf9bc"_s);
        dns.containers.first().ports << ContainerPort{u"dns"_s, 53, u"UDP"_s} << ContainerPort{u"dns-tcp"_s, 53};
        serve(dns, u"metrics"_s, 9153, u"metrics"_s);
    }
}

} // namespace

QString demoNodeName()
{
    return u"demo-node"_s;
}

QString limitedNamespace()
{
    return u"shop"_s;
}

QList<BuiltinPod> demoPods(const QDateTime &now)
{
    PodList list(now);
    addShowcase(list);
    addShop(list);
    addMonitoring(list);
    addSystem(list);
    addOwners(list);
    return list.take();
}

QList<DemoNamespace> demoNamespaces(const QDateTime &now)
{
    return {{u"default"_s, now.addSecs(-41 * Day)},
            {u"kube-system"_s, now.addSecs(-41 * Day)},
            {u"monitoring"_s, now.addSecs(-40 * Day)},
            {u"shop"_s, now.addSecs(-33 * Day)}};
}

} // namespace Fairlead::Demo
