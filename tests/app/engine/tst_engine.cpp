#include "tests/app/engine/enginestage.h"

#include <QFileInfo>
#include <QTcpServer>
#include <QTest>

#include <csignal>

using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

/// The program as it is used: engines that are killed, windows that are started twice, commands that talk to them.
class TestEngine : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_one = std::make_unique<DemoProcess>();
        m_two = std::make_unique<DemoProcess>();
        QVERIFY(!m_one->kubeconfig().isEmpty() && !m_two->kubeconfig().isEmpty());
    }

    void cleanupTestCase()
    {
        m_one.reset();
        m_two.reset();
    }

    void aProfileComesBackAfterAKill()
    {
        UserStage user;
        prepare(user, "as-they-were");
        QProcess &engine = user.start({u"engine"_s});
        TRY(user.run({u"status"_s}).exitCode == 0);
        const CommandResult up = user.run({u"up"_s, u"Team"_s, u"--wait=60s"_s});
        COMPARE_COMMAND(up, 0, "Ready: 12 of 12");
        const auto before = portsOf(user.status());
        QCOMPARE(before, m_ports);
        COMPARE_COMMAND(user.run({u"down"_s, u"two-5"_s}), 0, "Forwards stopped: 1.");
        TRY(user.countOf(u"Stopped"_s) == 1);
        // What runs is written half a second after the last change; the row of what is stopped says when.
        TRY(user.session().count("running: false") == 1);

        killNow(engine);
        QCOMPARE(user.run({u"status"_s}).exitCode, 3);
        QVERIFY(QFileInfo::exists(user.path(u"run/fairlead/engine.sock"_s))); // as a killed process leaves it
        user.start({u"engine"_s});

        TRY(user.countOf(u"Running"_s) == 11);
        QCOMPARE(user.status().size(), 12);
        QCOMPARE(user.status().value(u"two-5"_s)[u"state"_s], QJsonValue(u"Stopped"_s)); // as it was
        auto after = portsOf(user.status());
        after[u"two-5"_s] = before.value(u"two-5"_s);
        QCOMPARE(after, before);
        QVERIFY(servesAPage(after.value(u"one-0"_s)));
        QVERIFY(servesAPage(after.value(u"two-0"_s)));
    }

    void whatCannotComeBackIsSaidWithTheReason()
    {
        UserStage user;
        prepare(user, "as-they-were");
        QProcess &engine = user.start({u"engine"_s});
        TRY(user.countOf(u"Running"_s) == 12);
        TRY(user.session().count("target:") == 12);
        killNow(engine);
        user.setKubeconfig(kubeconfigOf({{u"one"_s, m_one->kubeconfig()}})); // "two" is gone

        QProcess &next = user.start({u"engine"_s});

        TRY(user.countOf(u"Running"_s) == 6);
        const auto forwards = user.status();
        QCOMPARE(forwards.size(), 12);
        for (int i = 0; i < 6; ++i) {
            const QJsonObject lost = forwards.value(u"two-%1"_s.arg(i));
            QCOMPARE(lost[u"state"_s], QJsonValue(u"Stopped"_s));
            QVERIFY(lost[u"remark"_s].toString().contains(u"no context \"two\""_s));
        }
        QByteArray warnings;
        TRY((warnings += next.readAllStandardError()).count("There is no context \"two\"") == 6);
        const CommandResult up = user.run({u"up"_s, u"Team"_s, u"--wait"_s});
        COMPARE_COMMAND(up, 1, "Ready: 6 of 12");
        QCOMPARE(up.error.count("error: [two-"), 6);
    }

    void onAnotherMachineContextsAreFoundByTheirServers()
    {
        UserStage first;
        prepare(first, "as-they-were");
        UserStage second;
        second.setKubeconfig(kubeconfigOf({{u"uno"_s, m_one->kubeconfig()}, {u"due"_s, m_two->kubeconfig()}}));
        second.addProfile(u"team.yaml"_s, m_profile);

        second.start({u"engine"_s});

        TRY(second.countOf(u"Running"_s) == 12);
        const auto forwards = second.status();
        QCOMPARE(portsOf(forwards), m_ports);
        QCOMPARE(forwards.value(u"one-3"_s)[u"context"_s], QJsonValue(u"uno"_s));
        QCOMPARE(forwards.value(u"two-3"_s)[u"context"_s], QJsonValue(u"due"_s));
        QVERIFY(forwards.value(u"two-3"_s)[u"remark"_s].toString().contains(u"called \"due\" here"_s));
    }

    void whatIsNotAskedForIsNotRestored_data()
    {
        QTest::addColumn<QByteArray>("policy");
        QTest::addRow("nothing") << QByteArray("nothing");
        QTest::addRow("ask, and there is nobody to ask") << QByteArray("ask");
    }
    void whatIsNotAskedForIsNotRestored()
    {
        QFETCH(const QByteArray, policy);
        UserStage user;
        prepare(user, policy);
        QProcess &engine = user.start({u"engine"_s});
        TRY(user.run({u"status"_s}).exitCode == 0);
        QCOMPARE(user.status().size(), 0);
        COMPARE_COMMAND(user.run({u"up"_s, u"Team"_s, u"--wait"_s}), 0, "Ready: 12 of 12");
        TRY(user.session().count("target:") == 12);
        killNow(engine);

        user.start({u"engine"_s});

        TRY(user.countOf(u"Stopped"_s) == 12); // there, but a cluster is asked for nothing
    }

    void ofTwoEnginesThatStartAtOnceOneStays()
    {
        UserStage user;
        for (int round = 0; round < 5; ++round) {
            QProcess &one = user.start({u"engine"_s});
            QProcess &other = user.start({u"engine"_s});
            TRY(one.state() == QProcess::NotRunning || other.state() == QProcess::NotRunning);
            QProcess &loser = one.state() == QProcess::NotRunning ? one : other;
            QProcess &winner = &loser == &one ? other : one;
            QCOMPARE(loser.exitCode(), 1);
            const QByteArray words = loser.readAllStandardError();
            QVERIFY2(words.contains("runs already (process " + QByteArray::number(winner.processId())),
                     words.constData());
            QCOMPARE(winner.state(), QProcess::Running);
            killNow(winner);
        }
    }

    void aSecondWindowShowsTheFirst()
    {
        UserStage user;
        prepare(user, "nothing");
        QProcess &window = user.start({});
        TRY(user.run({u"status"_s}).exitCode == 0);

        QCOMPARE(user.run({}).exitCode, 0);
        COMPARE_COMMAND(user.run({u"--context"_s, u"one"_s}), 0, "keeps its kubeconfig");
        COMPARE_COMMAND(user.run({u"up"_s, u"Team"_s, u"--wait"_s}), 0, "Ready: 12 of 12");
        QCOMPARE(portsOf(user.status()), m_ports);
        QCOMPARE(window.state(), QProcess::Running);
        COMPARE_COMMAND(user.run({u"engine"_s}), 1, "runs already");

        // What the window had is there after a kill as well.
        TRY(user.session().count("target:") == 12);
        killNow(window);
        user.start({});
        TRY(user.status().size() == 12);
        COMPARE_COMMAND(user.run({u"up"_s, u"Team"_s, u"--wait"_s}), 0, "Ready: 12 of 12");
        QCOMPARE(user.status().size(), 12); // found again, not added
        QCOMPARE(portsOf(user.status()), m_ports);
    }

    void aWindowBringsBackWhatAProfileSays()
    {
        UserStage user;
        prepare(user, "as-they-were");
        QProcess &window = user.start({});
        TRY(user.countOf(u"Running"_s) == 12);
        TRY(user.session().count("target:") == 12);
        killNow(window);

        user.start({});

        TRY(user.countOf(u"Running"_s) == 12);
        QCOMPARE(user.status().size(), 12);
        QCOMPARE(portsOf(user.status()), m_ports);
    }

    void aLinkStartsNothingByItself()
    {
        UserStage user;
        prepare(user, "nothing");
        user.start({});
        TRY(user.run({u"status"_s}).exitCode == 0);
        QCOMPARE(user.run({u"fairlead://up/Team"_s}).exitCode, 0);
        COMPARE_COMMAND(user.run({u"fairlead://up/Nobody"_s}), 1, "no profile named");
        COMPARE_COMMAND(user.run({u"fairlead://up/..%2F..%2Fx.yaml"_s}), 1, "means nothing");
        QCOMPARE(user.status().size(), 0);
    }

    void anEngineWithoutAWindowSaysSo()
    {
        UserStage user;
        prepare(user, "nothing");
        user.start({u"engine"_s});
        TRY(user.run({u"status"_s}).exitCode == 0);
        COMPARE_COMMAND(user.run({}), 1, "without a window");
        COMPARE_COMMAND(user.run({u"fairlead://up/Team"_s}), 1, "without a window");
        QCOMPARE(user.status().size(), 0);
    }

    void exitCodesTell()
    {
        UserStage user;
        prepare(user, "nothing");
        for (const QStringList &words :
             {QStringList{u"status"_s}, QStringList{u"down"_s, u"--all"_s}, QStringList{u"logs"_s}})
            COMPARE_COMMAND(user.run(words), 3, "No Fairlead runs");
        COMPARE_COMMAND(user.run({u"down"_s}), 1, "name what to stop");
        COMPARE_COMMAND(user.run({u"up"_s, u"Nobody"_s}), 1, "There are: Team.");
        COMPARE_COMMAND(user.run({u"up"_s, u"Team"_s, u"--wait=soon"_s}), 1, "must be a duration");
        user.start({u"engine"_s});
        TRY(user.run({u"status"_s}).exitCode == 0);
        COMPARE_COMMAND(user.run({u"up"_s, u"Nobody"_s}), 1, "There are: Team.");
        COMPARE_COMMAND(user.run({u"down"_s, u"moon"_s}), 1, "no forward and no profile \"moon\"");
        COMPARE_COMMAND(user.run({u"down"_s, u"Team"_s}), 0, "Forwards stopped: 0.");

        // A server that accepts and says nothing: time goes by.
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        user.setKubeconfig("apiVersion: v1\nkind: Config\nclusters:\n- name: c\n  cluster: {server: 'https://127.0.0.1:"
                           + QByteArray::number(silent.serverPort())
                           + "'}\nusers:\n- name: c\n  user: {token: t}\ncontexts:\n- name: silent\n  context: "
                             "{cluster: c, user: c}\n");
        user.addProfile(u"slow.yaml"_s,
                        "fairleadProfile: 1\nname: Slow\nforwards:\n  - {context: silent, target: svc/web, ports: "
                        "[':80']}\n");
        TRY(says(user.run({u"up"_s, u"Slow"_s, u"--wait=500ms"_s}), 2, "Ready: 0 of 1"));
    }

    void aTerminalCanBeTheEngine()
    {
        UserStage user;
        prepare(user, "nothing");
        QProcess &terminal = user.start({u"up"_s, u"--headless"_s, u"Team"_s});
        TRY(user.countOf(u"Running"_s) == 12);
        COMPARE_COMMAND(user.run({u"list"_s}), 0, "12         12");
        const CommandResult logs = user.run({u"logs"_s, u"one-0"_s});
        COMPARE_COMMAND(logs, 0, "[one-0] Running");
        QVERIFY(!logs.out.contains("[one-1]"));

        QProcess &follower = user.start({u"logs"_s, u"-f"_s, u"one-1"_s});
        QByteArray followed;
        TRY((followed += follower.readAllStandardOutput()).contains("[one-1] Running"));
        COMPARE_COMMAND(user.run({u"down"_s, u"one-1"_s}), 0, "Forwards stopped: 1.");
        TRY((followed += follower.readAllStandardOutput()).contains("[one-1] Stopped"));
        QVERIFY(!followed.contains("[one-0]"));

        COMPARE_COMMAND(user.run({u"down"_s, u"--all"_s}), 0, "Forwards stopped: 11.");
        TRY(terminal.state() == QProcess::NotRunning); // it has nothing left to do
        QCOMPARE(terminal.exitCode(), 0);
        QVERIFY(terminal.readAllStandardOutput().contains("Ready: 12 of 12"));
        TRY(follower.state() == QProcess::NotRunning);
        QCOMPARE(follower.exitCode(), 1);
        QVERIFY(follower.readAllStandardError().contains("has ended"));
    }

    void whatWasHandedOverOutlivesTheProfileOfTheTerminal()
    {
        UserStage user;
        prepare(user, "nothing");
        const QList<quint16> port = freePorts(1);
        user.addProfile(u"own.yaml"_s,
                        "fairleadProfile: 1\nname: Own\nforwards:\n  - {context: one, name: mine, target: svc/web, "
                        "ports: ['"
                            + QByteArray::number(port.first()) + ":80']}\n");
        QProcess &terminal = user.start({u"up"_s, u"--headless"_s, u"Own"_s});
        TRY(user.countOf(u"Running"_s) == 1);
        COMPARE_COMMAND(user.run({u"up"_s, u"Team"_s, u"--wait"_s}), 0, "Ready: 12 of 12");
        COMPARE_COMMAND(user.run({u"down"_s, u"mine"_s}), 0, "Forwards stopped: 1.");
        TRY(user.countOf(u"Stopped"_s) == 1);
        QCOMPARE(user.countOf(u"Running"_s), 12);
        QCOMPARE(terminal.state(), QProcess::Running);
        ::kill(pid_t(terminal.processId()), SIGINT);
        TRY(terminal.state() == QProcess::NotRunning);
        QCOMPARE(terminal.exitCode(), 0);
    }

    void connectionFlagsAreForTheCommandAlone()
    {
        UserStage user;
        prepare(user, "nothing");
        user.start({u"engine"_s});
        TRY(user.run({u"status"_s}).exitCode == 0);
        QProcess &own = user.start({u"up"_s, u"--kubeconfig"_s, user.path(u"kubeconfig"_s), u"Team"_s});
        QByteArray printed;
        TRY((printed += own.readAllStandardOutput()).contains("Ready: 12 of 12"));
        QByteArray remarks;
        TRY((remarks += own.readAllStandardError()).contains("Connection flags count for this command alone"));
        QCOMPARE(user.status().size(), 0);
    }

