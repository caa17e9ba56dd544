#include "core/democluster/api/podwords.h"
#include "core/democluster/api/router.h"
#include "core/democluster/api/watchfeed.h"
#include "core/democluster/builtin/demoservices.h"
#include "core/democluster/state/demopods.h"
#include "core/protocol/websocket/handshake.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Demo;

namespace {

class FixedClock final : public Clock
{
public:
    [[nodiscard]] qint64 monotonicMs() const override { return 0; }
    [[nodiscard]] QDateTime now() const override { return QDateTime({2026, 11, 23}, {12, 0}, Qt::UTC); }
};

QJsonObject bodyOf(const Answer &answer)
{
    return QJsonDocument::fromJson(std::get<Response>(answer).body).object();
}

int codeOf(const Answer &answer)
{
    const auto *response = std::get_if<Response>(&answer);
    return response ? response->code : 0;
}

} // namespace

class TestRouter : public QObject
{
    Q_OBJECT

private:
    FixedClock m_clock;
    ObjectStore m_store;
    UserDirectory m_users{u"shop"_s};
    BuiltinPrograms m_programs;
    NodeAgent m_agent{m_store, m_programs, m_clock, {}};
    ClusterEditor m_editor{m_store, m_agent, m_clock};
    Router m_router{m_store, m_editor, m_users, m_clock, u"127.0.0.1:6443"_s};

    Request request(const QByteArray &method, const QByteArray &target, const QString &user = u"demo"_s) const
    {
        Request result;
        result.head.method = method;
        result.head.target = target;
        if (user == "demo"_L1)
            result.certificateUser = user;
        else if (!user.isEmpty())
            result.head.fields.add("Authorization", "Bearer " + m_users.tokenOf(user));
        return result;
    }

    static Request upgrade(Request request, const QByteArray &protocol = "SPDY/3.1")
    {
        request.head.fields.add("Connection", "Upgrade");
        request.head.fields.add("Upgrade", protocol);
        request.head.fields.add("X-Stream-Protocol-Version", "portforward.k8s.io");
        return request;
    }

    QList<QJsonObject> lines(WatchFeed &feed) const
    {
        QList<QJsonObject> result;
        for (QByteArray piece = feed.take(); !piece.isEmpty(); piece = feed.take()) {
            for (const QByteArray &line : piece.split('\n')) {
                if (!line.isEmpty())
                    result << QJsonDocument::fromJson(line).object();
            }
        }
        return result;
    }

    WatchPlan watch(const QByteArray &query) const
    {
        return std::get<WatchPlan>(m_router.answer(request("GET", "/api/v1/pods?watch=1&" + query)));
    }

    static QStringList namesIn(const QJsonObject &list)
    {
        QStringList names;
        for (const QJsonValue item : list.value("items"_L1).toArray())
            names << item["metadata"_L1]["name"_L1].toString();
        return names;
    }

    static ApiObject service(const QString &nameSpace, const QString &name, const QString &tier)
    {
        return makeService({nameSpace, name, {{u"tier"_s, tier}}, {{{}, 80, {}}}, false, {}, {}});
    }

private slots:
    void initTestCase()
    {
        for (const ServiceSpec &spec : demoServices(m_clock.now()))
            m_store.putObject(makeService(spec));
        for (const DemoNamespace &ns : demoNamespaces(m_clock.now()))
            m_store.addNamespace(ns.name, ns.created);
        for (const BuiltinPod &pod : demoPods(m_clock.now()))
            m_store.putPod(pod.pod);
        QList<Pod> pods;
        m_store.pods().visit({}, {}, [&pods](const Pod &pod) {
            pods << pod;
            return true;
        });
        for (const ApiObject &owner : ownersOf(pods))
            m_store.putObject(owner);
    }

