#include "app/cli/forwardreporter.h"
#include "app/cli/forwardsession.h"
#include "tests/core/forward/livecluster.h"

#include <QScopeGuard>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QUrl>

#include <algorithm>
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Fairlead;
using namespace Fairlead::App;
using namespace Fairlead::Forward;
using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

namespace {

/// Keeps what it is told.
class RecordingReporter final : public ForwardReporter
{
public:
    struct Told {
        State state;
        Reason reason;
    };

    void listening(const PortSnapshot &port, const ListenerStatus &listener) override
    {
        listeners << u"%1:%2 -> %3"_s.arg(listener.address).arg(listener.port).arg(port.remotePort);
    }
    void unableToListen(const PortSnapshot &port) override { unable << port.localPort; }
    void partlyListening(const PortSnapshot &, const ListenerStatus &) override { ++partly; }
    void opened(const ConnectionSnapshot &connection) override { openedIds << connection.id; }
    void closed(const ConnectionSnapshot &connection) override { ends << connection.end; }
    void stateChanged(State state, const Reason &reason, std::optional<Net::Transport>) override
    {
        told << Told{state, reason};
    }
    void failed(const QString &line) override { errors << line; }

    /// The states one after another; a state that was told again with other words counts once.
    [[nodiscard]] QList<State> states() const
    {
        QList<State> result;
        for (const Told &one : told) {
            if (result.isEmpty() || result.last() != one.state)
                result << one.state;
        }
        return result;
    }
    [[nodiscard]] bool hasTold(State state, const QString &text) const
    {
        return std::any_of(told.begin(), told.end(),
                           [&](const Told &one) { return one.state == state && one.reason.text == text; });
    }

    QStringList listeners;
    QList<quint16> unable;
    int partly = 0;
    QList<quint64> openedIds;
    QList<ConnectionEnd> ends;
    QList<Told> told;
    QStringList errors;
};

/// The demo cluster, and one session as `fairlead port-forward` has it.
struct Stage {
    explicit Stage(const ForwardSession::Options &options = {})
        : session(live.manager, reporter, options)
        , finished(&session, &ForwardSession::finished)
    {
    }

    void start(const QString &target, const QString &port) { start(LiveCluster::spec(target, port)); }
    void start(const ForwardSpec &spec)
    {
        live.manager.setOptions(live.options);
        session.start(spec);
        live.id = live.manager.ids().value(0);
    }
    [[nodiscard]] int exitCode() const { return finished.isEmpty() ? -1 : finished.first().first().toInt(); }
    [[nodiscard]] bool connectsTo(QTcpSocket &program)
    {
        program.connectToHost(QHostAddress::LocalHost, live.port());
        return QTest::qWaitFor([&] { return program.state() == QAbstractSocket::ConnectedState; })
            && QTest::qWaitFor([&] { return !reporter.openedIds.isEmpty(); });
    }

    LiveCluster live;
    RecordingReporter reporter;
    ForwardSession session;
    QSignalSpy finished;
};

constexpr ForwardSession::Options AsKubectl{.waitForPod = {}, .exitOnLoss = true};
const QString LostConnection = u"error: lost connection to pod"_s;

} // namespace

/// One forward on the command line, from its start to the exit code, against the demo cluster.
class TestForwardSession : public QObject
{
    Q_OBJECT

private slots:
    void whatComesBackIsWaitedFor()
    {
        Stage stage;
        QVERIFY2(stage.live.problem().isEmpty(), qPrintable(stage.live.problem()));
        Demo::DemoCluster &cluster = stage.live.cluster;
        QVERIFY(cluster.scale(u"deploy"_s, u"default"_s, u"api"_s, 1));
        QTRY_COMPARE(cluster.podsOf(u"deploy"_s, u"default"_s, u"api"_s, true).size(), 1);
        stage.start(u"deploy/api"_s, u"http"_s);
        QVERIFY(stage.live.reaches(State::Running));
        const quint16 port = stage.live.port();
        QCOMPARE(stage.reporter.listeners, QStringList{u"127.0.0.1:%1 -> 5000"_s.arg(port)});

        QVERIFY(cluster.scale(u"deploy"_s, u"default"_s, u"api"_s, 0));
        QTRY_VERIFY(stage.reporter.hasTold(State::WaitingForPod, u"deployment/api has no pods."_s));
        QVERIFY(cluster.scale(u"deploy"_s, u"default"_s, u"api"_s, 1));
        QVERIFY(stage.live.reaches(State::Running));

        QVERIFY(LiveCluster::isPage(stage.live.get()));
        QCOMPARE(stage.reporter.states(),
                 (QList<State>{State::Starting, State::Running, State::WaitingForPod, State::Running}));
        const QString pod = cluster.podsOf(u"deploy"_s, u"default"_s, u"api"_s).value(0);
        QCOMPARE(stage.reporter.told.last().reason.text, u"via "_s + pod);
        for (const RecordingReporter::Told &one : stage.reporter.told)
            QVERIFY(one.reason.since.isValid());
        QCOMPARE(stage.reporter.listeners.size(), 1); // the port was never closed, so it is told once
        QCOMPARE(stage.live.port(), port);
        QCOMPARE(stage.reporter.errors, QStringList());
        QCOMPARE(stage.exitCode(), -1);
    }

