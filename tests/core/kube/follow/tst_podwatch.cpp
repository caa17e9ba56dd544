#include "core/kube/follow/podwatch.h"
#include "tests/core/kube/browse/fakenamespace.h"

#include <QJsonArray>
#include <QTest>

using namespace Fairlead::Kube;
using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Deadline = 30'000;
using Kind = TargetRef::Kind;

ListTiming quick()
{
    ListTiming timing;
    timing.retry = {20, 50, 100'000};
    timing.pollMs = 50;
    timing.objectPollMs = 50;
    timing.deliverMs = 5;
    return timing;
}

const QJsonObject Web{{u"app"_s, u"web"_s}};
const QJsonObject Other{{u"app"_s, u"other"_s}};

QJsonObject workload(const QString &kind, const QString &name, const QJsonObject &labels)
{
    return {{u"kind"_s, kind},
            {u"metadata"_s, QJsonObject{{u"name"_s, name}}},
            {u"spec"_s, QJsonObject{{u"selector"_s, QJsonObject{{u"matchLabels"_s, labels}}}}}};
}

QJsonObject service(const QString &name, const QJsonObject &selector, int targetPort = 8080)
{
    const QJsonObject port{{u"name"_s, u"http"_s}, {u"port"_s, 80}, {u"targetPort"_s, targetPort}};
    return {{u"kind"_s, u"Service"_s},
            {u"metadata"_s, QJsonObject{{u"name"_s, name}}},
            {u"spec"_s, QJsonObject{{u"selector"_s, selector}, {u"ports"_s, QJsonArray{port}}}}};
}

QJsonObject ownedPod(const QString &name, const QString &kind, const QString &owner, const QJsonObject &labels)
{
    QJsonObject pod = runningPod(name, labels);
    QJsonObject metadata = pod["metadata"_L1].toObject();
    metadata["ownerReferences"_L1] =
        QJsonArray{QJsonObject{{u"kind"_s, kind}, {u"name"_s, owner}, {u"controller"_s, true}}};
    pod["metadata"_L1] = metadata;
    return pod;
}

/// Any object, with a controller.
QJsonObject owned(const QString &itsKind, const QString &name, const QString &kind, const QString &owner)
{
    QJsonObject object = ownedPod(name, kind, owner, {});
    object["kind"_L1] = itsKind;
    return object;
}

/// A watch on a target of the fake namespace and the last that it said.
struct Watched {
    explicit Watched(const FakeNamespace &cluster)
        : watch(nullptr, quick())
    {
        config.server = cluster.url();
        QObject::connect(&watch, &PodWatch::changed, &context, [this](const TargetPods &pods) {
            ++changes;
            last = pods;
        });
        QObject::connect(&watch, &PodWatch::failed, &context, [this](const ApiError &failure) {
            ++failures;
            error = failure;
        });
    }

    Watched(const FakeNamespace &cluster, const TargetRef &target)
        : Watched(cluster)
    {
        watch.start(config, u"ns"_s, target);
    }

    [[nodiscard]] QStringList names() const
    {
        QStringList names;
        for (const PodInfo &pod : last.pods)
            names << pod.name;
        return names;
    }

    QObject context;
    ConnectionConfig config;
    PodWatch watch;
    TargetPods last;
    ApiError error;
    int changes = 0;
    int failures = 0;
};

} // namespace

