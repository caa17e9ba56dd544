#include "apiadapter.h"
#include "containerd.h"
#include "forwardprocess.h"
#include "localconnection.h"
#include "ownmachine.h"
#include "podcontract.h"
#include "tests/interop/requirement.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <QThread>
#include <QtEndian>

#include <future>
#include <memory>
#include <optional>
#include <vector>

using namespace Qt::StringLiterals;
using namespace PodContract;
using End = LocalConnection::End;

namespace {

QByteArray pattern(qsizetype size, quint64 offset = 0)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(patternByte(offset + static_cast<quint64>(i)));
    return bytes;
}

QByteArray lengthPrefix(qsizetype size)
{
    QByteArray bytes(8, Qt::Uninitialized);
    qToBigEndian<quint64>(static_cast<quint64>(size), bytes.data());
    return bytes;
}

/// Sends while it receives, as an echo longer than all buffers together needs it.
QByteArray echoed(LocalConnection &connection, const QByteArray &bytes)
{
    auto sending = std::async(std::launch::async, [&] { return connection.send(bytes); });
    const QByteArray answer = connection.receive(bytes.size());
    return sending.get() ? answer : QByteArray("(sending failed)");
}

bool stillEchoes(LocalConnection &connection)
{
    return echoed(connection, "are you there?") == "are you there?";
}

constexpr qsizetype MiB = 1024 * 1024;

/// Of replacing a pod.
enum class Step {
    ApiForgets, ///< the pod is gone from the API
    ApiShows, ///< a new one is there
    ApiKeepsPod, ///< the same one, in a new sandbox
    NodeRemoves, ///< the old sandbox is stopped and removed
    NodeStarts, ///< a new sandbox runs
    Connect, ///< a program connects and sends
    Served ///< it has had its answer
};

} // namespace

Q_DECLARE_METATYPE(Step)

/// `fairlead port-forward` against the streaming server of a real containerd, with a pod that runc started. Between
/// them stands only the adapter, which is to the stream what API server and kubelet are: a pump.
class TestContainerd : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void cleanup();

    void dataSurvivesBothWays_data();
    void dataSurvivesBothWays();
    void podReceivesWhatWasSent();
    void everyByteBeforeThePodsEndArrives();
    void podMaySpeakFirst();
    void refusedPortResetsOneConnectionOnly();
    void podThatClosesAtOnceEndsOneConnection();
    void podResetResetsOneConnectionOnly();
    void answerAfterHalfCloseIsNotCut();
    void localResetReachesThePod();
    void fiftyConnectionsMixNothingUp();
    void ctrlCEndsCleanly();
    void replacedPodServesWhoWaits_data();
    void replacedPodServesWhoWaits();
    void lostSandboxEndsEveryConnection();

private:
    QString furnish();
    QString startSandbox();
    QString removeSandbox(const QByteArray &sandbox) const;
    void tellApi(const QByteArray &pod, const QByteArray &sandbox);
    QString take(Step step, const QByteArray &former);
    [[nodiscard]] LocalConnection connectTo(quint16 remotePort, bool ipv6 = false) const;
    [[nodiscard]] int heldConnections() const;

    std::unique_ptr<Containerd> m_containerd;
    QThread m_adapterThread;
    ApiAdapter *m_adapter = nullptr;
    QByteArray m_sandbox;
    int m_sandboxes = 0; ///< made so far
    const QString m_kubeconfig = u"/run/fairlead/kubeconfig"_s;
    std::unique_ptr<ForwardProcess> m_forward;
};

void TestContainerd::initTestCase()
{
    QString reason = Containerd::missingPart();
    if (reason.isEmpty() && !QFile::exists(QString::fromUtf8(FAIRLEAD_PODSERVER)))
        reason = u"the pod's program is not built: the compiler cannot link statically"_s;
    if (reason.isEmpty() && !OwnMachine::isInside())
        reason = OwnMachine::obstacle();
    if (!reason.isEmpty())
        FAIRLEAD_SKIP_INTEROP(reason);
    if (reason = furnish(); !reason.isEmpty())
        FAIRLEAD_SKIP_INTEROP(reason);
}

