#include "app/cli/forwardreporter.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cerrno>

using namespace Fairlead;
using namespace Fairlead::App;
using namespace Fairlead::Forward;
using namespace Qt::StringLiterals;

namespace {

PortSnapshot port8888()
{
    return {.localPort = 8888, .remotePort = 5000};
}

ConnectionSnapshot connection(ConnectionEnd end, const QString &text = {}, const QString &detail = {})
{
    return {.id = 7,
            .peerAddress = u"::1"_s,
            .peerPort = 51532,
            .localPort = 8888,
            .remotePort = 5000,
            .durationMs = 12,
            .traffic = {.bytesDown = 40, .bytesUp = 2},
            .end = end,
            .endText = text,
            .endDetail = detail};
}

} // namespace

class TestForwardReporter : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_out.clear();
        m_error.clear();
    }

    void textNamesEachAddressAsKubectlDoes()
    {
        text()->listening(port8888(), {.address = u"127.0.0.1"_s, .port = 8888});
        text()->listening(port8888(), {.address = u"::1"_s, .port = 8888});
        text()->opened(connection(ConnectionEnd::Open));
        QCOMPARE(m_out,
                 u"Forwarding from 127.0.0.1:8888 -> 5000\n"
                 "Forwarding from [::1]:8888 -> 5000\n"
                 "Handling connection for 8888\n"_s);
        QVERIFY(m_error.isEmpty());
    }

    void textListsWhyAPortCannotBeBound()
    {
        PortSnapshot port = port8888();
        port.listeners = {{.address = u"127.0.0.1"_s, .port = 8888, .error = u"x"_s, .systemError = EADDRINUSE},
                          {.address = u"::1"_s, .port = 8888, .error = u"y"_s, .systemError = EACCES}};
        text()->unableToListen(port);
        QCOMPARE(m_error,
                 u"Unable to listen on port 8888: Listeners failed to create with the following errors: "
                 "[unable to create listener: Error listen tcp4 127.0.0.1:8888: bind: address already in use "
                 "unable to create listener: Error listen tcp6 [::1]:8888: bind: permission denied]\n"_s);
    }

    void textReportsOnlyEndsThatAreErrors_data()
    {
        QTest::addColumn<ConnectionEnd>("end");
        QTest::addColumn<bool>("told");
        QTest::addRow("program closed") << ConnectionEnd::ByProgram << false;
        QTest::addRow("pod closed") << ConnectionEnd::ByPod << false;
        QTest::addRow("pod reset") << ConnectionEnd::ResetByPod << false;
        QTest::addRow("stopped") << ConnectionEnd::Stopped << false;
        QTest::addRow("refused") << ConnectionEnd::Refused << true;
        QTest::addRow("pod gone") << ConnectionEnd::PodGone << true;
        QTest::addRow("tunnel lost") << ConnectionEnd::TunnelLost << true;
        QTest::addRow("no tunnel") << ConnectionEnd::NoTunnel << true;
        QTest::addRow("other error") << ConnectionEnd::Error << true;
    }

    void textReportsOnlyEndsThatAreErrors()
    {
        QFETCH(const ConnectionEnd, end);
        QFETCH(const bool, told);
        text()->closed(connection(end, u"plain words"_s, u"runtime's words\n"_s));
        QCOMPARE(m_error, told ? u"an error occurred forwarding 8888 -> 5000: runtime's words\n"_s : QString());
    }

    void textKeepsTheBlankThatTheRuntimeWrites()
    {
        text()->closed(connection(ConnectionEnd::Refused, {}, u"connection refused \n"_s));
        QCOMPARE(m_error, u"an error occurred forwarding 8888 -> 5000: connection refused \n"_s);
    }

    void textKeepsQuietAboutAGoodStart()
    {
        const auto reporter = text();
        reporter->stateChanged(State::Starting, {}, {});
        reporter->stateChanged(State::Running, {}, {});
        QVERIFY(m_error.isEmpty());
        reporter->stateChanged(State::Reconnecting, {.text = u"the server is away"_s}, {});
        QVERIFY(m_error.endsWith(u": the server is away\n"_s));
        m_error.clear();
        reporter->stateChanged(State::Running, {}, {});
        QVERIFY(!m_error.isEmpty());
    }

    void jsonWritesOneObjectALine()
    {
        QTextStream out(&m_out);
        const auto reporter = makeJsonReporter(out);
        reporter->listening(port8888(), {.address = u"::1"_s, .port = 8888});
        reporter->closed(connection(ConnectionEnd::Refused, u"nothing listens"_s, u"raw"_s));
        reporter->stateChanged(State::WaitingForPod, {.text = u"gone"_s}, {});

        const QStringList lines = m_out.split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 3);
        const QJsonObject listening = QJsonDocument::fromJson(lines[0].toUtf8()).object();
        QCOMPARE(listening[u"event"_s].toString(), u"listening"_s);
        QCOMPARE(listening[u"address"_s].toString(), u"::1"_s);
        QCOMPARE(listening[u"port"_s].toInt(), 8888);
        QCOMPARE(listening[u"remotePort"_s].toInt(), 5000);
        QVERIFY(QDateTime::fromString(listening[u"time"_s].toString(), Qt::ISODateWithMs).isValid());
        const QJsonObject closed = QJsonDocument::fromJson(lines[1].toUtf8()).object();
        QCOMPARE(closed[u"peer"_s].toString(), u"[::1]:51532"_s);
        QCOMPARE(closed[u"bytesDown"_s].toInt(), 40);
        QCOMPARE(closed[u"bytesUp"_s].toInt(), 2);
        QCOMPARE(closed[u"durationMs"_s].toInt(), 12);
        QCOMPARE(closed[u"end"_s].toString(), u"Refused"_s);
        QCOMPARE(closed[u"detail"_s].toString(), u"raw"_s);
        const QJsonObject state = QJsonDocument::fromJson(lines[2].toUtf8()).object();
        QCOMPARE(state[u"state"_s].toString(), u"WaitingForPod"_s);
    }

    void jsonTellsTheWholeReasonOfAState()
    {
        const QDateTime since(QDate(2026, 11, 23), QTime(15, 4, 5, 678), Qt::UTC);
        QTextStream out(&m_out);
        const auto reporter = makeJsonReporter(out);
        reporter->stateChanged(State::Reconnecting,
                               {.text = u"The server is away."_s,
                                .detail = u"connection refused\n"_s,
                                .since = since,
                                .nextTry = since.addMSecs(1'500),
                                .advice = u"Is the VPN up?"_s},
                               {});
        reporter->stateChanged(State::Running, {.text = u"via web"_s, .since = since}, {});

        const QStringList lines = m_out.split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2);
        QJsonObject away = QJsonDocument::fromJson(lines[0].toUtf8()).object();
        QVERIFY(away.take(u"time"_s).isString());
        QCOMPARE(away,
                 (QJsonObject{{u"event"_s, u"state"_s},
                              {u"state"_s, u"Reconnecting"_s},
                              {u"text"_s, u"The server is away."_s},
                              {u"detail"_s, u"connection refused"_s},
                              {u"advice"_s, u"Is the VPN up?"_s},
                              {u"since"_s, u"2026-11-23T15:04:05.678Z"_s},
                              {u"nextTry"_s, u"2026-11-23T15:04:07.178Z"_s}}));
        const QJsonObject running = QJsonDocument::fromJson(lines[1].toUtf8()).object();
        QVERIFY(!running.contains(u"nextTry"_s));
        QCOMPARE(running[u"advice"_s].toString(), QString());
        QVERIFY(running.contains(u"advice"_s));
    }

private:
    std::unique_ptr<ForwardReporter> text() { return makeTextReporter(m_outStream, m_errorStream); }

    QString m_out;
    QString m_error;
    QTextStream m_outStream{&m_out};
    QTextStream m_errorStream{&m_error};
};

QTEST_GUILESS_MAIN(TestForwardReporter)
#include "tst_forwardreporter.moc"
