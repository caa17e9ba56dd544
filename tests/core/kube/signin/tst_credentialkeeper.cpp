#include "core/kube/signin/credentialkeeper.h"
#include "tests/support/handclock.h"

#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;
using Verdict = CredentialKeeper::Verdict;

namespace {

const SignInFailure Failed{u"failed"_s, {}, {}, false};
const SignInFailure Unwanted{u"unwanted"_s, {}, {}, false};

} // namespace

class TestCredentialKeeper : public QObject
{
    Q_OBJECT

    Test::HandClock clock;

    [[nodiscard]] Credential credential(std::optional<int> seconds = {}) const
    {
        Credential result;
        result.token = "t";
        if (seconds)
            result.expires = clock.now().addSecs(*seconds);
        return result;
    }

    void obtain(CredentialKeeper &keeper, std::optional<int> seconds = {}) const
    {
        QCOMPARE(keeper.ask(), Verdict::Run);
        keeper.began();
        keeper.succeeded(credential(seconds));
    }

private slots:
    void oneRunAtATime()
    {
        CredentialKeeper keeper(clock);
        QCOMPARE(keeper.ask(), Verdict::Run);
        keeper.began();
        QCOMPARE(keeper.ask(), Verdict::Wait);
        keeper.succeeded(credential());
        QCOMPARE(keeper.ask(), Verdict::Use);
        QCOMPARE(keeper.current().number, quint64(1));
    }

    void whatNeverEndsIsKept()
    {
        CredentialKeeper keeper(clock);
        obtain(keeper);
        clock.advance(1000 * 3'600'000LL);
        QCOMPARE(keeper.ask(), Verdict::Use);
    }

    void isUsedUntil_data()
    {
        QTest::addColumn<int>("lifetime");
        QTest::addColumn<int>("used");
        QTest::addRow("a minute before its end") << 900 << 840;
        QTest::addRow("half of a short life") << 90 << 45;
        QTest::addRow("ten seconds of a very short one") << 3 << 10;
        QTest::addRow("ten seconds of one that has ended") << -600 << 10;
    }

    void isUsedUntil()
    {
        QFETCH(const int, lifetime);
        QFETCH(const int, used);
        CredentialKeeper keeper(clock);
        obtain(keeper, lifetime);
        clock.advance(used * 1000LL - 1);
        QCOMPARE(keeper.ask(), Verdict::Use);
        clock.advance(1);
        QCOMPARE(keeper.ask(), Verdict::Run);
    }

    void aFailureStandsUntilTheUserAsks()
    {
        CredentialKeeper keeper(clock);
        keeper.began();
        clock.advance(10);
        keeper.failed(Failed);
        clock.advance(24 * 3'600'000LL);
        QCOMPARE(keeper.ask(), Verdict::Refuse);
        QCOMPARE(keeper.failure(), Failed);
        keeper.forgive(clock.monotonicMs());
        QCOMPARE(keeper.ask(), Verdict::Run);
    }

    void whoAskedBeforeTheFailureHasItsAnswer()
    {
        CredentialKeeper keeper(clock);
        const qint64 asked = clock.monotonicMs();
        keeper.began();
        clock.advance(10);
        keeper.failed(Failed);
        keeper.forgive(asked);
        QCOMPARE(keeper.ask(), Verdict::Refuse);
    }

    void aFailedRefreshLeavesTheLastMinute()
    {
        CredentialKeeper keeper(clock);
        obtain(keeper, 900);
        clock.advance(850'000);
        QCOMPARE(keeper.ask(), Verdict::Run);
        keeper.began();
        keeper.failed(Failed);
        QCOMPARE(keeper.ask(), Verdict::Use);
        clock.advance(50'000);
        QCOMPARE(keeper.ask(), Verdict::Refuse);
    }

    void oneMoreRunAfterARefusal()
    {
        CredentialKeeper keeper(clock);
        obtain(keeper);
        keeper.refused(1, Unwanted);
        obtain(keeper);
        QCOMPARE(keeper.current().number, quint64(2));
        keeper.refused(2, Unwanted);
        QCOMPARE(keeper.ask(), Verdict::Refuse);
        QCOMPARE(keeper.failure(), Unwanted);
    }

    void refusalsOfAnOlderOneSayNothing()
    {
        CredentialKeeper keeper(clock);
        obtain(keeper);
        keeper.refused(1, Unwanted);
        keeper.refused(1, Unwanted);
        keeper.began();
        keeper.refused(1, Unwanted);
        keeper.succeeded(credential());
        for (int i = 0; i < 50; ++i)
            keeper.refused(1, Unwanted);
        QCOMPARE(keeper.ask(), Verdict::Use);
    }

    void oneThatWorkedForAWhileMayBeRefusedAgain()
    {
        CredentialKeeper keeper(clock);
        obtain(keeper);
        keeper.refused(1, Unwanted);
        obtain(keeper);
        clock.advance(CredentialKeeper::RefusalMs);
        keeper.refused(2, Unwanted);
        QCOMPARE(keeper.ask(), Verdict::Run);
    }

    void aPresetNeedsNoRun()
    {
        CredentialKeeper keeper(clock);
        keeper.preset(credential(900));
        QCOMPARE(keeper.ask(), Verdict::Use);
        clock.advance(840'000);
        QCOMPARE(keeper.ask(), Verdict::Run);
    }
};

QTEST_GUILESS_MAIN(TestCredentialKeeper)
#include "tst_credentialkeeper.moc"
