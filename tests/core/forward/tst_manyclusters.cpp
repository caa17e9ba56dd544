#include "core/democluster/democluster.h"
#include "core/forward/forwardmanager.h"
#include "core/kube/config/contextstore.h"
#include "tests/support/faultserver.h"
#include "tests/support/testprogram.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>

using namespace Fairlead;
using namespace Fairlead::Forward;
using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Deadline = 60'000;
const QString OkdName = u"default/127-0-0-1:6443/kube:admin"_s;

/// The context "demo" under a name as `oc login` makes them.
void renameContext(const QString &kubeconfig)
{
    QFile file(kubeconfig);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray text = file.readAll();
    file.close();
    text.replace("- name: demo\n  context:", "- name: " + OkdName.toUtf8() + "\n  context:");
    text.replace("current-context: demo\n", "current-context: " + OkdName.toUtf8() + '\n');
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(text);
}

} // namespace

/// Forwards of several contexts and kubeconfig files at once, each to its own cluster.
class TestManyClusters : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        for (Side *side : {&m_one, &m_two}) {
            const auto started = side->cluster.start({});
            QVERIFY2(started.hasValue(), started ? "" : qPrintable(started.error()));
            side->kubeconfig = *started;
        }
        renameContext(m_one.kubeconfig);
        Kube::ConnectionFlags flags;
        flags.kubeconfig = m_one.kubeconfig;
        m_contexts = std::make_unique<Kube::ContextStore>(flags);
        m_contexts->setAddedFiles({m_two.kubeconfig});
        m_manager = std::make_unique<ForwardManager>(
            [this](const Kube::ContextRef &context) { return m_contexts->resolve(context); });
    }

    void contextsOfDifferentFilesRunSideBySide()
    {
        const Demo::Traffic before = m_two.cluster.traffic();
        const ForwardId one = start({OkdName}, u"pod/echo"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_manager->snapshot(one).state, State::Running, Deadline);
        QVERIFY(echoes(one));
        QVERIFY(m_one.cluster.traffic().upgrades > 0);
        QCOMPARE(m_two.cluster.traffic().upgrades, before.upgrades); // each goes to its own cluster

        const ForwardId two = start({u"demo"_s, m_two.kubeconfig}, u"pod/echo"_s);
        const ForwardId limited = start({u"demo-limited"_s, m_two.kubeconfig}, u"svc/cart"_s, u"shop"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_manager->snapshot(two).state, State::Running, Deadline);
        QTRY_COMPARE_WITH_TIMEOUT(m_manager->snapshot(limited).state, State::Running, Deadline);
        QVERIFY(echoes(two));
        QVERIFY(echoes(one));
        QVERIFY(m_two.cluster.traffic().upgrades > before.upgrades);

        m_two.cluster.takeServerDown(); // one cluster's trouble is not the other's
        QTRY_COMPARE_WITH_TIMEOUT(m_manager->snapshot(two).state, State::Reconnecting, Deadline);
        QVERIFY(echoes(one));
        QCOMPARE(m_manager->snapshot(one).state, State::Running);
        QVERIFY(m_two.cluster.bringServerUp().hasValue());
        QTRY_COMPARE_WITH_TIMEOUT(m_manager->snapshot(two).state, State::Running, Deadline);
        for (const ForwardId id : {one, two, limited})
            m_manager->remove(id);
    }

    void deploymentConfigsAreForwarded_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addRow("short") << u"dc/legacy"_s;
        QTest::addRow("long") << u"deploymentconfig/legacy"_s;
    }

    void deploymentConfigsAreForwarded()
    {
        QFETCH(const QString, target);
        const ForwardId id = start({OkdName}, target);
        QTRY_COMPARE_WITH_TIMEOUT(m_manager->snapshot(id).state, State::Running, Deadline);
        m_manager->remove(id);
    }

    void aRemovedFileIsSaidInWords()
    {
        m_contexts->setAddedFiles({});
        const ForwardId id = start({u"demo"_s, m_two.kubeconfig}, u"pod/echo"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_manager->snapshot(id).state, State::Failed, Deadline);
        QVERIFY(m_manager->snapshot(id).reason.text.contains(m_two.kubeconfig));
    }

private:
    struct Side {
        Demo::DemoCluster cluster;
        QString kubeconfig;
    };

    ForwardId start(const Kube::ContextRef &context, const QString &target, const QString &namespaceName = u"default"_s)
    {
        ForwardSpec spec;
        spec.context = context.name;
        spec.kubeconfig = context.kubeconfig;
        spec.namespaceName = namespaceName;
        spec.target = *Kube::parseTarget(target);
        spec.addresses = QStringList{u"127.0.0.1"_s};
        spec.ports = {{quint16(0),
                       target == "svc/cart"_L1          ? u"http"_s
                           : target.endsWith("echo"_L1) ? u"7000"_s
                                                        : u"8080"_s}};
        const ForwardId id = m_manager->add(spec);
        m_manager->start(id);
        return id;
    }

    bool echoes(ForwardId id)
    {
        ProgramPlan plan;
        plan.send = pattern(int(id), 10'000);
        plan.stopAfter = plan.send.size();
        std::future<ProgramResult> program = runProgram(m_manager->snapshot(id).ports.value(0).localPort, plan);
        const bool done = QTest::qWaitFor(
            [&] { return program.wait_for(std::chrono::milliseconds(0)) == std::future_status::ready; }, Deadline);
        return done && program.get().received == plan.send;
    }

    Side m_one;
    Side m_two;
    std::unique_ptr<Kube::ContextStore> m_contexts;
    std::unique_ptr<ForwardManager> m_manager;
};

QTEST_GUILESS_MAIN(TestManyClusters)
#include "tst_manyclusters.moc"
