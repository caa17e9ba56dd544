#include "core/democluster/democluster.h"
#include "tests/interop/kubectl.h"
#include "tests/interop/requirement.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <csignal>

using namespace Fairlead;
using namespace Qt::StringLiterals;

namespace {

/// What a program printed and how it ended, with everything taken out that may differ from run to run.
struct Run {
    QString out;
    QString error;
    int exitCode = -1;
    bool finished = false;
};

/// Until when a program runs that listens: the test's Ctrl-C, or its own decision.
enum class Until { Interrupted, ItEnds };

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

/// kubectl names itself and writes some errors through klog: `E1123 03:22:39.9 1 file.go:400] "Unhandled Error"
/// err="..."`.
QString normalised(QString text, bool randomPorts)
{
    static const QRegularExpression klog(u"^[EWI]\\d{4} [^\\]]*\\] "_s, QRegularExpression::MultilineOption);
    static const QRegularExpression unhandled(u"^\"Unhandled Error\" err=\"(.*)\"( logger=\\S+)?$"_s,
                                              QRegularExpression::MultilineOption);
    static const QRegularExpression listenPort(u"((?:from|for) (?:\\S+:)?)\\d+"_s);
    text.remove(klog);
    for (auto match = unhandled.match(text); match.hasMatch(); match = unhandled.match(text)) {
        const QString error = match.captured(1).replace(u"\\\""_s, u"\""_s);
        text.replace(match.capturedStart(), match.capturedLength(), error);
    }
    text.replace(u"kubectl"_s, u"fairlead"_s);
    if (randomPorts)
        text.replace(listenPort, u"\\1PORT"_s);
    return text;
}

qsizetype linesIn(const QByteArray &bytes)
{
    return bytes.count('\n');
}

} // namespace