    void aServerThatIsAwayIsWaitedFor()
    {
        Stage stage;
        stage.start(u"deploy/api"_s, u"http"_s);
        QVERIFY(stage.live.reaches(State::Running));
        stage.live.cluster.takeServerDown();
        QTRY_VERIFY(stage.reporter.states().contains(State::Reconnecting));
        QVERIFY(stage.live.cluster.bringServerUp());
        QVERIFY(stage.live.reaches(State::Running));
        QCOMPARE(stage.reporter.states(),
                 (QList<State>{State::Starting, State::Running, State::Reconnecting, State::Running}));
        QCOMPARE(stage.exitCode(), -1);
    }

    void aRefusedPortEndsItselfOnly()
    {
        Stage stage;
        stage.start(u"echo"_s, u"81"_s); // nothing listens there
        QVERIFY(stage.live.reaches(State::Running));
        QVERIFY(stage.live.get().reset);
        QTRY_COMPARE(stage.reporter.ends, QList<ConnectionEnd>{ConnectionEnd::Refused});
        QCOMPARE(stage.live.snapshot().state, State::Running);
        QCOMPARE(stage.exitCode(), -1);
    }

    void withExitOnLossARefusedPortEndsIt()
    {
        Stage stage(AsKubectl);
        stage.start(u"echo"_s, u"81"_s);
        QVERIFY(stage.live.reaches(State::Running));
        QVERIFY(stage.live.get().reset);
        QTRY_COMPARE(stage.exitCode(), 1);
        QCOMPARE(stage.reporter.ends, QList<ConnectionEnd>{ConnectionEnd::Refused});
        QCOMPARE(stage.reporter.errors, QStringList{LostConnection});
        QCOMPARE(stage.finished.size(), 1);
    }

