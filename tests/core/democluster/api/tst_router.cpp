#include "core/democluster/api/podwords.h"
#include "core/protocol/websocket/handshake.h"
#include "tests/core/democluster/api/routertest.h"

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Demo;

/// Which request gets which answer: codes, rights, upgrades.
class TestRouter : public RouterTest
{
    Q_OBJECT

private slots:
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
};

QTEST_GUILESS_MAIN(TestRouter)
#include "tst_router.moc"
