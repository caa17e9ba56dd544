#include "core/control/controlserver.h"
#include "core/control/visitor.h"

#include <QFile>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Control;
using namespace Qt::StringLiterals;

namespace {

/// A server that answers "echo" with its parameters, "big" with much, and knows nothing else.
class Stage
{
public:
    Stage()
        : server([this](const Request &request) { return answer(request); })
    {
        place = enginePlaceAt(m_folder.filePath(u"fairlead"_s)).value();
        listens = server.listen(place).hasValue();
    }
    [[nodiscard]] std::unique_ptr<QLocalSocket> visitor() const
    {
        auto socket = std::make_unique<QLocalSocket>();
        socket->connectToServer(place.socket());
        return socket;
    }

private:
    Result<QJsonObject, Error> answer(const Request &request)
    {
        ++answered;
        if (request.method == "echo"_L1)
            return request.params;
        if (request.method == "big"_L1)
            return QJsonObject{{u"text"_s, QString(1'000'000, u'x')}};
        return Failure{Error{ErrorCode::UnknownMethod, u"No."_s}};
    }

    QTemporaryDir m_folder;

public:
    EnginePlace place;
    ControlServer server;
    bool listens = false;
    int answered = 0;
};

/// The next line; empty if none comes.
QByteArray lineOf(QLocalSocket &socket)
{
    return QTest::qWaitFor([&socket] { return socket.canReadLine(); }) ? socket.readLine() : QByteArray();
}

bool isCut(QLocalSocket &socket)
{
    return QTest::qWaitFor([&socket] { return socket.state() == QLocalSocket::UnconnectedState; });
}

} // namespace

class TestControlServer : public QObject
{
    Q_OBJECT

private slots:
    void requestsAreAnsweredInOrder()
    {
        Stage stage;
        QVERIFY(stage.listens);
        const auto socket = stage.visitor();
        socket->write("{\"id\":1,\"method\":\"echo\",\"params\":{\"a\":1}}\n{\"id\":\"two\",\"method\":\"dance\"}\n");
        QCOMPARE(lineOf(*socket), "{\"id\":1,\"result\":{\"a\":1}}\n"_ba);
        QCOMPARE(lineOf(*socket), "{\"error\":{\"code\":\"unknown-method\",\"text\":\"No.\"},\"id\":\"two\"}\n"_ba);
    }

    void nonsenseIsAnsweredAndForgiven()
    {
        Stage stage;
        const auto socket = stage.visitor();
        socket->write("GET / HTTP/1.1\r\n\r\n{\"id\":1,\"method\":\"echo\"}\n");
        QVERIFY(lineOf(*socket).contains("bad-request"));
        QVERIFY(lineOf(*socket).contains("\"result\""));
    }

    void aLineWithoutEndEndsTheVisit()
    {
        Stage stage;
        const auto socket = stage.visitor();
        socket->write(QByteArray(Visitor::MaxRequestLine + 1, 'x'));
        QVERIFY(lineOf(*socket).contains("too long"));
        QVERIFY(isCut(*socket));
        QCOMPARE(stage.answered, 0);
        const auto next = stage.visitor(); // harms nobody else
        next->write("{\"id\":1,\"method\":\"echo\"}\n");
        QVERIFY(lineOf(*next).contains("\"result\""));
    }

    void whoDoesNotReadAnswersIsCut()
    {
        Stage stage;
        const auto socket = stage.visitor();
        socket->setReadBufferSize(1);
        QVERIFY(socket->waitForConnected());
        QByteArray requests;
        for (int i = 0; i < 40; ++i)
            requests += "{\"id\":1,\"method\":\"big\"}\n";
        socket->write(requests);
        QTRY_VERIFY(stage.answered > 0);
        QTRY_VERIFY(stage.answered < 40 || isCut(*socket));
        socket->setReadBufferSize(0);
        QVERIFY(isCut(*socket));
        QVERIFY2(stage.answered <= 12, qPrintable(QString::number(stage.answered)));
    }

