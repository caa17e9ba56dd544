#include "core/kube/objects/podparser.h"

#include <QJsonDocument>
#include <QTest>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

namespace {

QJsonObject json(const char *text)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray(text), &error);
    if (error.error != QJsonParseError::NoError)
        qFatal("test data: %s", qPrintable(error.errorString()));
    return document.object();
}

} // namespace

class TestPodParser : public QObject
{
    Q_OBJECT

private slots:
    void statusReadyRestarts_data()
    {
        QTest::addColumn<QByteArray>("pod");
        QTest::addColumn<QString>("printed");
        const auto row = [](const char *rule, const char *printed, const QByteArray &spec, const QByteArray &status,
                            const QByteArray &metadata = {}) {
            QTest::addRow("%s", rule) << "{\"metadata\":{" + metadata + "},\"spec\":{" + spec + "},\"status\":{"
                    + status + "}}" << QString::fromLatin1(printed);
        };
        const QByteArray one = R"("containers":[{"name":"a"}])";
        const QByteArray two = R"("containers":[{"name":"a"},{"name":"b"}])";
        const QByteArray twoInits = one + R"(,"initContainers":[{"name":"i"},{"name":"j"}])";
        const QByteArray sidecar = one + R"(,"initContainers":[{"name":"s","restartPolicy":"Always"},{"name":"j"}])";
        const QByteArray up = R"({"name":"a","ready":true,"restartCount":2,"state":{"running":{}}})";
        row("not scheduled yet", "0/1 Pending 0", one, R"("phase":"Pending")");
        row("running", "1/1 Running 2", one, R"("phase":"Running","containerStatuses":[)" + up + "]");
        row("the pod's own reason beats the phase", "0/1 Evicted 0", one, R"("phase":"Failed","reason":"Evicted")");
        row("scheduling gate", "0/1 SchedulingGated 0", one,
            R"("phase":"Pending","conditions":[{"type":"PodScheduled","reason":"SchedulingGated"}])");
        row("waiting reason", "0/1 CrashLoopBackOff 7 (2m ago)", one,
            R"("phase":"Running","containerStatuses":[{"restartCount":7,"state":{"waiting":{"reason":"CrashLoopBackOff"}},)"
            R"("lastState":{"terminated":{"finishedAt":"2026-11-23T11:58:00Z"}}}])");
        row("terminated with reason", "0/1 OOMKilled 0", one,
            R"("phase":"Running","containerStatuses":[{"state":{"terminated":{"reason":"OOMKilled"}}}])");
        row("terminated by signal", "0/1 Signal:9 0", one,
            R"("phase":"Running","containerStatuses":[{"state":{"terminated":{"signal":9,"exitCode":137}}}])");
        row("terminated with code", "0/1 ExitCode:3 0", one,
            R"("phase":"Running","containerStatuses":[{"state":{"terminated":{"exitCode":3}}}])");
        row("the first container's word wins", "0/2 Error 0", two,
            R"("phase":"Running","containerStatuses":[{"state":{"terminated":{"reason":"Error"}}},)"
            R"({"state":{"waiting":{"reason":"ImagePullBackOff"}}}])");
        row("one done, one running, pod ready", "1/2 Running 2", two,
            R"("phase":"Running","conditions":[{"type":"Ready","status":"True"}],"containerStatuses":[)"
            R"({"state":{"terminated":{"reason":"Completed"}}},)"
                + up + "]");
        row("one done, one running, pod unready", "1/2 NotReady 2", two,
            R"("phase":"Running","containerStatuses":[{"state":{"terminated":{"reason":"Completed"}}},)" + up + "]");
        row("running but unready", "0/1 Running 0", one,
            R"("phase":"Running","containerStatuses":[{"ready":false,"state":{"running":{}}}])");
        row("second init container at work", "0/1 Init:1/2 0", twoInits,
            R"("phase":"Pending","initContainerStatuses":[{"name":"i","state":{"terminated":{"exitCode":0}}},)"
            R"({"name":"j","state":{"running":{}}}],"containerStatuses":[{"state":{"waiting":{"reason":"PodInitializing"}}}])");
        row("init waits for PodInitializing", "0/1 Init:0/2 0", twoInits,
            R"("phase":"Pending","initContainerStatuses":[{"name":"i","state":{"waiting":{"reason":"PodInitializing"}}}])");
        row("init crashes", "0/1 Init:CrashLoopBackOff 4", twoInits,
            R"("phase":"Pending","initContainerStatuses":[{"name":"i","restartCount":4,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}])");
        row("init failed with reason", "0/1 Init:Error 0", twoInits,
            R"("phase":"Pending","initContainerStatuses":[{"name":"i","state":{"terminated":{"exitCode":1,"reason":"Error"}}}])");
        row("init failed with code", "0/1 Init:ExitCode:5 0", twoInits,
            R"("phase":"Pending","initContainerStatuses":[{"name":"i","state":{"terminated":{"exitCode":5}}}])");
        row("init killed", "0/1 Init:Signal:15 0", twoInits,
            R"("phase":"Pending","initContainerStatuses":[{"name":"i","state":{"terminated":{"exitCode":1,"signal":15}}}])");
        row("sidecar counts as container", "2/2 Running 3", sidecar,
            R"("phase":"Running","initContainerStatuses":[{"name":"s","started":true,"ready":true,"restartCount":1,"state":{"running":{}}},)"
            R"({"name":"j","restartCount":9,"state":{"terminated":{"exitCode":0}}}],"containerStatuses":[)"
                + up + "]");
        row("sidecar up, init at work", "1/2 Init:1/2 0", sidecar,
            R"("phase":"Pending","initContainerStatuses":[{"name":"s","started":true,"ready":true,"state":{"running":{}}},)"
            R"({"name":"j","state":{"running":{}}}])");
        row("deleted", "1/1 Terminating 2", one, R"("phase":"Running","containerStatuses":[)" + up + "]",
            R"("deletionTimestamp":"2026-11-23T11:59:00Z")");
        row("deleted after it succeeded", "0/1 Completed 0", one,
            R"("phase":"Succeeded","containerStatuses":[{"state":{"terminated":{"reason":"Completed"}}}])",
            R"("deletionTimestamp":"2026-11-23T11:59:00Z")");
        row("deleted on a lost node", "0/1 Unknown 0", one, R"("phase":"Running","reason":"NodeLost")",
            R"("deletionTimestamp":"2026-11-23T11:59:00Z")");
        row("nothing known", "0/0  0", "", "");
    }

