#include "tests/app/engine/enginestage.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QTcpServer>

#include <chrono>
#include <thread>

using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

namespace {

/// A request as any other program could make it, and the answer to it.
QJsonObject ask(const UserStage &user, const QByteArray &method)
{
    QLocalSocket socket;
    socket.connectToServer(user.path(u"run/fairlead/engine.sock"_s));
    socket.write("{\"id\":1,\"method\":\"" + method + "\"}\n");
    while (!socket.canReadLine() && socket.waitForReadyRead(Patience)) { }
    return QJsonDocument::fromJson(socket.readLine()).object();
}

bool hasEnded(const QProcess &program)
{
    return program.state() == QProcess::NotRunning;
}

} // namespace

/// A window that opens while an engine without one runs, and the end of an engine by command.
class TestTakeOver : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_cluster = std::make_unique<DemoProcess>();
        QVERIFY(!m_cluster->kubeconfig().isEmpty());
    }

    void cleanupTestCase() { m_cluster.reset(); }

    void theWindowGoesOnWithWhatRan_data()
    {
        QTest::addColumn<QByteArray>("policy");
        QTest::addRow("what is not to be restored runs") << QByteArray("nothing");
        QTest::addRow("what is to be restored and was stopped is stopped") << QByteArray("as-they-were");
    }
    void theWindowGoesOnWithWhatRan()
    {
        QFETCH(const QByteArray, policy);
        UserStage user;
        QProcess &engine = startEngine(user, policy);
        const auto before = portsOf(user.status());
        COMPARE_COMMAND(user.run({u"down"_s, u"idle"_s}), 0, "Forwards stopped: 1.");
        TRY(user.countOf(u"Stopped"_s) == 1);
        // Nobody sees a window that is drawn unseen, and nobody can be asked there.
        COMPARE_COMMAND(user.run({}), 1, "--take-over");
        QCOMPARE(user.countOf(u"Running"_s), 2);

        QProcess &window = user.start({u"--take-over"_s});

        TRY(hasEnded(engine));
        QCOMPARE(engine.exitCode(), 0);
        QVERIFY(engine.readAllStandardError().contains("move into Fairlead's window"));
        TRY(user.countOf(u"Running"_s) == 2);
        const auto after = user.status();
        QCOMPARE(after.size(), 3);
        QCOMPARE(after[u"idle"_s][u"state"_s], QJsonValue(u"Stopped"_s));
        for (const QString &name : {u"fixed"_s, u"open"_s}) {
            QCOMPARE(portsOf(after).value(name), before.value(name));
            QCOMPARE(after[name][u"profiles"_s], QJsonValue(QJsonArray{u"Team"_s}));
        }
        QVERIFY(servesAPage(before.value(u"open"_s)));
        QCOMPARE(ask(user, "hello")[u"result"_s][u"face"_s], QJsonValue(u"window"_s));
        TRY(!QFileInfo::exists(leftFile(user)));
        QCOMPARE(user.session().count("running: false"), 1);
        COMPARE_COMMAND(user.run({u"status"_s}), 0, ""); // it goes on
        QVERIFY(!hasEnded(window));
    }

    void aTerminalSaysWhyItEnds()
    {
        UserStage user;
        prepare(user, "nothing");
        QProcess &terminal = user.start({u"up"_s, u"--headless"_s, u"Team"_s});
        TRY(user.countOf(u"Running"_s) == 3);
        const auto before = portsOf(user.status());

        user.start({u"--take-over"_s});

        TRY(hasEnded(terminal));
        QCOMPARE(terminal.exitCode(), 0);
        QVERIFY(terminal.readAllStandardError().contains("move into Fairlead's window"));
        TRY(user.countOf(u"Running"_s) == 3);
        QCOMPARE(portsOf(user.status()), before);
    }

    void theAnswerHasEverything()
    {
        UserStage user;
        QProcess &engine = startEngine(user, "nothing");
        const auto before = portsOf(user.status());
        QVERIFY(ask(user, "session")[u"result"_s][u"session"_s].toString().contains(u"service/web"_s));
        COMPARE_COMMAND(user.run({u"status"_s}), 0, ""); // it goes on
        QVERIFY(!hasEnded(engine));

        const QJsonObject answer = ask(user, "handover")[u"result"_s].toObject();

        QMap<QString, QJsonObject> forwards;
        for (const auto &forward : answer[u"forwards"_s].toArray())
            forwards[forward[u"name"_s].toString()] = forward.toObject();
        QCOMPARE(portsOf(forwards), before);
        QCOMPARE(forwards[u"open"_s][u"state"_s], QJsonValue(u"Running"_s));
        QCOMPARE(forwards[u"open"_s][u"profiles"_s], QJsonValue(QJsonArray{u"Team"_s}));
        QVERIFY(answer[u"session"_s].toString().contains(u"\":80\""_s)); // left open in what the user wants
        TRY(hasEnded(engine));
        QCOMPARE(engine.exitCode(), 0);
    }

    void nothingIsLostIfTheEngineIsKilledBehindItsAnswer()
    {
        UserStage user;
        QProcess &engine = startEngine(user, "nothing");
        const auto before = portsOf(user.status());
        QVERIFY(ask(user, "handover").contains(u"result"_s));
        killNow(engine);

        user.start({}); // and who asked for it is not there any more either

        TRY(user.countOf(u"Running"_s) == 3);
        QCOMPARE(portsOf(user.status()), before);
        TRY(!QFileInfo::exists(leftFile(user)));
    }

    void nothingIsLostIfTheWindowIsKilledBeforeItHasThem()
    {
        // Where the machine has other things to do the window may be through before it is killed; then once more.
        for (int round = 0; round < 10; ++round) {
            UserStage user;
            QProcess &engine = startEngine(user, "nothing");
            const auto before = portsOf(user.status());
            QProcess &window = user.start({u"--take-over"_s});
            const QString left = leftFile(user);
            const QDeadlineTimer deadline(Patience);
            while (!QFileInfo::exists(left) && !deadline.hasExpired())
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            killNow(window);
            TRY(hasEnded(engine));
            if (!QFileInfo::exists(left))
                continue;

            user.start({});

            TRY(user.countOf(u"Running"_s) == 3);
            QCOMPARE(portsOf(user.status()), before);
            return;
        }
        QFAIL("The window was never killed in time.");
    }

    void anEngineWithoutAWindowTakesWhatWasLeftAsWell_data()
    {
        QTest::addColumn<QStringList>("next");
        QTest::addRow("the systemd unit's") << QStringList{u"engine"_s};
        QTest::addRow("a terminal with the same profile") << QStringList{u"up"_s, u"--headless"_s, u"Team"_s};
        QTest::addRow("a terminal with another one") << QStringList{u"up"_s, u"--headless"_s, u"Other"_s};
    }
    void anEngineWithoutAWindowTakesWhatWasLeftAsWell()
    {
        QFETCH(const QStringList, next);
        UserStage user;
        QProcess &engine = startEngine(user, "nothing");
        const auto before = portsOf(user.status());
        QVERIFY(ask(user, "handover").contains(u"result"_s));
        TRY(hasEnded(engine));

        user.addProfile(u"other.yaml"_s,
                        "fairleadProfile: 1\nname: Other\nforwards:\n  - {context: one, name: other, "
                        "target: svc/web, ports: [':http']}\n");
        const int expected = next.contains(u"Other"_s) ? 4 : 3;

        user.start(next);

        TRY(user.countOf(u"Running"_s) == expected);
        QCOMPARE(user.status().size(), expected);
        QCOMPARE(portsOf(user.status()).value(u"fixed"_s), before.value(u"fixed"_s));
        TRY(!QFileInfo::exists(leftFile(user)));
        QCOMPARE(user.session().count("running: false"), 0);
    }

    void anEngineThatCannotWriteKeepsThem()
    {
        UserStage user;
        QProcess &engine = startEngine(user, "nothing");
        QVERIFY(QDir().mkpath(leftFile(user) + u"/in the way"_s));
        COMPARE_COMMAND(user.run({u"--take-over"_s}), 1, "cannot be handed over");
        COMPARE_COMMAND(user.run({u"status"_s}), 0, ""); // it goes on
        QVERIFY(!hasEnded(engine));
        QCOMPARE(user.countOf(u"Running"_s), 3);
    }

    void anEngineWithFlagsOfItsOwnKeepsThem()
    {
        UserStage user;
        prepare(user, "nothing");
        QProcess &engine = user.start({u"engine"_s, u"--as"_s, u"somebody"_s, u"--token"_s, u"secret"_s});
        TRY(user.run({u"status"_s}).exitCode == 0);
        const CommandResult refused = user.run({u"--take-over"_s});
        COMPARE_COMMAND(refused, 1, "started with --token, --as");
        QVERIFY(!refused.error.contains("secret") && !refused.error.contains("somebody"));
        COMPARE_COMMAND(user.run({u"status"_s}), 0, ""); // it goes on
        QVERIFY(!hasEnded(engine));
    }

    void aWindowKeepsItsForwards()
    {
        UserStage user;
        prepare(user, "nothing");
        QProcess &window = user.start({});
        TRY(user.run({u"status"_s}).exitCode == 0);
        QCOMPARE(ask(user, "handover")[u"error"_s][u"code"_s], QJsonValue(u"failed"_s));
        QCOMPARE(user.run({u"--take-over"_s}).exitCode, 0); // shows it
        COMPARE_COMMAND(user.run({u"status"_s}), 0, ""); // it goes on
        QVERIFY(!hasEnded(window));
    }

    void quitEndsWhateverRuns_data()
    {
        QTest::addColumn<QStringList>("engine");
        QTest::addColumn<bool>("saves");
        QTest::addRow("an engine without a window") << QStringList{u"engine"_s} << true;
        QTest::addRow("a window, without a question") << QStringList() << true;
        QTest::addRow("a terminal") << QStringList{u"up"_s, u"--headless"_s, u"Team"_s} << false;
    }
    void quitEndsWhateverRuns()
    {
        QFETCH(const QStringList, engine);
        QFETCH(const bool, saves);
        UserStage user;
        prepare(user, "nothing");
        COMPARE_COMMAND(user.run({u"quit"_s}), 3, "No Fairlead runs");
        QProcess &program = user.start(engine);
        TRY(user.run({u"status"_s}).exitCode == 0);
        COMPARE_COMMAND(user.run({u"up"_s, u"Team"_s, u"--wait"_s}), 0, "Ready: 3 of 3");
        COMPARE_COMMAND(user.run({u"quit"_s, u"fixed"_s}), 1, "takes no names");
        const int port = portsOf(user.status()).value(u"fixed"_s);

        COMPARE_COMMAND(user.run({u"quit"_s}), 0, "has ended (process " + QByteArray::number(program.processId()));

        QTcpServer next; // it is gone with all that it had open
        QVERIFY(next.listen(QHostAddress::LocalHost, quint16(port)));
        TRY(hasEnded(program));
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(user.run({u"status"_s}).exitCode, 3);
        QCOMPARE(user.session().count("target:"), saves ? 3 : 0);
        QCOMPARE(user.session().count("running: false"), 0); // they ran when it ended
    }

