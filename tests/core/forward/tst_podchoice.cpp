#include "core/forward/podchoice.h"

#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Forward;
using namespace Qt::StringLiterals;
using Kind = Kube::TargetRef::Kind;

namespace {

Kube::PodInfo pod(const QString &name, bool ready, const QString &phase = u"Running"_s, bool deleting = false)
{
    Kube::PodInfo info;
    info.name = name;
    info.uid = u"uid-"_s + name;
    info.phase = phase;
    info.ready = ready;
    info.deleting = deleting;
    return info;
}

QStringList names(const QList<Kube::PodInfo> &pods)
{
    QStringList result;
    for (const Kube::PodInfo &one : pods)
        result << one.name;
    return result;
}

using Pods = QList<Kube::PodInfo>;

} // namespace

Q_DECLARE_METATYPE(PodChoiceRule)

class TestPodChoice : public QObject
{
    Q_OBJECT

private slots:
    void serves_data()
    {
        QTest::addColumn<Pods>("pods");
        QTest::addColumn<PodChoiceRule>("rule");
        QTest::addColumn<QStringList>("expected");
        QTest::addColumn<bool>("unreadyWouldDo");
        using enum PodPolicy;
        const Pods two{pod(u"a"_s, true), pod(u"b"_s, true)};
        const Pods unreadyFirst{pod(u"a"_s, false), pod(u"b"_s, true)};
        const Pods unready{pod(u"a"_s, false)};
        const Pods leaving{pod(u"a"_s, true, u"Running"_s, true)};

        QTest::addRow("named pod serves although unready")
            << unready << PodChoiceRule{} << QStringList{u"a"_s} << false;
        QTest::addRow("named pod that is leaving does not") << leaving << PodChoiceRule{} << QStringList{} << false;
        QTest::addRow("named pod that is pending does not")
            << Pods{pod(u"a"_s, false, u"Pending"_s)} << PodChoiceRule{} << QStringList{} << false;
        const auto rule = [](PodPolicy policy, const QStringList &current = {}, bool acceptsUnready = false,
                             const QSet<QString> &excluded = {}) {
            return PodChoiceRule{Kind::Deployment, policy, acceptsUnready, excluded, current, {}};
        };
        QTest::addRow("first ready") << unreadyFirst << rule(FirstReady) << QStringList{u"b"_s} << false;
        QTest::addRow("no change for nothing") << two << rule(FirstReady, {u"uid-b"_s}) << QStringList{u"b"_s} << false;
        QTest::addRow("away from the one that turned unready")
            << unreadyFirst << rule(FirstReady, {u"uid-a"_s}) << QStringList{u"b"_s} << false;
        QTest::addRow("unready ones are waited for") << unready << rule(FirstReady) << QStringList{} << true;
        QTest::addRow("unready one after patience")
            << unready << rule(FirstReady, {}, true) << QStringList{u"a"_s} << true;
        QTest::addRow("the leaving one is no choice")
            << leaving << rule(FirstReady, {}, true) << QStringList{} << false;
        QTest::addRow("what the node does not know is left out")
            << two << rule(FirstReady, {u"uid-a"_s}, false, {u"uid-a"_s}) << QStringList{u"b"_s} << false;
        QTest::addRow("sticky stays with the unready one")
            << unreadyFirst << rule(Sticky, {u"uid-a"_s}) << QStringList{u"a"_s} << false;
        QTest::addRow("sticky starts with a ready one") << unreadyFirst << rule(Sticky) << QStringList{u"b"_s} << false;
        QTest::addRow("sticky changes when its pod is gone")
            << Pods{pod(u"b"_s, true)} << rule(Sticky, {u"uid-a"_s}) << QStringList{u"b"_s} << false;
        QTest::addRow("the preferred one begins")
            << two << PodChoiceRule{.kind = Kind::Deployment, .policy = Sticky, .preferredPod = u"b"_s}
            << QStringList{u"b"_s} << false;
        QTest::addRow("the preferred one does not interrupt")
            << two << PodChoiceRule{.kind = Kind::Deployment, .current = {u"uid-a"_s}, .preferredPod = u"b"_s}
            << QStringList{u"a"_s} << false;
        QTest::addRow("round robin takes all that are ready")
            << Pods{pod(u"a"_s, true), pod(u"b"_s, false), pod(u"c"_s, true)} << rule(RoundRobin)
            << QStringList{u"a"_s, u"c"_s} << false;
        QTest::addRow("no pods") << Pods{} << rule(FirstReady) << QStringList{} << false;
    }