/// Containerd, pod, adapter and kubeconfig; answers what went wrong, or nothing.
QString TestContainerd::furnish()
{
    if (const QString error = OwnMachine::furnish(); !error.isEmpty())
        return error;
    m_containerd = std::make_unique<Containerd>();
    if (const QString error = m_containerd->start(QString::fromUtf8(FAIRLEAD_PODSERVER)); !error.isEmpty())
        return error;

    m_adapter = new ApiAdapter(m_containerd->cri());
    m_adapter->moveToThread(&m_adapterThread);
    connect(&m_adapterThread, &QThread::finished, m_adapter, &QObject::deleteLater);
    m_adapterThread.start();
    quint16 port = 0;
    QMetaObject::invokeMethod(
        m_adapter, [&] { port = m_adapter->listen(); }, Qt::BlockingQueuedConnection);

    QFile kubeconfig(m_kubeconfig);
    if (port == 0 || !kubeconfig.open(QIODevice::WriteOnly))
        return u"the adapter cannot be reached"_s;
    kubeconfig.write(QByteArray(R"({"apiVersion": "v1", "kind": "Config", "current-context": "node",
        "clusters": [{"name": "node", "cluster": {"server": "http://127.0.0.1:PORT"}}],
        "contexts": [{"name": "node", "context": {"cluster": "node", "user": ""}}]})")
                         .replace("PORT", QByteArray::number(port)));
    if (const QString error = startSandbox(); !error.isEmpty())
        return error;
    tellApi("web", m_sandbox);
    return {};
}

