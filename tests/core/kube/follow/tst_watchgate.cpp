#include "core/kube/follow/podwatch.h"
#include "core/net/servergate.h"
#include "tests/core/kube/browse/fakenamespace.h"
#include "tests/core/kube/fakecluster.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>
#include <vector>

using namespace Fairlead;
using namespace Fairlead::Kube;
using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Deadline = 30'000;
constexpr int Watches = 30;
/// Enough for those who would come without a gate: their own waits are a fraction of it.
constexpr int LongEnoughMs = 300;

const QJsonObject Web{{u"app"_s, u"web"_s}};

/// A server that keeps every request until the test answers it.
class SilentServer
{
public:
    explicit SilentServer(FakeNamespace &cluster)
    {
        cluster.fault = [this](const HttpRequest &, const HttpAnswerer &out) {
            ++m_asked;
            m_open.append(out);
            return true;
        };
    }

    /// Requests since it fell silent.
    [[nodiscard]] int asked() const { return m_asked; }
    void refuseAll(int status)
    {
        for (HttpAnswerer &out : std::exchange(m_open, {}))
            out.respond(status, statusJson(status, "Unavailable", "not now"));
    }

private:
    int m_asked = 0;
    QList<HttpAnswerer> m_open;
};

} // namespace

/// Many watches of one server come back one after another, not all at once. By count: what a server sees of them.
class TestWatchGate : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_cluster = std::make_unique<FakeNamespace>();
        m_cluster->put("pods", runningPod(u"web-1"_s, Web));
    }

    void cleanup()
    {
        m_watches.clear();
        m_cluster.reset();
    }

    void oneAtATimeFindsOutWhetherTheServerIsBack_data()
    {
        QTest::addColumn<bool>("inOrder");
        QTest::addRow("watches that were ended") << true;
        QTest::addRow("watches that broke") << false;
    }

    void oneAtATimeFindsOutWhetherTheServerIsBack()
    {
        QFETCH(const bool, inOrder);
        watchAll(std::make_shared<Net::ServerGate>());
        QTRY_COMPARE_WITH_TIMEOUT(m_cluster->openWatches("pods"), Watches, Deadline);
        SilentServer server(*m_cluster);
        if (inOrder)
            m_cluster->endWatches();
        else
            restart();
        for (int attempt = 1; attempt <= 5; ++attempt) {
            QTRY_COMPARE_WITH_TIMEOUT(server.asked(), attempt, Deadline);
            QTest::qWait(LongEnoughMs);
            QCOMPARE(server.asked(), attempt);
            server.refuseAll(503);
        }
        QTRY_COMPARE_WITH_TIMEOUT(server.asked(), 6, Deadline);
        m_cluster->fault = {};
        server.refuseAll(503);
        QTRY_COMPARE_WITH_TIMEOUT(m_cluster->openWatches("pods"), Watches, Deadline);
    }

    void whoHasToKnowNowDoesNotWait()
    {
        watchAll(std::make_shared<Net::ServerGate>());
        QTRY_COMPARE_WITH_TIMEOUT(m_cluster->openWatches("pods"), Watches, Deadline);
        SilentServer server(*m_cluster);
        m_cluster->endWatches();
        QTRY_COMPARE_WITH_TIMEOUT(server.asked(), 1, Deadline);

        m_watches.back()->refresh();

        QTRY_COMPARE_WITH_TIMEOUT(server.asked(), 2, Deadline);
    }

    void whoGivesUpInTheLineHoldsUpNobody()
    {
        watchAll(std::make_shared<Net::ServerGate>());
        QTRY_COMPARE_WITH_TIMEOUT(m_cluster->openWatches("pods"), Watches, Deadline);
        SilentServer server(*m_cluster);
        m_cluster->endWatches();
        QTRY_COMPARE_WITH_TIMEOUT(server.asked(), 1, Deadline);
        m_cluster->fault = {};

        m_watches.resize(1); // among those who go is, or is not, the one that asks
        m_watches.front()->stop();
        watchAll(std::make_shared<Net::ServerGate>());

        QTRY_COMPARE_WITH_TIMEOUT(m_cluster->openWatches("pods"), Watches, Deadline);
    }

    void watchesThatAreRefusedAreNoTroubleOfTheServer()
    {
        watchAll(std::make_shared<Net::ServerGate>());
        QTRY_COMPARE_WITH_TIMEOUT(m_cluster->openWatches("pods"), Watches, Deadline);
        m_cluster->forbid("watch", "pods");
        const int before = m_cluster->requests("list", "pods");

        m_cluster->endWatches();

        // All of them read the list again now and then, none waits for another for ever.
        QTRY_VERIFY_WITH_TIMEOUT(m_cluster->requests("list", "pods") >= before + 2 * Watches, Deadline);
    }

    void connectionsAreSpread()
    {
        constexpr int Burst = 3;
        QElapsedTimer since;
        since.start();
        watchAll(std::make_shared<Net::ServerGate>(1, Burst));
        QTRY_COMPARE_WITH_TIMEOUT(m_cluster->requests("list", "pods"), Watches, Deadline);
        const int watches = m_cluster->requests("watch", "pods");
        const qint64 allowed = Burst + since.elapsed() / 1'000;
        QVERIFY2(watches <= allowed, qPrintable(u"%1 watches where %2 may be"_s.arg(watches).arg(allowed)));
        QTRY_VERIFY_WITH_TIMEOUT(m_cluster->requests("watch", "pods") > watches, Deadline);
    }

private:
    void watchAll(const std::shared_ptr<Net::ServerGate> &gate)
    {
        ListTiming timing;
        timing.retry = {10, 50, 100'000};
        timing.pollMs = 50;
        timing.deliverMs = 5;
        timing.gate = gate;
        m_watches.clear();
        ConnectionConfig config;
        config.server = m_cluster->url();
        for (int i = 0; i < Watches; ++i) {
            m_watches.push_back(std::make_unique<PodWatch>(nullptr, timing));
            m_watches.back()->start(config, u"ns"_s, {TargetRef::Kind::Selector, u"app=web"_s});
        }
    }

    void restart()
    {
        m_cluster->stop();
        m_cluster->start();
    }

    std::unique_ptr<FakeNamespace> m_cluster;
    std::vector<std::unique_ptr<PodWatch>> m_watches;
};

QTEST_GUILESS_MAIN(TestWatchGate)
#include "tst_watchgate.moc"