private:
    /// A profile "Team": a forward on a port of its own, one on any, and one more.
    void prepare(UserStage &user, const QByteArray &policy)
    {
        user.setKubeconfig(kubeconfigOf({{u"one"_s, m_cluster->kubeconfig()}}));
        QByteArray profile = "fairleadProfile: 1\nname: Team\nrestore: " + policy + "\nforwards:\n";
        const auto add = [&](const QByteArray &name, const QByteArray &local) {
            profile += "  - {context: one, name: " + name + ", server: '" + m_cluster->server()
                + "', target: svc/web, addresses: [127.0.0.1], ports: ['" + local + ":80']}\n";
        };
        const QList<quint16> ports = freePorts(2);
        add("fixed", QByteArray::number(ports.at(0)));
        add("idle", QByteArray::number(ports.at(1)));
        add("open", {});
        user.addProfile(u"team.yaml"_s, profile);
    }

    QProcess &startEngine(UserStage &user, const QByteArray &policy)
    {
        prepare(user, policy);
        QProcess &engine = user.start({u"engine"_s});
        [&] {
            TRY(user.run({u"status"_s}).exitCode == 0);
            COMPARE_COMMAND(user.run({u"up"_s, u"Team"_s, u"--wait"_s}), 0, "Ready: 3 of 3");
        }();
        return engine;
    }

    static QString leftFile(const UserStage &user) { return user.path(u"run/fairlead/takeover.json"_s); }

    std::unique_ptr<DemoProcess> m_cluster;
};

QTEST_GUILESS_MAIN(TestTakeOver)

#include "tst_takeover.moc"