/// The same arguments through kubectl and through `fairlead port-forward`: the same lines, the same exit code.
class TestSameLines : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const QList<Kubectl> kubectls = availableKubectls();
        if (kubectls.isEmpty())
            FAIRLEAD_SKIP_INTEROP(QStringLiteral("there is no kubectl; packaging/fetch-kubectl brings some"));
        m_kubectl = kubectls.last().path; // the newest
        const Result<QString, QString> kubeconfig = m_cluster.start({});
        QVERIFY2(kubeconfig.hasValue(), kubeconfig ? "" : qPrintable(kubeconfig.error()));
        m_kubeconfig = *kubeconfig;
    }

    void compare_data()
    {
        QTest::addColumn<QString>("arguments"); // {A} and {B} become free ports
        QTest::addColumn<int>("lines"); // on standard output until the run may be interrupted; 0: ends by itself
        QTest::addColumn<bool>("connects"); // open a connection to {A} once it listens
        const auto good = [](const char *name, const QString &arguments, int lines, bool connects = false) {
            QTest::addRow("%s", name) << arguments << lines << connects;
        };
        const auto bad = [](const char *name, const QString &arguments) {
            QTest::addRow("%s", name) << arguments << 0 << false;
        };
        good("pod by name", u"echo {A}:7000"_s, 2);
        good("pod/NAME", u"pod/echo {A}:7000"_s, 2);
        good("pods/NAME", u"pods/echo {A}:7000"_s, 2);
        good("po/NAME", u"po/echo {A}:7000"_s, 2);
        good("any free port", u"echo :7000"_s, 2);
        good("port 0", u"echo 0:7000"_s, 2);
        good("two ports", u"echo {A}:7000 {B}:9999"_s, 4);
        good("named port", u"web {A}:http"_s, 2);
        good("leading zeros", u"echo {A}:007000"_s, 2);
        good("one address", u"--address 127.0.0.1 echo {A}:7000"_s, 1);
        good("two addresses in one list", u"--address 127.0.0.1,127.0.0.2 echo {A}:7000"_s, 2);
        good("addresses given twice", u"--address 127.0.0.1 --address ::1 echo {A}:7000"_s, 2);
        good("every address", u"--address 0.0.0.0 echo {A}:7000"_s, 1);
        good("flags behind the ports", u"echo {A}:7000 --address=127.0.0.1"_s, 1);
        good("namespace", u"-n default echo {A}:7000"_s, 2);
        good("undeclared port", u"echo {A}:4321"_s, 2);
        good("a connection is handled", u"echo {A}:7000"_s, 3, true);

        good("service, port number", u"svc/web {A}:80"_s, 2);
        good("service, port name", u"service/api {A}:http"_s, 2);
        good("headless service", u"svc/db {A}:5432"_s, 2);
        good("deployment", u"deploy/api {A}:5000"_s, 2);
        good("deployment with its group", u"deployments.apps/api {A}:http"_s, 2);
        good("stateful set", u"sts/db {A}:sql"_s, 2);
        good("replica set", u"rs/api-6b8c7d5f9b {A}:http"_s, 2);
        good("job", u"job/reindex {A}:status"_s, 2);
        good("replication controller", u"rc/legacy-1 {A}:http"_s, 2);
        good("daemon set", u"-n monitoring ds/node-agent {A}:metrics"_s, 2);

        bad("no such service", u"svc/nope 80"_s);
        bad("no such deployment", u"deploy/nope 80"_s);
        bad("service without that port", u"svc/web 81"_s);
        bad("service without that port name", u"svc/web nope"_s);
        bad("service without selector", u"svc/kubernetes 443"_s);
        bad("deployment without that port name", u"deploy/api nope"_s);
        bad("unknown type", u"foo/web 80"_s);
        bad("nothing", u""_s);
        bad("no ports", u"echo"_s);
        bad("unknown flag", u"--foo echo 80"_s);
        bad("unknown short flag", u"-x echo 80"_s);
        bad("flag without its value", u"echo 80 --address"_s);
        bad("short flag without its value", u"echo 80 -n"_s);
        bad("timeout of zero", u"--pod-running-timeout 0 echo 80"_s);
        bad("timeout that is none", u"--pod-running-timeout abc echo 80"_s);
        bad("two slashes", u"a/b/c 80"_s);
        bad("type without a name", u"pod/ 80"_s);
        bad("name without a type", u"/echo 80"_s);
        bad("no such pod", u"nobody 80"_s);
        bad("no such namespace", u"-n nowhere echo 80"_s);
        bad("port zero", u"echo 0"_s);
        bad("random local, remote zero", u"echo :0"_s);
        bad("port too large", u"echo 70000"_s);
        bad("unknown port name", u"echo nonsense"_s);
        bad("signed port", u"echo +80"_s);
        bad("address that is a name", u"--address example.com echo {A}:7000"_s);
        bad("port in use", u"--address 127.0.0.1 echo {BUSY}:7000"_s);
        bad("pod that has ended", u"-n shop import-catalog-29393310-b7xnl 8080"_s);
        bad("unknown context", u"--context zz echo 80"_s);
        bad("unknown user", u"--user zz echo 80"_s);
        bad("wrong token", u"--user demo-token --token wrong echo 80"_s);
        bad("missing kubeconfig", u"--kubeconfig /nonexistent/config echo 80"_s);
    }

    void compare()
    {
        QFETCH(QString, arguments);
        QFETCH(const int, lines);
        QFETCH(const bool, connects);
        QTcpServer busy;
        QVERIFY(busy.listen(QHostAddress::LocalHost));
        const quint16 portA = freePort();
        arguments.replace(u"{A}"_s, QString::number(portA));
        arguments.replace(u"{B}"_s, QString::number(freePort()));
        arguments.replace(u"{BUSY}"_s, QString::number(busy.serverPort()));
        const QStringList words = arguments.split(u' ', Qt::SkipEmptyParts);
        const bool random = arguments.contains(u" :"_s) || arguments.contains(u" 0:"_s);

        const Run theirs = run(m_kubectl, words, lines, connects ? portA : 0, random);
        const Run ours = run(QStringLiteral(FAIRLEAD_BINARY), words, lines, connects ? portA : 0, random);

        QVERIFY2(theirs.finished, qPrintable(theirs.out + theirs.error));
        QVERIFY2(ours.finished, qPrintable(ours.out + ours.error));
        QCOMPARE(ours.out, theirs.out);
        QCOMPARE(ours.error, theirs.error);
        QCOMPARE(ours.exitCode, theirs.exitCode);
    }

    /// With --exit-on-loss, what goes wrong ends Fairlead as it ends kubectl.
    void endsAtTheFirstLoss_data()
    {
        QTest::addColumn<QString>("arguments"); // {A} becomes a free port
        QTest::addRow("a refused port") << u"--address 127.0.0.1 echo {A}:81"_s;
        QTest::addRow("a refused port of a stateful set's pod") << u"--address 127.0.0.1 sts/db {A}:81"_s;
    }

    void endsAtTheFirstLoss()
    {
        QFETCH(QString, arguments);
        const quint16 port = freePort();
        arguments.replace(u"{A}"_s, QString::number(port));
        const QStringList words = arguments.split(u' ');
        constexpr int ListeningAndHandling = 2;
        const Run theirs = run(m_kubectl, words, ListeningAndHandling, port, false, Until::ItEnds);
        const Run ours = run(QStringLiteral(FAIRLEAD_BINARY), QStringList{u"--exit-on-loss"_s} + words,
                             ListeningAndHandling, port, false, Until::ItEnds);
        QVERIFY2(theirs.finished, qPrintable(theirs.out + theirs.error));
        QVERIFY2(ours.finished, qPrintable(ours.out + ours.error));
        QCOMPARE(ours.out, theirs.out);
        QCOMPARE(ours.error, theirs.error);
        QCOMPARE(ours.exitCode, theirs.exitCode);
        QCOMPARE(ours.exitCode, 1);
    }

    /// Where kubectl is obscure, Fairlead says what is wrong; the exit code is the same.
    void differsOnPurpose_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("kubectl");
        QTest::addColumn<QString>("fairlead");
        const QString noName = u"error: Pod 'echo' does not have a named port ''\n"_s;
        const QString noPort = u"error: remote port cannot be empty\n"_s;
        QTest::addRow("remote port forgotten") << QStringList{u"echo"_s, u"8080:"_s} << noName << noPort;
        QTest::addRow("only a colon") << QStringList{u"echo"_s, u":"_s} << noName << noPort;
        // kubectl says nothing while it waits.
        const QString timeout = u"error: timed out waiting for the condition\n"_s;
        QTest::addRow("service without pods")
            << QStringList{u"--pod-running-timeout"_s, u"1s"_s, u"svc/nobody"_s, u"80"_s} << timeout
            << u"Waiting for pod: service/nobody has no pods.\n"_s + timeout;
    }

    void differsOnPurpose()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, kubectl);
        QFETCH(const QString, fairlead);
        const Run theirs = run(m_kubectl, arguments, 0, 0, false);
        const Run ours = run(QStringLiteral(FAIRLEAD_BINARY), arguments, 0, 0, false);
        QCOMPARE(theirs.error, kubectl);
        QCOMPARE(ours.error, fairlead);
        QCOMPARE(ours.exitCode, theirs.exitCode);
    }

