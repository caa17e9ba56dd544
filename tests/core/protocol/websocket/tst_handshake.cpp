#include "core/protocol/websocket/handshake.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::WebSocket;

namespace {

const QByteArray Key = "DVjpjPJXwgr+uicJhQA/NA=="; // a recorded handshake's
const QByteArray Accept = "djiI1+F4MuF11veSvyK732BY1bE=";

using FieldList = QList<std::pair<QByteArray, QByteArray>>;

Http::Fields fieldsOf(const FieldList &list)
{
    Http::Fields fields;
    for (const auto &[name, value] : list)
        fields.add(name, value);
    return fields;
}

} // namespace

class TestHandshake : public QObject
{
    Q_OBJECT

private slots:
    void acceptBelongsToItsKey()
    {
        QCOMPARE(acceptFor(Key), Accept);
        QCOMPARE(acceptFor("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="_ba); // RFC 6455 section 1.3
        QCOMPARE(handshakeKey({'t', 'h', 'e', ' ', 's', 'a', 'm', 'p', 'l', 'e', ' ', 'n', 'o', 'n', 'c', 'e'}),
                 "dGhlIHNhbXBsZSBub25jZQ=="_ba);
    }

    void theRequestIsWhatKubectlSends()
    {
        Http::Fields credentials;
        credentials.add("Authorization", "Bearer t");
        const QByteArray request = Http::encode(tunnelRequest("/api/v1/p", "127.0.0.1:6443", credentials, Key));
        QCOMPARE(request,
                 "GET /api/v1/p HTTP/1.1\r\nHost: 127.0.0.1:6443\r\nUser-Agent: fairlead/" FAIRLEAD_VERSION
                 "\r\nAuthorization: Bearer t\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: "_ba
                     + Key
                     + "\r\nSec-WebSocket-Protocol: SPDY/3.1+portforward.k8s.io\r\nSec-WebSocket-Version: 13\r\n\r\n");
        Http::RequestHead head = tunnelRequest("/", "h", {}, Key);
        QVERIFY(asksForWebSocket(head.fields));
        QVERIFY(!checkRequest(head));
    }

    void answersAreJudged_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<FieldList>("fields");
        QTest::addColumn<std::optional<int>>("fault");
        const std::pair<QByteArray, QByteArray> upgrade{"Upgrade", "websocket"};
        const std::pair<QByteArray, QByteArray> connection{"Connection", "Upgrade"};
        const std::pair<QByteArray, QByteArray> accept{"Sec-WebSocket-Accept", Accept};
        const std::pair<QByteArray, QByteArray> protocol{"Sec-WebSocket-Protocol", TunnelProtocol};
        const auto row = [](const char *name, int status, const FieldList &fields,
                            std::optional<AnswerFault> fault = {}) {
            QTest::addRow("%s", name) << status << fields << (fault ? std::optional(int(*fault)) : std::nullopt);
        };
        row("as an API server answers", 101, {upgrade, connection, accept, protocol});
        row("names and tokens in any case", 101,
            {{"upgrade", "WebSocket"},
             {"CONNECTION", "keep-alive, upgrade"},
             {"sec-websocket-accept", Accept},
             {"sec-websocket-protocol", TunnelProtocol}});
        row("an empty list of extensions", 101,
            {upgrade, connection, accept, protocol, {"Sec-WebSocket-Extensions", ""}});
        row("200", 200, {upgrade, connection, accept, protocol}, AnswerFault::NoUpgrade);
        row("SPDY", 101, {{"Upgrade", "SPDY/3.1"}, connection, accept, protocol}, AnswerFault::NoUpgrade);
        row("no Connection field", 101, {upgrade, accept, protocol}, AnswerFault::NoUpgrade);
        row("no accept", 101, {upgrade, connection, protocol}, AnswerFault::WrongAccept);
        row("another key's accept", 101,
            {upgrade, connection, {"Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="}, protocol},
            AnswerFault::WrongAccept);
        row("no protocol", 101, {upgrade, connection, accept}, AnswerFault::WrongProtocol);
        row("the old protocol", 101, {upgrade, connection, accept, {"Sec-WebSocket-Protocol", "v4.channel.k8s.io"}},
            AnswerFault::WrongProtocol);
        row("compression that nobody asked for", 101,
            {upgrade, connection, accept, protocol, {"Sec-WebSocket-Extensions", "permessage-deflate"}},
            AnswerFault::UnwantedExtension);
    }

    void answersAreJudged()
    {
        QFETCH(const int, status);
        QFETCH(const FieldList, fields);
        QFETCH(const std::optional<int>, fault);
        Http::ResponseHead head;
        head.status = status;
        head.fields = fieldsOf(fields);
        const auto found = checkAnswer(head, Key);
        QCOMPARE(found ? std::optional(int(*found)) : std::nullopt, fault);
    }

    void requestsAreJudged_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<FieldList>("fields");
        QTest::addColumn<std::optional<int>>("fault");
        const std::pair<QByteArray, QByteArray> version{"Sec-WebSocket-Version", "13"};
        const std::pair<QByteArray, QByteArray> key{"Sec-WebSocket-Key", Key};
        const std::pair<QByteArray, QByteArray> protocol{"Sec-WebSocket-Protocol", TunnelProtocol};
        const auto row = [](const char *name, const char *method, const FieldList &fields,
                            std::optional<RequestFault> fault = {}) {
            QTest::addRow("%s", name) << QByteArray(method) << fields
                                      << (fault ? std::optional(int(*fault)) : std::nullopt);
        };
        row("good", "GET", {version, key, protocol});
        row("one of several protocols", "GET",
            {version, key, {"Sec-WebSocket-Protocol", "x, SPDY/3.1+portforward.k8s.io"}});
        row("POST", "POST", {version, key, protocol}, RequestFault::NotGet);
        row("version 8", "GET", {{"Sec-WebSocket-Version", "8"}, key, protocol}, RequestFault::WrongVersion);
        row("no key", "GET", {version, protocol}, RequestFault::BadKey);
        row("a key of 15 bytes", "GET", {version, {"Sec-WebSocket-Key", QByteArray(15, 'x').toBase64()}, protocol},
            RequestFault::BadKey);
        row("a key that is no base64", "GET", {version, {"Sec-WebSocket-Key", "DVjp*PJXwgr+uicJhQA/NA=="}, protocol},
            RequestFault::BadKey);
        row("the old protocol only", "GET", {version, key, {"Sec-WebSocket-Protocol", "v4.channel.k8s.io"}},
            RequestFault::NoTunnelProtocol);
    }

    void requestsAreJudged()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const FieldList, fields);
        QFETCH(const std::optional<int>, fault);
        Http::RequestHead head;
        head.method = method;
        head.fields = fieldsOf(fields);
        const auto found = checkRequest(head);
        QCOMPARE(found ? std::optional(int(*found)) : std::nullopt, fault);
    }

    void theAnswerPassesTheClientsCheck() { QVERIFY(!checkAnswer(tunnelAnswer(Key), Key)); }
};

QTEST_GUILESS_MAIN(TestHandshake)
#include "tst_handshake.moc"
