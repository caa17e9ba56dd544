#include "core/democluster/state/podsfile.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fairlead::Demo;

class TestPodsFile : public QObject
{
    Q_OBJECT

private:
    static Fairlead::Result<Declared, QString> parse(const QByteArray &yaml)
    {
        return parsePods(yaml, u"pods.yaml"_s, QDateTime({2026, 11, 23}, {12, 0}, Qt::UTC));
    }

private slots:
    void everyFieldIsRead()
    {
        const auto declared =
            parse("pods:\n"
                  "  - name: mine\n"
                  "    namespace: team\n"
                  "    labels: {app: mine, tier: '1'}\n"
                  "    ports: [{name: data, containerPort: 8000}, {containerPort: 53, protocol: UDP}]\n"
                  "    address: 127.0.0.1\n"
                  "  - {name: other, netns: /proc/1234/ns/net}\n"
                  "  - {name: third, netns: 77}\n"
                  "  - {name: fourth, nsenterSocat: {pid: 1234, prefix: [/opt/helper/run, -x]}}\n");
        QVERIFY2(declared, qPrintable(declared ? QString() : declared.error()));
        const QList<Pod> &pods = declared->pods;
        QCOMPARE(pods.size(), 4);
        const Pod &mine = pods.at(0);
        QCOMPARE(mine.nameSpace, u"team"_s);
        QCOMPARE(mine.labels.value(u"tier"_s), u"1"_s);
        QCOMPARE(mine.containers.first().ports.size(), 2);
        QCOMPARE(mine.containers.first().ports.at(0).name, u"data"_s);
        QCOMPARE(mine.containers.first().ports.at(1).protocol, u"UDP"_s);
        QCOMPARE(std::get<AddressTarget>(mine.target).host, u"127.0.0.1"_s);
        QCOMPARE(pods.at(1).nameSpace, u"default"_s);
        QCOMPARE(std::get<NetnsTarget>(pods.at(1).target).path, u"/proc/1234/ns/net"_s);
        QCOMPARE(std::get<NetnsTarget>(pods.at(2).target).path, u"/proc/77/ns/net"_s);
        const auto &socat = std::get<NsenterSocatTarget>(pods.at(3).target);
        QCOMPARE(socat.pid, 1234);
        QCOMPARE(socat.prefix, (QStringList{u"/opt/helper/run"_s, u"-x"_s}));
    }

    void ownersAreRead_data()
    {
        QTest::addColumn<QString>("pod");
        QTest::addColumn<QString>("owner");
        QTest::addColumn<QString>("directKind");
        QTest::addColumn<QString>("directName");
        QTest::addRow("deployment") << u"a"_s << u"Deployment/api"_s << u"ReplicaSet"_s << u"api-"_s;
        QTest::addRow("short name") << u"a"_s << u"deploy/api"_s << u"ReplicaSet"_s << u"api-"_s;
        QTest::addRow("deployment config") << u"a"_s << u"dc/api"_s << u"ReplicationController"_s << u"api-1"_s;
        QTest::addRow("stateful set") << u"db-10"_s << u"StatefulSet/db"_s << u"StatefulSet"_s << u"db"_s;
        QTest::addRow("daemon set") << u"a"_s << u"DaemonSet/agent"_s << u"DaemonSet"_s << u"agent"_s;
        QTest::addRow("job") << u"a"_s << u"Job/once"_s << u"Job"_s << u"once"_s;
    }

    void ownersAreRead()
    {
        QFETCH(const QString, pod);
        QFETCH(const QString, owner);
        QFETCH(const QString, directKind);
        QFETCH(const QString, directName);
        const auto declared =
            parse(u"pods: [{name: %1, labels: {app: x}, owner: %2, address: '::1'}]"_s.arg(pod, owner).toUtf8());
        QVERIFY2(declared, qPrintable(declared ? QString() : declared.error()));
        QCOMPARE(declared->pods.first().ownerKind, directKind);
        QVERIFY2(declared->pods.first().ownerName.startsWith(directName), qPrintable(declared->pods.first().ownerName));
    }

    void servicesAreRead()
    {
        const auto declared =
            parse("pods: []\n"
                  "services:\n"
                  "  - name: web\n"
                  "    namespace: team\n"
                  "    selector: {app: mine}\n"
                  "    ports: [{name: http, port: 80, targetPort: data}, {port: 81, targetPort: 8001}]\n"
                  "  - {name: head, selector: {app: mine}, clusterIP: None, ports: [{port: 80}]}\n"
                  "  - {name: out, externalName: out.example}\n");
        QVERIFY2(declared, qPrintable(declared ? QString() : declared.error()));
        QCOMPARE(declared->services.size(), 3);
        const ServiceSpec &web = declared->services.at(0);
        QCOMPARE(web.nameSpace, u"team"_s);
        QCOMPARE(web.selector.value(u"app"_s), u"mine"_s);
        QCOMPARE(web.ports.at(0).targetPort, u"data"_s);
        QCOMPARE(web.ports.at(1).targetPort, u"8001"_s);
        QVERIFY(declared->services.at(1).headless);
        QCOMPARE(declared->services.at(2).externalName, u"out.example"_s);
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
        QTest::addRow("owner without kind") << "pods:\n  - {name: a, labels: {x: y}, owner: api, address: x}\n"_ba
                                            << u"pods.yaml:2:38: "_s << u"KIND/NAME"_s;
        QTest::addRow("owner of no kind that owns")
            << "pods:\n  - {name: a, labels: {x: y}, owner: Service/api, address: x}\n"_ba << u"pods.yaml:2:38: "_s
            << u"KIND/NAME"_s;
        QTest::addRow("owner, but no labels")
            << "pods:\n  - {name: a, owner: Job/api, address: x}\n"_ba << u"pods.yaml:2:22: "_s << u"labels"_s;
        QTest::addRow("pod of a stateful set by another name")
            << "pods:\n  - {name: a, labels: {x: y}, owner: sts/db, address: x}\n"_ba << u"pods.yaml:2:38: "_s
            << u"db-0"_s;
        QTest::addRow("owner with two selectors") << "pods:\n  - {name: a, labels: {x: y}, owner: rs/s, address: x}\n"
                                                     "  - {name: b, labels: {x: z}, owner: rs/s, address: x}\n"_ba
                                                  << u"pods.yaml:3:5: "_s << u"same labels"_s;
        QTest::addRow("services is no list") << "pods: []\nservices: 5\n"_ba << u"pods.yaml:2:11: "_s << u"list"_s;
        QTest::addRow("service without ports")
            << "pods: []\nservices:\n  - {name: a}\n"_ba << u"pods.yaml:3:5: "_s << u"ports"_s;
        QTest::addRow("service port without number")
            << "pods: []\nservices:\n  - {name: a, ports: [{name: x}]}\n"_ba << u"pods.yaml:3:23: "_s << u"port"_s;
        QTest::addRow("service with a fixed address")
            << "pods: []\nservices:\n  - {name: a, clusterIP: 10.0.0.1, ports: [{port: 1}]}\n"_ba
            << u"pods.yaml:3:26: "_s << u"None"_s;
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