private:
    /// A profile "Team" of twelve forwards, six in each of two contexts, on ports of its own.
    void prepare(UserStage &user, const QByteArray &policy)
    {
        user.setKubeconfig(kubeconfigOf({{u"one"_s, m_one->kubeconfig()}, {u"two"_s, m_two->kubeconfig()}}));
        const QList<QByteArray> targets{"svc/web", "deploy/api", "sts/db", "svc/web", "deploy/api", "svc/web"};
        const QList<QByteArray> remotes{"80", "http", "5432", "http", "http", "80"};
        const QList<quint16> ports = freePorts(12);
        m_ports.clear();
        m_profile = "fairleadProfile: 1\nname: Team\nrestore: " + policy + "\nforwards:\n";
        for (int i = 0; i < 12; ++i) {
            const DemoProcess &cluster = i < 6 ? *m_one : *m_two;
            const QString context = i < 6 ? u"one"_s : u"two"_s;
            const QString name = context + u"-%1"_s.arg(i % 6);
            m_ports[name] = ports.at(i);
            m_profile += "  - {context: " + context.toUtf8() + ", name: " + name.toUtf8() + ", server: '"
                + cluster.server() + "', target: " + targets.at(i % 6) + ", addresses: [127.0.0.1], ports: ['"
                + QByteArray::number(ports.at(i)) + ':' + remotes.at(i % 6) + "']}\n";
        }
        user.addProfile(u"team.yaml"_s, m_profile);
    }

    std::unique_ptr<DemoProcess> m_one;
    std::unique_ptr<DemoProcess> m_two;
    QMap<QString, int> m_ports; ///< local ports of the profile, by name
    QByteArray m_profile;
};

QTEST_GUILESS_MAIN(TestEngine)

#include "tst_engine.moc"
