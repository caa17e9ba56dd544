#include "core/protocol/http/headparser.h"
#include "core/protocol/portforward/refusal.h"

#include <QTest>

using namespace Fairlead;
using namespace Fairlead::PortForward;
using namespace Qt::StringLiterals;

namespace {

Http::ResponseHead answer(int status, const QByteArray &reason, const QByteArray &type = {})
{
    Http::ResponseHead head;
    head.status = status;
    head.reason = reason;
    if (!type.isEmpty()) {
        head.fields.add("Content-Type", type);
    }
    return head;
}

QByteArray statusJson(const QByteArray &reason, const QByteArray &message)
{
    return R"({"kind":"Status","apiVersion":"v1","status":"Failure","reason":")" + reason + R"(","message":")" + message
        + "\"}\n";
}

Http::ResponseHead upgraded(const QByteArray &connection, const QByteArray &upgrade, const QByteArray &protocol)
{
    Http::ResponseHead head = answer(101, "Switching Protocols");
    head.fields.add("Connection", connection);
    head.fields.add("Upgrade", upgrade);
    if (!protocol.isNull()) {
        head.fields.add("X-Stream-Protocol-Version", protocol);
    }
    return head;
}

} // namespace

class TestRefusal : public QObject
{
    Q_OBJECT

private slots:
    void refusals_data()
    {
        QTest::addColumn<Http::ResponseHead>("head");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("kubectl");
        QTest::addColumn<QString>("detail");
        QTest::addColumn<QString>("message");
        QTest::addColumn<RetryClass>("retry");
        const auto row = [](const char *name, const Http::ResponseHead &head, const QByteArray &body,
                            const QString &kubectl, const QString &detail, const QString &message, RetryClass retry) {
            QTest::newRow(name) << head << body << kubectl << detail << message << retry;
        };
        const QString upgrade = u"unable to upgrade connection: "_s;
        const QString forbidden = u"pods 'p' is forbidden: User 'u' cannot create resource 'pods/portforward'"_s;

        row("credentials refused", answer(401, "Unauthorized"), statusJson("Unauthorized", "Unauthorized"),
            u"Unauthorized"_s, u"Unauthorized"_s, u"The server does not accept the credentials."_s,
            RetryClass::RefreshCredentials);
        row("not allowed", answer(403, "Forbidden"), statusJson("Forbidden", forbidden.toUtf8()), forbidden, forbidden,
            u"You are not allowed to forward ports of this pod."_s, RetryClass::Never);
        row("no such pod", answer(404, "Not Found"), statusJson("NotFound", "pods 'p' not found"),
            u"pods 'p' not found"_s, u"pods 'p' not found"_s, u"The pod does not exist, or not any more."_s,
            RetryClass::FindPodAgain);
        row("not scheduled", answer(400, "Bad Request"),
            statusJson("BadRequest", "pod p does not have a host assigned"), u"pod p does not have a host assigned"_s,
            u"pod p does not have a host assigned"_s, u"The pod has not been placed on a node yet."_s,
            RetryClass::FindPodAgain);
        row("upgrade stripped", answer(400, "Bad Request"), statusJson("BadRequest", "Upgrade request required"),
            u"Upgrade request required"_s, u"Upgrade request required"_s,
            u"The request for an upgrade did not reach the API server behind api:6443: a proxy in between removed it."_s,
            RetryClass::Never);
        const QString dialing = u"error dialing backend: dial tcp 10.0.0.5:10250: connect: connection refused"_s;
        row("node out of reach", answer(500, "Internal Server Error"), statusJson("", dialing.toUtf8()), dialing,
            dialing, u"The API server cannot reach the node of the pod."_s, RetryClass::BackOff);
        row("kubelet does not know the pod", answer(404, "Not Found", "text/plain"), "pod does not exist\n",
            upgrade + u"pod does not exist"_s, u"pod does not exist"_s, u"The pod does not exist, or not any more."_s,
            RetryClass::FindPodAgain);
        row("kubelet has it switched off", answer(405, "Method Not Allowed"), "Debug endpoints are disabled.",
            upgrade + u"Debug endpoints are disabled."_s, u"Debug endpoints are disabled."_s,
            u"The node does not allow port forwarding at all."_s, RetryClass::Never);
        const QString gone = u"rpc error: code = Unknown desc = failed to find sandbox \"01\": not found"_s;
        row("runtime has lost the sandbox", answer(500, "Internal Server Error"), gone.toUtf8(), upgrade + gone, gone,
            u"The server could not set up the forward."_s, RetryClass::FindPodAgain);
        row("one-use address has expired", answer(404, "Not Found"), "404 page not found\n",
            upgrade + u"404 page not found"_s, u"404 page not found"_s,
            u"The node took too long to prepare the forward."_s, RetryClass::BackOff);
        row("too many requests", answer(429, "Too Many Requests"), "busy", upgrade + u"busy"_s, u"busy"_s,
            u"The server is too busy to take another forward."_s, RetryClass::BackOff);
        row("HTML from a proxy", answer(502, "Bad Gateway", "text/html; charset=utf-8"), "<html>no</html>",
            upgrade + u"<html>no</html>"_s, QString(),
            u"A proxy or load balancer at api:6443 answered 502 Bad Gateway. Does it allow HTTP upgrade?"_s,
            RetryClass::BackOff);
        row("HTML without its type", answer(403, "Forbidden"), "\n <!DOCTYPE html>", upgrade + u"<!DOCTYPE html>"_s,
            QString(), u"A proxy or load balancer at api:6443 answered 403 Forbidden. Does it allow HTTP upgrade?"_s,
            RetryClass::Never);
        row("nothing at all", answer(503, "Service Unavailable"), "", upgrade, QString(),
            u"A proxy or load balancer at api:6443 answered 503 Service Unavailable. Does it allow HTTP upgrade?"_s,
            RetryClass::BackOff);
        row("200 and nothing", answer(200, "OK"), "", upgrade, QString(),
            u"A proxy or load balancer at api:6443 answered 200 OK. Does it allow HTTP upgrade?"_s, RetryClass::Never);
        row("redirect", answer(302, "Found"), "", upgrade, QString(),
            u"api:6443 sends us elsewhere (302 Found). Is there a sign-in page or a gateway in between?"_s,
            RetryClass::Never);
        row("JSON that is no Status", answer(400, "Bad Request"), R"({"error":"x"})", upgrade + uR"({"error":"x"})"_s,
            uR"({"error":"x"})"_s, u"The server does not accept the request."_s, RetryClass::Never);
        row("not implemented", answer(501, "Not Implemented"), "no", upgrade + u"no"_s, u"no"_s,
            u"Port forwarding is not available on this node."_s, RetryClass::Never);
        row("bytes that are no UTF-8", answer(500, ""), "\xff!", upgrade + u"\ufffd!"_s, u"\ufffd!"_s,
            u"The server could not set up the forward."_s, RetryClass::BackOff);
    }

