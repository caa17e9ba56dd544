#include "core/forward/locallistener.h"
#include "core/forward/portowner.h"
#include "core/forward/portprobe.h"

#include <QCoreApplication>
#include <QScopeGuard>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <cerrno>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Forward;

/// Local ports: kubectl's rules for addresses, conflicts named. Group F23.
class TestLocalListener : public QObject
{
    Q_OBJECT

private slots:
    void localhostIsBothFamiliesOnOneRandomPort()
    {
        LocalListener listener;
        QVERIFY(listener.listen({u"localhost"_s}, 0));
        const QList<ListenerStatus> status = listener.status();
        QCOMPARE(status.size(), 2);
        QCOMPARE(status.at(0).address, u"127.0.0.1"_s);
        QCOMPARE(status.at(0).port, listener.port());
        QVERIFY(listener.port() != 0);
        if (status.at(1).error.isEmpty()) { // this computer speaks IPv6
            QCOMPARE(status.at(1).address, u"::1"_s);
            QCOMPARE(status.at(1).port, listener.port());
        }
    }

    void localhostIsContentWithOneFamily()
    {
        QTcpServer holder;
        QVERIFY(holder.listen(QHostAddress(u"127.0.0.1"_s)));
        LocalListener listener;
        if (!listener.listen({u"::1"_s}, 0))
            QSKIP("this computer speaks no IPv6");
        listener.close();
        QVERIFY(listener.listen({u"localhost"_s}, holder.serverPort()));
        QCOMPARE(listener.status().at(0).systemError, EADDRINUSE);
        QVERIFY(listener.status().at(1).error.isEmpty());
        QTcpSocket program;
        program.connectToHost(QHostAddress(u"::1"_s), holder.serverPort());
        QVERIFY(program.waitForConnected());
    }

    void explicitAddressesMustAllBind()
    {
        QTcpServer holder;
        QVERIFY(holder.listen(QHostAddress(u"127.0.0.2"_s)));
        LocalListener listener;
        QVERIFY(!listener.listen({u"127.0.0.1"_s, u"127.0.0.2"_s}, holder.serverPort()));
        QVERIFY(!listener.isListening());
        QTcpSocket program;
        program.connectToHost(QHostAddress(u"127.0.0.1"_s), holder.serverPort());
        QVERIFY(!program.waitForConnected()); // the one that did bind was let go
        QCOMPARE(listener.kubectlText(),
                 u"Listeners failed to create with the following errors: [unable to create listener: Error listen tcp4 "
                 "127.0.0.2:%1: bind: address already in use]"_s.arg(holder.serverPort()));
    }

    void conflictNamesTheProgram()
    {
        QTcpServer holder;
        QVERIFY(holder.listen(QHostAddress(u"127.0.0.1"_s)));
        const auto owner = findPortOwner(holder.serverPort());
        QVERIFY(owner.has_value());
        QCOMPARE(owner->pid, QCoreApplication::applicationPid());
        LocalListener listener;
        QVERIFY(!listener.listen({u"127.0.0.1"_s}, holder.serverPort()));
        const QString error = listener.status().at(0).error;
        QVERIFY2(error.contains(QString::number(owner->pid)) && error.contains(owner->program), qPrintable(error));
    }

    void theHolderOfAPortIsKnownBeforeAForwardStarts()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress(u"127.0.0.1"_s)));
        const quint16 port = server.serverPort();
        const auto holder = portHolder(u"127.0.0.1"_s, port);
        QVERIFY(holder.has_value());
        QCOMPARE(holder->pid, QCoreApplication::applicationPid());
        server.close();
        QVERIFY(!portHolder(u"127.0.0.1"_s, port));
        const auto nobody = portHolder(u"203.0.113.7"_s, port); // an address for documentation
        QVERIFY(nobody.has_value());
        QCOMPARE(nobody->pid, 0);
    }

    void bindErrorsAreExplained()
    {
        QVERIFY(explainBindError(EACCES, u"127.0.0.1"_s, 80).contains(u"8080"_s));
        LocalListener listener;
        QVERIFY(!listener.listen({u"203.0.113.7"_s}, 0)); // an address for documentation, nobody's
        QVERIFY(listener.status().at(0).error.contains(u"203.0.113.7"_s));
        QCOMPARE(listener.status().at(0).systemError, EADDRNOTAVAIL);
    }

    void ipv6WildcardTakesNoIpv4()
    {
        LocalListener v6;
        if (!v6.listen({u"::"_s}, 0))
            QSKIP("this computer speaks no IPv6");
        LocalListener v4;
        QVERIFY(v4.listen({u"0.0.0.0"_s}, v6.port()));
    }

    void acceptedProgramsAreNamed()
    {
        LocalListener listener;
        QVERIFY(listener.listen({u"127.0.0.1"_s}, 0));
        QList<quint16> peers;
        QString address;
        connect(&listener, &LocalListener::accepted, this, [&](AcceptedSocket &socket) {
            peers.append(socket.peerPort);
            address = socket.peerAddress;
        });
        QTcpSocket program;
        program.connectToHost(QHostAddress(u"127.0.0.1"_s), listener.port());
        QVERIFY(program.waitForConnected());
        const quint16 itsPort = program.localPort(); // it is closed at once: nobody takes the descriptor
        QTRY_COMPARE(peers.size(), 1);
        QCOMPARE(peers.at(0), itsPort);
        QCOMPARE(address, u"127.0.0.1"_s);
    }

    void acceptsNothingWhileDescriptorsAreShort()
    {
        LocalListener listener;
        QVERIFY(listener.listen({u"127.0.0.1"_s}, 0));
        int accepted = 0;
        int paused = 0;
        connect(&listener, &LocalListener::accepted, &listener, [&] { ++accepted; });
        connect(&listener, &LocalListener::acceptPaused, &listener, [&] { ++paused; });
        rlimit usual{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &usual), 0);
        const auto restore = qScopeGuard([&] { ::setrlimit(RLIMIT_NOFILE, &usual); });
        rlimit low = usual;
        low.rlim_cur = 128;
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &low), 0);
        std::vector<Net::Descriptor> crowd;
        while (crowd.empty() || crowd.back().get() < 64)
            crowd.emplace_back(::dup(STDERR_FILENO));

        QTcpSocket program;
        program.connectToHost(QHostAddress(u"127.0.0.1"_s), listener.port());
        QVERIFY(program.waitForConnected()); // the kernel's queue takes it
        QTRY_VERIFY(paused > 0);
        QCOMPARE(accepted, 0);

        crowd.clear();
        QTRY_COMPARE(accepted, 1);
    }

    void closingFromInsideItsSignalIsSafe()
    {
        LocalListener listener;
        QVERIFY(listener.listen({u"127.0.0.1"_s}, 0));
        connect(&listener, &LocalListener::accepted, &listener, [&] { listener.close(); });
        const quint16 port = listener.port();
        QTcpSocket program;
        program.connectToHost(QHostAddress(u"127.0.0.1"_s), port);
        QTRY_VERIFY(!listener.isListening());
        QVERIFY(listener.listen({u"127.0.0.1"_s}, port));
    }
};

QTEST_GUILESS_MAIN(TestLocalListener)
#include "tst_locallistener.moc"
