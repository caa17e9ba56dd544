#include "core/democluster/democluster.h"
#include "tests/cluster/workload.h"
#include "tests/support/httpserver.h"
#include "tests/support/tlsserverconfig.h"

#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Deadline = 300'000;

struct Run {
    int exitCode = -1;
    QByteArray output;
};

/// The checks as somebody with a cluster runs them.
Run runChecks(const QList<std::pair<QString, QString>> &settings)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QStringList inherited = environment.keys();
    for (const QString &name : inherited) {
        if (name.startsWith("FAIRLEAD_E2E_"_L1))
            environment.remove(name);
    }
    for (const auto &[name, value] : settings)
        environment.insert(u"FAIRLEAD_E2E_"_s + name, value);
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral(FAIRLEAD_CLUSTER_TEST), QStringList());
    Run run;
    if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, Deadline))
        process.kill();
    process.waitForFinished();
    run.output = process.readAll();
    run.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    return run;
}

} // namespace

/// Proves `ctest -L cluster` itself, against a cluster that is always at hand.
class TestClusterChecks : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        Demo::Options options;
        options.kubeconfigOut = m_folder.filePath(u"config"_s);
        options.pace.graceMs = 200;
        QVERIFY(m_cluster.start(options));
    }

    void withoutAClusterTheySkip()
    {
        const Run run = runChecks({});
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.output.contains("FAIRLEAD_E2E_KUBECONFIG names no cluster"), run.output.constData());
        QVERIFY2(run.output.contains("SKIP   : TestCluster::initTestCase"),
                 run.output.constData()); // as CMake looks for
    }

    void theyPassOnTheDemoCluster_data()
    {
        QTest::addColumn<QString>("context");
        QTest::addColumn<QString>("namespaceName");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("port");
        QTest::addColumn<bool>("deletes");
        QTest::addColumn<QString>("flags");
        QTest::addRow("a pod") << u"demo"_s << QString() << u"pod/web"_s << u"8080"_s << false << QString();
        QTest::addRow("a service by port name, WebSockets")
            << u"demo"_s << u"default"_s << u"svc/api"_s << u"http"_s << false << u"--transport websocket"_s;
        QTest::addRow("with a token, a deployment whose pods may go")
            << u"demo-token"_s << u"default"_s << u"deploy/api"_s << u"http"_s << true << u"--transport spdy"_s;
    }

    void theyPassOnTheDemoCluster()
    {
        QFETCH(const QString, context);
        QFETCH(const QString, namespaceName);
        QFETCH(const QString, target);
        QFETCH(const QString, port);
        QFETCH(const bool, deletes);
        QFETCH(const QString, flags);
        const Run run = runChecks({{u"KUBECONFIG"_s, m_cluster.kubeconfigPath()},
                                   {u"CONTEXT"_s, context},
                                   {u"NAMESPACE"_s, namespaceName},
                                   {u"TARGET"_s, target},
                                   {u"PORT"_s, port},
                                   {u"DELETE_PODS"_s, deletes ? u"1"_s : QString()},
                                   {u"FLAGS"_s, flags}});
        QVERIFY2(run.exitCode == 0, run.output.constData());
        QCOMPARE(run.output.count("SKIP   :"), deletes ? 0 : 1);
        QVERIFY2(run.output.count("PASS   :") >= 9, run.output.constData());
    }

    /// Else they prove nothing.
    void theyFailWhereNothingWorks()
    {
        const Run run = runChecks(
            {{u"KUBECONFIG"_s, m_cluster.kubeconfigPath()}, {u"TARGET"_s, u"svc/web"_s}, {u"PORT"_s, u"81"_s}});
        QVERIFY2(run.exitCode > 0, run.output.constData());
    }

    /// Where pods may be made: what is asked of the server, and that all of it goes again.
    void whatTheyMakeTheyTakeAway()
    {
        QByteArrayList asked;
        QByteArrayList bodies;
        const Identity authority = makeAuthority();
        HttpServer server(
            [&](const HttpRequest &request, HttpAnswerer out) {
                asked << request.verb + ' ' + request.path;
                bodies << request.body;
                out.respond(request.verb == "POST" ? 201 : 200, request.body);
            },
            tlsServerConfiguration(Identity(serverWish(), authority)));
        Kube::ConnectionConfig config;
        config.server = server.url();
        config.tls.caPem = authority.certificatePem();
        config.namespaceName = u"team"_s;
        QString target;
        {
            Workload workload(config, {});
            QCOMPARE(workload.make(), QString());
            target = workload.settings().target;
            QVERIFY(workload.settings().mayDeletePods);
        }
        QVERIFY(target.startsWith("deployment/fairlead-e2e-"_L1));
        const QByteArray name = target.mid(target.indexOf(u'/') + 1).toUtf8();
        QCOMPARE(
            asked,
            QByteArrayList({"POST /apis/apps/v1/namespaces/team/deployments", "POST /api/v1/namespaces/team/services",
                            "DELETE /apis/apps/v1/namespaces/team/deployments/" + name,
                            "DELETE /api/v1/namespaces/team/services/" + name}));
        const QJsonObject made = QJsonDocument::fromJson(bodies.first()).object();
        QCOMPARE(made["metadata"_L1]["name"_L1].toString().toUtf8(), name);
        QCOMPARE(made["spec"_L1]["selector"_L1]["matchLabels"_L1],
                 made["spec"_L1]["template"_L1]["metadata"_L1]["labels"_L1]);
    }

private:
    QTemporaryDir m_folder;
    Demo::DemoCluster m_cluster;
};

QTEST_GUILESS_MAIN(TestClusterChecks)
#include "tst_clusterchecks.moc"
