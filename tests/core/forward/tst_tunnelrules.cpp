#include "core/forward/poolsizer.h"
#include "core/forward/quietcut.h"
#include "core/forward/tunnelreuse.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fairlead::Forward;

/// The rules of the tunnel pool, without tunnels.
class TestTunnelRules : public QObject
{
    Q_OBJECT

private slots:
    void aCutAtARoundTimeIsExplained_data()
    {
        QTest::addColumn<qint64>("silentMs");
        QTest::addColumn<qint64>("ageMs");
        QTest::addColumn<QString>("words");
        const QString plain = u"The server closed the connection."_s;
        const auto row = [](const char *name, qint64 silentMs, qint64 ageMs, const QString &words) {
            QTest::addRow("%s", name) << silentMs << ageMs << words;
        };
        row("OKD's router, just after its time", 30'040, 95'000, u"after 30 second(s) of silence"_s);
        row("a minute", 60'900, 95'000, u"after 60 second(s) of silence"_s);
        row("minutes are minutes", 240'100, 700'000, u"after 4 minute(s) of silence"_s);
        row("too early", 28'000, 95'000, plain);
        row("too late", 32'000, 95'000, plain);
        row("busy until the end, and of no round age", 20, 95'000, plain);
        row("busy until the end at a round age", 20, 3'600'200, u"60 minute(s) after it was opened"_s);
        row("never used: it was silence", 30'010, 30'020, u"of silence"_s);
        row("at once", 0, 0, plain);
    }

    void aCutAtARoundTimeIsExplained()
    {
        QFETCH(const qint64, silentMs);
        QFETCH(const qint64, ageMs);
        QFETCH(const QString, words);
        const QString text = closedText(silentMs, ageMs);
        QVERIFY2(text.contains(words), qPrintable(text));
    }

    void uploads_data()
    {
        QTest::addColumn<UploadFacts>("facts");
        QTest::addColumn<UploadEnd>("end");
        using enum UploadEnd;
        constexpr quint64 Most = AbsorbedBytes;
        QTest::addRow("nothing was sent") << UploadFacts{0, 0, true, true} << Taken;
        QTest::addRow("nothing was sent, reset") << UploadFacts{0, 0, false, true} << Taken;
        QTest::addRow("a request that was answered") << UploadFacts{500, 9'000, true, true} << Taken;
        QTest::addRow("a request whose answer was cut") << UploadFacts{500, 9'000, false, true} << Taken;
        QTest::addRow("a request that was refused") << UploadFacts{500, 0, false, true} << Cut;
        QTest::addRow("sent without an answer, both ended") << UploadFacts{500, 0, true, true} << Taken;
        QTest::addRow("as much as any pod takes, reset") << UploadFacts{Most, 1, false, true} << Taken;
        QTest::addRow("more than any pod takes, reset") << UploadFacts{Most + 1, 1, false, true} << Cut;
        QTest::addRow("more than any pod takes, both ended") << UploadFacts{Most + 1, 1, true, true} << Doubtful;
        QTest::addRow("a pod that does not read, program killed") << UploadFacts{20 << 20, 0, false, true} << Cut;
        QTest::addRow("nobody accepted the streams") << UploadFacts{0, 0, false, false} << Cut;
    }

    void uploads()
    {
        QFETCH(const UploadFacts, facts);
        QFETCH(const UploadEnd, end);
        QVERIFY(judgeUpload(facts) == end);
    }

    void steppingAside_data()
    {
        QTest::addColumn<UploadFacts>("facts");
        QTest::addColumn<bool>("finSent");
        QTest::addColumn<bool>("unsent");
        QTest::addColumn<bool>("may");
        const UploadFacts request{500, 9'000, false, true};
        QTest::addRow("program closed after an answer") << request << true << false << true;
        QTest::addRow("end of input is held back") << request << false << false << false;
        QTest::addRow("something waits for the server") << request << true << true << false;
        QTest::addRow("no answer: the pod may not even be connected")
            << UploadFacts{500, 0, false, true} << true << false << false;
        QTest::addRow("more than any pod takes")
            << UploadFacts{AbsorbedBytes + 1, 9, false, true} << true << false << false;
        QTest::addRow("not accepted") << UploadFacts{0, 9, false, false} << true << false << false;
    }

    void steppingAside()
    {
        QFETCH(const UploadFacts, facts);
        QFETCH(const bool, finSent);
        QFETCH(const bool, unsent);
        QFETCH(const bool, may);
        QCOMPARE(mayStepAside(facts, finSent, unsent), may);
    }

    void reuse_data()
    {
        QTest::addColumn<ReuseFacts>("facts");
        QTest::addColumn<ReuseVerdict>("verdict");
        QTest::addColumn<ReuseReason>("reason");
        const auto add = [](const char *name, auto change, ReuseVerdict verdict, ReuseReason reason) {
            ReuseFacts facts;
            change(facts);
            QTest::addRow("%s", name) << facts << verdict << reason;
        };
        using enum ReuseVerdict;
        using Reason = ReuseReason;
        using Facts = ReuseFacts;
        add(
            "finished", [](Facts &) {}, Reuse, Reason::Finished);
        add(
            "GOAWAY, ids used up, closed", [](Facts &f) { f.usable = false; }, Close, Reason::NotUsable);
        add(
            "the pod is gone", [](Facts &f) { f.podGone = true; }, Close, Reason::PodGone);
        add(
            "upload cut short", [](Facts &f) { f.uploadCut = true; }, Close, Reason::UploadCut);
        add(
            "upload cut short, though all streams ended later",
            [](Facts &f) {
                f.uploadCut = true;
                f.endsAwaitedMs = 100;
            },
            Close, Reason::UploadCut);
        add(
            "the last connection but one", [](Facts &f) { f.served = 999; }, Reuse, Reason::Finished);
        add(
            "enough connections", [](Facts &f) { f.served = 1'000; }, Close, Reason::ServedEnough);
        add(
            "reading is held", [](Facts &f) { f.readingHeld = true; }, Wait, Reason::ReadingHeld);
        add(
            "bytes are queued", [](Facts &f) { f.unsent = true; }, Wait, Reason::Unsent);
        add(
            "bytes have been queued for too long",
            [](Facts &f) {
                f.unsent = true;
                f.endsAwaitedMs = SettleMs;
            },
            Close, Reason::Unsent);
        add(
            "an end is still to come", [](Facts &f) { f.endsToCome = true; }, Wait, Reason::EndsToCome);
        add(
            "an end is late by a hair",
            [](Facts &f) {
                f.endsToCome = true;
                f.endsAwaitedMs = SettleMs - 1;
            },
            Wait, Reason::EndsToCome);
        add(
            "an end does not come",
            [](Facts &f) {
                f.endsToCome = true;
                f.endsAwaitedMs = SettleMs;
            },
            Close, Reason::EndsMissing);
        add(
            "pods that still have to end",
            [](Facts &f) {
                f.aside = MostAside - 1;
                f.endsAwaitedMs = 900;
            },
            Reuse, Reason::Finished);
        add(
            "too many of them", [](Facts &f) { f.aside = MostAside; }, Wait, Reason::EndsToCome);
        add(
            "one of them does not end",
            [](Facts &f) {
                f.aside = 1;
                f.endsAwaitedMs = SettleMs;
            },
            Close, Reason::EndsMissing);
    }

    void reuse()
    {
        QFETCH(const ReuseFacts, facts);
        QFETCH(const ReuseVerdict, verdict);
        QFETCH(const ReuseReason, reason);
        QVERIFY((decideReuse(facts) == ReuseDecision{verdict, reason}));
    }

    void poolSize_data()
    {
        // Tunnels in use from which second on; how many there should be at second `at`.
        QTest::addColumn<QString>("story");
        QTest::addColumn<int>("at");
        QTest::addColumn<int>("target");
        QTest::addRow("a spare from the start") << u""_s << 0 << 1;
        QTest::addRow("one in use") << u"1@5"_s << 5 << 2;
        QTest::addRow("grows with use") << u"1@5 2@6 6@7"_s << 7 << 7;
        QTest::addRow("keeps the peak") << u"6@7 0@8"_s << 67 << 7;
        QTest::addRow("for a minute after it ended") << u"6@7 0@8"_s << 68 << 1;
        QTest::addRow("then the next lower peak counts") << u"6@7 3@8 0@20"_s << 68 << 4;
        QTest::addRow("and then that one is over, too") << u"6@7 3@8 0@20"_s << 80 << 1;
        QTest::addRow("a later peak of the same height lasts longer") << u"6@7 0@8 6@40 0@41"_s << 100 << 7;
        QTest::addRow("use that goes on keeps its tunnels") << u"3@1"_s << 7'200 << 4;
        QTest::addRow("never more than the bound") << u"500@1"_s << 1 << 64;
        QTest::addRow("the spare is within the bound") << u"64@1"_s << 1 << 64;
    }

    void poolSize()
    {
        QFETCH(const QString, story);
        QFETCH(const int, at);
        QFETCH(const int, target);
        PoolSizer sizer(PoolLimits{});
        for (const QString &step : story.split(u' ', Qt::SkipEmptyParts))
            sizer.note(step.section(u'@', 0, 0).toInt(), step.section(u'@', 1).toLongLong() * 1'000);
        QCOMPARE(sizer.target(qint64(at) * 1'000), target);
    }

    void limitsAreMadeSane()
    {
        EngineOptions options;
        options.maxTunnels = 0;
        options.spareTunnels = 99;
        options.maxPairsPerTunnel = -1;
        const PoolLimits limits = PoolLimits::of(options);
        QCOMPARE(limits.maxTunnels, 1);
        QCOMPARE(limits.spares, 1);
        QCOMPARE(limits.maxPairsPerTunnel, 1);
    }

    void sharing_data()
    {
        QTest::addColumn<QList<TunnelLoad>>("tunnels");
        QTest::addColumn<int>("chosen");
        using Loads = QList<TunnelLoad>;
        QTest::addRow("no tunnel") << Loads{} << -1;
        QTest::addRow("the least loaded") << Loads{{true, false, 3}, {true, false, 1}, {true, false, 2}} << 1;
        QTest::addRow("the first of equals") << Loads{{true, false, 1}, {true, false, 1}} << 0;
        QTest::addRow("none that is stalled") << Loads{{true, true, 1}, {true, false, 3}} << 1;
        QTest::addRow("none that is given up") << Loads{{false, false, 1}, {true, false, 2}} << 1;
        QTest::addRow("all are full") << Loads{{true, false, 4}, {true, false, 4}} << -1;
        QTest::addRow("the only one with room is stalled") << Loads{{true, false, 4}, {true, true, 1}} << -1;
    }

    void sharing()
    {
        QFETCH(const QList<TunnelLoad>, tunnels);
        QFETCH(const int, chosen);
        const auto result = tunnelToShare(tunnels, 4);
        QCOMPARE(result ? int(*result) : -1, chosen);
    }
};

QTEST_GUILESS_MAIN(TestTunnelRules)
#include "tst_tunnelrules.moc"
