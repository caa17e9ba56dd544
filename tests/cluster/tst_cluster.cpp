#include "tests/cluster/clustersettings.h"
#include "tests/cluster/forwardprocess.h"
#include "tests/cluster/workload.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpSocket>
#include <QTest>

#include <memory>
#include <vector>

using namespace Fairlead;
using namespace Qt::StringLiterals;

namespace {

constexpr int Deadline = 120'000;

/// One request of a local program, and what came back until the other side ended.
class Fetch
{
public:
    Fetch(quint16 port, const QString &path)
        : m_request("GET " + path.toUtf8() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    {
        m_socket.connectToHost(u"127.0.0.1"_s, port);
        m_socket.write(m_request);
    }

    [[nodiscard]] bool isOver()
    {
        m_answer += m_socket.readAll();
        return m_socket.state() == QAbstractSocket::UnconnectedState;
    }
    [[nodiscard]] const QByteArray &wait()
    {
        (void)QTest::qWaitFor([this] { return isOver(); }, Deadline);
        return m_answer;
    }
    [[nodiscard]] bool isAnswered()
    {
        return wait().startsWith("HTTP/1.") && m_socket.error() == QAbstractSocket::RemoteHostClosedError;
    }
    [[nodiscard]] qsizetype sent() const { return m_request.size(); }
    [[nodiscard]] qsizetype received() const { return m_answer.size(); }
    [[nodiscard]] quint16 ownPort() const { return m_socket.localPort(); }

private:
    QTcpSocket m_socket;
    QByteArray m_request;
    QByteArray m_answer;
};

} // namespace

/// The program against a cluster that FAIRLEAD_E2E_KUBECONFIG names, from sign-in to the bytes. It makes a Deployment
/// and a Service for itself and takes them away, or uses what exists (CONTRIBUTING.md, "Against a cluster").
class TestCluster : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        ClusterSettings settings = ClusterSettings::fromEnvironment();
        if (settings.kubeconfig.isEmpty())
            QSKIP("FAIRLEAD_E2E_KUBECONFIG names no cluster (CONTRIBUTING.md, \"Against a cluster\").");
        const auto config = settings.connection();
        QVERIFY2(config.hasValue(), config ? "" : qPrintable(config.error()));
        m_workload = std::make_unique<Workload>(*config, settings);
        if (settings.makesPods()) {
            const QString why = m_workload->make();
            QVERIFY2(why.isEmpty(), qPrintable(why));
        }
        m_settings = m_workload->settings();
        // Also waits until a pod is there.
        ForwardProcess first(
            forward(m_settings.target, {u":"_s + m_settings.port}, {u"--pod-running-timeout"_s, u"3m"_s}));
        const quint16 port = first.waitForPort();
        QVERIFY2(port != 0, first.output().constData());
        Fetch page(port, m_settings.path);
        QVERIFY2(page.isAnswered(), first.output().constData());
        m_pod = first.waitForEvent([](const QJsonObject &event) { return event["event"_L1] == "closed"_L1; })["pod"_L1]
                    .toString();
        QVERIFY2(!m_pod.isEmpty(), first.output().constData());
        m_podPort = first.events(u"listening"_s).first()["remotePort"_L1].toInt();
    }

    void cleanupTestCase() { m_workload.reset(); }

    void theDoctorFindsNothingWrong()
    {
        QProcess doctor;
        doctor.setStandardInputFile(QProcess::nullDevice());
        doctor.start(QStringLiteral(FAIRLEAD_BINARY),
                     QStringList{u"doctor"_s, m_settings.target, m_settings.port, u"-o"_s, u"json"_s} + where());
        QVERIFY(QTest::qWaitFor([&] { return doctor.state() == QProcess::NotRunning; }, Deadline));
        const QByteArray report = doctor.readAllStandardOutput();
        QVERIFY2(doctor.exitCode() == 0, report.constData());
        QVERIFY2(QJsonDocument::fromJson(report)["healthy"_L1].toBool(), report.constData());
    }

    void namesOfAPodLeadThere_data()
    {
        QTest::addColumn<QString>("prefix");
        QTest::addRow("NAME") << QString();
        QTest::addRow("pod/NAME") << u"pod/"_s;
        QTest::addRow("pods/NAME") << u"pods/"_s;
    }

    void namesOfAPodLeadThere()
    {
        QFETCH(const QString, prefix);
        ForwardProcess process(forward(prefix + m_pod, {u":%1"_s.arg(m_podPort)}));
        const quint16 port = process.waitForPort();
        QVERIFY2(port != 0, process.output().constData());
        QVERIFY(Fetch(port, m_settings.path).isAnswered());
    }

    void bytesAreCountedExactly()
    {
        ForwardProcess process(forward(m_settings.target, {u":"_s + m_settings.port}));
        const quint16 port = process.waitForPort();
        QVERIFY2(port != 0, process.output().constData());
        Fetch page(port, m_settings.path);
        QVERIFY(page.isAnswered());
        const QJsonObject closed =
            process.waitForEvent([](const QJsonObject &event) { return event["event"_L1] == "closed"_L1; });
        QCOMPARE(closed["bytesDown"_L1].toInteger(), page.received());
        QCOMPARE(closed["bytesUp"_L1].toInteger(), page.sent());
    }

    void manyConnectionsAtOnce()
    {
        ForwardProcess process(forward(m_settings.target, {u":"_s + m_settings.port}));
        const quint16 port = process.waitForPort();
        QVERIFY2(port != 0, process.output().constData());
        constexpr int Connections = 20;
        std::vector<std::unique_ptr<Fetch>> pages;
        for (int i = 0; i < Connections; ++i)
            pages.push_back(std::make_unique<Fetch>(port, m_settings.path));
        for (const auto &page : pages)
            QVERIFY2(page->isAnswered(), page->wait().constData());
    }

    /// Nothing listens there: one connection fails, with words, and the others go on.
    void aRefusedPortEndsOneConnection()
    {
        constexpr int Nobody = 9; // "discard"
        ForwardProcess process(forward(u"pod/"_s + m_pod, {u":%1"_s.arg(m_podPort), u":%1"_s.arg(Nobody)}));
        const quint16 port = process.waitForPort();
        const quint16 refused = process.waitForPort(1);
        QVERIFY2(port != 0 && refused != 0, process.output().constData());
        QVERIFY(Fetch(refused, u"/"_s).wait().isEmpty());
        const QJsonObject closed = process.waitForEvent([](const QJsonObject &event) {
            return event["event"_L1] == "closed"_L1 && event["remotePort"_L1] == Nobody;
        });
        QCOMPARE(closed["end"_L1].toString(), u"Refused"_s);
        QVERIFY(!closed["detail"_L1].toString().isEmpty());
        QVERIFY(Fetch(port, m_settings.path).isAnswered());
        QVERIFY(process.isRunning());
    }

    void whatIsNotThereIsSaid()
    {
        ForwardProcess process(forward(u"pod/fairlead-e2e-nobody"_s, {u":80"_s}));
        const QJsonObject error =
            process.waitForEvent([](const QJsonObject &event) { return event["event"_L1] == "error"_L1; });
        // Who may not read pods is told that they are forbidden.
        const QString text = error["text"_L1].toString();
        QVERIFY2(text.contains("not found"_L1) || text.contains("forbidden"_L1), process.output().constData());
    }

    void aPodThatGoesIsFollowed()
    {
        if (!m_settings.mayDeletePods)
            QSKIP("Existing pods only, and FAIRLEAD_E2E_DELETE_PODS is not 1.");
        ForwardProcess process(forward(m_settings.target, {u":"_s + m_settings.port}));
        const quint16 port = process.waitForPort();
        QVERIFY2(port != 0, process.output().constData());
        QVERIFY(Fetch(port, m_settings.path).isAnswered());
        const QString before =
            process.waitForEvent([](const QJsonObject &event) { return event["event"_L1] == "closed"_L1; })["pod"_L1]
                .toString();
        QVERIFY2(!before.isEmpty(), process.output().constData());
        const QString why = m_workload->deletePod(before);
        QVERIFY2(why.isEmpty(), qPrintable(why));
        QString after = before;
        const bool followed = QTest::qWaitFor(
            [&] {
                Fetch page(port, m_settings.path);
                const QJsonObject last = process.events(u"closed"_s).last();
                if (page.isAnswered() && !last["pod"_L1].toString().isEmpty())
                    after = last["pod"_L1].toString();
                return after != before;
            },
            Deadline);
        QVERIFY2(followed, process.output().constData());
        QVERIFY(process.isRunning());
        QCOMPARE(process.events(u"listening"_s).size(), 1);
    }

private:
    [[nodiscard]] QStringList where() const
    {
        QStringList flags{u"--kubeconfig"_s, m_settings.kubeconfig};
        if (!m_settings.context.isEmpty())
            flags << u"--context"_s << m_settings.context;
        if (!m_settings.namespaceName.isEmpty())
            flags << u"-n"_s << m_settings.namespaceName;
        return flags;
    }
    [[nodiscard]] QStringList forward(const QString &target, const QStringList &ports,
                                      const QStringList &flags = {}) const
    {
        return where() + m_settings.flags + flags + QStringList{target} + ports;
    }

    std::unique_ptr<Workload> m_workload;
    ClusterSettings m_settings;
    QString m_pod; ///< one of the target's
    int m_podPort = 0;
};

QTEST_GUILESS_MAIN(TestCluster)
#include "tst_cluster.moc"
