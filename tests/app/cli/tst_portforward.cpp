#include "tests/core/forward/livecluster.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <csignal>

using namespace Fairlead;
using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

namespace {

/// `fairlead port-forward -o json` as a program, and the events that it has printed.
class PortForwardProgram final
{
public:
    void start(const QString &kubeconfig, const QStringList &arguments)
    {
        m_process.start(QStringLiteral(FAIRLEAD_BINARY),
                        QStringList{u"port-forward"_s, u"--kubeconfig"_s, kubeconfig, u"-o"_s, u"json"_s} + arguments);
    }

    ~PortForwardProgram()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    /// Events of this name, in order.
    [[nodiscard]] QList<QJsonObject> events(const QString &name)
    {
        read();
        QList<QJsonObject> found;
        std::copy_if(m_events.begin(), m_events.end(), std::back_inserter(found),
                     [&](const QJsonObject &event) { return event[u"event"_s] == name; });
        return found;
    }

    /// The states one after another; one that was told again with other words counts once.
    [[nodiscard]] QStringList states()
    {
        QStringList states;
        for (const QJsonObject &event : events(u"state"_s)) {
            if (const QString state = event[u"state"_s].toString(); states.isEmpty() || states.last() != state)
                states << state;
        }
        return states;
    }

    [[nodiscard]] QString otherLines()
    {
        read();
        return m_otherLines + QString::fromUtf8(m_process.readAllStandardError());
    }

    /// As Ctrl-C does; gives the exit code.
    [[nodiscard]] int interrupt()
    {
        ::kill(static_cast<pid_t>(m_process.processId()), SIGINT);
        return QTest::qWaitFor([&] { return m_process.state() == QProcess::NotRunning; }, 20'000)
                && m_process.exitStatus() == QProcess::NormalExit
            ? m_process.exitCode()
            : -1;
    }

private:
    void read()
    {
        m_rest += m_process.readAllStandardOutput();
        for (qsizetype end = m_rest.indexOf('\n'); end >= 0; end = m_rest.indexOf('\n')) {
            const QByteArray line = m_rest.left(end);
            m_rest.remove(0, end + 1);
            if (const QJsonDocument document = QJsonDocument::fromJson(line); document.isObject())
                m_events << document.object();
            else
                m_otherLines += QString::fromUtf8(line) + u'\n';
        }
    }

    QProcess m_process;
    QByteArray m_rest;
    QList<QJsonObject> m_events;
    QString m_otherLines;
};

QDateTime timeIn(const QJsonObject &event, const QString &key)
{
    return QDateTime::fromString(event[key].toString(), Qt::ISODateWithMs);
}

/// Sends a pattern to an echoing pod; true if the same came back.
bool echoes(quint16 port)
{
    ProgramPlan plan;
    plan.send = QByteArray(10'000, 'x');
    plan.stopAfter = plan.send.size();
    std::future<ProgramResult> program = runProgram(port, plan);
    return LiveCluster::wait(program).received == plan.send;
}

} // namespace

/// The real program, from its start to Ctrl-C, through losses.
class TestPortForward : public QObject
{
    Q_OBJECT

private slots:
    void jsonTellsOfLossesAndTheForwardGoesOn()
    {
        Demo::DemoCluster cluster;
        Demo::Options options;
        options.pace.startMs = options.pace.graceMs = 200;
        const Result<QString, QString> kubeconfig = cluster.start(options);
        QVERIFY(kubeconfig.hasValue());
        PortForwardProgram fairlead;
        fairlead.start(*kubeconfig, {u"--address=127.0.0.1"_s, u"sts/db"_s, u":5432"_s});
        constexpr int Deadline = 30'000;
        QTRY_COMPARE_WITH_TIMEOUT(fairlead.states(), (QStringList{u"Starting"_s, u"Running"_s}), Deadline);
        const auto port = quint16(fairlead.events(u"listening"_s).value(0)[u"port"_s].toInt());
        QVERIFY(echoes(port));

        QVERIFY(cluster.deletePod(u"default"_s, u"db-0"_s));
        QStringList expected{u"Starting"_s, u"Running"_s, u"WaitingForPod"_s, u"Running"_s};
        QTRY_COMPARE_WITH_TIMEOUT(fairlead.states(), expected, Deadline);
        QVERIFY(echoes(port));

        cluster.takeServerDown();
        expected << u"Reconnecting"_s;
        QTRY_COMPARE_WITH_TIMEOUT(fairlead.states(), expected, Deadline);
        QVERIFY(cluster.bringServerUp());
        expected << u"Running"_s;
        QTRY_COMPARE_WITH_TIMEOUT(fairlead.states(), expected, Deadline);
        QVERIFY(echoes(port));

        const QList<QJsonObject> states = fairlead.events(u"state"_s);
        for (const QJsonObject &state : states) {
            const QByteArray line = QJsonDocument(state).toJson(QJsonDocument::Compact);
            QVERIFY2(!state[u"text"_s].toString().isEmpty(), line.constData());
            QVERIFY2(timeIn(state, u"since"_s).isValid(), line.constData());
            QVERIFY2(timeIn(state, u"since"_s) <= timeIn(state, u"time"_s), line.constData());
            QVERIFY2(state[u"advice"_s].isString(), line.constData());
            if (state.contains(u"nextTry"_s))
                QVERIFY2(timeIn(state, u"nextTry"_s) > timeIn(state, u"since"_s), line.constData());
        }
        QVERIFY(std::any_of(states.begin(), states.end(), [](const QJsonObject &state) {
            return state[u"state"_s] == u"Reconnecting"_s && state.contains(u"nextTry"_s);
        }));
        QCOMPARE(fairlead.interrupt(), 0);
        QCOMPARE(fairlead.events(u"listening"_s).size(), 1); // once: the port was never closed
        QCOMPARE(fairlead.events(u"error"_s).size(), 0);
        // Nothing is lost at the end: not even of the last connection, which may just be closing.
        QCOMPARE(fairlead.events(u"closed"_s).size(), fairlead.events(u"opened"_s).size());
        QCOMPARE(fairlead.otherLines(), QString());
    }
};

QTEST_GUILESS_MAIN(TestPortForward)
#include "tst_portforward.moc"
