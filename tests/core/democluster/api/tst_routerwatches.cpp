#include "tests/core/democluster/api/routertest.h"

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Demo;

/// What a watch tells, from where, and how it ends.
class TestRouterWatches : public RouterTest
{
    Q_OBJECT

private slots:
    void objectsAreWatched()
    {
        const QByteArray target = "/api/v1/namespaces/watched/"
                                  "services?watch=1&allowWatchBookmarks=true&labelSelector=tier%3Da&resourceVersion="
            + QByteArray::number(m_store.resourceVersion());
        WatchFeed feed(std::get<WatchPlan>(m_router.answer(request("GET", target))), m_store, m_clock);
        m_store.putObject(service(u"watched"_s, u"s"_s, u"a"_s));
        m_store.putObject(service(u"elsewhere"_s, u"s"_s, u"a"_s));
        m_store.putObject(service(u"watched"_s, u"s"_s, u"a"_s));
        m_store.putObject(service(u"watched"_s, u"other"_s, u"b"_s));
        m_store.removeObject(resourceType(u"Service"_s), u"watched"_s, u"s"_s);
        QStringList seen;
        for (const QJsonObject &event : lines(feed))
            seen << event.value("type"_L1).toString() + u' ' + event["object"_L1]["metadata"_L1]["name"_L1].toString();
        QCOMPARE(seen, (QStringList{u"ADDED s"_s, u"MODIFIED s"_s, u"DELETED s"_s}));
        const QJsonObject bookmark = QJsonDocument::fromJson(feed.bookmark()).object();
        QCOMPARE(bookmark["object"_L1]["kind"_L1].toString(), u"Service"_s);
        QCOMPARE(bookmark["object"_L1]["metadata"_L1]["resourceVersion"_L1].toString(),
                 QString::number(m_store.resourceVersion()));
    }

    void aWatchResumesBehindTheVersionItNames()
    {
        const quint64 before = m_store.resourceVersion();
        Pod pod = *m_store.findPod(u"default"_s, u"web"_s);
        pod.labels.insert(u"step"_s, u"1"_s);
        m_store.putPod(pod);
        WatchFeed feed(watch("resourceVersion=" + QByteArray::number(before)), m_store, m_clock);

        const auto events = lines(feed);

        QCOMPARE(events.size(), 1);
        QCOMPARE(events.first().value("type"_L1).toString(), u"MODIFIED"_s);
        QCOMPARE(events.first().value("object"_L1)["metadata"_L1]["labels"_L1]["step"_L1].toString(), u"1"_s);
        QVERIFY(lines(feed).isEmpty());
    }

    void aWatchWithoutVersionBeginsWithEverything()
    {
        WatchFeed feed(watch(""), m_store, m_clock);
        const auto events = lines(feed);
        QCOMPARE(events.size(), m_store.pods().size());
        QCOMPARE(events.first().value("type"_L1).toString(), u"ADDED"_s);
    }

    void leavingASelectorLooksLikeDeletion()
    {
        WatchFeed feed(
            watch("labelSelector=app%3Dmover&resourceVersion=" + QByteArray::number(m_store.resourceVersion())),
            m_store, m_clock);
        Pod pod = *m_store.findPod(u"default"_s, u"web"_s);
        QStringList types;
        for (const QString &app : {u"mover"_s, u"mover"_s, u"web"_s, u"web"_s}) {
            pod.labels.insert(u"app"_s, app);
            m_store.putPod(pod);
            for (const QJsonObject &event : lines(feed))
                types << event.value("type"_L1).toString();
        }
        QCOMPARE(types, (QStringList{u"ADDED"_s, u"MODIFIED"_s, u"DELETED"_s}));
    }

    void aTableWatchNamesItsColumnsOnce()
    {
        Request table = request("GET", "/api/v1/pods?watch=1");
        table.head.fields.add("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
        WatchFeed feed(std::get<WatchPlan>(m_router.answer(table)), m_store, m_clock);
        const auto events = lines(feed);
        QVERIFY(events.size() > 1);
        QVERIFY(!events.at(0).value("object"_L1)["columnDefinitions"_L1].toArray().isEmpty());
        QVERIFY(events.at(1).value("object"_L1)["columnDefinitions"_L1].toArray().isEmpty());
    }

    void aVersionThatIsTooOldEndsWith410()
    {
        ObjectStore store;
        store.addNamespace(u"n"_s, m_clock.now());
        Pod pod = *m_store.findPod(u"default"_s, u"web"_s);
        const quint64 old = store.resourceVersion();
        for (std::size_t i = 0; i < ObjectStore::LogSize + 1; ++i)
            store.putPod(pod);
        WatchPlan plan = watch("");
        plan.from = old;
        WatchFeed feed(plan, store, m_clock);

        const auto events = lines(feed);

        QCOMPARE(events.size(), 1);
        QCOMPARE(events.first().value("type"_L1).toString(), u"ERROR"_s);
        QCOMPARE(events.first().value("object"_L1)["code"_L1].toInt(), 410);
        QVERIFY(feed.isOver());
        plan.from = store.pods().oldestResumable();
        WatchFeed fresh(plan, store, m_clock);
        QCOMPARE(lines(fresh).size(), qsizetype(ObjectStore::LogSize));
    }

    void streamingListsEndWithABookmark()
    {
        WatchFeed feed(watch("sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true"),
                       m_store, m_clock);
        const QJsonObject last = lines(feed).last();
        QCOMPARE(last.value("type"_L1).toString(), u"BOOKMARK"_s);
        QCOMPARE(last.value("object"_L1)["metadata"_L1]["annotations"_L1]["k8s.io/initial-events-end"_L1].toString(),
                 u"true"_s);
    }
};

QTEST_GUILESS_MAIN(TestRouterWatches)
#include "tst_routerwatches.moc"
