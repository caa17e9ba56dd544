#include "core/kube/objects/target.h"

#include <QTest>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;
using Kind = TargetRef::Kind;

class TestTarget : public QObject
{
    Q_OBJECT

private slots:
    void typesAreUnderstoodAsKubectlWritesThem_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<TargetRef>("target");
        const auto row = [](const char *text, Kind kind, const QString &name) {
            QTest::addRow("%s", text) << QString::fromLatin1(text) << TargetRef{kind, name};
        };
        row("web", Kind::Pod, u"web"_s);
        row("po/web", Kind::Pod, u"web"_s);
        row("Pod/web", Kind::Pod, u"web"_s);
        row("svc/web", Kind::Service, u"web"_s);
        row("services.v1./web", Kind::Service, u"web"_s);
        row("deploy/api", Kind::Deployment, u"api"_s);
        row("deployment.apps/api", Kind::Deployment, u"api"_s);
        row("deployments.v1.apps/api", Kind::Deployment, u"api"_s);
        row("sts/db", Kind::StatefulSet, u"db"_s);
        row("rs/a", Kind::ReplicaSet, u"a"_s);
        row("ds/a", Kind::DaemonSet, u"a"_s);
        row("job.batch/a", Kind::Job, u"a"_s);
        row("rc/a", Kind::ReplicationController, u"a"_s);
        row("dc/a", Kind::DeploymentConfig, u"a"_s);
        row("deploymentconfig/a", Kind::DeploymentConfig, u"a"_s);
        row("deploymentconfigs/a", Kind::DeploymentConfig, u"a"_s);
        row("DeploymentConfig/a", Kind::DeploymentConfig, u"a"_s);
        row("dc.apps.openshift.io/a", Kind::DeploymentConfig, u"a"_s);
        row("deploymentconfig.apps.openshift.io/a", Kind::DeploymentConfig, u"a"_s);
    }

    void typesAreUnderstoodAsKubectlWritesThem()
    {
        QFETCH(const QString, text);
        QFETCH(const TargetRef, target);
        const auto read = parseTarget(text);
        QVERIFY2(read.hasValue(), qPrintable(read.hasValue() ? QString() : read.error()));
        QCOMPARE(*read, target);
    }

    void whatItWritesItReads()
    {
        for (const QString &text :
             {u"pod/a"_s, u"service/a"_s, u"deployment/a"_s, u"statefulset/a"_s, u"replicaset/a"_s, u"daemonset/a"_s,
              u"job/a"_s, u"replicationcontroller/a"_s, u"deploymentconfig/a"_s})
            QCOMPARE(targetText(*parseTarget(text)), text);
    }

    void shortFormsMeanTheSame()
    {
        for (const QString &text :
             {u"po/a"_s, u"svc/a"_s, u"deploy/a"_s, u"sts/a"_s, u"rs/a"_s, u"ds/a"_s, u"job/a"_s, u"rc/a"_s, u"dc/a"_s})
            QCOMPARE(shortTargetText(*parseTarget(text)), text);
        const TargetRef selector{Kind::Selector, u"app=web"_s};
        QCOMPARE(shortTargetText(selector), targetText(selector));
    }

    void wrongTypesAreRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::addRow("not forwardable") << u"configmap/a"_s << u"\"configmap\""_s;
        QTest::addRow("wrong group") << u"deployments.batch/a"_s << u"\"deployments.batch\""_s;
        QTest::addRow("two slashes") << u"a/b/c"_s << u"may not have more than one slash"_s;
        QTest::addRow("no name") << u"svc/"_s << u"must have a single resource and name"_s;
        QTest::addRow("no type") << u"/a"_s << u"must have a single resource and name"_s;
    }

    void wrongTypesAreRefused()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, words);
        const auto read = parseTarget(text);
        QVERIFY(!read.hasValue());
        QVERIFY2(read.error().contains(words), qPrintable(read.error()));
    }
};

QTEST_GUILESS_MAIN(TestTarget)
#include "tst_target.moc"
