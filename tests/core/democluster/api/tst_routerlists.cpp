#include "core/democluster/api/podwords.h"
#include "tests/core/democluster/api/routertest.h"

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Demo;

/// What lists have in them: kinds, selectors, pages, tables.
class TestRouterLists : public RouterTest
{
    Q_OBJECT

private slots:
    void pagesTogetherAreTheList()
    {
        const QJsonArray all = bodyOf(m_router.answer(request("GET", "/api/v1/pods"))).value("items"_L1).toArray();
        QStringList paged;
        QByteArray token;
        do {
            const QJsonObject page = bodyOf(m_router.answer(request("GET", "/api/v1/pods?limit=4&continue=" + token)));
            for (const QJsonValue item : page.value("items"_L1).toArray())
                paged << item["metadata"_L1]["uid"_L1].toString();
            QVERIFY(page.value("items"_L1).toArray().size() <= 4);
            token = page.value("metadata"_L1)["continue"_L1].toString().toLatin1();
        } while (!token.isEmpty());
        QStringList whole;
        for (const QJsonValue item : all)
            whole << item["metadata"_L1]["uid"_L1].toString();
        QVERIFY(whole.size() > 8);
        QCOMPARE(paged, whole);
    }

    void projectsAreTheNamespacesThatTheUserSees()
    {
        const QByteArray path = "/apis/project.openshift.io/v1/projects";
        const QJsonObject all = bodyOf(m_router.answer(request("GET", path)));
        QCOMPARE(all.value("kind"_L1).toString(), u"ProjectList"_s);
        QCOMPARE(all.value("apiVersion"_L1).toString(), u"project.openshift.io/v1"_s);
        QCOMPARE(namesIn(all), namesIn(bodyOf(m_router.answer(request("GET", "/api/v1/namespaces")))));
        QCOMPARE(namesIn(bodyOf(m_router.answer(request("GET", path, u"viewer"_s)))), QStringList{u"shop"_s});
        QCOMPARE(codeOf(m_router.answer(request("GET", path + "/shop", u"viewer"_s))), 200);
        QCOMPARE(bodyOf(m_router.answer(request("GET", path + "/shop"))).value("kind"_L1).toString(), u"Project"_s);
        QCOMPARE(codeOf(m_router.answer(request("GET", path + "/default", u"viewer"_s))), 403);
        QCOMPARE(codeOf(m_router.answer(request("DELETE", path + "/shop", u"viewer"_s))), 403);

        const Answer watch = m_router.answer(request("GET", path + "?watch=1", u"viewer"_s));
        WatchFeed feed(std::get<WatchPlan>(watch), m_store, m_clock);
        const QByteArray lines = feed.take();
        QVERIFY(lines.contains(R"("name":"shop")"));
        QCOMPARE(lines.count('\n'), 1);
    }

    void plainKubernetesHasNoProjects()
    {
        const Router router(m_store, m_editor, m_users, m_clock, {}, false);
        const QByteArray path = "/apis/project.openshift.io/v1/projects";
        QCOMPARE(codeOf(router.answer(request("GET", path))), 404);
        QCOMPARE(codeOf(router.answer(request("GET", path, u"viewer"_s))), 403); // rights are asked first
        QCOMPARE(codeOf(router.answer(request("GET", "/apis/project.openshift.io/v1"))), 404);
        QVERIFY(!QJsonDocument(bodyOf(router.answer(request("GET", "/apis")))).toJson().contains("project.openshift"));
        QVERIFY(QJsonDocument(bodyOf(m_router.answer(request("GET", "/apis")))).toJson().contains("project.openshift"));
    }

