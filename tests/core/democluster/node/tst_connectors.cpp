#include "core/democluster/node/addressconnector.h"
#include "core/democluster/node/netnsconnector.h"
#include "core/democluster/node/socatconnector.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <optional>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Demo;

namespace {

/// What a connector answered, and what came through the connection.
struct Attempt {
    std::unique_ptr<PodChannel> channel;
    QString refusal;
    QByteArray received;
    QString failure;
    bool ended = false;

    [[nodiscard]] bool isDecided() const { return channel || !refusal.isEmpty(); }

    void start(PodConnector &connector, quint16 port, QObject *context)
    {
        connector.connectTo(port, context, [this](PodConnector::Outcome outcome) {
            if (!outcome) {
                refusal = outcome.error();
                return;
            }
            channel = std::move(*outcome);
            QObject::connect(channel.get(), &PodChannel::received, channel.get(),
                             [this](QByteArrayView bytes) { received.append(bytes); });
            QObject::connect(channel.get(), &PodChannel::ended, channel.get(), [this] { ended = true; });
            QObject::connect(channel.get(), &PodChannel::failed, channel.get(),
                             [this](const QString &cause) { failure = cause; });
            channel->setReading(true);
        });
    }
};

/// Answers every connection with what it receives, in capitals.
class ShoutingServer : public QTcpServer
{
public:
    ShoutingServer()
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->write(socket->readAll().toUpper()); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        });
    }
};

QByteArray networkNamespace()
{
    char link[64] = {};
    const ssize_t size = ::readlink("/proc/thread-self/ns/net", link, sizeof link - 1);
    return QByteArray(link, qMax<ssize_t>(size, 0));
}

/// A network namespace with its loopback up and a socat that echoes on 127.0.0.1:7777 in it. Ends with the object.
class ForeignNamespace
{
public:
    ForeignNamespace()
    {
        m_process.start(
            u"unshare"_s,
            {u"-n"_s, u"sh"_s, u"-c"_s,
             u"ip link set lo up && echo ready && exec socat TCP4-LISTEN:7777,bind=127.0.0.1,fork,reuseaddr EXEC:cat"_s});
        m_ready = m_process.waitForStarted() && m_process.waitForReadyRead() && m_process.readAll().startsWith("ready");
    }
    ~ForeignNamespace()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    [[nodiscard]] bool isReady() const { return m_ready; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }

private:
    QProcess m_process;
    bool m_ready = false;
};

QString missingForNamespaces()
{
    if (::geteuid() != 0)
        return u"entering network namespaces needs root"_s;
    for (const QString &program : {u"unshare"_s, u"ip"_s, u"socat"_s, u"nsenter"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            return program + u" is not installed"_s;
    }
    if (QProcess::execute(u"unshare"_s, {u"-n"_s, u"true"_s}) != 0)
        return u"this machine does not allow new network namespaces"_s;
    return {};
}

Pod examplePod()
{
    Pod pod;
    pod.nameSpace = u"default"_s;
    pod.name = u"example"_s;
    pod.uid = u"1-2-3"_s;
    return pod;
}

int childrenLeft()
{
    QFile children(u"/proc/self/task/%1/children"_s.arg(::getpid()));
    return children.open(QIODevice::ReadOnly) ? int(children.readAll().split(' ').size()) - 1 : 0;
}

/// echo through a connector, retried while the foreign server is not up yet.
void tryEcho(PodConnector &connector, QObject *context)
{
    QByteArray got;
    for (int round = 0; round < 50 && got.isEmpty(); ++round) {
        Attempt attempt;
        attempt.start(connector, 7777, context);
        QTRY_VERIFY(attempt.isDecided());
        if (attempt.channel) {
            attempt.channel->write("through the wall");
            QTRY_VERIFY(!attempt.received.isEmpty() || attempt.ended || !attempt.failure.isEmpty());
            got = attempt.received;
        }
        if (got.isEmpty())
            QTest::qWait(100);
    }
    QCOMPARE(got, "through the wall"_ba);
}

} // namespace

class TestConnectors : public QObject
{
    Q_OBJECT

private slots:
    void anAddressIsConnectedTo()
    {
        ShoutingServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        AddressConnector connector(u"127.0.0.1"_s);
        Attempt attempt;
        attempt.start(connector, server.serverPort(), this);
        QTRY_VERIFY(attempt.channel);
        attempt.channel->write("hello");
        QTRY_COMPARE(attempt.received, "HELLO"_ba);
        server.close();
    }

    void anAddressThatRefusesSaysSo()
    {
        QTcpServer taken; // a port that surely nobody listens on: just given back
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        const quint16 port = taken.serverPort();
        taken.close();
        AddressConnector connector(u"127.0.0.1"_s);
        Attempt attempt;
        attempt.start(connector, port, this);
        QTRY_VERIFY(attempt.isDecided());
        QCOMPARE(attempt.refusal,
                 u"failed to connect to 127.0.0.1:%1: dial tcp4 127.0.0.1:%1: connect: connection refused"_s.arg(port));
    }

