#include "core/kube/config/kubeconfig.h"
#include "core/kube/signin/attendedsignin.h"
#include "core/kube/signin/credentialsource.h"
#include "tests/core/forward/livecluster.h"
#include "tests/core/kube/signin/scriptplugin.h"

#include <QTest>

#include <algorithm>

using namespace Fairlead;
using namespace Fairlead::Test;
using namespace Qt::StringLiterals;
using Forward::State;

namespace {

/// A demo cluster, and a manager whose user signs in with a plugin.
class PluginCluster
{
public:
    explicit PluginCluster(const QByteArray &script)
        : plugin(script)
        , manager([this](const Kube::ContextRef &) { return connection(); })
    {
        Demo::Options played;
        played.kubeconfigOut = m_folder.filePath(u"kubeconfig"_s);
        const auto started = cluster.start(played);
        if (!started)
            qFatal("no demo cluster");
        Kube::ConnectionFlags flags;
        flags.kubeconfig = *started;
        flags.context = u"demo-token"_s;
        const auto resolved = Kube::Kubeconfig::load(Kube::LoadOptions::fromSystem(flags)).resolve(flags);
        if (!resolved)
            qFatal("no context demo-token");
        m_config = *resolved;
        writeToken(m_config.token.toUtf8());
        m_config.token.clear();
        m_config.exec = plugin.settings();
        Forward::EngineOptions options;
        options.firstRetryMs = 50;
        options.maxRetryMs = 300;
        manager.setOptions(options);
    }

    /// Where the script finds it.
    void writeToken(const QByteArray &token) const
    {
        QFile file(plugin.folder() + "/token"_L1);
        if (!file.open(QIODevice::WriteOnly) || file.write(token) < 0)
            qFatal("cannot write the token");
    }
    [[nodiscard]] Result<Kube::ConnectionConfig, QString> connection() const { return m_config; }

    Forward::ForwardId add()
    {
        Forward::ForwardSpec spec;
        spec.namespaceName = u"default"_s;
        spec.target = *Kube::parseTarget(u"deployment/api"_s);
        spec.addresses = QStringList{u"127.0.0.1"_s};
        spec.ports = {{quint16(0), u"http"_s}};
        return manager.add(spec);
    }
    [[nodiscard]] State state(Forward::ForwardId id) const { return manager.snapshot(id).state; }
    [[nodiscard]] int count(State wanted) const
    {
        const QList<Forward::ForwardId> ids = manager.ids();
        return int(std::count_if(ids.begin(), ids.end(), [&](auto id) { return state(id) == wanted; }));
    }

    ScriptPlugin plugin;
    Demo::DemoCluster cluster;
    Forward::ForwardManager manager;

private:
    QTemporaryDir m_folder;
    Kube::ConnectionConfig m_config;
};

const QByteArray GiveToken = "T=$(cat $DIR/token)\n" + printStatus(R"({"token":"$T"})");

} // namespace

