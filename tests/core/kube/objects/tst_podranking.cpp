#include "core/kube/objects/podranking.h"

#include <QTest>

#include <algorithm>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

namespace {

QDateTime minute(int number)
{
    return {QDate(2026, 11, 23), QTime(10, number), Qt::UTC};
}

/// Assigned, running, ready, of minute 5, without restarts.
PodInfo ordinary(const QString &name)
{
    PodInfo pod;
    pod.name = name;
    pod.node = u"n1"_s;
    pod.phase = u"Running"_s;
    pod.ready = true;
    pod.readySince = pod.created = minute(5);
    return pod;
}

using Change = void (*)(PodInfo &);

} // namespace

Q_DECLARE_METATYPE(Change)

class TestPodRanking : public QObject
{
    Q_OBJECT

private slots:
    void betterThan_data()
    {
        QTest::addColumn<Change>("better");
        QTest::addColumn<Change>("worse");
        const auto row = [](const char *rule, Change better, Change worse) { QTest::newRow(rule) << better << worse; };
        const Change nothing = [](PodInfo &) {};
        row("a node before none", nothing, [](PodInfo &p) { p.node.clear(); });
        row(
            "a node beats the phase", [](PodInfo &p) { p.phase = u"Pending"_s; }, [](PodInfo &p) { p.node.clear(); });
        row("Running before Unknown", nothing, [](PodInfo &p) { p.phase = u"Unknown"_s; });
        row(
            "Unknown before Pending", [](PodInfo &p) { p.phase = u"Unknown"_s; },
            [](PodInfo &p) { p.phase = u"Pending"_s; });
        row(
            "Unknown before Succeeded", [](PodInfo &p) { p.phase = u"Unknown"_s; },
            [](PodInfo &p) { p.phase = u"Succeeded"_s; });
        row(
            "the phase beats readiness", [](PodInfo &p) { p.ready = false; },
            [](PodInfo &p) { p.phase = u"Unknown"_s; });
        row(
            "Failed ranks with Pending, readiness decides", [](PodInfo &p) { p.phase = u"Failed"_s; },
            [](PodInfo &p) {
                p.phase = u"Pending"_s;
                p.ready = false;
            });
        row("ready before unready", nothing, [](PodInfo &p) { p.ready = false; });
        row(
            "readiness beats deletion", [](PodInfo &p) { p.deleting = true; }, [](PodInfo &p) { p.ready = false; });
        row("staying before going", nothing, [](PodInfo &p) { p.deleting = true; });
        row(
            "going later before going sooner",
            [](PodInfo &p) {
                p.deleting = true;
                p.deletedAt = minute(9);
            },
            [](PodInfo &p) {
                p.deleting = true;
                p.deletedAt = minute(8);
            });
        row(
            "deletion beats how long it is ready", [](PodInfo &p) { p.readySince = minute(6); },
            [](PodInfo &p) { p.deleting = true; });
        row("ready for longer", nothing, [](PodInfo &p) { p.readySince = minute(6); });
        row("a known time before none", nothing, [](PodInfo &p) { p.readySince = {}; });
        row(
            "how long it is ready beats restarts", [](PodInfo &p) { p.restarts = 9; },
            [](PodInfo &p) { p.readySince = minute(6); });
        row(
            "the time of a pod that is not ready does not count",
            [](PodInfo &p) {
                p.ready = false;
                p.readySince = minute(9);
            },
            [](PodInfo &p) {
                p.ready = false;
                p.restarts = 1;
            });
        row("fewer restarts", nothing, [](PodInfo &p) { p.restarts = 1; });
        row(
            "containers count before sidecars", [](PodInfo &p) { p.sidecarRestarts = 9; },
            [](PodInfo &p) { p.restarts = 1; });
        row("fewer restarts of sidecars", nothing, [](PodInfo &p) { p.sidecarRestarts = 1; });
        row(
            "restarts beat age", [](PodInfo &p) { p.created = minute(6); }, [](PodInfo &p) { p.restarts = 1; });
        row("older before newer", nothing, [](PodInfo &p) { p.created = minute(6); });
        row("a known age before none", nothing, [](PodInfo &p) { p.created = {}; });
    }

    void betterThan()
    {
        QFETCH(const Change, better);
        QFETCH(const Change, worse);
        PodInfo good = ordinary(u"z"_s); // so that the name speaks against it
        PodInfo bad = ordinary(u"a"_s);
        better(good);
        worse(bad);
        QVERIFY(isBetterPod(good, bad));
        QVERIFY(!isBetterPod(bad, good));
    }

    void alikePodsAreInOrderOfTheirNames()
    {
        QVERIFY(isBetterPod(ordinary(u"a"_s), ordinary(u"b"_s)));
        QVERIFY(!isBetterPod(ordinary(u"b"_s), ordinary(u"a"_s)));
        QVERIFY(!isBetterPod(ordinary(u"a"_s), ordinary(u"a"_s)));
    }

    /// reference: kubectl, given one unready pod and two ready ones, took the older ready one.
    void kubectlsMeasuredChoice()
    {
        PodInfo unready = ordinary(u"1"_s);
        unready.ready = false;
        unready.created = minute(1);
        PodInfo older = ordinary(u"2"_s);
        older.created = older.readySince = minute(3);
        QList<PodInfo> pods = {ordinary(u"3"_s), unready, older};
        std::sort(pods.begin(), pods.end(), isBetterPod);
        QCOMPARE(pods.first().name, u"2"_s);
        QCOMPARE(pods.last().name, u"1"_s);
    }

    void forwardable_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<bool>("can");
        const auto row = [](const char *rule, bool can, Change change) { QTest::newRow(rule) << change << can; };
        row("running", true, [](PodInfo &) {});
        row("running but unready", true, [](PodInfo &p) { p.ready = false; });
        row("running and about to go", false, [](PodInfo &p) { p.deleting = true; });
        row("pending", false, [](PodInfo &p) { p.phase = u"Pending"_s; });
        row("succeeded", false, [](PodInfo &p) { p.phase = u"Succeeded"_s; });
        row("unknown", false, [](PodInfo &p) { p.phase = u"Unknown"_s; });
        row("no phase yet", false, [](PodInfo &p) { p.phase.clear(); });
    }

    void forwardable()
    {
        QFETCH(const Change, change);
        PodInfo pod = ordinary(u"p"_s);
        change(pod);
        QTEST(isForwardable(pod), "can");
    }
};

QTEST_GUILESS_MAIN(TestPodRanking)
#include "tst_podranking.moc"
