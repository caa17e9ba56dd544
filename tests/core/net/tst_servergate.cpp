#include "core/net/servergate.h"
#include "tests/support/handclock.h"

#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Fairlead::Net;
using namespace Fairlead::Test;
using Pass = ServerGate::Pass;
using Line = ServerGate::Line;

/// One failing server gets one attempt at a time; upgrades start at a bounded rate.
class TestServerGate : public QObject
{
    Q_OBJECT

private slots:
    void aHealthyServerLetsEveryoneThrough()
    {
        ServerGate gate;
        enter(gate, 5);
        QTRY_COMPARE(m_passes.size(), 5u);
    }

    void afterAFailureOneAtATimeGoes()
    {
        ServerGate gate;
        enter(gate, 1);
        QTRY_COMPARE(m_passes.size(), 1u);
        m_passes[0].failed();
        enter(gate, 4);
        QTRY_COMPARE(m_passes.size(), 2u);
        QTest::qWait(50);
        QCOMPARE(m_passes.size(), 2u);
        m_passes[1].failed();
        QTRY_COMPARE(m_passes.size(), 3u);
        QTest::qWait(50);
        QCOMPARE(m_passes.size(), 3u);
        m_passes[2].succeeded();
        QTRY_COMPARE(m_passes.size(), 5u); // all the others at once
        QCOMPARE(m_order, (QList<int>{0, 0, 1, 2, 3}));
    }

    void serversAreToldApart()
    {
        ServerGate gate;
        enter(gate, 1);
        QTRY_COMPARE(m_passes.size(), 1u);
        m_passes[0].failed();
        enter(gate, 2, u"other"_s);
        QTRY_COMPARE(m_passes.size(), 3u);
    }

    void linesAreToldApart()
    {
        ServerGate gate;
        enter(gate, 1);
        QTRY_COMPARE(m_passes.size(), 1u);
        m_passes[0].failed();
        enter(gate, 3, u"server"_s, Line::Watches);
        QTRY_COMPARE(m_passes.size(), 4u);
    }

    void afterADoubtOneGoesFirst()
    {
        ServerGate gate;
        gate.doubt(u"server"_s, Line::Watches);
        enter(gate, 3, u"server"_s, Line::Watches);
        QTRY_COMPARE(m_passes.size(), 1u);
        QTest::qWait(50);
        QCOMPARE(m_passes.size(), 1u);
        m_passes[0].succeeded();
        QTRY_COMPARE(m_passes.size(), 3u);
    }

    void attemptsFromBeforeTheFailureAreCounted()
    {
        ServerGate gate;
        enter(gate, 2);
        QTRY_COMPARE(m_passes.size(), 2u);
        m_passes[0].failed();
        enter(gate, 1);
        QTest::qWait(50);
        QCOMPARE(m_passes.size(), 2u); // the second is still finding out
        m_passes[1].succeeded();
        QTRY_COMPARE(m_passes.size(), 3u);
    }

    void aPassThatIsThrownAwayHasFailed()
    {
        ServerGate gate;
        enter(gate, 1);
        QTRY_COMPARE(m_passes.size(), 1u);
        m_passes.clear();
        enter(gate, 2);
        QTRY_COMPARE(m_passes.size(), 1u);
        QTest::qWait(50);
        QCOMPARE(m_passes.size(), 1u);
    }

    void whoDiesInTheLineHoldsUpNobody()
    {
        ServerGate gate;
        enter(gate, 1);
        QTRY_COMPARE(m_passes.size(), 1u);
        m_passes[0].failed();
        enter(gate, 1); // the one that is trying
        QTRY_COMPARE(m_passes.size(), 2u);
        auto mortal = std::make_unique<QObject>();
        bool called = false;
        gate.enter(u"server"_s, Line::Forwards, mortal.get(), [&called](const Pass &) { called = true; });
        enter(gate, 1);
        mortal.reset();
        m_passes[1].failed();
        QTRY_COMPARE(m_passes.size(), 3u);
        QVERIFY(!called);
    }

    void thePatientAreCalledWhenTheServerIsBack()
    {
        ServerGate gate;
        int back = 0;
        int backElsewhere = 0;
        enter(gate, 2);
        QTRY_COMPARE(m_passes.size(), 2u);
        m_passes[0].failed();
        gate.whenBack(u"server"_s, Line::Forwards, m_context.get(), [] { QFAIL("a later call takes its place"); });
        gate.whenBack(u"server"_s, Line::Forwards, m_context.get(), [&back] { ++back; });
        QObject other;
        gate.whenBack(u"server"_s, Line::Watches, &other, [&backElsewhere] { ++backElsewhere; });
        gate.whenBack(u"other"_s, Line::Forwards, &other, [&backElsewhere] { ++backElsewhere; });
        auto mortal = std::make_unique<QObject>();
        gate.whenBack(u"server"_s, Line::Forwards, mortal.get(), [] { QFAIL("called after its death"); });
        mortal.reset();
        m_passes[1].succeeded();
        QTRY_COMPARE(back, 1);

        enter(gate, 1);
        QTRY_COMPARE(m_passes.size(), 3u);
        m_passes[2].failed();
        enter(gate, 1);
        QTRY_COMPARE(m_passes.size(), 4u);
        m_passes[3].succeeded();
        enter(gate, 1); // queued behind whatever that has called
        QTRY_COMPARE(m_passes.size(), 5u);
        QCOMPARE(back, 1);
        QCOMPARE(backElsewhere, 0);
    }