class TestSignIn : public QObject
{
    Q_OBJECT

private slots:
    void fiftyForwardsRunThePluginOnce()
    {
        PluginCluster live("sleep 0.5\n" + GiveToken);
        constexpr int Forwards = 50;
        for (int i = 0; i < Forwards; ++i)
            live.manager.start(live.add());
        QTRY_COMPARE_WITH_TIMEOUT(live.count(State::Running), Forwards, 90'000);
        QCOMPARE(live.plugin.runs(), 1);
        const quint16 port = live.manager.snapshot(live.manager.ids().first()).ports.first().localPort;
        auto page = LiveCluster::startGet(port);
        QVERIFY(LiveCluster::isPage(LiveCluster::wait(page)));
        QCOMPARE(live.plugin.runs(), 1);
    }

    void fiftyForwardsRunABrokenPluginOnce()
    {
        PluginCluster live("echo 'session expired' >&2; exit 1");
        constexpr int Forwards = 50;
        QList<Forward::ForwardId> ids;
        for (int i = 0; i < Forwards; ++i)
            ids.append(live.add());
        for (const Forward::ForwardId id : ids)
            live.manager.start(id);
        QTRY_COMPARE_WITH_TIMEOUT(live.count(State::SignInNeeded), Forwards, 60'000);
        QCOMPARE(live.plugin.runs(), 1);
        const Forward::ForwardSnapshot one = live.manager.snapshot(ids.first());
        QVERIFY2(one.reason.text.contains(u"get-token failed with exit code 1"_s), qPrintable(one.reason.text));
        QCOMPARE(one.reason.detail, u"session expired"_s);
        live.manager.checkNow(); // nobody's wish
        QTest::qWait(300);
        QCOMPARE(live.plugin.runs(), 1);

        live.plugin.rewrite(GiveToken);
        live.manager.retry(ids.first());
        // Who signs in with one does it for all.
        QTRY_COMPARE_WITH_TIMEOUT(live.count(State::Running), Forwards, 90'000);
        QCOMPARE(live.plugin.runs(), 2);
    }

    void aRefusedTokenIsRenewedOnce()
    {
        PluginCluster live("[ $RUNS = 1 ] && T=stale || T=$(cat $DIR/token)\n" + printStatus(R"({"token":"$T"})"));
        for (int i = 0; i < 10; ++i)
            live.manager.start(live.add());
        QTRY_COMPARE_WITH_TIMEOUT(live.count(State::Running), 10, 60'000);
        QCOMPARE(live.plugin.runs(), 2);
    }

    void tokensThatAreAlwaysRefusedEndInSignInNeeded()
    {
        PluginCluster live(printStatus(R"({"token":"wrong-$RUNS"})"));
        for (int i = 0; i < 10; ++i)
            live.manager.start(live.add());
        QTRY_COMPARE_WITH_TIMEOUT(live.count(State::SignInNeeded), 10, 60'000);
        QCOMPARE(live.plugin.runs(), 2);
    }

    void allGoOnAfterAnAttendedSignIn()
    {
        PluginCluster live("case \"$KUBERNETES_EXEC_INFO\" in *'\"interactive\":true'*) ;; *) exit 1;; esac\n"
                           "echo Code: >&2; read T\n"
                           + printStatus(R"({"token":"$T"})"));
        for (int i = 0; i < 10; ++i)
            live.manager.start(live.add());
        QTRY_COMPARE_WITH_TIMEOUT(live.count(State::SignInNeeded), 10, 60'000);
        QCOMPARE(live.plugin.runs(), 1);

        Kube::AttendedSignIn wrong(*live.connection());
        wrong.start();
        wrong.answer(u"nobody's"_s);
        // What the server refuses does not make them try for ever.
        QTRY_VERIFY_WITH_TIMEOUT(!wrong.isRunning(), 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(live.count(State::SignInNeeded), 10, 60'000);

        Kube::AttendedSignIn right(*live.connection());
        right.start();
        right.answer(QString::fromUtf8(live.plugin.wrote(u"token"_s)));
        QTRY_COMPARE_WITH_TIMEOUT(live.count(State::Running), 10, 60'000);
        QVERIFY(!right.isRunning());
    }

    void anExpiredTokenIsRenewedForTheNextTunnel()
    {
        // Ends at once, so it serves for ten seconds.
        PluginCluster live("T=$(cat $DIR/token)\n"
                           + printStatus(R"({"token":"$T","expirationTimestamp":"2020-01-01T00:00:00Z"})"));
        const Forward::ForwardId id = live.add();
        live.manager.start(id);
        QTRY_COMPARE_WITH_TIMEOUT(live.state(id), State::Running, 60'000);
        QCOMPARE(live.plugin.runs(), 1);
        const auto source = Kube::credentialSourceFor(*live.connection());
        QTRY_VERIFY_WITH_TIMEOUT(!source->isReady(), 30'000);
        QCOMPARE(live.plugin.runs(), 1); // nobody asked
        live.cluster.disturbUpgraded(Demo::Disturbance::Abort);
        auto page = LiveCluster::startGet(live.manager.snapshot(id).ports.first().localPort);
        QVERIFY(LiveCluster::isPage(LiveCluster::wait(page)));
        QTRY_VERIFY_WITH_TIMEOUT(live.plugin.runs() == 2, 30'000);
    }
};

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_signin.moc"