/// The watch against a scripted namespace, over real sockets.
class TestPodWatch : public QObject
{
    Q_OBJECT

private slots:
    void workloadsLeadToTheirPods_data()
    {
        QTest::addColumn<TargetRef>("target");
        QTest::addColumn<QByteArray>("collection");
        QTest::addColumn<QJsonObject>("object");
        const auto row = [](const char *name, Kind kind, const char *collection, const QJsonObject &object) {
            QTest::newRow(name) << TargetRef{kind, u"web"_s} << QByteArray(collection) << object;
        };
        row("deployment", Kind::Deployment, "deployments", workload(u"Deployment"_s, u"web"_s, Web));
        row("statefulset", Kind::StatefulSet, "statefulsets", workload(u"StatefulSet"_s, u"web"_s, Web));
        row("replicaset", Kind::ReplicaSet, "replicasets", workload(u"ReplicaSet"_s, u"web"_s, Web));
        row("daemonset", Kind::DaemonSet, "daemonsets", workload(u"DaemonSet"_s, u"web"_s, Web));
        row("job", Kind::Job, "jobs", workload(u"Job"_s, u"web"_s, Web));
        row("service", Kind::Service, "services", service(u"web"_s, Web));
        const QJsonObject map{{u"selector"_s, Web}};
        const QJsonObject named{{u"name"_s, u"web"_s}};
        row("replicationcontroller", Kind::ReplicationController, "replicationcontrollers",
            {{u"kind"_s, u"ReplicationController"_s}, {u"metadata"_s, named}, {u"spec"_s, map}});
        row("deploymentconfig", Kind::DeploymentConfig, "deploymentconfigs",
            {{u"kind"_s, u"DeploymentConfig"_s}, {u"metadata"_s, named}, {u"spec"_s, map}});
    }