/// A runtime takes no second sandbox of the same name.
QString TestContainerd::startSandbox()
{
    const QByteArray name = "web-" + QByteArray::number(++m_sandboxes);
    const CriAnswer pod = m_containerd->cri().runPodSandbox(name, OwnMachine::controlGroup().toUtf8());
    if (!pod.error.isEmpty())
        return u"no pod: %1\n%2"_s.arg(pod.error, m_containerd->logTail());
    m_sandbox = pod.message;
    // What a readiness probe would say; the last port that the pod's program opens.
    const bool ready = QTest::qWaitFor([this] { return OwnMachine::listens(m_sandbox, HolderCount); }, 20'000);
    return ready ? QString() : u"the pod's program does not listen"_s;
}

QString TestContainerd::removeSandbox(const QByteArray &sandbox) const
{
    const QString error = m_containerd->cri().stopPodSandbox(sandbox).error;
    return error.isEmpty() ? m_containerd->cri().removePodSandbox(sandbox).error : error;
}

void TestContainerd::tellApi(const QByteArray &pod, const QByteArray &sandbox)
{
    QMetaObject::invokeMethod(
        m_adapter, [&] { m_adapter->setPod(pod, sandbox); }, Qt::BlockingQueuedConnection);
}

void TestContainerd::cleanupTestCase()
{
    m_adapterThread.quit();
    m_adapterThread.wait();
    if (m_containerd && !m_sandbox.isEmpty())
        QCOMPARE(removeSandbox(m_sandbox), QString());
    m_containerd.reset();
}

void TestContainerd::init()
{
    tellApi("web", m_sandbox); // whatever it was called before
    m_forward = std::make_unique<ForwardProcess>();
    const QString error = m_forward->start(
        m_kubeconfig,
        {Echo, EchoIpv6Only, Source, Sink, Greeter, Closer, Resetter, LateAnswer, Holder, HolderCount, Refused});
    QVERIFY2(error.isEmpty(), qPrintable(error));
}

void TestContainerd::cleanup()
{
    if (QTest::currentTestFailed() && m_forward)
        qInfo().noquote() << "The client printed:\n" << m_forward->output();
    m_forward.reset();
}

LocalConnection TestContainerd::connectTo(quint16 remotePort, bool ipv6) const
{
    return LocalConnection(m_forward->localPort(remotePort), ipv6);
}

int TestContainerd::heldConnections() const
{
    return connectTo(HolderCount).receiveToEnd().bytes.trimmed().toInt();
}

void TestContainerd::dataSurvivesBothWays_data()
{
    QTest::addColumn<quint16>("port");
    QTest::addColumn<bool>("ipv6");
    QTest::addColumn<qsizetype>("size");
    QTest::addRow("one byte") << quint16(Echo) << false << qsizetype(1);
    QTest::addRow("one byte more than a frame") << quint16(Echo) << false << qsizetype(32 * 1024 + 1);
    QTest::addRow("8 MiB") << quint16(Echo) << false << 8 * MiB;
    QTest::addRow("8 MiB, connected by IPv6") << quint16(Echo) << true << 8 * MiB;
    QTest::addRow("a pod that listens on ::1 only") << quint16(EchoIpv6Only) << false << MiB;
}

void TestContainerd::dataSurvivesBothWays()
{
    QFETCH(const quint16, port);
    QFETCH(const bool, ipv6);
    QFETCH(const qsizetype, size);
    LocalConnection connection = connectTo(port, ipv6);
    QVERIFY(connection.isOpen());

    const QByteArray sent = pattern(size);
    QVERIFY(echoed(connection, sent) == sent);
}

void TestContainerd::podReceivesWhatWasSent()
{
    LocalConnection connection = connectTo(Sink);
    QVERIFY(connection.send(lengthPrefix(16 * MiB) + pattern(16 * MiB)));

    const auto answer = connection.receiveToEnd();
    QCOMPARE(answer.bytes, "ok\n"_ba);
    QCOMPARE(answer.end, End::Closed);
}

void TestContainerd::everyByteBeforeThePodsEndArrives()
{
    LocalConnection connection = connectTo(Source);
    QVERIFY(connection.send(lengthPrefix(16 * MiB)));

    const auto received = connection.receiveToEnd();
    QCOMPARE(received.bytes.size(), 16 * MiB);
    QVERIFY(received.bytes == pattern(16 * MiB));
    QCOMPARE(received.end, End::Closed);
}

void TestContainerd::podMaySpeakFirst()
{
    LocalConnection connection = connectTo(Greeter);
    QCOMPARE(connection.receive(6), "hello\n"_ba);
    QVERIFY(stillEchoes(connection));
}

void TestContainerd::refusedPortResetsOneConnectionOnly()
{
    LocalConnection other = connectTo(Echo);
    QVERIFY(stillEchoes(other));

    const auto refused = connectTo(Refused).receiveToEnd();

    QCOMPARE(refused.bytes, QByteArray());
    QCOMPARE(refused.end, End::Reset);
    QVERIFY(stillEchoes(other));
    LocalConnection later = connectTo(Echo);
    QVERIFY(stillEchoes(later));
    QVERIFY(m_forward->isRunning());
    QTRY_VERIFY2(m_forward->output().contains("connection refused"), "the runtime's words are told");
}

void TestContainerd::podThatClosesAtOnceEndsOneConnection()
{
    LocalConnection other = connectTo(Echo);
    QVERIFY(stillEchoes(other));

    const auto closed = connectTo(Closer).receiveToEnd();

    QCOMPARE(closed.bytes, QByteArray());
    QCOMPARE(closed.end, End::Closed);
    QVERIFY(stillEchoes(other));
}

void TestContainerd::podResetResetsOneConnectionOnly()
{
    LocalConnection other = connectTo(Echo);
    QVERIFY(stillEchoes(other));
    LocalConnection victim = connectTo(Resetter);
    QVERIFY(victim.send("x"));

    QCOMPARE(victim.receiveToEnd().end, End::Reset);

    QVERIFY(stillEchoes(other));
    LocalConnection later = connectTo(Echo);
    QVERIFY(stillEchoes(later));
}

void TestContainerd::answerAfterHalfCloseIsNotCut()
{
    // A runtime closes the pod's socket one second after the client's FIN; this answer takes longer.
    LocalConnection connection = connectTo(LateAnswer);
    QVERIFY(connection.send("question\n"));
    connection.finishSending();

    const auto answer = connection.receiveToEnd();
    QCOMPARE(answer.bytes, "late\n"_ba);
    QCOMPARE(answer.end, End::Closed);
}

void TestContainerd::localResetReachesThePod()
{
    LocalConnection connection = connectTo(Holder);
    QVERIFY(connection.send("x"));
    QTRY_COMPARE_WITH_TIMEOUT(heldConnections(), 1, 10'000);

    connection.reset();

    QTRY_COMPARE_WITH_TIMEOUT(heldConnections(), 0, 10'000);
}

void TestContainerd::fiftyConnectionsMixNothingUp()
{
    constexpr int count = 50;
    constexpr qsizetype size = 64 * 1024;
    std::vector<LocalConnection> connections;
    for (int i = 0; i < count; ++i) {
        connections.push_back(connectTo(Echo));
        QVERIFY(connections.back().isOpen());
    }
    std::vector<std::future<bool>> transfers;
    for (int i = 0; i < count; ++i) {
        transfers.push_back(std::async(std::launch::async, [&connection = connections[size_t(i)], i] {
            const QByteArray own = pattern(size, quint64(i) * size);
            return echoed(connection, own) == own;
        }));
    }
    for (int i = 0; i < count; ++i)
        QVERIFY2(transfers[size_t(i)].get(), qPrintable(u"connection %1"_s.arg(i)));
}

void TestContainerd::ctrlCEndsCleanly()
{
    LocalConnection connection = connectTo(Echo);
    QVERIFY(stillEchoes(connection));

    QCOMPARE(m_forward->interrupt(), 0);
    QVERIFY(connection.receiveToEnd().end != End::TimedOut);
}

void TestContainerd::replacedPodServesWhoWaits_data()
{
    QTest::addColumn<QList<Step>>("steps");
    using enum Step;
    QTest::addRow("deleted, then a successor")
        << QList<Step>{ApiForgets, NodeRemoves, Connect, NodeStarts, ApiShows, Served};
    QTest::addRow("lost by its node before the API server knows")
        << QList<Step>{NodeRemoves, Connect, ApiForgets, NodeStarts, ApiShows, Served};
    QTest::addRow("the successor runs before it goes")
        << QList<Step>{NodeStarts, ApiShows, Connect, Served, NodeRemoves};
    QTest::addRow("another sandbox of the same pod")
        << QList<Step>{NodeRemoves, Connect, NodeStarts, ApiKeepsPod, Served};
}

/// The forward is to the pod's deployment. When it all is over there is another sandbox, so whatever answers is that.
void TestContainerd::replacedPodServesWhoWaits()
{
    QFETCH(const QList<Step>, steps);
    m_forward = std::make_unique<ForwardProcess>();
    const QString error = m_forward->start(m_kubeconfig, {Echo, Source, Sink}, u"deployment/web"_s);
    QVERIFY2(error.isEmpty(), qPrintable(error));
    const QByteArray former = m_sandbox;
    LocalConnection before = connectTo(Echo);
    QVERIFY(stillEchoes(before));

    std::optional<LocalConnection> waiting;
    std::future<bool> served;
    for (const Step step : steps) {
        if (step == Step::Connect) {
            waiting.emplace(connectTo(Echo));
            QVERIFY(waiting->isOpen());
            // Little at first: what a lost pod was told is kept up to a bound, to be told to the next one.
            served = std::async(std::launch::async, [&waiting] {
                return stillEchoes(*waiting) && echoed(*waiting, pattern(MiB)) == pattern(MiB);
            });
        } else if (step == Step::Served) {
            QVERIFY(served.get());
        } else {
            const QString problem = take(step, former);
            QVERIFY2(problem.isEmpty(), qPrintable(problem));
        }
    }

    QVERIFY(before.receiveToEnd().end != End::TimedOut);
    LocalConnection download = connectTo(Source);
    QVERIFY(download.send(lengthPrefix(8 * MiB)));
    QVERIFY(download.receiveToEnd().bytes == pattern(8 * MiB));
    LocalConnection upload = connectTo(Sink);
    QVERIFY(upload.send(lengthPrefix(8 * MiB) + pattern(8 * MiB)));
    QCOMPARE(upload.receiveToEnd().bytes, "ok\n"_ba);
    QVERIFY(m_forward->isRunning());
}

/// What went wrong, or nothing.
QString TestContainerd::take(Step step, const QByteArray &former)
{
    switch (step) {
    case Step::ApiForgets:
        tellApi({}, {});
        return {};
    case Step::ApiShows:
        tellApi("web-" + QByteArray::number(m_sandboxes), m_sandbox);
        return {};
    case Step::ApiKeepsPod:
        tellApi("web", m_sandbox);
        return {};
    case Step::NodeStarts:
        return startSandbox();
    case Step::NodeRemoves:
        return removeSandbox(former);
    case Step::Connect:
    case Step::Served:
        break;
    }
    return {};
}

void TestContainerd::lostSandboxEndsEveryConnection()
{
    LocalConnection before = connectTo(Echo);
    QVERIFY(stillEchoes(before));
    LocalConnection transfer = connectTo(Source);
    QVERIFY(transfer.send(lengthPrefix(256 * MiB)));
    QByteArray received = transfer.receive(MiB);

    QCOMPARE(m_containerd->cri().stopPodSandbox(m_sandbox).error, QString());

    QVERIFY(before.receiveToEnd().end != End::TimedOut);
    // With so much under way containerd may wait for ever for a pod whose network is gone (with kubectl, too). The API
    // server knows better.
    tellApi({}, {});
    const auto rest = transfer.receiveToEnd();
    QVERIFY(rest.end != End::TimedOut);
    received += rest.bytes;
    QVERIFY(received.size() >= MiB && received.size() < 256 * MiB);
    QVERIFY2(received == pattern(received.size()), "what came before the end is whole and in order");
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (!OwnMachine::isInside() && Containerd::missingPart().isEmpty() && OwnMachine::obstacle().isEmpty())
        return OwnMachine::runInside(argc, argv);
    TestContainerd test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_containerd.moc"