private:
    Run run(const QString &program, const QStringList &words, int lines, quint16 connectTo, bool randomPorts,
            Until until = Until::Interrupted) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"KUBECONFIG"_s, m_kubeconfig);
        environment.insert(u"KUBECTL_PORT_FORWARD_WEBSOCKETS"_s, u"false"_s);
        process.setProcessEnvironment(environment);
        process.start(program, QStringList{u"port-forward"_s} + words);

        constexpr int PatienceMs = 20'000;
        QByteArray out;
        QTcpSocket client;
        if (lines > 0) {
            const int untilListening = connectTo ? lines - 1 : lines;
            const auto collected = [&](int wanted) {
                return QTest::qWaitFor(
                    [&] {
                        out += process.readAllStandardOutput();
                        return linesIn(out) >= wanted || process.state() == QProcess::NotRunning;
                    },
                    PatienceMs);
            };
            collected(untilListening);
            if (connectTo) {
                client.connectToHost(QHostAddress::LocalHost, connectTo);
                collected(lines);
            }
            if (process.state() == QProcess::Running && until == Until::Interrupted)
                ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        }
        Run result;
        result.finished = QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, PatienceMs)
            && process.exitStatus() == QProcess::NormalExit;
        out += process.readAllStandardOutput();
        result.out = normalised(QString::fromUtf8(out), randomPorts);
        result.error = normalised(QString::fromUtf8(process.readAllStandardError()), randomPorts);
        result.exitCode = process.exitCode();
        return result;
    }

    QString m_kubectl;
    QString m_kubeconfig;
    Demo::DemoCluster m_cluster;
};

QTEST_GUILESS_MAIN(TestSameLines)
#include "tst_samelines.moc"
