#include "ui/picker/followbox.h"

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;
using Kind = Kube::TargetRef::Kind;

/// What the picker's "Lead to" makes of a pod and its owner.
class TestFollowBox : public QObject
{
    Q_OBJECT

private slots:
    void choicesBecomeSpecs_data()
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<QString>("target");
        QTest::addColumn<Forward::PodPolicy>("policy");
        QTest::addColumn<QString>("preferred");
        using enum Forward::PodPolicy;
        QTest::addRow("owner, beginning here") << 0 << u"deployment/api"_s << Sticky << u"api-0"_s;
        QTest::addRow("owner, any ready pod") << 1 << u"deployment/api"_s << FirstReady << QString();
        QTest::addRow("owner, in turn") << 2 << u"deployment/api"_s << RoundRobin << QString();
        QTest::addRow("this pod") << 3 << u"pod/api-0"_s << FirstReady << QString();
    }

    void choicesBecomeSpecs()
    {
        QFETCH(const int, index);
        FollowBox box;
        box.setPod(u"api-0"_s, owner(u"api"_s));
        choice(box)->setCurrentIndex(index);
        Forward::ForwardSpec spec;
        box.apply(spec);
        QTEST(Kube::targetText(spec.target), "target");
        QTEST(spec.policy, "policy");
        QTEST(spec.preferredPod, "preferred");
    }

    void aPodOfNobodyLeadsToItself()
    {
        FollowBox box;
        box.setPod(u"web"_s, std::nullopt);
        QCOMPARE(choice(box)->count(), 1);
        Forward::ForwardSpec spec;
        box.apply(spec);
        QCOMPARE(spec.target, (Kube::TargetRef{Kind::Pod, u"web"_s}));
    }

    void theServersWordAboutTheOwnerKeepsTheChoice()
    {
        FollowBox box;
        box.setPod(u"api-0"_s, owner(u"guess"_s));
        choice(box)->setCurrentIndex(2);
        QSignalSpy changed(&box, &FollowBox::changed);
        box.setOwner(*owner(u"api"_s));
        QVERIFY(changed.count() > 0);
        QCOMPARE(choice(box)->currentIndex(), 2);
        Forward::ForwardSpec spec;
        box.apply(spec);
        QCOMPARE(spec.target, *owner(u"api"_s));
        changed.clear();
        box.setOwner(*owner(u"api"_s));
        QCOMPARE(changed.count(), 0);
    }

    void withoutAPodThereIsNothingToChoose()
    {
        FollowBox box;
        QVERIFY(!choice(box)->isEnabled());
    }

private:
    static std::optional<Kube::TargetRef> owner(const QString &name) { return Kube::TargetRef{Kind::Deployment, name}; }
    static QComboBox *choice(const FollowBox &box) { return box.findChild<QComboBox *>(u"follow"_s); }
};

QTEST_MAIN(TestFollowBox)
#include "tst_followbox.moc"