    void serves()
    {
        QFETCH(const Pods, pods);
        QFETCH(const PodChoiceRule, rule);
        Kube::TargetPods known;
        known.pods = pods;
        const PodChoice choice = choosePods(known, rule);
        QTEST(names(choice.pods), "expected");
        QTEST(choice.unreadyWouldDo, "unreadyWouldDo");
    }

    void aPodThatMayNotBeReadServes()
    {
        Kube::TargetPods known;
        known.pods = {pod(u"a"_s, false, {})};
        known.unchecked = true;
        QCOMPARE(names(choosePods(known, {}).pods), QStringList{u"a"_s});
    }

    void saysWhyItWaits()
    {
        Kube::TargetPods known;
        const Kube::TargetRef deployment{Kind::Deployment, u"api"_s};
        QCOMPARE(waitingText(known, deployment), u"deployment/api has no pods."_s);
        known.pods = {pod(u"a"_s, false), pod(u"b"_s, true, u"Running"_s, true)};
        QVERIFY(waitingText(known, deployment).contains(u"0 of 2"_s));
        QVERIFY(waitingText({}, {Kind::Pod, u"a"_s}).contains(u"does not exist"_s));
        QVERIFY(waitingText({{pod(u"a"_s, false, u"Pending"_s)}}, {Kind::Pod, u"a"_s}).contains(u"Pending"_s));
    }

    void endedPodsAreToldFromHiddenOnes_data()
    {
        QTest::addColumn<Pods>("before");
        QTest::addColumn<Pods>("now");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QSet<QString>>("ended");
        const Pods running{pod(u"a"_s, true)};
        const Pods leaving{pod(u"a"_s, true, u"Running"_s, true)};
        const QSet<QString> a{u"uid-a"_s};
        QTest::addRow("nothing changed") << running << running << Kind::Pod << QSet<QString>();
        QTest::addRow("the named pod is not there") << running << Pods{} << Kind::Pod << a;
        QTest::addRow("another one has its name") << running << Pods{pod(u"b"_s, true)} << Kind::Pod << a;
        QTest::addRow("not listed: it may have lost its labels")
            << running << Pods{} << Kind::Deployment << QSet<QString>();
        QTest::addRow("not listed after it was being deleted") << leaving << Pods{} << Kind::Deployment << a;
        QTest::addRow("still being deleted") << leaving << leaving << Kind::Deployment << QSet<QString>();
        QTest::addRow("evicted") << running << Pods{pod(u"a"_s, false, u"Failed"_s)} << Kind::Deployment << a;
        QTest::addRow("completed") << running << Pods{pod(u"a"_s, false, u"Succeeded"_s)} << Kind::Job << a;
    }

    void endedPodsAreToldFromHiddenOnes()
    {
        QFETCH(const Pods, before);
        QFETCH(const Pods, now);
        QFETCH(const Kind, kind);
        QFETCH(const QSet<QString>, ended);
        Kube::TargetPods one;
        one.pods = before;
        Kube::TargetPods other;
        other.pods = now;
        QCOMPARE(endedPods(one, other, kind), ended);
        other.unchecked = true;
        QVERIFY(endedPods(one, other, kind).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestPodChoice)
#include "tst_podchoice.moc"
