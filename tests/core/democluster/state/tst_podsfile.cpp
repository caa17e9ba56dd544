#include "core/democluster/state/podsfile.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fairlead::Demo;

class TestPodsFile : public QObject
{
    Q_OBJECT

private:
    static Fairlead::Result<QList<Pod>, QString> parse(const QByteArray &yaml)
    {
        return parsePods(yaml, u"pods.yaml"_s, QDateTime({2026, 11, 23}, {12, 0}, Qt::UTC));
    }

private slots:
    void everyFieldIsRead()
    {
        const auto pods = parse("pods:\n"
                                "  - name: mine\n"
                                "    namespace: team\n"
                                "    labels: {app: mine, tier: '1'}\n"
                                "    ports: [{name: data, containerPort: 8000}, {containerPort: 53, protocol: UDP}]\n"
                                "    address: 127.0.0.1\n"
                                "  - {name: other, netns: /proc/1234/ns/net}\n"
                                "  - {name: third, netns: 77}\n"
                                "  - {name: fourth, nsenterSocat: {pid: 1234, prefix: [/opt/helper/run, -x]}}\n");
        QVERIFY2(pods, qPrintable(pods ? QString() : pods.error()));
        QCOMPARE(pods->size(), 4);
        const Pod &mine = pods->at(0);
        QCOMPARE(mine.nameSpace, u"team"_s);
        QCOMPARE(mine.labels.value(u"tier"_s), u"1"_s);
        QCOMPARE(mine.containers.first().ports.size(), 2);
        QCOMPARE(mine.containers.first().ports.at(0).name, u"data"_s);
        QCOMPARE(mine.containers.first().ports.at(1).protocol, u"UDP"_s);
        QCOMPARE(std::get<AddressTarget>(mine.target).host, u"127.0.0.1"_s);
        QCOMPARE(pods->at(1).nameSpace, u"default"_s);
        QCOMPARE(std::get<NetnsTarget>(pods->at(1).target).path, u"/proc/1234/ns/net"_s);
        QCOMPARE(std::get<NetnsTarget>(pods->at(2).target).path, u"/proc/77/ns/net"_s);
        const auto &socat = std::get<NsenterSocatTarget>(pods->at(3).target);
        QCOMPARE(socat.pid, 1234);
        QCOMPARE(socat.prefix, (QStringList{u"/opt/helper/run"_s, u"-x"_s}));
    }

    void mistakesAreNamedWithTheirPlace_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("word");
        QTest::addRow("no pods key") << "x: 1\n"_ba << u"pods.yaml:1:1: "_s << u"pods"_s;
        QTest::addRow("empty file") << ""_ba << u"pods.yaml"_s << u"pods"_s;
        QTest::addRow("broken YAML") << "pods:\n  - name: 'a\n"_ba << u"pods.yaml:"_s << QString();
        QTest::addRow("pods is no list") << "pods: 5\n"_ba << u"pods.yaml:1:7: "_s << u"list"_s;
        QTest::addRow("no name") << "pods:\n  - address: ::1\n"_ba << u"pods.yaml:2:5: "_s << u"name"_s;
        QTest::addRow("misspelt key") << "pods:\n  - name: a\n    adress: x\n"_ba << u"pods.yaml:3:5: "_s
                                      << u"adress"_s;
        QTest::addRow("no target") << "pods:\n  - name: a\n"_ba << u"pods.yaml:2:5: "_s << u"exactly one"_s;
        QTest::addRow("two targets") << "pods:\n  - {name: a, address: x, netns: /x}\n"_ba << u"pods.yaml:2:5: "_s
                                     << u"exactly one"_s;
        QTest::addRow("bad name") << "pods:\n  - {name: A_b, address: x}\n"_ba << u"pods.yaml:2:12: "_s << u"A_b"_s;
        QTest::addRow("port out of range")
            << "pods:\n  - name: a\n    address: x\n    ports: [{containerPort: 70000}]\n"_ba << u"pods.yaml:4:29: "_s
            << u"65535"_s;
        QTest::addRow("port without number") << "pods:\n  - name: a\n    address: x\n    ports: [{name: http}]\n"_ba
                                             << u"pods.yaml:4:13: "_s << u"containerPort"_s;
        QTest::addRow("port name too long")
            << "pods:\n  - name: a\n    address: x\n    ports: [{containerPort: 1, name: abcdefghijklmnop}]\n"_ba
            << u"pods.yaml:4:38: "_s << u"15"_s;
        QTest::addRow("unknown protocol")
            << "pods:\n  - name: a\n    address: x\n    ports: [{containerPort: 1, protocol: tcp}]\n"_ba
            << u"pods.yaml:4:42: "_s << u"TCP"_s;
        QTest::addRow("relative netns") << "pods:\n  - {name: a, netns: ns/net}\n"_ba << u"pods.yaml:2:22: "_s
                                        << u"absolute"_s;
        QTest::addRow("pid 0") << "pods:\n  - {name: a, nsenterSocat: {pid: 0}}\n"_ba << u"pods.yaml:2:35: "_s
                               << u"pid"_s;
        QTest::addRow("prefix is no list")
            << "pods:\n  - {name: a, nsenterSocat: {pid: 1, prefix: x}}\n"_ba << u"pods.yaml:2:46: "_s << u"prefix"_s;
        QTest::addRow("declared twice") << "pods:\n  - {name: a, address: x}\n  - {name: a, address: y}\n"_ba
                                        << u"pods.yaml:3:5: "_s << u"twice"_s;
    }

    void mistakesAreNamedWithTheirPlace()
    {
        QFETCH(const QByteArray, yaml);
        QFETCH(const QString, place);
        QFETCH(const QString, word);
        const auto pods = parse(yaml);
        QVERIFY(!pods);
        QVERIFY2(pods.error().startsWith(place), qPrintable(pods.error()));
        QVERIFY2(pods.error().contains(word), qPrintable(pods.error()));
    }

    void aMissingFileIsNamed()
    {
        const auto pods = readPodsFile(u"/nonexistent/pods.yaml"_s, QDateTime::currentDateTimeUtc());
        QVERIFY(!pods);
        QVERIFY(pods.error().contains("/nonexistent/pods.yaml"_L1));
    }
};

QTEST_GUILESS_MAIN(TestPodsFile)
#include "tst_podsfile.moc"