    void whoDoesNotReadEventsIsCutAndOthersAreNot()
    {
        Stage stage;
        const auto slow = stage.visitor();
        const auto quick = stage.visitor();
        for (QLocalSocket *socket : {slow.get(), quick.get()}) {
            socket->write("{\"id\":1,\"method\":\"subscribe\",\"params\":{\"topics\":[\"logs\"]}}\n");
            QVERIFY(lineOf(*socket).contains("\"result\""));
        }
        slow->setReadBufferSize(1);
        const Event event{u"log"_s, {{u"text"_s, QString(100'000, u'x')}}};
        qint64 received = 0;
        constexpr int Events = 200; // 20 MB, more than may wait
        for (int i = 0; i < Events; ++i) {
            stage.server.publish(u"logs"_s, event);
            QVERIFY(QTest::qWaitFor([&] { return quick->canReadLine(); }));
            received += quick->readLine().size();
        }
        QVERIFY(received > Events * 100'000);
        slow->setReadBufferSize(0);
        QVERIFY(isCut(*slow));
        QCOMPARE(quick->state(), QLocalSocket::ConnectedState);
    }

    void eventsComeToThoseWhoAskedForThem()
    {
        Stage stage;
        const auto one = stage.visitor();
        const auto other = stage.visitor();
        one->write("{\"id\":1,\"method\":\"subscribe\",\"params\":{\"topics\":[\"forwards\"]}}\n");
        QVERIFY(lineOf(*one).contains("\"result\""));
        stage.server.publish(u"logs"_s, {u"log"_s, {}});
        stage.server.publish(u"forwards"_s, {u"state"_s, {{u"id"_s, 1}}});
        QCOMPARE(lineOf(*one), "{\"data\":{\"id\":1},\"event\":\"state\"}\n"_ba);
        other->write("{\"id\":1,\"method\":\"echo\"}\n");
        QVERIFY(lineOf(*other).contains("\"result\"")); // and nothing before it
    }

    void topicsAreChecked_data()
    {
        QTest::addColumn<QByteArray>("params");
        QTest::addRow("none") << QByteArray("{}");
        QTest::addRow("not a list") << QByteArray("{\"topics\":\"logs\"}");
        QTest::addRow("unknown") << QByteArray("{\"topics\":[\"logs\",\"weather\"]}");
        QTest::addRow("not a word") << QByteArray("{\"topics\":[1]}");
    }
    void topicsAreChecked()
    {
        QFETCH(const QByteArray, params);
        Stage stage;
        const auto socket = stage.visitor();
        socket->write("{\"id\":1,\"method\":\"subscribe\",\"params\":" + params + "}\n");
        QVERIFY(lineOf(*socket).contains("bad-params"));
    }

    void whatWasSaidIsSentBeforeItEnds()
    {
        Stage stage;
        const auto reader = stage.visitor();
        reader->write("{\"id\":1,\"method\":\"big\"}\n");
        QTRY_COMPARE(stage.answered, 1);
        QSignalSpy finished(&stage.server, &ControlServer::finished);
        stage.server.finish();

        const auto late = stage.visitor();
        QVERIFY(!late->waitForConnected(1'000)); // nobody is let in to be disappointed
        QCOMPARE(lineOf(*reader).size(), qsizetype(1'000'000 + "{\"id\":1,\"result\":{\"text\":\"\"}}\n"_ba.size()));
        QTRY_VERIFY(!finished.isEmpty());
        QVERIFY(isCut(*reader));
    }

    void whoDoesNotReadIsNotWaitedForForEver()
    {
        Stage stage;
        const auto silent = stage.visitor();
        silent->setReadBufferSize(1);
        silent->write("{\"id\":1,\"method\":\"big\"}\n{\"id\":2,\"method\":\"big\"}\n");
        QTRY_COMPARE(stage.answered, 2);
        QSignalSpy finished(&stage.server, &ControlServer::finished);
        stage.server.finish();
        QTRY_VERIFY(!finished.isEmpty());
    }

    void moreThanItTakesAreToldSo()
    {
        Stage stage;
        std::vector<std::unique_ptr<QLocalSocket>> visitors;
        for (qsizetype i = 0; i < ControlServer::MaxVisitors; ++i) {
            visitors.push_back(stage.visitor());
            visitors.back()->write("{\"id\":1,\"method\":\"echo\"}\n");
            QVERIFY(lineOf(*visitors.back()).contains("\"result\""));
        }
        const auto late = stage.visitor();
        QVERIFY(lineOf(*late).contains("too-many"));
        QVERIFY(isCut(*late));
        visitors.pop_back();
        QTRY_VERIFY([&] { // the server learns of it a moment later
            const auto next = stage.visitor();
            next->write("{\"id\":1,\"method\":\"echo\"}\n");
            return lineOf(*next).contains("\"result\"");
        }());
    }
};

QTEST_GUILESS_MAIN(TestControlServer)

#include "tst_controlserver.moc"
