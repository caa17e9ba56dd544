#include "app/cli/demo.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace Fairlead::App;

class TestDemo : public QObject
{
    Q_OBJECT

private slots:
    void badArgumentsEndWithOne_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addRow("unknown flag") << QStringList{u"--nonsense"_s};
        QTest::addRow("an argument too many") << QStringList{u"now"_s};
        QTest::addRow("listen without port") << QStringList{u"--listen"_s, u"127.0.0.1"_s};
        QTest::addRow("listen on a name") << QStringList{u"--listen"_s, u"localhost:0"_s};
        QTest::addRow("IPv6 without brackets") << QStringList{u"--listen"_s, u"::1:0"_s};
        QTest::addRow("port out of range") << QStringList{u"--listen"_s, u"127.0.0.1:65536"_s};
        QTest::addRow("an address that is not ours") << QStringList{u"--listen"_s, u"192.0.2.1:0"_s};
        QTest::addRow("no pods file") << QStringList{u"--pods"_s, u"/nonexistent"_s};
    }

    void badArgumentsEndWithOne()
    {
        QFETCH(const QStringList, arguments);
        QCOMPARE(runDemo(arguments), 1);
    }

    void helpIsNoError() { QCOMPARE(runDemo({u"--help"_s}), 0); }

    void itRunsUntilASignal()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"config"_s);
        QTimer poll; // not a fixed time: as soon as it says by its kubeconfig that it runs
        connect(&poll, &QTimer::timeout, &poll, [&poll, &path] {
            if (!QFile::exists(path))
                return;
            poll.stop(); // a second signal would meet the default action
            std::raise(SIGTERM);
        });
        poll.start(20);

        QCOMPARE(runDemo({u"--kubeconfig-out"_s, path}), 0);

        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("current-context: demo"));
    }
};

QTEST_GUILESS_MAIN(TestDemo)
#include "tst_demo.moc"