    void everyRequestGetsItsCode_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QString>("user");
        QTest::addColumn<int>("code");
        const QByteArray get = "GET"_ba;
        const QString demo = u"demo"_s;
        const QString viewer = u"viewer"_s;
        QTest::addRow("nobody") << get << "/api/v1/pods"_ba << QString() << 401;
        QTest::addRow("nobody, unknown path") << get << "/nowhere"_ba << QString() << 401;
        QTest::addRow("token user") << get << "/api/v1/pods"_ba << u"demo-token"_s << 200;
        QTest::addRow("version") << get << "/version"_ba << viewer << 200;
        QTest::addRow("core resources") << get << "/api/v1"_ba << viewer << 200;
        QTest::addRow("groups with a slash") << get << "/apis/"_ba << viewer << 200;
        QTest::addRow("a group that is not there") << get << "/apis/policy/v1"_ba << demo << 404;
        QTest::addRow("a resource that is not there") << get << "/api/v1/namespaces/shop/secrets"_ba << demo << 404;
        QTest::addRow("ready") << get << "/readyz"_ba << demo << 200;
        QTest::addRow("viewer lists namespaces") << get << "/api/v1/namespaces"_ba << viewer << 403;
        QTest::addRow("viewer gets their namespace") << get << "/api/v1/namespaces/shop"_ba << viewer << 200;
        QTest::addRow("viewer gets another namespace") << get << "/api/v1/namespaces/default"_ba << viewer << 403;
        QTest::addRow("viewer lists pods there") << get << "/api/v1/namespaces/shop/pods"_ba << viewer << 200;
        QTest::addRow("viewer lists pods elsewhere") << get << "/api/v1/namespaces/default/pods"_ba << viewer << 403;
        QTest::addRow("viewer lists pods everywhere") << get << "/api/v1/pods"_ba << viewer << 403;
        QTest::addRow("viewer asks for a pod that is not there")
            << get << "/api/v1/namespaces/x/pods/y"_ba << viewer << 403;
        QTest::addRow("no such pod") << get << "/api/v1/namespaces/shop/pods/x"_ba << demo << 404;
        QTest::addRow("no such namespace lists nothing") << get << "/api/v1/namespaces/x/pods"_ba << demo << 200;
        QTest::addRow("creating a pod") << "POST"_ba
                                        << "/api/v1/namespaces/shop/pods"_ba << demo << 405;
        QTest::addRow("deleting no pod") << "DELETE"_ba
                                         << "/api/v1/namespaces/shop/pods/nobody"_ba << demo << 404;
        QTest::addRow("a method of one's own") << "BREW"_ba
                                               << "/api/v1/pods"_ba << demo << 405;
        QTest::addRow("bad selector") << get << "/api/v1/pods?labelSelector=%3D"_ba << demo << 400;
        QTest::addRow("unknown field") << get << "/api/v1/pods?fieldSelector=a%3Db"_ba << demo << 400;
        QTest::addRow("bad limit") << get << "/api/v1/pods?limit=x"_ba << demo << 400;
        QTest::addRow("bad continue") << get << "/api/v1/pods?continue=x"_ba << demo << 400;
        QTest::addRow("version of the future") << get << "/api/v1/pods?resourceVersion=99999999"_ba << demo << 504;
        QTest::addRow("watch from the future")
            << get << "/api/v1/pods?watch=1&resourceVersion=99999999"_ba << demo << 504;
        QTest::addRow("port-forward without upgrade")
            << "POST"_ba
            << "/api/v1/namespaces/shop/pods/cart-0/portforward"_ba << demo << 400;
        QTest::addRow("port-forward elsewhere")
            << "POST"_ba
            << "/api/v1/namespaces/default/pods/web/portforward"_ba << viewer << 403;
        QTest::addRow("port-forward to no pod") << "POST"_ba
                                                << "/api/v1/namespaces/shop/pods/x/portforward"_ba << demo << 404;
    }

    void everyRequestGetsItsCode()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const QByteArray, target);
        QFETCH(const QString, user);
        QFETCH(const int, code);

        const Answer answer = m_router.answer(request(method, target, user));

        QCOMPARE(codeOf(answer), code);
        if (code >= 400) {
            QCOMPARE(bodyOf(answer).value("kind"_L1).toString(), u"Status"_s);
            QCOMPARE(bodyOf(answer).value("code"_L1).toInt(), code);
            QVERIFY(!bodyOf(answer).value("message"_L1).toString().isEmpty());
        }
    }

    void aForbiddenListSaysWhoMayNotDoWhat()
    {
        const Answer answer = m_router.answer(request("GET", "/api/v1/namespaces/default/pods", u"viewer"_s));
        QCOMPARE(bodyOf(answer).value("message"_L1).toString(),
                 u"pods is forbidden: User \"viewer\" cannot list resource \"pods\" in API group \"\" in the namespace "
                 "\"default\""_s);
    }

    void impersonationIsRefusedRatherThanIgnored()
    {
        Request asOther = request("GET", "/api/v1/pods");
        asOther.head.fields.add("Impersonate-User", "viewer");
        QCOMPARE(codeOf(m_router.answer(asOther)), 403);
    }

    void aWrongTokenIsNobody()
    {
        Request wrong = request("GET", "/version", {});
        wrong.head.fields.add("Authorization", "Bearer sha256~wrong");
        QCOMPARE(codeOf(m_router.answer(wrong)), 401);
    }

    void upgradesGoToThePod_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addRow("POST") << "POST"_ba
                              << "/api/v1/namespaces/shop/pods/cart-0/portforward"_ba;
        QTest::addRow("GET") << "GET"_ba
                             << "/api/v1/namespaces/shop/pods/cart-0/portforward?ports=80"_ba;
        QTest::addRow("through the node") << "POST"_ba
                                          << "/api/v1/nodes/demo-node/proxy/portForward/shop/cart-0"_ba;
        QTest::addRow("through the node's port")
            << "POST"_ba
            << "/api/v1/nodes/https:demo-node:10250/proxy/portForward/shop/cart-0"_ba;
    }

    void upgradesGoToThePod()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const QByteArray, target);
        const Answer answer = m_router.answer(upgrade(request(method, target)));
        const auto *plan = std::get_if<UpgradePlan>(&answer);
        QVERIFY(plan);
        QCOMPARE(plan->nameSpace + u'/' + plan->pod, u"shop/cart-0"_s);
    }

    void upgradesAreRefusedInTheRuntimesWords_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("protocol");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("text");
        const QByteArray spdy = "SPDY/3.1"_ba;
        QTest::addRow("WebSocket by POST") << "/api/v1/namespaces/shop/pods/cart-0/portforward"_ba
                                           << "websocket"_ba << 400 << "Bad Request"_ba;
        QTest::addRow("WebSocket to the node itself")
            << "/api/v1/nodes/demo-node/proxy/portForward/shop/cart-0"_ba
            << "websocket"_ba << 400 << "query parameter \"port\" is required"_ba;
        QTest::addRow("Completed") << "/api/v1/namespaces/shop/pods/import-catalog-29393310-b7xnl/portforward"_ba
                                   << spdy << 500 << "is not running"_ba;
        QTest::addRow("another node") << "/api/v1/nodes/other/proxy/portForward/shop/cart-0"_ba << spdy << 404
                                      << "pod does not exist"_ba;
        QTest::addRow("another uid") << "/api/v1/nodes/demo-node/proxy/portForward/shop/cart-0/1-2-3"_ba << spdy << 404
                                     << "pod not found"_ba;
    }

    void upgradesAreRefusedInTheRuntimesWords()
    {
        QFETCH(const QByteArray, target);
        QFETCH(const QByteArray, protocol);
        QFETCH(const int, code);
        QFETCH(const QByteArray, text);
        const Answer answer = m_router.answer(upgrade(request("POST", target), protocol));
        QCOMPARE(codeOf(answer), code);
        QVERIFY(std::get<Response>(answer).body.contains(text));
    }

    void webSockets_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<Carriers>("carriers");
        QTest::addColumn<int>("code"); ///< 0: an upgrade
        QTest::addColumn<QByteArray>("text");
        const Carriers all;
        QTest::addRow("the tunnel") << ""_ba
                                    << ""_ba << all << 0 << ""_ba;
        QTest::addRow("where SPDY does not pass") << ""_ba
                                                  << ""_ba << Carriers{false, true} << 0 << ""_ba;
        QTest::addRow("an old server") << ""_ba
                                       << ""_ba << Carriers{true, false} << 400
                                       << "query parameter \"port\" is required"_ba;
        QTest::addRow("version 8") << "Sec-WebSocket-Version"_ba
                                   << "8"_ba << all << 426 << "Upgrade Required"_ba;
        QTest::addRow("no key") << "Sec-WebSocket-Key"_ba
                                << ""_ba << all << 400 << "Bad Request"_ba;
        QTest::addRow("the old channel protocol")
            << "Sec-WebSocket-Protocol"_ba
            << "v4.channel.k8s.io"_ba << all << 400 << "no tunneling spdy protocols"_ba;
    }

    void webSockets()
    {
        QFETCH(const QByteArray, field);
        QFETCH(const QByteArray, value);
        QFETCH(const Carriers, carriers);
        QFETCH(const int, code);
        QFETCH(const QByteArray, text);
        Request asked = request("GET", "/api/v1/namespaces/shop/pods/cart-0/portforward");
        const auto good = WebSocket::tunnelRequest({}, {}, {}, "DVjpjPJXwgr+uicJhQA/NA==").fields;
        for (const auto &[name, goodValue] : good.all())
            asked.head.fields.add(name, name == field ? value : goodValue);
        m_router.setCarriers(carriers);
        const Answer answer = m_router.answer(asked);
        m_router.setCarriers({});
        if (code == 0) {
            const auto *plan = std::get_if<UpgradePlan>(&answer);
            QVERIFY(plan);
            QCOMPARE(plan->webSocketKey, "DVjpjPJXwgr+uicJhQA/NA=="_ba);
            return;
        }
        QCOMPARE(codeOf(answer), code);
        QVERIFY(std::get<Response>(answer).body.contains(text));
    }

    void anUnknownStreamProtocolIsNamed()
    {
        Request wrong = request("POST", "/api/v1/namespaces/shop/pods/cart-0/portforward");
        wrong.head.fields.add("Connection", "Upgrade");
        wrong.head.fields.add("Upgrade", "SPDY/3.1");
        wrong.head.fields.add("X-Stream-Protocol-Version", "x");
        const Answer answer = m_router.answer(wrong);
        QCOMPARE(codeOf(answer), 403);
        QCOMPARE(std::get<Response>(answer).fields.value("X-Accepted-Stream-Protocol-Versions"),
                 "portforward.k8s.io"_ba);
    }

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

    void accessReviewsFollowTheRules_data()
    {
        QTest::addColumn<QString>("user");
        QTest::addColumn<QByteArray>("attributes");
        QTest::addColumn<bool>("allowed");
        QTest::addRow("demo forwards")
            << u"demo"_s
            << R"({"namespace":"default","verb":"create","resource":"pods","subresource":"portforward"})"_ba << true;
        QTest::addRow("viewer forwards at home")
            << u"viewer"_s << R"({"namespace":"shop","verb":"create","resource":"pods","subresource":"portforward"})"_ba
            << true;
        QTest::addRow("viewer forwards elsewhere")
            << u"viewer"_s
            << R"({"namespace":"default","verb":"create","resource":"pods","subresource":"portforward"})"_ba << false;
        QTest::addRow("viewer deletes") << u"viewer"_s << R"({"namespace":"shop","verb":"delete","resource":"pods"})"_ba
                                        << false;
    }

    void accessReviewsFollowTheRules()
    {
        QFETCH(const QString, user);
        QFETCH(const QByteArray, attributes);
        QFETCH(const bool, allowed);
        Request review = request("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", user);
        review.body = R"({"kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":)" + attributes + "}}";
        const Answer answer = m_router.answer(review);
        QCOMPARE(codeOf(answer), 201);
        QCOMPARE(bodyOf(answer).value("status"_L1)["allowed"_L1].toBool(), allowed);
    }

    void anAccessReviewMayBeProtobuf()
    {
        // runtime.Unknown{typeMeta{"v1", kind}, raw{spec{resourceAttributes{namespace: shop, verb: create, resource:
        // pods}}}}
        const QByteArray kind = "SelfSubjectAccessReview";
        const QByteArray attributes = "\x0a\x04shop\x12\x06"
                                      "create\x2a\x04pods";
        const auto field = [](char tag, const QByteArray &value) {
            return tag + QByteArray(1, char(value.size())) + value;
        };
        const QByteArray type = field(0x0a, "authorization.k8s.io/v1") + field(0x12, kind);
        const QByteArray raw = field(0x12, field(0x0a, attributes));
        Request review = request("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", u"viewer"_s);
        review.head.fields.add("Content-Type", "application/vnd.kubernetes.protobuf");
        review.body = QByteArray("k8s\0", 4) + field(0x0a, type) + field(0x12, raw);

        const QJsonObject body = bodyOf(m_router.answer(review));

        QCOMPARE(body.value("spec"_L1)["resourceAttributes"_L1]["namespace"_L1].toString(), u"shop"_s);
        QCOMPARE(body.value("status"_L1)["allowed"_L1].toBool(), false);
        for (qsizetype cut = 0; cut < review.body.size(); ++cut) { // no prefix of it may crash or pass
            Request broken = review;
            broken.body.truncate(cut);
            QVERIFY(codeOf(m_router.answer(broken)) >= 400);
        }
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

QTEST_GUILESS_MAIN(TestRouter)
#include "tst_router.moc"