    void withExitOnLossALostPodEndsIt_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addRow("the pod") << u"pod/db-0"_s;
        QTest::addRow("its stateful set") << u"sts/db"_s;
    }

    void withExitOnLossALostPodEndsIt()
    {
        QFETCH(const QString, target);
        Stage stage(AsKubectl);
        stage.start(target, u"5432"_s);
        QVERIFY(stage.live.reaches(State::Running));
        QVERIFY(stage.live.cluster.deletePod(u"default"_s, u"db-0"_s));
        QTRY_COMPARE(stage.exitCode(), 1);
        QCOMPARE(stage.reporter.errors, QStringList{LostConnection});
        QCOMPARE(stage.reporter.states(), (QList<State>{State::Starting, State::Running}));
        QTRY_COMPARE(stage.live.snapshot().state, State::Stopped);
        QCOMPARE(stage.finished.size(), 1);
    }

    void withExitOnLossALostServerEndsIt()
    {
        Stage stage(AsKubectl);
        stage.start(u"deploy/api"_s, u"http"_s);
        QVERIFY(stage.live.reaches(State::Running));
        stage.live.cluster.takeServerDown();
        QTRY_COMPARE(stage.exitCode(), 1);
        QCOMPARE(stage.reporter.errors, QStringList{LostConnection});
    }

    void whatCannotStartEndsInKubectlsWords_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("port");
        QTest::addColumn<QString>("line");
        QTest::addRow("no such pod") << u"nobody"_s << u"80"_s
                                     << u"Error from server (NotFound): pods \"nobody\" not found"_s;
        QTest::addRow("no such deployment")
            << u"deploy/nope"_s << u"80"_s << u"Error from server (NotFound): deployments.apps \"nope\" not found"_s;
        QTest::addRow("no such port name")
            << u"echo"_s << u"nope"_s << u"error: Pod 'echo' does not have a named port 'nope'"_s;
        QTest::addRow("no such service port")
            << u"svc/web"_s << u"81"_s << u"error: Service web does not have a service port 81"_s;
    }

    void whatCannotStartEndsInKubectlsWords()
    {
        QFETCH(const QString, target);
        QFETCH(const QString, port);
        QFETCH(const QString, line);
        Stage stage;
        stage.start(target, port);
        QTRY_COMPARE(stage.exitCode(), 1);
        QCOMPARE(stage.reporter.errors, QStringList{line});
        QCOMPARE(stage.reporter.listeners, QStringList());
        QCOMPARE(stage.reporter.states(), QList<State>{State::Starting});
    }

    void aServerThatWasNeverThereEndsIt()
    {
        Stage stage;
        const QString server = QUrl(stage.live.cluster.serverUrl()).authority();
        stage.live.cluster.takeServerDown();
        stage.start(u"echo"_s, u"7000"_s);
        QTRY_COMPARE(stage.exitCode(), 1);
        QCOMPARE(
            stage.reporter.errors,
            QStringList{u"The connection to the server %1 was refused - did you specify the right host or port?"_s.arg(
                server)});
    }

    void aPortInUseEndsIt()
    {
        const int holder = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const auto release = qScopeGuard([holder] { ::close(holder); });
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address);
        QCOMPARE(::bind(holder, reinterpret_cast<sockaddr *>(&address), size), 0);
        QCOMPARE(::listen(holder, 1), 0);
        QCOMPARE(::getsockname(holder, reinterpret_cast<sockaddr *>(&address), &size), 0);
        const quint16 port = ntohs(address.sin_port);
        Stage stage;
        ForwardSpec spec = LiveCluster::spec(u"echo"_s, u"7000"_s);
        spec.ports = {{port, u"7000"_s}};
        stage.start(spec);
        QTRY_COMPARE(stage.exitCode(), 1);
        QCOMPARE(stage.reporter.unable, QList<quint16>{port});
        QCOMPARE(stage.reporter.errors.size(), 1);
        QVERIFY2(stage.reporter.errors.first().startsWith(u"error: unable to listen on any of the requested ports"_s),
                 qPrintable(stage.reporter.errors.first()));
    }

    void patienceWithTheFirstPodEnds()
    {
        Stage stage({.waitForPod = std::chrono::milliseconds(300)});
        QVERIFY(stage.live.cluster.scale(u"deploy"_s, u"default"_s, u"api"_s, 0));
        QTRY_VERIFY(stage.live.cluster.podsOf(u"deploy"_s, u"default"_s, u"api"_s).isEmpty());
        stage.start(u"deploy/api"_s, u"http"_s);
        QTRY_COMPARE(stage.exitCode(), 1);
        QCOMPARE(stage.reporter.errors, QStringList{u"error: timed out waiting for the condition"_s});
        QVERIFY(stage.reporter.states().contains(State::WaitingForPod));
    }

    void patienceIsOnlyForTheFirstPod()
    {
        Stage stage({.waitForPod = std::chrono::milliseconds(1'500)});
        stage.start(u"deploy/api"_s, u"http"_s);
        QVERIFY(stage.live.reaches(State::Running));
        QVERIFY(stage.live.cluster.scale(u"deploy"_s, u"default"_s, u"api"_s, 0));
        QVERIFY(stage.live.reaches(State::WaitingForPod));
        QTest::qWait(2'000); // there is nothing to wait for: it must not end
        QCOMPARE(stage.exitCode(), -1);
    }

    void stopEndsItInOrder()
    {
        Stage stage;
        stage.start(u"echo"_s, u"7000"_s);
        QVERIFY(stage.live.reaches(State::Running));
        QTcpSocket program;
        QVERIFY(stage.connectsTo(program));
        QList<ConnectionEnd> endsAtExit;
        connect(&stage.session, &ForwardSession::finished, &program, [&] { endsAtExit = stage.reporter.ends; });
        stage.session.stop();
        stage.session.stop(); // an impatient second Ctrl-C
        QTRY_COMPARE(stage.exitCode(), 0);
        QCOMPARE(endsAtExit, QList<ConnectionEnd>{ConnectionEnd::Stopped});
        QCOMPARE(stage.reporter.errors, QStringList());
        QCOMPARE(stage.reporter.states(), (QList<State>{State::Starting, State::Running}));
        QTRY_COMPARE(program.state(), QAbstractSocket::UnconnectedState);
        QTest::qWait(50);
        QCOMPARE(stage.finished.size(), 1);
    }

    void stopWhileItStartsEndsItToo()
    {
        Stage stage;
        stage.live.cluster.setBlackHole(true);
        stage.start(u"echo"_s, u"7000"_s);
        stage.session.stop();
        QTRY_COMPARE(stage.exitCode(), 0);
        QCOMPARE(stage.reporter.errors, QStringList());
        stage.live.cluster.setBlackHole(false);
    }
};

QTEST_GUILESS_MAIN(TestForwardSession)
#include "tst_forwardsession.moc"