    void refusals()
    {
        QFETCH(const Http::ResponseHead, head);
        QFETCH(const QByteArray, body);
        QFETCH(const QString, kubectl);
        QFETCH(const QString, detail);
        QFETCH(const QString, message);
        QFETCH(const RetryClass, retry);

        const Refusal refusal = describeRefusal(head, body, u"api:6443"_s);

        QCOMPARE(refusal.status, head.status);
        QCOMPARE(refusal.kubectlText, kubectl);
        QCOMPARE(refusal.detail, detail);
        QCOMPARE(refusal.message, message);
        QCOMPARE(refusal.retry, retry);
    }

    void theReasonOfAStatusIsKept()
    {
        const Refusal refusal = describeRefusal(answer(403, "Forbidden"), statusJson("Forbidden", "no"), u"h"_s);
        QCOMPARE(refusal.reason, u"Forbidden"_s);
    }

    void retryAfterComesFromTheFieldOrTheStatus()
    {
        Http::ResponseHead head = answer(429, "Too Many Requests");
        const QByteArray body = R"({"kind":"Status","details":{"retryAfterSeconds":7}})";
        QCOMPARE(describeRefusal(head, body, u"h"_s).retryAfterSeconds, 7);
        head.fields.add("Retry-After", "60");
        QCOMPARE(describeRefusal(head, body, u"h"_s).retryAfterSeconds, 60);
        QCOMPARE(describeRefusal(head, "busy", u"h"_s).retryAfterSeconds, 60);
        QCOMPARE(describeRefusal(answer(429, ""), "busy", u"h"_s).retryAfterSeconds, 0);
        Http::ResponseHead negative = answer(429, "");
        negative.fields.add("Retry-After", "-5");
        QCOMPARE(describeRefusal(negative, "busy", u"h"_s).retryAfterSeconds, 0);
    }

