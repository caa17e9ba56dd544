#include "core/democluster/democluster.h"
#include "core/kube/config/contextstore.h"
#include "core/kube/follow/podwatch.h"
#include "core/kube/objects/portspec.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <utility>
#include <vector>

using namespace Fairlead;
using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

namespace {

constexpr int Deadline = 30'000;

TargetPods lastOf(const QSignalSpy &changed)
{
    return changed.isEmpty() ? TargetPods() : changed.last().at(0).value<TargetPods>();
}

} // namespace

/// The watch against the demo cluster, over TLS and with its own rights: nobody wrote one for the other.
class TestPodWatchDemo : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const auto kubeconfig = m_cluster.start({});
        QVERIFY2(kubeconfig, kubeconfig ? "" : qPrintable(kubeconfig.error()));
        ConnectionFlags flags;
        flags.kubeconfig = *kubeconfig;
        const ContextStore store(flags);
        const auto config = store.resolve(store.preferredContext());
        QVERIFY2(config, config ? "" : qPrintable(config.error()));
        m_config = *config;
    }

    void aServiceLeadsToItsPodsAndPorts()
    {
        PodWatch watch;
        QSignalSpy changed(&watch, &PodWatch::changed);
        watch.start(m_config, u"default"_s, {TargetRef::Kind::Service, u"web"_s});
        QTRY_VERIFY_WITH_TIMEOUT(!lastOf(changed).pods.isEmpty(), Deadline);
        const TargetPods target = lastOf(changed);
        QVERIFY(target.service);
        const auto mapping = translatePort({std::nullopt, u"80"_s}, target.pods.first(), *target.service);
        QVERIFY2(mapping, mapping ? "" : qPrintable(mapping.error()));
        QCOMPARE(mapping->local, 80);
        QCOMPARE(mapping->remote, 8080); // the pod's port named http
    }

    void everyTargetIsFound_data()
    {
        QTest::addColumn<QString>("target");
        QTest::newRow("service") << u"service/db"_s;
        QTest::newRow("deployment") << u"deployment/api"_s;
        QTest::newRow("statefulset") << u"statefulset/db"_s;
        QTest::newRow("OKD's deployment config") << u"dc/legacy"_s;
        QTest::newRow("the same, written out") << u"deploymentconfig.apps.openshift.io/legacy"_s;
        QTest::newRow("its replication controller") << u"rc/legacy-1"_s;
    }

    void everyTargetIsFound()
    {
        QFETCH(const QString, target);
        PodWatch watch;
        QSignalSpy changed(&watch, &PodWatch::changed);
        QSignalSpy failed(&watch, &PodWatch::failed);
        watch.start(m_config, u"default"_s, *parseTarget(target));
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty() || !failed.isEmpty(), Deadline);
        QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(failed[0][0].value<ApiError>().kubectlText));
        QTRY_VERIFY_WITH_TIMEOUT(!lastOf(changed).pods.isEmpty(), Deadline);
    }

    void aPodNamesItsOwner()
    {
        PodWatch watch;
        QSignalSpy changed(&watch, &PodWatch::changed);
        watch.start(m_config, u"default"_s, {TargetRef::Kind::Deployment, u"api"_s});
        QTRY_VERIFY_WITH_TIMEOUT(!lastOf(changed).pods.isEmpty(), Deadline);
        const QString pod = lastOf(changed).pods.first().name;
        changed.clear();
        watch.start(m_config, u"default"_s, {TargetRef::Kind::Pod, pod});
        QTRY_COMPARE_WITH_TIMEOUT(lastOf(changed).owner, u"deployment/api"_s, Deadline);
        QTRY_VERIFY_WITH_TIMEOUT(lastOf(changed).live, Deadline);
    }

    void whatLeadsNowhereIsRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("words");
        QTest::newRow("external") << u"elsewhere"_s
                                  << u"error: cannot attach to *v1.Service: invalid service 'elsewhere': Service is "
                                     "defined without a selector"_s;
        QTest::newRow("without selector") << u"kubernetes"_s
                                          << u"error: cannot attach to *v1.Service: invalid service 'kubernetes': "
                                             "Service is defined without a selector"_s;
        QTest::newRow("missing") << u"none"_s << u"Error from server (NotFound): services \"none\" not found"_s;
    }

    void whatLeadsNowhereIsRefused()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, words);
        PodWatch watch;
        QSignalSpy failed(&watch, &PodWatch::failed);
        watch.start(m_config, u"default"_s, {TargetRef::Kind::Service, name});
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, Deadline);
        QCOMPARE(failed[0][0].value<ApiError>().kubectlText, words);
    }

    void threadsDoNotGrowWithWatches()
    {
        const auto threads = [] {
            return QDir(u"/proc/self/task"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size();
        };
        std::vector<std::unique_ptr<PodWatch>> watches;
        const auto follow = [&](int count) {
            int known = 0;
            for (int i = 0; i < count; ++i) {
                auto watch = std::make_unique<PodWatch>();
                connect(watch.get(), &PodWatch::changed, this,
                        [&known, told = false]() mutable { known += std::exchange(told, true) ? 0 : 1; });
                watch->start(m_config, u"default"_s, {TargetRef::Kind::Service, u"web"_s});
                watches.push_back(std::move(watch));
            }
            const bool all = QTest::qWaitFor([&] { return known == count; }, Deadline);
            for (const auto &watch : watches)
                watch->disconnect(this);
            return all;
        };
        QVERIFY(follow(1));
        const auto one = threads();
        QVERIFY(follow(20)); // 40 watches: more than one QNetworkAccessManager could hold
        QCOMPARE(threads(), one);
    }

private:
    Demo::DemoCluster m_cluster;
    ConnectionConfig m_config;
};

QTEST_GUILESS_MAIN(TestPodWatchDemo)
#include "tst_podwatchdemo.moc"
