#include "app/cli/uparguments.h"

#include <QDir>
#include <QTest>

using namespace Fairlead::App;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestUpArguments : public QObject
{
    Q_OBJECT

private slots:
    void waitTakesItsValueBehindAnEqualsSignOnly_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("waitMs");
        QTest::addRow("not given") << QStringList{u"a"_s} << -1;
        QTest::addRow("a minute unless said") << QStringList{u"--wait"_s, u"a"_s} << 60'000;
        QTest::addRow("behind the profile") << QStringList{u"a"_s, u"--wait"_s} << 60'000;
        QTest::addRow("as long as said") << QStringList{u"--wait=1.5s"_s, u"a"_s} << 1'500;
    }
    void waitTakesItsValueBehindAnEqualsSignOnly()
    {
        QFETCH(const QStringList, words);
        QFETCH(const int, waitMs);
        const auto arguments = readUpArguments(words);
        QVERIFY(arguments.hasValue());
        QCOMPARE(arguments->profile, u"a"_s);
        QCOMPARE(int(arguments->wait.value_or(-1ms).count()), waitMs);
    }

    void aFileIsFoundFromAnywhere()
    {
        QCOMPARE(readUpArguments({u"./team.yaml"_s})->profile, QDir::current().absoluteFilePath(u"team.yaml"_s));
        QCOMPARE(readUpArguments({u"team"_s})->profile, u"team"_s);
    }

    void connectionFlagsAreNoticed()
    {
        QVERIFY(!readUpArguments({u"a"_s, u"--headless"_s, u"-o"_s, u"json"_s})->hasConnection);
        QVERIFY(readUpArguments({u"a"_s, u"--context"_s, u"x"_s})->hasConnection);
        QVERIFY(readUpArguments({u"a"_s, u"--insecure-skip-tls-verify"_s})->hasConnection);
    }

    void theRestIsWrong_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addRow("no profile") << QStringList{};
        QTest::addRow("two") << QStringList{u"a"_s, u"b"_s};
        QTest::addRow("a time that is none") << QStringList{u"a"_s, u"--wait=soon"_s};
        QTest::addRow("no time at all") << QStringList{u"a"_s, u"--wait=0"_s};
        QTest::addRow("a time as a word of its own") << QStringList{u"a"_s, u"--wait"_s, u"5m"_s};
    }
    void theRestIsWrong()
    {
        QFETCH(const QStringList, words);
        const auto arguments = readUpArguments(words);
        QVERIFY(!arguments.hasValue());
        QCOMPARE(arguments.error(), 1);
    }
};

QTEST_GUILESS_MAIN(TestUpArguments)

#include "tst_uparguments.moc"