    void workloadsLeadToTheirPods()
    {
        QFETCH(const TargetRef, target);
        QFETCH(const QByteArray, collection);
        QFETCH(const QJsonObject, object);
        FakeNamespace cluster;
        cluster.put(collection, object);
        cluster.put("pods", runningPod(u"web-1"_s, Web));
        cluster.put("pods", runningPod(u"foreign"_s, Other));
        Watched watched(cluster, target);
        QCOMPARE(watched.changes, 0); // nothing before start() has returned
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"web-1"_s}), Deadline);
        QCOMPARE(watched.changes, 1);
        QVERIFY(watched.last.live);
        QCOMPARE(watched.last.service.has_value(), target.kind == Kind::Service);
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches("pods"), 1, Deadline);
        cluster.put("pods", runningPod(u"web-2"_s, Web));
        cluster.remove("pods", u"web-1"_s);
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"web-2"_s}), Deadline);
        QCOMPARE(watched.failures, 0);
    }

    void aSelectorLeadsToPodsWithoutAnyObject()
    {
        FakeNamespace cluster;
        cluster.put("pods", runningPod(u"web-1"_s, Web));
        cluster.put("pods", runningPod(u"foreign"_s, Other));
        Watched watched(cluster, {Kind::Selector, u"app=web"_s});
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"web-1"_s}), Deadline);
    }

    void whatCannotBeHadIsSaidInKubectlsWords_data()
    {
        QTest::addColumn<TargetRef>("target");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *rule, const TargetRef &target, const char *words) {
            QTest::newRow(rule) << target << QString::fromLatin1(words);
        };
        row("no such service", {Kind::Service, u"x"_s}, "Error from server (NotFound): services \"x\" not found");
        row("no such pod", {Kind::Pod, u"x"_s}, "Error from server (NotFound): pods \"x\" not found");
        row("a deployment that may not be read", {Kind::Deployment, u"x"_s},
            "Error from server (Forbidden): deployments is forbidden: cannot get");
        row("pods that may not be listed", {Kind::Service, u"secret"_s},
            "Error from server (Forbidden): pods is forbidden: cannot list");
        row("a service without a selector", {Kind::Service, u"manual"_s},
            "error: cannot attach to *v1.Service: invalid service 'manual': Service is defined without a selector");
        row("a service that leads out", {Kind::Service, u"outside"_s},
            "error: cannot attach to *v1.Service: invalid service 'outside': Service is defined without a selector");
        row("a selector that makes no sense", {Kind::StatefulSet, u"odd"_s},
            "error: cannot attach to *v1.StatefulSet: invalid label selector: "
            "\"Near\" is not a valid label selector operator");
    }

    void whatCannotBeHadIsSaidInKubectlsWords()
    {
        QFETCH(const TargetRef, target);
        QFETCH(const QString, words);
        FakeNamespace cluster;
        cluster.forbid("get", "deployments");
        cluster.forbid("list", "pods");
        cluster.put("services", service(u"secret"_s, Web));
        cluster.put("services", service(u"manual"_s, {}));
        QJsonObject outside = service(u"outside"_s, {});
        outside["spec"_L1] = QJsonObject{{u"type"_s, u"ExternalName"_s}, {u"externalName"_s, u"db.example.com"_s}};
        cluster.put("services", outside);
        QJsonObject odd = workload(u"StatefulSet"_s, u"odd"_s, {});
        const QJsonObject expression{{u"key"_s, u"a"_s}, {u"operator"_s, u"Near"_s}};
        odd["spec"_L1] = QJsonObject{{u"selector"_s, QJsonObject{{u"matchExpressions"_s, QJsonArray{expression}}}}};
        cluster.put("statefulsets", odd);
        Watched watched(cluster, target);
        QTRY_COMPARE_WITH_TIMEOUT(watched.failures, 1, Deadline);
        QCOMPARE(watched.error.kubectlText, words);
        QVERIFY(!watched.error.message.isEmpty());
        QTest::qWait(200); // it is the caller who decides when to try again
        QCOMPARE(watched.failures, 1);
        QCOMPARE(watched.changes, 0);
    }

    void aMissingNamespaceIsBlamed()
    {
        FakeNamespace cluster;
        cluster.namespaceExists = false;
        Watched watched(cluster, {Kind::Service, u"x"_s});
        QTRY_COMPARE_WITH_TIMEOUT(watched.failures, 1, Deadline);
        QCOMPARE(watched.error.kubectlText, u"Error from server (NotFound): namespaces \"ns\" not found"_s);
    }

    void aPodThatMayNotBeReadIsTakenUnchecked()
    {
        FakeNamespace cluster;
        cluster.put("pods", runningPod(u"p"_s, Web));
        cluster.forbid("get", "pods");
        Watched watched(cluster, {Kind::Pod, u"p"_s});
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"p"_s}), Deadline);
        QVERIFY(watched.last.unchecked);
        QVERIFY(!watched.last.live);
        QCOMPARE(watched.last.pods[0].phase, QString());
        QCOMPARE(watched.failures, 0);
        cluster.allow("get", "pods");
        QTRY_VERIFY_WITH_TIMEOUT(!watched.last.unchecked && watched.last.live, Deadline);
        QCOMPARE(watched.last.pods[0].phase, u"Running"_s);
    }

    void aPodIsFollowedWithoutTheRightToWatch_data()
    {
        QTest::addColumn<QByteArray>("verb");
        QTest::newRow("no watch") << "watch"_ba;
        QTest::newRow("no list") << "list"_ba;
    }

    void aPodIsFollowedWithoutTheRightToWatch()
    {
        QFETCH(const QByteArray, verb);
        FakeNamespace cluster;
        cluster.put("pods", runningPod(u"p"_s, Web, u"first"_s));
        cluster.forbid(verb, "pods");
        Watched watched(cluster, {Kind::Pod, u"p"_s});
        QTRY_VERIFY_WITH_TIMEOUT(watched.changes > 0 && !watched.last.live, Deadline);
        QCOMPARE(watched.last.pods[0].uid, u"first"_s);
        QVERIFY(!watched.last.trouble);
        cluster.put("pods", runningPod(u"p"_s, Web, u"second"_s));
        QTRY_COMPARE_WITH_TIMEOUT(watched.last.pods[0].uid, u"second"_s, Deadline);
        cluster.remove("pods", u"p"_s);
        QTRY_VERIFY_WITH_TIMEOUT(watched.last.pods.isEmpty(), Deadline);
        cluster.put("pods", runningPod(u"p"_s, Web, u"third"_s));
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"p"_s}), Deadline);
        QCOMPARE(watched.failures, 0);
    }

    void selectedPodsAreReadAgainWithoutTheRightToWatch()
    {
        FakeNamespace cluster;
        cluster.put("deployments", workload(u"Deployment"_s, u"web"_s, Web));
        cluster.forbid("watch", "pods");
        Watched watched(cluster, {Kind::Deployment, u"web"_s});
        QTRY_VERIFY_WITH_TIMEOUT(watched.changes > 0 && !watched.last.live, Deadline);
        cluster.put("pods", runningPod(u"web-1"_s, Web));
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"web-1"_s}), Deadline);
        cluster.allow("watch", "pods");
        QTRY_VERIFY_WITH_TIMEOUT(watched.last.live, Deadline);
    }

    /// A StatefulSet's new pod: the tunnel to the old one is dead, although the name lives on.
    void aPodReplacedUnderTheSameNameIsSeen()
    {
        FakeNamespace cluster;
        cluster.put("pods", runningPod(u"db-0"_s, Web, u"first"_s));
        cluster.put("pods", runningPod(u"db-1"_s, Web, u"neighbour"_s));
        Watched watched(cluster, {Kind::Pod, u"db-0"_s});
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"db-0"_s}), Deadline);
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches("pods"), 1, Deadline);
        cluster.remove("pods", u"db-0"_s);
        QTRY_VERIFY_WITH_TIMEOUT(watched.last.pods.isEmpty(), Deadline);
        QCOMPARE(watched.last.trouble->kubectlText, u"Error from server (NotFound): pods \"db-0\" not found"_s);
        QVERIFY(watched.last.live);
        cluster.put("pods", runningPod(u"db-0"_s, Web, u"second"_s));
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"db-0"_s}), Deadline);
        QCOMPARE(watched.last.pods[0].uid, u"second"_s);
        QVERIFY(!watched.last.trouble);
    }

    void scaledToZeroAndBack()
    {
        FakeNamespace cluster;
        cluster.put("deployments", workload(u"Deployment"_s, u"web"_s, Web));
        cluster.put("pods", runningPod(u"web-1"_s, Web));
        Watched watched(cluster, {Kind::Deployment, u"web"_s});
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"web-1"_s}), Deadline);
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches("pods"), 1, Deadline);
        cluster.remove("pods", u"web-1"_s);
        QTRY_VERIFY_WITH_TIMEOUT(watched.last.pods.isEmpty(), Deadline);
        QVERIFY(!watched.last.trouble);
        cluster.put("pods", runningPod(u"web-2"_s, Web));
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"web-2"_s}), Deadline);
        QCOMPARE(watched.failures, 0);
    }

    void aDeploymentMadeAnewWithAnotherSelectorIsFound()
    {
        FakeNamespace cluster;
        cluster.put("deployments", workload(u"Deployment"_s, u"web"_s, Web));
        cluster.put("pods", runningPod(u"web-1"_s, Web));
        Watched watched(cluster, {Kind::Deployment, u"web"_s});
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"web-1"_s}), Deadline);
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches("pods"), 1, Deadline);
        cluster.remove("deployments", u"web"_s);
        cluster.remove("pods", u"web-1"_s);
        QTRY_VERIFY_WITH_TIMEOUT(watched.last.pods.isEmpty() && watched.last.trouble, Deadline);
        QCOMPARE(watched.last.trouble->kind, ApiError::Kind::NotFound);
        cluster.put("deployments", workload(u"Deployment"_s, u"web"_s, Other));
        cluster.put("pods", runningPod(u"new-1"_s, Other));
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"new-1"_s}), Deadline);
        QTRY_VERIFY_WITH_TIMEOUT(!watched.last.trouble, Deadline);
    }

    void changesOfAServiceAreFollowed()
    {
        FakeNamespace cluster;
        cluster.put("services", service(u"web"_s, Web));
        cluster.put("pods", runningPod(u"web-1"_s, Web));
        cluster.put("pods", runningPod(u"other-1"_s, Other));
        Watched watched(cluster, {Kind::Service, u"web"_s});
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"web-1"_s}), Deadline);
        QCOMPARE(watched.last.service->ports[0].targetPort, u"8080"_s);
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches("services"), 1, Deadline);
        cluster.put("services", service(u"web"_s, Web, 9090));
        QTRY_COMPARE_WITH_TIMEOUT(watched.last.service->ports[0].targetPort, u"9090"_s, Deadline);
        QCOMPARE(watched.names(), QStringList({u"web-1"_s}));
        cluster.put("services", service(u"web"_s, Other, 9090)); // blue to green
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"other-1"_s}), Deadline);
        cluster.remove("services", u"web"_s);
        QTRY_VERIFY_WITH_TIMEOUT(watched.last.trouble, Deadline);
        QCOMPARE(watched.last.trouble->kubectlText, u"Error from server (NotFound): services \"web\" not found"_s);
        QCOMPARE(watched.names(), QStringList({u"other-1"_s})); // they still run
        cluster.put("services", service(u"web"_s, Web));
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"web-1"_s}), Deadline);
        QVERIFY(!watched.last.trouble);
    }

    /// OKD's configs may change their selector, too, and their group is part of their name.
    void aDeploymentConfigThatGoesIsNamedAsTheApiDoes()
    {
        FakeNamespace cluster;
        const QJsonObject object{{u"kind"_s, u"DeploymentConfig"_s},
                                 {u"metadata"_s, QJsonObject{{u"name"_s, u"web"_s}}},
                                 {u"spec"_s, QJsonObject{{u"selector"_s, Web}}}};
        cluster.put("deploymentconfigs", object);
        Watched watched(cluster, {Kind::DeploymentConfig, u"web"_s});
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches("deploymentconfigs"), 1, Deadline);
        QTRY_VERIFY_WITH_TIMEOUT(watched.changes > 0, Deadline);
        cluster.remove("deploymentconfigs", u"web"_s);
        QTRY_VERIFY_WITH_TIMEOUT(watched.last.trouble, Deadline);
        QCOMPARE(watched.last.trouble->kubectlText,
                 u"Error from server (NotFound): deploymentconfigs.apps.openshift.io \"web\" not found"_s);
    }

    void podsThatLoseTheLabelAreGone()
    {
        FakeNamespace cluster;
        cluster.put("pods", runningPod(u"web-1"_s, Web));
        Watched watched(cluster, {Kind::Selector, u"app=web"_s});
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches("pods"), 1, Deadline);
        cluster.put("pods", runningPod(u"web-1"_s, Other));
        QTRY_VERIFY_WITH_TIMEOUT(watched.changes > 1 && watched.last.pods.isEmpty(), Deadline);
    }

    void theBestPodComesFirst()
    {
        FakeNamespace cluster;
        QJsonObject unready = runningPod(u"a-unready"_s, Web);
        unready["status"_L1] = QJsonObject{{u"phase"_s, u"Running"_s}};
        cluster.put("pods", unready);
        QJsonObject pending = runningPod(u"b-pending"_s, Web);
        pending["status"_L1] = QJsonObject{{u"phase"_s, u"Pending"_s}};
        cluster.put("pods", pending);
        cluster.put("pods", runningPod(u"c-ready"_s, Web));
        Watched watched(cluster, {Kind::Selector, u"app=web"_s});
        const QStringList expected{u"c-ready"_s, u"a-unready"_s, u"b-pending"_s};
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), expected, Deadline);
    }

    void aVersionThatIsTooOldIsReadAnew()
    {
        FakeNamespace cluster;
        cluster.put("pods", runningPod(u"web-1"_s, Web));
        Watched watched(cluster, {Kind::Selector, u"app=web"_s});
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches("pods"), 1, Deadline);
        cluster.expireWatches("pods");
        cluster.remove("pods", u"web-1"_s); // nobody tells
        cluster.put("pods", runningPod(u"web-2"_s, Web));
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"web-2"_s}), Deadline);
        QCOMPARE(cluster.requests("list", "pods"), 2);
    }

    void aServerThatIsAwayMakesPodsOldNotGone()
    {
        FakeNamespace cluster;
        cluster.put("services", service(u"web"_s, Web));
        cluster.put("pods", runningPod(u"web-1"_s, Web));
        Watched watched(cluster, {Kind::Service, u"web"_s});
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"web-1"_s}), Deadline);
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches("pods") + cluster.openWatches("services"), 2, Deadline);
        cluster.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!watched.last.live && watched.last.trouble, Deadline);
        QCOMPARE(watched.last.trouble->kind, ApiError::Kind::Network);
        QCOMPARE(watched.names(), QStringList({u"web-1"_s}));
        QCOMPARE(watched.failures, 0);
        cluster.put("pods", runningPod(u"web-2"_s, Web));
        cluster.remove("pods", u"web-1"_s);
        cluster.start();
        QTRY_VERIFY_WITH_TIMEOUT(watched.last.live && !watched.last.trouble, Deadline);
        watched.watch.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"web-2"_s}), Deadline);
    }

    void anOrdinaryEndOfAWatchIsNotNoticed()
    {
        FakeNamespace cluster;
        cluster.put("pods", runningPod(u"web-1"_s, Web));
        Watched watched(cluster, {Kind::Selector, u"app=web"_s});
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches("pods"), 1, Deadline);
        const int before = watched.changes;
        cluster.endWatches();
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches("pods"), 1, Deadline);
        QCOMPARE(cluster.requests("list", "pods"), 1);
        QCOMPARE(watched.changes, before);
        QVERIFY(watched.last.live);
    }

    void refreshLooksAgain()
    {
        FakeNamespace cluster;
        cluster.put("services", service(u"web"_s, Web));
        cluster.put("pods", runningPod(u"web-1"_s, Web));
        Watched watched(cluster, {Kind::Service, u"web"_s});
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches("pods") + cluster.openWatches("services"), 2, Deadline);
        const int lists = cluster.requests("list", "pods");
        const int gets = cluster.requests("get", "services");
        watched.watch.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(cluster.requests("list", "pods"), lists + 1, Deadline);
        QTRY_COMPARE_WITH_TIMEOUT(cluster.requests("get", "services"), gets + 1, Deadline);
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches("pods") + cluster.openWatches("services"), 2, Deadline);
        QCOMPARE(watched.failures, 0);
    }

    void manyEventsAreMerged()
    {
        FakeNamespace cluster;
        cluster.put("pods", runningPod(u"web-0"_s, Web));
        Watched watched(cluster, {Kind::Selector, u"app=web"_s});
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches("pods"), 1, Deadline);
        for (int i = 1; i <= 500; ++i)
            cluster.put("pods", runningPod(u"web-%1"_s.arg(i), Web));
        QTRY_COMPARE_WITH_TIMEOUT(watched.last.pods.size(), 501, Deadline);
        QVERIFY2(watched.changes < 250, qPrintable(QString::number(watched.changes)));
    }

    void stopMayComeFromTheSignals()
    {
        FakeNamespace cluster;
        cluster.put("pods", runningPod(u"web-1"_s, Web));
        Watched watched(cluster);
        connect(&watched.watch, &PodWatch::changed, this, [&] { watched.watch.stop(); });
        watched.watch.start(watched.config, u"ns"_s, {Kind::Selector, u"app=web"_s});
        QTRY_COMPARE_WITH_TIMEOUT(watched.changes, 1, Deadline);
        cluster.put("pods", runningPod(u"web-2"_s, Web));
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches("pods"), 0, Deadline);
        QCOMPARE(watched.changes, 1);
    }

    void startMayComeFromTheSignals()
    {
        FakeNamespace cluster;
        cluster.put("pods", runningPod(u"web-1"_s, Web));
        Watched watched(cluster);
        connect(&watched.watch, &PodWatch::failed, this, [&] {
            watched.watch.start(watched.config, u"ns"_s, {Kind::Selector, u"app=web"_s});
        });
        watched.watch.start(watched.config, u"ns"_s, {Kind::Deployment, u"missing"_s});
        QTRY_COMPARE_WITH_TIMEOUT(watched.names(), QStringList({u"web-1"_s}), Deadline);
        QCOMPARE(watched.failures, 1);
    }

    void theOwnerOfAPodIsFound_data()
    {
        QTest::addColumn<QJsonObject>("pod");
        QTest::addColumn<bool>("mayRead");
        QTest::addColumn<QString>("owner");
        const QJsonObject hashed{{u"pod-template-hash"_s, u"5d4f"_s}};
        const auto row = [](const char *rule, const QJsonObject &pod, bool mayRead, const QString &owner) {
            QTest::newRow(rule) << pod << mayRead << owner;
        };
        row("through a ReplicaSet", ownedPod(u"p"_s, u"ReplicaSet"_s, u"api-5d4f"_s, hashed), true,
            u"deployment/main-api"_s); // what the ReplicaSet says, not what its name looks like
        row("through a ReplicaSet that may not be read", ownedPod(u"p"_s, u"ReplicaSet"_s, u"api-5d4f"_s, hashed),
            false, u"deployment/api"_s);
        row("a ReplicaSet of its own", ownedPod(u"p"_s, u"ReplicaSet"_s, u"alone"_s, {}), true, u"replicaset/alone"_s);
        row("a ReplicaSet without the hash that may not be read", ownedPod(u"p"_s, u"ReplicaSet"_s, u"alone"_s, {}),
            false, u"replicaset/alone"_s);
        row("StatefulSet", ownedPod(u"p"_s, u"StatefulSet"_s, u"db"_s, {}), true, u"statefulset/db"_s);
        row("DaemonSet", ownedPod(u"p"_s, u"DaemonSet"_s, u"agent"_s, {}), true, u"daemonset/agent"_s);
        row("Job", ownedPod(u"p"_s, u"Job"_s, u"once"_s, {}), true, u"job/once"_s);
        row("through a ReplicationController", ownedPod(u"p"_s, u"ReplicationController"_s, u"old-3"_s, {}), true,
            u"deploymentconfig/old"_s);
        row("through a ReplicationController that may not be read",
            ownedPod(u"p"_s, u"ReplicationController"_s, u"old-3"_s, {{u"deploymentconfig"_s, u"old"_s}}), false,
            u"deploymentconfig/old"_s);
        row("a static pod", ownedPod(u"p"_s, u"Node"_s, u"n1"_s, {}), true, QString());
        row("something of somebody's own", ownedPod(u"p"_s, u"Rollout"_s, u"x"_s, {}), true, QString());
        row("nobody's", runningPod(u"p"_s, {}), true, QString());
    }

    void theOwnerOfAPodIsFound()
    {
        QFETCH(const QJsonObject, pod);
        QFETCH(const bool, mayRead);
        QFETCH(const QString, owner);
        FakeNamespace cluster;
        cluster.put("pods", pod);
        cluster.put("replicasets", owned(u"ReplicaSet"_s, u"api-5d4f"_s, u"Deployment"_s, u"main-api"_s));
        cluster.put("replicasets", workload(u"ReplicaSet"_s, u"alone"_s, Web));
        cluster.put("replicationcontrollers",
                    owned(u"ReplicationController"_s, u"old-3"_s, u"DeploymentConfig"_s, u"old"_s));
        if (!mayRead) {
            cluster.forbid("get", "replicasets");
            cluster.forbid("get", "replicationcontrollers");
        }
        Watched watched(cluster, {Kind::Pod, u"p"_s});
        QTRY_VERIFY_WITH_TIMEOUT(watched.changes > 0, Deadline);
        QTRY_COMPARE_WITH_TIMEOUT(watched.last.owner, owner, Deadline);
    }
};

QTEST_GUILESS_MAIN(TestPodWatch)
#include "tst_podwatch.moc"