    void aNamespaceThatIsNotThereIsNamed()
    {
        NetnsConnector connector(examplePod(), u"/nonexistent/ns"_s);
        Attempt attempt;
        attempt.start(connector, 80, this);
        QTRY_VERIFY(attempt.isDecided());
        QCOMPARE(attempt.refusal, u"failed to open network namespace \"/nonexistent/ns\": no such file or directory"_s);
    }

    void aPathThatIsNoNamespaceIsRefused()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"fifo"_s);
        QCOMPARE(::mkfifo(path.toUtf8().constData(), 0600), 0); // opening one for reading would wait for a writer
        NetnsConnector connector(examplePod(), path);
        Attempt attempt;
        attempt.start(connector, 80, this);
        QTRY_VERIFY(attempt.isDecided());
        QVERIFY(attempt.refusal.contains("is not a network namespace"_L1));
    }

    void aNamespaceIsEnteredAndLeft()
    {
        if (const QString missing = missingForNamespaces(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        ForeignNamespace foreign;
        QVERIFY(foreign.isReady());
        const QByteArray own = networkNamespace();
        NetnsConnector connector(examplePod(), u"/proc/%1/ns/net"_s.arg(foreign.pid()));
        tryEcho(connector, this);

        Attempt refused;
        refused.start(connector, 7778, this);
        QTRY_VERIFY(refused.isDecided());

        QVERIFY2(refused.refusal.contains(
                     "IPv4: dial tcp4 127.0.0.1:7778: connect: connection refused IPv6 dial tcp6 [::1]:7778: "_L1),
                 qPrintable(refused.refusal));
        QCOMPARE(networkNamespace(), own);
    }

    void nsenterAndSocatAreRunAndReaped()
    {
        if (const QString missing = missingForNamespaces(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        ForeignNamespace foreign;
        QVERIFY(foreign.isReady());
        const int before = childrenLeft();
        SocatConnector connector({foreign.pid(), {}});
        tryEcho(connector, this);

        Attempt refused;
        refused.start(connector, 7778, this);
        QTRY_VERIFY(!refused.failure.isEmpty());

        QVERIFY2(refused.failure.startsWith("exit status 1: "_L1), qPrintable(refused.failure));
        QVERIFY2(refused.failure.contains("Connection refused"_L1), qPrintable(refused.failure));
        refused.channel.reset();
        QTRY_COMPARE(childrenLeft(), before);
    }

    /// The helper-pod mode: another program gets "nsenter -t PID -n socat - TCP4:localhost:PORT" as its arguments.
    void aPrefixRunsTheProgramsFromElsewhere()
    {
        SocatConnector connector({4711, {u"/bin/sh"_s, u"-c"_s, u"echo \"$0 $*\"; cat"_s}});
        Attempt attempt;
        attempt.start(connector, 8080, this);
        QTRY_VERIFY(attempt.channel);
        attempt.channel->write("tail");
        attempt.channel->finishWriting();
        QTRY_VERIFY(attempt.ended);
        QCOMPARE(attempt.received, "nsenter -t 4711 -n socat - TCP4:localhost:8080\ntail"_ba);
    }

    void anEndedConnectionLeavesNoProcess()
    {
        const int before = childrenLeft();
        SocatConnector connector({1, {u"/bin/sh"_s, u"-c"_s, u"sleep 1000 & sleep 1000"_s}});
        Attempt attempt;
        attempt.start(connector, 8080, this);
        QTRY_VERIFY(attempt.channel);
        QCOMPARE(childrenLeft(), before + 1);
        attempt.channel.reset();
        QCOMPARE(childrenLeft(), before);
    }

    void missingProgramsAreNamed_data()
    {
        QTest::addColumn<QStringList>("present");
        QTest::addColumn<QStringList>("prefix");
        QTest::addColumn<QString>("text");
        const QString text = u"unable to do port forwarding: %1 not found"_s;
        QTest::addRow("nothing there") << QStringList() << QStringList() << text.arg("socat"_L1);
        QTest::addRow("only socat") << QStringList{u"socat"_s} << QStringList() << text.arg("nsenter"_L1);
        QTest::addRow("both") << QStringList{u"socat"_s, u"nsenter"_s} << QStringList() << QString();
        QTest::addRow("a prefix that is missing")
            << QStringList{u"socat"_s} << QStringList{u"helper"_s} << text.arg("helper"_L1);
        QTest::addRow("a prefix needs neither") << QStringList{u"helper"_s} << QStringList{u"helper"_s} << QString();
    }

    void missingProgramsAreNamed()
    {
        QFETCH(const QStringList, present);
        QFETCH(const QStringList, prefix);
        QFETCH(const QString, text);
        const QTemporaryDir folder;
        for (const QString &name : present) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.setPermissions(QFileDevice::ReadOwner | QFileDevice::ExeOwner);
        }
        QCOMPARE(SocatConnector::missingProgram(prefix, folder.path()), text);
    }
};

QTEST_GUILESS_MAIN(TestConnectors)
#include "tst_connectors.moc"
