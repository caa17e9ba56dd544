#include "app/cli/signalwatcher.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace Fairlead::App;

class TestSignalWatcher : public QObject
{
    Q_OBJECT

private slots:
    void aSignalArrivesAsAQtSignal_data()
    {
        QTest::addColumn<int>("number");
        QTest::addRow("Ctrl-C") << SIGINT;
        QTest::addRow("kill") << SIGTERM;
        QTest::addRow("terminal closed") << SIGHUP;
    }

    void aSignalArrivesAsAQtSignal()
    {
        QFETCH(const int, number);
        SignalWatcher watcher;
        QSignalSpy stopped(&watcher, &SignalWatcher::stopRequested);

        std::raise(number);

        QTRY_COMPARE(stopped.size(), 1);
        QCOMPARE(stopped.at(0).at(0).toInt(), number);
    }

    void theSecondOfAKindFindsTheDefaultAction()
    {
        SignalWatcher watcher;
        QSignalSpy stopped(&watcher, &SignalWatcher::stopRequested);
        std::raise(SIGINT);
        QTRY_COMPARE(stopped.size(), 1);

        struct sigaction now = {};
        ::sigaction(SIGINT, nullptr, &now);

        QVERIFY(now.sa_handler == SIG_DFL);
    }

    void aHangupThatWasIgnoredStaysIgnored()
    {
        const auto former = std::signal(SIGHUP, SIG_IGN);
        SignalWatcher watcher;
        struct sigaction now = {};
        ::sigaction(SIGHUP, nullptr, &now);
        std::signal(SIGHUP, former);

        QVERIFY(now.sa_handler == SIG_IGN);
    }

    void theFormerHandlersComeBack()
    {
        const auto former = std::signal(SIGTERM, SIG_IGN);
        {
            SignalWatcher watcher;
        }
        struct sigaction now = {};
        ::sigaction(SIGTERM, nullptr, &now);
        std::signal(SIGTERM, former);

        QVERIFY(now.sa_handler == SIG_IGN);
    }
};

QTEST_GUILESS_MAIN(TestSignalWatcher)
#include "tst_signalwatcher.moc"