    /// Where somebody in between has a rule; not where it has trouble, and not where it is the server that speaks.
    void gatewaysGetAdvice_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("advised");
        QTest::addRow("the upgrade was taken away")
            << 400 << statusJson("BadRequest", "Upgrade request required") << true;
        QTest::addRow("the same in a node's words") << 400 << "unable to upgrade: missing upgrade headers"_ba << true;
        QTest::addRow("a page") << 403 << "<html>policy</html>"_ba << true;
        QTest::addRow("a page that is fine") << 200 << "<html>welcome</html>"_ba << true;
        QTest::addRow("a sign-in page") << 302 << ""_ba << true;
        QTest::addRow("a gateway without its server") << 503 << "<html>no server</html>"_ba << false;
        QTest::addRow("403 of the API server") << 403 << statusJson("Forbidden", "no") << false;
        QTest::addRow("a node without the pod") << 404 << "pod does not exist"_ba << false;
    }

    void gatewaysGetAdvice()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QTEST(!describeRefusal(answer(status, {}), body, u"h"_s).advice.isEmpty(), "advised");
    }

    void anotherTransportMayHelp_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("helps");
        const auto statusBody = [](const QByteArray &message) {
            return QByteArray("{\"kind\":\"Status\",\"message\":\"" + message + "\"}");
        };
        const QByteArray html = "<html>";
        QTest::addRow("a proxy took the upgrade away") << 400 << statusBody("Upgrade request required") << true;
        QTest::addRow("a node takes the WebSocket for the old protocol")
            << 400 << "query parameter \"port\" is required"_ba << true;
        QTest::addRow("the pod is not placed yet") << 400 << statusBody("pod p does not have a host assigned") << false;
        QTest::addRow("401") << 401 << statusBody("Unauthorized") << false;
        QTest::addRow("403, one verb of two") << 403 << statusBody("cannot get resource") << true;
        QTest::addRow("403 of a gateway") << 403 << html << true;
        QTest::addRow("404 of the API server") << 404 << statusBody("pods p not found") << false;
        QTest::addRow("404 of a gateway") << 404 << html << true;
        QTest::addRow("404 of a node without the pod") << 404 << "pod does not exist"_ba << false;
        QTest::addRow("404 of a late runtime") << 404 << "404 page not found"_ba << false;
        QTest::addRow("405") << 405 << ""_ba << true;
        QTest::addRow("409") << 409 << statusBody("x") << false;
        QTest::addRow("426") << 426 << ""_ba << true;
        QTest::addRow("429") << 429 << statusBody("x") << false;
        QTest::addRow("500") << 500 << "error dialing backend"_ba << false;
        QTest::addRow("500 of the API server's tunnel") << 500 << "unexpected upgrade"_ba << true;
        QTest::addRow("500 of the tunnel, as a Status") << 500 << statusBody("connection closed") << true;
        QTest::addRow("500 of a node without TLS")
            << 500 << statusBody("http: server gave HTTP response to HTTPS client") << true;
        QTest::addRow("501") << 501 << ""_ba << true;
        QTest::addRow("502 of a gateway") << 502 << html << true;
        QTest::addRow("502 of the API server") << 502 << statusBody("x") << false;
        QTest::addRow("503") << 503 << html << false;
        QTest::addRow("200, which is no upgrade") << 200 << ""_ba << true;
        QTest::addRow("302 to a sign-in page") << 302 << html << true;
    }

    void anotherTransportMayHelp()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        Http::ResponseHead head;
        head.status = status;
        QTEST(mayOtherTransportHelp(describeRefusal(head, body, u"h"_s)), "helps");
    }

    void onlyOurUpgradeIsTaken_data()
    {
        QTest::addColumn<Http::ResponseHead>("head");
        QTest::addColumn<bool>("taken");
        const QByteArray protocol = "portforward.k8s.io";
        QTest::newRow("as servers send it") << upgraded("Upgrade", "SPDY/3.1", protocol) << true;
        QTest::newRow("other case and a list") << upgraded("keep-alive, upgrade", "spdy/3.1", protocol) << true;
        QTest::newRow("200") << answer(200, "OK") << false;
        QTest::newRow("no Connection") << upgraded("close", "SPDY/3.1", protocol) << false;
        QTest::newRow("a WebSocket") << upgraded("Upgrade", "websocket", protocol) << false;
        QTest::newRow("no protocol") << upgraded("Upgrade", "SPDY/3.1", {}) << false;
        QTest::newRow("another protocol") << upgraded("Upgrade", "SPDY/3.1", "v4.channel.k8s.io") << false;
    }

    void onlyOurUpgradeIsTaken()
    {
        QFETCH(const Http::ResponseHead, head);
        QFETCH(const bool, taken);
        const QString problem = checkSwitchingProtocols(head);
        QCOMPARE(problem.isEmpty(), taken);
        QVERIFY(taken || problem.endsWith(u'.'));
    }

    void theRequestIsTheOneThatKubectlSends()
    {
        Http::Fields credentials;
        credentials.add("Authorization", "Bearer t");

        const QByteArray bytes =
            Http::encode(upgradeRequest("/api/v1/namespaces/n/pods/p/portforward", "h:1", credentials));

        QCOMPARE(bytes,
                 "POST /api/v1/namespaces/n/pods/p/portforward HTTP/1.1\r\nHost: h:1\r\nUser-Agent: "
                 "fairlead/" FAIRLEAD_VERSION "\r\nContent-Length: 0\r\nAuthorization: Bearer t\r\nConnection: "
                 "Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: portforward.k8s.io\r\n\r\n"_ba);
    }

    void aCredentialCannotForgeAField()
    {
        Http::Fields credentials;
        credentials.add("Authorization", "Bearer t\r\nImpersonate-User: admin");
        QCOMPARE(Http::encode(upgradeRequest("/x", "h", credentials)), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestRefusal)
#include "tst_refusal.moc"