    void everyKindIsServed_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("apiVersion");
        QTest::addRow("services") << "/api/v1"_ba
                                  << "services/web"_ba << u"Service"_s << u"v1"_s;
        QTest::addRow("deployments") << "/apis/apps/v1"_ba
                                     << "deployments/api"_ba << u"Deployment"_s << u"apps/v1"_s;
        QTest::addRow("replicasets") << "/apis/apps/v1"_ba
                                     << "replicasets/api-6b8c7d5f9b"_ba << u"ReplicaSet"_s << u"apps/v1"_s;
        QTest::addRow("statefulsets") << "/apis/apps/v1"_ba
                                      << "statefulsets/db"_ba << u"StatefulSet"_s << u"apps/v1"_s;
        QTest::addRow("jobs") << "/apis/batch/v1"_ba
                              << "jobs/reindex"_ba << u"Job"_s << u"batch/v1"_s;
        QTest::addRow("replicationcontrollers")
            << "/api/v1"_ba
            << "replicationcontrollers/legacy-1"_ba << u"ReplicationController"_s << u"v1"_s;
        QTest::addRow("deploymentconfigs")
            << "/apis/apps.openshift.io/v1"_ba
            << "deploymentconfigs/legacy"_ba << u"DeploymentConfig"_s << u"apps.openshift.io/v1"_s;
    }

    void everyKindIsServed()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const QByteArray, name);
        QFETCH(const QString, kind);
        QFETCH(const QString, apiVersion);
        const QByteArray resource = name.split('/').first();
        const QString plainName = QString::fromLatin1(name.split('/').last());

        const QJsonObject one = bodyOf(m_router.answer(request("GET", path + "/namespaces/default/" + name)));
        QCOMPARE(one.value("kind"_L1).toString(), kind);
        QCOMPARE(one.value("apiVersion"_L1).toString(), apiVersion);
        QCOMPARE(one.value("metadata"_L1)["name"_L1].toString(), plainName);

        const QJsonObject everywhere = bodyOf(m_router.answer(request("GET", path + '/' + resource)));
        QCOMPARE(everywhere.value("kind"_L1).toString(), kind + u"List"_s);
        QVERIFY(namesIn(everywhere).contains(plainName));
        const QByteArray byName = "?fieldSelector=metadata.name%3D" + plainName.toLatin1();
        QCOMPARE(namesIn(bodyOf(m_router.answer(request("GET", path + '/' + resource + byName)))),
                 QStringList{plainName});

        QStringList known;
        for (const QJsonValue entry : bodyOf(m_router.answer(request("GET", path))).value("resources"_L1).toArray())
            known << entry["name"_L1].toString();
        QVERIFY2(known.contains(QString::fromLatin1(resource)), qPrintable(known.join(u' ')));

        Request table = request("GET", path + "/namespaces/default/" + resource);
        table.head.fields.add("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
        const QJsonObject rows = bodyOf(m_router.answer(table));
        QCOMPARE(rows.value("rows"_L1)[0]["cells"_L1].toArray().size(),
                 rows.value("columnDefinitions"_L1).toArray().size());
    }

    void labelSelectorsOfAQuery_data()
    {
        QTest::addColumn<QByteArray>("selector");
        QTest::addColumn<QStringList>("names");
        QTest::addRow("equal") << "tier=a"_ba << QStringList{u"one"_s};
        QTest::addRow("double equal") << "tier==b"_ba << QStringList{u"two"_s};
        QTest::addRow("in") << "tier in (a,b)"_ba << QStringList{u"one"_s, u"two"_s};
        QTest::addRow("in, close") << "tier in(a)"_ba << QStringList{u"one"_s};
        QTest::addRow("notin takes those without it") << "tier notin (a,b)"_ba << QStringList{u"bare"_s, u"three"_s};
        QTest::addRow("unequal") << "tier!=a"_ba << QStringList{u"bare"_s, u"three"_s, u"two"_s};
        QTest::addRow("exists") << "tier"_ba << QStringList{u"one"_s, u"three"_s, u"two"_s};
        QTest::addRow("does not exist") << "!tier"_ba << QStringList{u"bare"_s};
        QTest::addRow("all must hold") << "tier,tier!=b,tier notin (c)"_ba << QStringList{u"one"_s};
    }

    void labelSelectorsOfAQuery()
    {
        QFETCH(const QByteArray, selector);
        QFETCH(const QStringList, names);
        for (const auto &[name, tier] : {std::pair(u"one"_s, u"a"_s), {u"two"_s, u"b"_s}, {u"three"_s, u"c"_s}})
            m_store.putObject(service(u"selected"_s, name, tier));
        ApiObject bare = service(u"selected"_s, u"bare"_s, {});
        bare.labels.clear();
        m_store.putObject(bare);
        const QByteArray target = "/api/v1/namespaces/selected/services?labelSelector=" + selector.toPercentEncoding();
        QCOMPARE(namesIn(bodyOf(m_router.answer(request("GET", target)))), names);
    }

    void selectorsOfOwners_data()
    {
        QTest::addColumn<QByteArray>("selector");
        QTest::addColumn<bool>("matches");
        const auto expression = [](const QByteArray &text) { return R"({"matchExpressions":[)" + text + "]}"; };
        QTest::addRow("nothing selects everything") << "{}"_ba << true;
        QTest::addRow("label") << R"({"matchLabels":{"app":"web"}})"_ba << true;
        QTest::addRow("other value") << R"({"matchLabels":{"app":"db"}})"_ba << false;
        QTest::addRow("In") << expression(R"({"key":"app","operator":"In","values":["db","web"]})") << true;
        QTest::addRow("In others") << expression(R"({"key":"app","operator":"In","values":["db"]})") << false;
        QTest::addRow("NotIn") << expression(R"({"key":"app","operator":"NotIn","values":["web"]})") << false;
        QTest::addRow("NotIn, missing") << expression(R"({"key":"x","operator":"NotIn","values":["web"]})") << true;
        QTest::addRow("Exists") << expression(R"({"key":"app","operator":"Exists"})") << true;
        QTest::addRow("DoesNotExist") << expression(R"({"key":"app","operator":"DoesNotExist"})") << false;
        QTest::addRow("both kinds") << R"({"matchLabels":{"app":"web"},"matchExpressions":[)"
                                       R"({"key":"track","operator":"In","values":["beta"]}]})"_ba
                                    << false;
    }

    void selectorsOfOwners()
    {
        QFETCH(const QByteArray, selector);
        QFETCH(const bool, matches);
        const auto read = LabelSelector::fromObject(QJsonDocument::fromJson(selector).object());
        QVERIFY(read);
        QCOMPARE(read->matches({{u"app"_s, u"web"_s}, {u"track"_s, u"stable"_s}}), matches);
    }

    void brokenSelectorsOfOwnersAreNamed_data()
    {
        QTest::addColumn<QByteArray>("expression");
        QTest::addRow("unknown operator") << R"({"key":"app","operator":"Near","values":["x"]})"_ba;
        QTest::addRow("no key") << R"({"operator":"Exists"})"_ba;
        QTest::addRow("In without values") << R"({"key":"app","operator":"In"})"_ba;
        QTest::addRow("Exists with values") << R"({"key":"app","operator":"Exists","values":["x"]})"_ba;
    }

    void brokenSelectorsOfOwnersAreNamed()
    {
        QFETCH(const QByteArray, expression);
        const auto read =
            LabelSelector::fromObject(QJsonDocument::fromJson(R"({"matchExpressions":[)" + expression + "]}").object());
        QVERIFY(!read);
        QVERIFY(!read.error().isEmpty());
    }

    /// As etcd orders keys: "a-b/..." comes before "a/...", so a page must not end between them in another order.
    void pagesDoNotLoseNamespacesWhoseNamesBeginAlike()
    {
        ObjectStore store;
        Router router(store, m_editor, m_users, m_clock, {});
        for (const QString &ns : {u"a"_s, u"a-b"_s, u"a-c"_s, u"b"_s}) {
            for (const QString &name : {u"x"_s, u"y"_s})
                store.putObject(service(ns, name, {}));
        }
        QStringList paged;
        QByteArray token;
        do {
            const QJsonObject page =
                bodyOf(router.answer(request("GET", "/api/v1/services?limit=1&continue=" + token)));
            for (const QJsonValue item : page.value("items"_L1).toArray())
                paged << item["metadata"_L1]["namespace"_L1].toString() + item["metadata"_L1]["name"_L1].toString();
            token = page.value("metadata"_L1)["continue"_L1].toString().toLatin1();
        } while (!token.isEmpty());
        QCOMPARE(paged.size(), 8);
        QCOMPARE(namesIn(bodyOf(router.answer(request("GET", "/api/v1/namespaces/a/services")))),
                 (QStringList{u"x"_s, u"y"_s}));
    }

    void aTableHasTheWordsOfKubectl()
    {
        Request table =
            request("GET", "/api/v1/namespaces/shop/pods?fieldSelector=metadata.name%3Dpayment-5c9fdb7c88-tm6vd");
        table.head.fields.add("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io, application/json");
        const QJsonObject body = bodyOf(m_router.answer(table));
        QCOMPARE(body.value("kind"_L1).toString(), u"Table"_s);
        const QJsonArray cells = body.value("rows"_L1)[0]["cells"_L1].toArray();
        QCOMPARE(cells.size(), body.value("columnDefinitions"_L1).toArray().size());
        QCOMPARE(cells.at(1).toString(), u"0/1"_s);
        QCOMPARE(cells.at(2).toString(), u"CrashLoopBackOff"_s);
        QCOMPARE(cells.at(3).toString(), u"19 (2m50s ago)"_s);
        QCOMPARE(cells.at(4).toString(), u"84m"_s);
        QCOMPARE(body.value("rows"_L1)[0]["object"_L1]["kind"_L1].toString(), u"PartialObjectMetadata"_s);
    }

    void agesAreWrittenAsKubectlDoes_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("text");
        QTest::addRow("future") << qint64(-5) << u"<invalid>"_s;
        QTest::addRow("clock a little off") << qint64(-1) << u"0s"_s;
        QTest::addRow("seconds") << qint64(119) << u"119s"_s;
        QTest::addRow("minutes") << qint64(120) << u"2m"_s;
        QTest::addRow("minutes and seconds") << qint64(599) << u"9m59s"_s;
        QTest::addRow("only minutes") << qint64(10799) << u"179m"_s;
        QTest::addRow("hours and minutes") << qint64(3 * 3600 + 240) << u"3h4m"_s;
        QTest::addRow("only hours") << qint64(47 * 3600 + 59) << u"47h"_s;
        QTest::addRow("days and hours") << qint64(7 * 86400 + 3600) << u"7d1h"_s;
        QTest::addRow("only days") << qint64(700 * 86400) << u"700d"_s;
        QTest::addRow("years and days") << qint64(3 * 365 * 86400 + 86400) << u"3y1d"_s;
        QTest::addRow("only years") << qint64(9LL * 365 * 86400) << u"9y"_s;
    }

    void agesAreWrittenAsKubectlDoes()
    {
        QFETCH(const qint64, seconds);
        QFETCH(const QString, text);
        QCOMPARE(ageText(m_clock.now().addSecs(-seconds), m_clock.now()), text);
    }
};

QTEST_GUILESS_MAIN(TestRouterLists)
#include "tst_routerlists.moc"
