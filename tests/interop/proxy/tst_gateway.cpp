#include "core/democluster/democluster.h"
#include "forwarding.h"
#include "proxyprocess.h"
#include "tests/interop/requirement.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace Fairlead;
using namespace Qt::StringLiterals;

namespace {

/// What a gateway does, in HAProxy's words.
constexpr const char *PassesAll = "";
constexpr const char *PassesWebSockets = "  http-request del-header upgrade unless { hdr(upgrade) -i websocket }\n";
constexpr const char *PassesSpdy = "  http-request del-header upgrade if { hdr(upgrade) -i websocket }\n";
constexpr const char *PassesNoUpgrade = "  http-request del-header upgrade\n";
constexpr const char *AnswersHtml =
    "  http-request return status 403 content-type text/html string \"<html><h1>Company policy</h1></html>\" "
    "if { path_end /portforward }\n";
constexpr const char *SendsToSignIn =
    "  http-request redirect location https://sign-in.example/ code 302 if { path_end /portforward }\n";
constexpr const char *AnswersOk =
    "  http-request return status 200 content-type text/html string \"<html>Welcome</html>\" "
    "if { path_end /portforward }\n";
constexpr const char *HtmlToWebSocketsOnly =
    "  http-request return status 404 content-type text/html string \"<html>Nothing here</html>\" "
    "if { hdr(upgrade) -i websocket }\n";

const QString Stripped = u"did not reach the API server behind 127.0.0.1: a proxy in between removed it."_s;
const QString Advice = u"Ask those who run it to let upgrades to WebSocket or SPDY/3.1 through"_s;

} // namespace

/// Gateways before the API server that let some upgrades through, or none: HAProxy, as companies have it.
class TestGateway : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        ProxyProcess probe;
        if (const QString problem = probe.startGateway(1, "x", PassesAll); !problem.isEmpty())
            FAIRLEAD_SKIP_INTEROP(problem);
        const auto started = m_cluster.start({});
        QVERIFY2(started.hasValue(), started ? "" : qPrintable(started.error()));
        QFile file(*started);
        QVERIFY(file.open(QIODevice::ReadOnly));
        static const QRegularExpression token(u"token: \"([^\"]+)\""_s);
        m_token = token.match(QString::fromUtf8(file.readAll())).captured(1).toLatin1();
        QVERIFY(!m_token.isEmpty());
    }

    void takesWhatPasses_data()
    {
        QTest::addColumn<QByteArray>("rules");
        QTest::addColumn<QString>("transport"); ///< what is asked for
        QTest::addColumn<bool>("webSocket"); ///< what carries
        QTest::addRow("all pass") << QByteArray(PassesAll) << u"auto"_s << true;
        QTest::addRow("all pass, SPDY forced") << QByteArray(PassesAll) << u"spdy"_s << false;
        QTest::addRow("only WebSockets pass") << QByteArray(PassesWebSockets) << u"auto"_s << true;
        QTest::addRow("only SPDY passes") << QByteArray(PassesSpdy) << u"auto"_s << false;
        QTest::addRow("HTML to WebSockets") << QByteArray(HtmlToWebSocketsOnly) << u"auto"_s << false;
    }

    void takesWhatPasses()
    {
        QFETCH(const QByteArray, rules);
        QFETCH(const QString, transport);
        QFETCH(const bool, webSocket);
        ProxyProcess gateway;
        QCOMPARE(gateway.startGateway(serverPort(), m_token, rules), QString());
        const Demo::Traffic before = m_cluster.traffic();
        Forwarding forwarding = forward(gateway, transport);
        QCOMPARE(forwarding.exchangeProblem(), QString());
        const Demo::Traffic after = m_cluster.traffic();
        QVERIFY(after.upgrades > before.upgrades);
        QCOMPARE(after.webSockets - before.webSockets, webSocket ? after.upgrades - before.upgrades : 0);
    }

    void isNamedWhereNothingPasses_data()
    {
        QTest::addColumn<QByteArray>("rules");
        QTest::addColumn<QString>("transport");
        QTest::addColumn<QString>("sentence");
        const QString page = u"A proxy or load balancer at 127.0.0.1 answered %1. Does it allow HTTP upgrade?"_s;
        QTest::addRow("upgrades are removed") << QByteArray(PassesNoUpgrade) << u"auto"_s << Stripped;
        QTest::addRow("SPDY is removed, and forced") << QByteArray(PassesWebSockets) << u"spdy"_s << Stripped;
        QTest::addRow("WebSockets are removed, and forced") << QByteArray(PassesSpdy) << u"websocket"_s << Stripped;
        QTest::addRow("a page of HTML") << QByteArray(AnswersHtml) << u"auto"_s << page.arg(u"403 Forbidden"_s);
        QTest::addRow("a page that is fine") << QByteArray(AnswersOk) << u"auto"_s << page.arg(u"200 OK"_s);
        QTest::addRow("a sign-in page") << QByteArray(SendsToSignIn) << u"auto"_s
                                        << u"127.0.0.1 sends us elsewhere (302 Found). Is there a sign-in page"_s;
    }

    void isNamedWhereNothingPasses()
    {
        QFETCH(const QByteArray, rules);
        QFETCH(const QString, transport);
        QFETCH(const QString, sentence);
        ProxyProcess gateway;
        QCOMPARE(gateway.startGateway(serverPort(), m_token, rules), QString());
        const int before = m_cluster.traffic().upgrades;
        Forwarding forwarding = forward(gateway, transport);
        QVERIFY(forwarding.ends());
        QVERIFY2(forwarding.output().contains(sentence), qPrintable(forwarding.output()));
        QVERIFY2(forwarding.output().contains(Advice), qPrintable(forwarding.output()));
        QCOMPARE(m_cluster.traffic().upgrades, before);
    }

private:
    [[nodiscard]] quint16 serverPort() const { return quint16(QUrl(m_cluster.serverUrl()).port()); }

    /// As those who have no credentials of their own.
    [[nodiscard]] Forwarding forward(const ProxyProcess &gateway, const QString &transport)
    {
        QFile file(m_folder.filePath(u"config"_s));
        if (file.open(QIODevice::WriteOnly))
            file.write("clusters: [{name: c, cluster: {server: 'http://127.0.0.1:" + QByteArray::number(gateway.port())
                       + "'}}]\ncontexts: [{name: c, context: {cluster: c}}]\ncurrent-context: c\n");
        file.close();
        return {file.fileName(), QProcessEnvironment::systemEnvironment(), {u"--transport"_s, transport}};
    }

    Demo::DemoCluster m_cluster;
    QByteArray m_token;
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestGateway)
#include "tst_gateway.moc"
