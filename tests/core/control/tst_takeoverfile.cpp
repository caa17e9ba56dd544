#include "core/control/takeover.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Control;
using namespace Qt::StringLiterals;

namespace {

const QString Session = u"fairleadProfile: 1\nname: session\nforwards:\n"
                        "  - {name: a, target: svc/web, ports: [':80', '8443:443']}\n"
                        "  - {name: b, target: svc/web, ports: [':80'], running: false}\n"_s;

QJsonObject forwardOn(const QList<int> &localPorts)
{
    QJsonArray ports;
    for (const int port : localPorts)
        ports << QJsonObject{{u"localPort"_s, port}};
    return {{u"ports"_s, ports}};
}

QJsonObject sessionOn(const QList<int> &first, const QList<int> &second)
{
    return {{u"session"_s, Session}, {u"forwards"_s, QJsonArray{forwardOn(first), forwardOn(second)}}};
}

} // namespace

class TestTakeOverFile : public QObject
{
    Q_OBJECT

private slots:
    void openPortsAreThoseThatItListenedOn_data()
    {
        QTest::addColumn<QList<int>>("told");
        QTest::addColumn<int>("first");
        QTest::addRow("it listened") << QList<int>{41000, 8443} << 41000;
        QTest::addRow("it was not that far yet") << QList<int>{} << 0;
        QTest::addRow("ports of something else") << QList<int>{41000} << 0;
        QTest::addRow("it listened on none") << QList<int>{0, 8443} << 0;
        QTest::addRow("no port at all") << QList<int>{70000, 8443} << 0;
        QTest::addRow("less than none") << QList<int>{-1, 8443} << 0;
    }
    void openPortsAreThoseThatItListenedOn()
    {
        QFETCH(const QList<int>, told);
        QFETCH(const int, first);
        const auto moved = readSession(sessionOn(told, {42000}));
        QVERIFY(moved.hasValue());
        QCOMPARE(int(*moved->asked.forwards[0].spec.ports[0].local), 0);
        QCOMPARE(int(*moved->taken.forwards[0].spec.ports[0].local), first);
        QCOMPARE(int(*moved->taken.forwards[0].spec.ports[1].local), 8443);
        QCOMPARE(int(*moved->taken.forwards[1].spec.ports[0].local), 0); // it did not run
        QVERIFY(!moved->taken.forwards[1].running);
    }

    void whatCannotBeMeantIsAnError_data()
    {
        QTest::addColumn<QJsonObject>("session");
        QTest::addRow("nothing") << QJsonObject();
        QTest::addRow("no profile") << QJsonObject{{u"session"_s, u"[1, 2"_s}, {u"forwards"_s, QJsonArray()}};
        QTest::addRow("of a later version")
            << QJsonObject{{u"session"_s, u"fairleadProfile: 99\nforwards: []\n"_s}, {u"forwards"_s, QJsonArray()}};
        QTest::addRow("fewer forwards than in the profile")
            << QJsonObject{{u"session"_s, Session}, {u"forwards"_s, QJsonArray{forwardOn({1, 2})}}};
    }
    void whatCannotBeMeantIsAnError()
    {
        QFETCH(const QJsonObject, session);
        const auto moved = readSession(session);
        QVERIFY(!moved.hasValue());
        QVERIFY(!moved.error().isEmpty());
    }

    void itIsThereUntilItIsTaken()
    {
        QTemporaryDir folder;
        const TakeOverFile file(EnginePlace{folder.path()});
        QString problem;
        QVERIFY(!file.load(&problem));
        QVERIFY(problem.isEmpty());
        QVERIFY(!file.save(sessionOn({41000, 8443}, {0})));
        QCOMPARE(file.load(&problem)->asked.forwards.size(), 2);
        QCOMPARE(file.load(&problem)->asked.forwards.size(), 2); // looking is not taking
        const auto others =
            QFile::permissions(folder.filePath(u"takeover.json"_s)) & (QFile::ReadGroup | QFile::ReadOther);
        QVERIFY(!others);
        file.remove();
        QVERIFY(!file.load(&problem));
    }

    void oneThatCannotBeReadIsSaidOnce()
    {
        QTemporaryDir folder;
        QFile half(folder.filePath(u"takeover.json"_s));
        QVERIFY(half.open(QIODevice::WriteOnly) && half.write("{\"session\":") > 0);
        half.close();
        const TakeOverFile file(EnginePlace{folder.path()});
        QString problem;
        QVERIFY(!file.load(&problem));
        QVERIFY(!problem.isEmpty());
        QVERIFY(!half.exists());
    }
};

QTEST_GUILESS_MAIN(TestTakeOverFile)

#include "tst_takeoverfile.moc"