    void aSuccessWithoutAFailureWakesNobody()
    {
        ServerGate gate;
        enter(gate, 2);
        QTRY_COMPARE(m_passes.size(), 2u);
        bool back = false;
        gate.whenBack(u"server"_s, Line::Forwards, m_context.get(), [&back] { back = true; });
        m_passes[0].succeeded();
        enter(gate, 1);
        QTRY_COMPARE(m_passes.size(), 3u);
        QVERIFY(!back);
        m_passes[1].failed();
        m_passes[2].succeeded();
        QTRY_VERIFY(back);
    }

    void whoDiesBeforeTheCallGivesThePlaceBack()
    {
        ServerGate gate;
        enter(gate, 1);
        QTRY_COMPARE(m_passes.size(), 1u);
        m_passes[0].failed();
        auto mortal = std::make_unique<QObject>();
        gate.enter(u"server"_s, Line::Forwards, mortal.get(), [](const Pass &) { QFAIL("called after its death"); });
        mortal.reset(); // the call is under way
        enter(gate, 1);
        QTRY_COMPARE(m_passes.size(), 2u);
    }

    void aPassOutlivesItsGate()
    {
        auto gate = std::make_unique<ServerGate>();
        enter(*gate, 1);
        QTRY_COMPARE(m_passes.size(), 1u);
        gate.reset();
        m_passes[0].succeeded();
    }

    void threadsShareOneGate()
    {
        constexpr int Threads = 4;
        constexpr int Attempts = 200;
        ServerGate gate;
        std::atomic<int> running = 0;
        std::atomic<int> most = 0;
        std::atomic<int> done = 0;
        enter(gate, 1);
        QTRY_COMPARE(m_passes.size(), 1u);
        m_passes[0].failed();
        std::vector<std::unique_ptr<QThread>> threads;
        for (int i = 0; i < Threads; ++i) {
            threads.emplace_back(QThread::create([&] {
                QEventLoop loop;
                QObject context;
                int mine = 0;
                for (int k = 0; k < Attempts; ++k) {
                    gate.enter(u"server"_s, Line::Forwards, &context, [&](Pass pass) {
                        most = std::max(most.load(), ++running);
                        --running;
                        pass.failed();
                        ++done;
                        if (++mine == Attempts)
                            loop.quit();
                    });
                }
                loop.exec();
            }));
        }
        for (const auto &thread : threads)
            thread->start();
        for (const auto &thread : threads)
            QVERIFY(thread->wait(30'000));
        QCOMPARE(done.load(), Threads * Attempts);
        QCOMPARE(most.load(), 1);
    }

    void upgradesAreSpread_data()
    {
        QTest::addColumn<int>("alreadyTaken");
        QTest::addColumn<int>("msLater");
        QTest::addColumn<int>("wait");
        QTest::addRow("the first goes at once") << 0 << 0 << 0;
        QTest::addRow("a burst goes at once") << 9 << 0 << 0;
        QTest::addRow("then the rate rules") << 10 << 0 << 20;
        QTest::addRow("and each takes its place in the line") << 14 << 0 << 100;
        QTest::addRow("time gives places back") << 10 << 20 << 0;
        QTest::addRow("a long line moves on with time") << 20 << 100 << 120;
    }

    void upgradesAreSpread()
    {
        QFETCH(const int, alreadyTaken);
        QFETCH(const int, msLater);
        QFETCH(const int, wait);
        HandClock clock;
        ServerGate gate(50, 10, clock);
        for (int i = 0; i < alreadyTaken; ++i)
            (void)gate.reserveConnection(u"server"_s);
        clock.advance(msLater);
        QCOMPARE(gate.reserveConnection(u"server"_s), wait);
        QCOMPARE(gate.reserveConnection(u"other"_s), 0);
    }

    void restSavesUpOneBurstOnly()
    {
        HandClock clock;
        ServerGate gate(50, 10, clock);
        clock.advance(3'600'000);
        for (int i = 0; i < 10; ++i)
            QCOMPARE(gate.reserveConnection(u"server"_s), 0);
        QCOMPARE(gate.reserveConnection(u"server"_s), 20);
    }

    void init() { m_context = std::make_unique<QObject>(); }

    void cleanup()
    {
        m_context.reset(); // who still waits shall not wake up in the next test
        m_passes.clear();
        m_order.clear();
    }

private:
    void enter(ServerGate &gate, int count, const QString &server = u"server"_s, Line line = Line::Forwards)
    {
        for (int i = 0; i < count; ++i) {
            gate.enter(server, line, m_context.get(), [this, i](Pass pass) {
                m_passes.push_back(std::move(pass));
                m_order.append(i);
            });
        }
    }

    std::unique_ptr<QObject> m_context;
    std::vector<Pass> m_passes;
    QList<int> m_order;
};

QTEST_GUILESS_MAIN(TestServerGate)
#include "tst_servergate.moc"
