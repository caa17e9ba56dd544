#include "core/store/profiles/profileplan.h"

#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Store;
using namespace Qt::StringLiterals;

namespace {

SavedForward forwardTo(const QString &target, const QString &context, const QString &server = {})
{
    SavedForward saved;
    saved.spec.target = *Kube::parseTarget(target);
    saved.spec.ports = {{quint16(8080), u"80"_s}};
    saved.spec.context = context;
    saved.server = server;
    return saved;
}

Profile profileOf(const QList<SavedForward> &forwards)
{
    return {u"a"_s, {}, forwards, {}};
}

const Surroundings Here{
    {{u"dev"_s, u"https://dev.example"_s, u"shop"_s}, {u"prod"_s, u"https://prod.example"_s, {}, u"/added.yaml"_s}},
    u"dev"_s};

} // namespace

class TestProfilePlan : public QObject
{
    Q_OBJECT

private slots:
    void contextAndNamespaceAreThoseHere_data()
    {
        QTest::addColumn<SavedForward>("saved");
        QTest::addColumn<QString>("context");
        QTest::addColumn<QString>("kubeconfig");
        QTest::addColumn<QString>("namespaceName");
        QTest::addColumn<bool>("remarked");
        const QString prod = u"https://prod.example:443/"_s;
        SavedForward own = forwardTo(u"svc/web"_s, u"dev"_s);
        own.spec.namespaceName = u"mine"_s;

        QTest::newRow("the context's namespace")
            << forwardTo(u"svc/web"_s, u"dev"_s) << u"dev"_s << u""_s << u"shop"_s << false;
        QTest::newRow("its own namespace") << own << u"dev"_s << u""_s << u"mine"_s << false;
        QTest::newRow("no context is the current one")
            << forwardTo(u"svc/web"_s, {}) << u"dev"_s << u""_s << u"shop"_s << false;
        QTest::newRow("found by its server in an added file")
            << forwardTo(u"svc/web"_s, u"theirs"_s, prod) << u"prod"_s << u"/added.yaml"_s << u"default"_s << true;
    }
    void contextAndNamespaceAreThoseHere()
    {
        QFETCH(const SavedForward, saved);
        QFETCH(const QString, context);
        QFETCH(const QString, kubeconfig);
        QFETCH(const QString, namespaceName);
        QFETCH(const bool, remarked);

        const QList<PlannedForward> plan = planFor(profileOf({saved}), Here);

        QCOMPARE(plan.size(), 1);
        QVERIFY(plan.first().isToStart());
        QCOMPARE(plan.first().spec.contextRef(), Kube::ContextRef(context, kubeconfig));
        QCOMPARE(plan.first().spec.namespaceName, namespaceName);
        QCOMPARE(!plan.first().remark.isEmpty(), remarked);
    }

    void whatHasNoContextHereIsSeenButNotStarted()
    {
        const QList<PlannedForward> plan =
            planFor(profileOf({forwardTo(u"svc/web"_s, u"moon"_s, u"https://moon.example"_s)}), Here);

        QVERIFY(!plan.first().found);
        QVERIFY(!plan.first().isToStart());
        QCOMPARE(plan.first().spec.context, u"moon"_s);
        QVERIFY(plan.first().remark.contains(u"moon"_s));
    }

    void whatDidNotRunIsNotStarted()
    {
        SavedForward saved = forwardTo(u"svc/web"_s, u"dev"_s);
        saved.running = false;
        QVERIFY(!planFor(profileOf({saved}), Here).first().isToStart());
    }

    void whatIsThereIsNotAddedAgain_data()
    {
        QTest::addColumn<Forward::ForwardSpec>("present");
        QTest::addColumn<bool>("isThere");
        Forward::ForwardSpec same = forwardTo(u"svc/web"_s, u"dev"_s).spec;
        same.namespaceName = u"shop"_s;
        Forward::ForwardSpec renamed = same;
        renamed.name = u"another name"_s;
        Forward::ForwardSpec elsewhere = same;
        elsewhere.context = u"prod"_s;
        Forward::ForwardSpec otherPort = same;
        otherPort.ports = {{quint16(8081), u"80"_s}};
        QTest::newRow("the same") << same << true;
        QTest::newRow("called otherwise") << renamed << true;
        QTest::newRow("in another context") << elsewhere << false;
        QTest::newRow("on another port") << otherPort << false;
    }
    void whatIsThereIsNotAddedAgain()
    {
        QFETCH(const Forward::ForwardSpec, present);
        QFETCH(const bool, isThere);
        Surroundings here = Here;
        here.forwards = {{7, present}};

        const QList<PlannedForward> plan = planFor(profileOf({forwardTo(u"svc/web"_s, u"dev"_s)}), here);

        QCOMPARE(plan.first().there, Forward::ForwardId(isThere ? 7 : 0));
    }

    void oneOfThoseThatLeadAlikeStandsForAll()
    {
        SavedForward first = forwardTo(u"svc/web"_s, u"dev"_s);
        first.running = false;
        SavedForward second = forwardTo(u"svc/web"_s, {});
        second.spec.name = u"again"_s;

        const QList<PlannedForward> plan = planFor(profileOf({first, second, forwardTo(u"svc/api"_s, {})}), Here);

        QCOMPARE(plan.size(), 2);
        QVERIFY(plan.first().isToStart());
        QCOMPARE(displayName(plan.first().spec), u"service/web"_s);
        QCOMPARE(displayName(plan.last().spec), u"service/api"_s);
    }

    void whatIsSavedFindsItsContextAgain()
    {
        Forward::ForwardSpec spec = forwardTo(u"svc/web"_s, u"prod"_s).spec;
        spec.kubeconfig = u"/added.yaml"_s;
        const SavedForward saved = savedForward(spec, false, Here.contexts);
        QCOMPARE(saved.server, u"https://prod.example"_s);
        QVERIFY(!saved.running);
        spec.kubeconfig.clear(); // another context of that name
        QVERIFY(savedForward(spec, true, Here.contexts).server.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestProfilePlan)

#include "tst_profileplan.moc"
