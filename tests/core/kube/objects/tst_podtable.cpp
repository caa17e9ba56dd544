#include "core/kube/api/retrydelay.h"
#include "core/kube/browse/podcache.h"
#include "core/kube/objects/podtable.h"

#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

namespace {

QJsonObject json(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

PodRow row(const QString &name, const QString &status = u"Running"_s)
{
    PodRow pod;
    pod.namespaceName = u"ns"_s;
    pod.name = name;
    pod.status = status;
    return pod;
}

QStringList words(const PodCache::Changes &changes)
{
    QStringList out;
    for (const PodRow &pod : changes.rows)
        out << pod.name + u'=' + pod.status;
    std::sort(out.begin(), out.end());
    for (const QString &key : changes.removed)
        out << u'-' + key;
    return out;
}

const QByteArray TwoColumns =
    R"("columnDefinitions":[{"name":"Status"},{"name":"Extra"},{"name":"NAME"},{"name":"Restarts"},{"name":"Ready"}],)";
const QByteArray OneRow =
    R"("rows":[{"cells":["Error","?","cell-name",3,"1/2"],"object":{"metadata":)"
    R"({"name":"p","namespace":"ns","uid":"u","resourceVersion":"9","creationTimestamp":"2026-11-23T10:00:00Z"}}}])";

} // namespace

class TestPodTable : public QObject
{
    Q_OBJECT

private slots:
    void cellsAreFoundByName()
    {
        PodTable table;
        const QList<PodRow> rows = table.rowsOf(json(R"({"kind":"Table",)" + TwoColumns + OneRow + "}"), {});
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows[0].name, u"p"_s);
        QCOMPARE(rows[0].namespaceName, u"ns"_s);
        QCOMPARE(rows[0].uid, u"u"_s);
        QCOMPARE(rows[0].status, u"Error"_s);
        QCOMPARE(rows[0].ready, u"1/2"_s);
        QCOMPARE(rows[0].restarts, u"3"_s);
        QCOMPARE(rows[0].created, QDateTime(QDate(2026, 11, 23), QTime(10, 0), Qt::UTC));
    }

    void columnsStayForLaterEvents()
    {
        PodTable table;
        (void)table.rowsOf(json(R"({"kind":"Table",)" + TwoColumns + R"("rows":[]})"), {});
        const QList<PodRow> rows = table.rowsOf(json(R"({"kind":"Table",)" + OneRow + "}"), {});
        QCOMPARE(rows.value(0).status, u"Error"_s);
    }

    void plainListsAndPodsAreSummedUpHere()
    {
        PodTable table;
        const QByteArray pod =
            R"({"kind":"Pod","metadata":{"name":"p","namespace":"ns"},"spec":{"containers":[{}]},"status":{"phase":"Pending"}})";
        const PodRow expected{u"ns"_s, u"p"_s, {}, u"0/1"_s, u"Pending"_s, u"0"_s, {}};
        QCOMPARE(table.rowsOf(json(pod), {}), QList<PodRow>{expected});
        QCOMPARE(table.rowsOf(json(R"({"kind":"PodList","items":[)" + pod + "]}"), {}), QList<PodRow>{expected});
    }

    void namelessRowsAreDropped()
    {
        PodTable table;
        QVERIFY(table.rowsOf(json(R"({"kind":"Table","rows":[{"cells":[]},{}]})"), {}).isEmpty());
        QVERIFY(table.rowsOf(json(R"({"kind":"PodList","items":[{}]})"), {}).isEmpty());
    }

    void versionIsFoundInEveryForm()
    {
        QCOMPARE(resourceVersionOf(json(R"({"kind":"Pod","metadata":{"resourceVersion":"5"}})")), u"5"_s);
        QCOMPARE(resourceVersionOf(json(R"({"kind":"Table","metadata":{},)" + OneRow + "}")), u"9"_s);
        QCOMPARE(resourceVersionOf(json("{}")), QString());
    }

    void changesAreMerged()
    {
        PodCache cache;
        cache.put(row(u"a"_s, u"Pending"_s));
        cache.put(row(u"a"_s));
        cache.put(row(u"b"_s));
        cache.remove(u"ns/b"_s);
        QCOMPARE(words(cache.take(100)), QStringList({u"a=Running"_s}));
        cache.put(row(u"a"_s));
        QVERIFY(!cache.hasChanges());
        cache.remove(u"ns/a"_s);
        cache.put(row(u"a"_s, u"New"_s));
        QCOMPARE(words(cache.take(100)), QStringList({u"a=New"_s}));
        cache.remove(u"ns/a"_s);
        cache.remove(u"ns/never"_s);
        QCOMPARE(words(cache.take(100)), QStringList({u"-ns/a"_s}));
    }

    void anotherListingTellsOnlyDifferences()
    {
        PodCache cache;
        for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
            cache.put(row(name));
        (void)cache.take(100);
        cache.beginListing();
        cache.put(row(u"a"_s));
        cache.put(row(u"b"_s, u"Error"_s));
        cache.put(row(u"d"_s));
        cache.endListing();
        QCOMPARE(words(cache.take(100)), QStringList({u"b=Error"_s, u"d=Running"_s, u"-ns/c"_s}));
        QCOMPARE(cache.size(), 3);
    }

    void batchesAreCapped()
    {
        PodCache cache;
        for (int i = 0; i < 25; ++i)
            cache.put(row(QString::number(i)));
        QCOMPARE(cache.take(10).rows.size(), 10);
        QCOMPARE(cache.take(10).rows.size(), 10);
        QVERIFY(cache.hasChanges());
        QCOMPARE(cache.take(10).rows.size(), 5);
        QVERIFY(!cache.hasChanges());
    }

    void delayDoublesIsCappedAndStartsOver()
    {
        RetryDelay full({800, 30'000, 120'000}, [] { return 0.0; });
        QList<int> waits;
        for (int i = 0; i < 8; ++i)
            waits << full.next(1000);
        QCOMPARE(waits, QList<int>({800, 1600, 3200, 6400, 12800, 25600, 30000, 30000}));
        QCOMPARE(full.next(1000 + 119'999), 30000);
        QCOMPARE(full.next(1000 + 119'999 + 120'000), 800);
        RetryDelay jittered({800, 30'000, 120'000}, [] { return 0.999; });
        QCOMPARE(jittered.next(0), 401);
    }
};

QTEST_GUILESS_MAIN(TestPodTable)
#include "tst_podtable.moc"