    void statusReadyRestarts()
    {
        QFETCH(const QByteArray, pod);
        QFETCH(const QString, printed);
        const QDateTime now(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC);
        const PodRow row = podRowFrom(json(pod.constData()), now);
        QCOMPARE(QStringList({row.ready, row.status, row.restarts}).join(u' '), printed);
    }

    void wholePod()
    {
        const PodInfo pod = podInfoFrom(json(R"({"kind":"Pod",
            "metadata":{"name":"api-0","namespace":"team","uid":"u-1","creationTimestamp":"2026-11-23T10:00:00Z",
              "ownerReferences":[{"kind":"Node","name":"n"},{"kind":"StatefulSet","name":"api","controller":true}]},
            "spec":{"nodeName":"n1",
              "initContainers":[{"name":"proxy","restartPolicy":"Always","ports":[{"name":"admin","containerPort":15000}]}],
              "containers":[{"name":"api","ports":[{"name":"http","containerPort":8080,"protocol":"TCP"},
                  {"containerPort":53,"protocol":"UDP"},{"name":"broken","containerPort":70000}]},
                {"name":"plain"}]},
            "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}})"));
        QCOMPARE(pod.namespaceName, u"team"_s);
        QCOMPARE(pod.name, u"api-0"_s);
        QCOMPARE(pod.uid, u"u-1"_s);
        QCOMPARE(pod.phase, u"Running"_s);
        QCOMPARE(pod.status, u"Running"_s);
        QCOMPARE(pod.node, u"n1"_s);
        QCOMPARE(pod.owner, u"StatefulSet/api"_s);
        QVERIFY(pod.ready);
        QVERIFY(!pod.deleting);
        const QList<ContainerPort> expected = {{u"http"_s, 8080, u"TCP"_s, u"api"_s},
                                               {{}, 53, u"UDP"_s, u"api"_s},
                                               {u"admin"_s, 15000, u"TCP"_s, u"proxy"_s}};
        QCOMPARE(pod.ports, expected);
    }

    /// What kubectl's order of pods needs.
    void factsForRanking()
    {
        const PodInfo pod = podInfoFrom(json(R"({"kind":"Pod",
            "metadata":{"creationTimestamp":"2026-11-23T10:00:00Z","deletionTimestamp":"2026-11-23T10:09:00Z"},
            "spec":{"initContainers":[{"name":"side","restartPolicy":"Always"},{"name":"once"}]},
            "status":{"conditions":[{"type":"Initialized","status":"True","lastTransitionTime":"2026-11-23T10:01:00Z"},
                {"type":"Ready","status":"False","lastTransitionTime":"2026-11-23T10:02:00Z"}],
              "initContainerStatuses":[{"name":"side","restartCount":2},{"name":"once","restartCount":9}],
              "containerStatuses":[{"name":"a","restartCount":3},{"name":"b","restartCount":4}]}})"));
        const auto at = [](int minute) { return QDateTime(QDate(2026, 11, 23), QTime(10, minute), Qt::UTC); };
        QCOMPARE(pod.created, at(0));
        QCOMPARE(pod.deletedAt, at(9));
        QVERIFY(pod.deleting);
        QVERIFY(!pod.ready);
        QCOMPARE(pod.readySince, at(2));
        QCOMPARE(pod.restarts, 4);
        QCOMPARE(pod.sidecarRestarts, 2);
    }
};

QTEST_GUILESS_MAIN(TestPodParser)
#include "tst_podparser.moc"
