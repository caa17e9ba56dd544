#include "core/kube/api/errormapping.h"
#include "core/kube/objects/accessdenial.h"

#include <QTest>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

class TestAccessDenial : public QObject
{
    Q_OBJECT

private slots:
    void explains_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("sentence"); ///< empty: not understood
        QTest::addColumn<QStringList>("lines");
        const auto row = [](const char *rule, const QString &message, const QString &sentence,
                            const QStringList &lines = {}) {
            QTest::addRow("%s", rule) << message << sentence << lines;
        };
        const QString forward = u"The user “jane” may not forward ports of pods in the namespace “shop”."_s;
        const QStringList forwardLines{
            u"kubectl create role fairlead-port-forward --verb=create,get --resource=pods/portforward -n shop"_s,
            u"kubectl create rolebinding fairlead-port-forward-jane --role=fairlead-port-forward --user=jane -n shop"_s};
        row("port-forward over SPDY",
            u"pods \"web-0\" is forbidden: User \"jane\" cannot create resource \"pods/portforward\" in API group \"\" in the namespace \"shop\""_s,
            forward, forwardLines);
        row("port-forward over WebSocket",
            u"pods \"web-0\" is forbidden: User \"jane\" cannot get resource \"pods/portforward\" in API group \"\" in the namespace \"shop\""_s,
            forward, forwardLines);
        row("with RBAC's reason behind it",
            u"pods \"web-0\" is forbidden: User \"jane\" cannot create resource \"pods/portforward\" in API group \"\" in the namespace \"shop\": RBAC: role.rbac.authorization.k8s.io \"x\" not found"_s,
            forward, forwardLines);
        row("before Kubernetes 1.12, OKD 3",
            u"pods \"web-0\" is forbidden: User \"jane\" cannot create pods/portforward in the namespace \"shop\""_s,
            forward, forwardLines);
        row("a list",
            u"pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" in the namespace \"shop\""_s,
            u"The user “jane” may not do “list pods” in the namespace “shop”."_s,
            {u"kubectl create role fairlead-pods --verb=get,list,watch --resource=pods -n shop"_s,
             u"kubectl create rolebinding fairlead-pods-jane --role=fairlead-pods --user=jane -n shop"_s});
        row("an API group",
            u"deployments.apps \"web\" is forbidden: User \"jane\" cannot get resource \"deployments\" in API group \"apps\" in the namespace \"shop\""_s,
            u"The user “jane” may not do “get deployments” in the namespace “shop”."_s,
            {u"kubectl create role fairlead-deployments --verb=get,list,watch --resource=deployments.apps -n shop"_s,
             u"kubectl create rolebinding fairlead-deployments-jane --role=fairlead-deployments --user=jane -n shop"_s});
        row("at the cluster scope",
            u"namespaces is forbidden: User \"jane\" cannot list resource \"namespaces\" in API group \"\" at the cluster scope"_s,
            u"The user “jane” may not do “list namespaces” in the cluster as a whole."_s,
            {u"kubectl create clusterrole fairlead-namespaces --verb=get,list,watch --resource=namespaces"_s,
             u"kubectl create clusterrolebinding fairlead-namespaces-jane --clusterrole=fairlead-namespaces --user=jane"_s});
        row("the node's proxy",
            u"nodes \"n1\" is forbidden: User \"jane\" cannot create resource \"nodes/proxy\" in API group \"\" at the cluster scope"_s,
            u"The user “jane” may not do “create nodes/proxy” in the cluster as a whole."_s,
            {u"kubectl create clusterrole fairlead-nodes-proxy --verb=create,get --resource=nodes/proxy"_s,
             u"kubectl create clusterrolebinding fairlead-nodes-proxy-jane --clusterrole=fairlead-nodes-proxy --user=jane"_s});
        row("a service account",
            u"pods \"web-0\" is forbidden: User \"system:serviceaccount:ci:runner\" cannot create resource \"pods/portforward\" in API group \"\" in the namespace \"shop\""_s,
            u"The user “system:serviceaccount:ci:runner” may not forward ports of pods in the namespace “shop”."_s,
            {forwardLines[0],
             u"kubectl create rolebinding fairlead-port-forward-system-serviceaccount-ci-runner --role=fairlead-port-forward --serviceaccount=ci:runner -n shop"_s});
        row("an address as a user",
            u"pods \"w\" is forbidden: User \"Jane@Example.com\" cannot create resource \"pods/portforward\" in API group \"\" in the namespace \"shop\""_s,
            u"The user “Jane@Example.com” may not forward ports of pods in the namespace “shop”."_s,
            {forwardLines[0],
             u"kubectl create rolebinding fairlead-port-forward-jane-example.com --role=fairlead-port-forward --user=Jane@Example.com -n shop"_s});
        row("a user that a shell would run is quoted",
            u"pods \"w\" is forbidden: User \"a'; rm -rf \\\"$HOME\\\"\" cannot create resource \"pods/portforward\" in API group \"\" in the namespace \"shop\""_s,
            u"The user “a'; rm -rf \"$HOME\"” may not forward ports of pods in the namespace “shop”."_s,
            {forwardLines[0],
             u"kubectl create rolebinding fairlead-port-forward-a-rm-rf-home --role=fairlead-port-forward '--user=a'\\''; rm -rf \"$HOME\"' -n shop"_s});
        row("impersonation",
            u"users \"bob\" is forbidden: User \"jane\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope"_s,
            u"The user “jane” may not do “impersonate users” in the cluster as a whole."_s,
            {u"kubectl create clusterrole fairlead-users --verb=impersonate --resource=users"_s,
             u"kubectl create clusterrolebinding fairlead-users-jane --clusterrole=fairlead-users --user=jane"_s});
        row("nobody",
            u"pods is forbidden: User \"system:anonymous\" cannot list resource \"pods\" in API group \"\" in the namespace \"shop\""_s,
            u"The server does not know who you are, and strangers may not do this (list pods)."_s);
        row("a path that is no resource", u"forbidden: User \"jane\" cannot get path \"/metrics\""_s, QString());
        row("a quota",
            u"pods \"x\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1"_s,
            QString());
        row("a gateway's page", u"<html><body>403 Forbidden</body></html>"_s, QString());
        row("nothing", QString(), QString());
        row("cut short", u"pods \"w\" is forbidden: User \"jane\" cannot create resource \"pods/portfor"_s, QString());
        row("far too long", QString(100'000, u'"') + u"User \"jane\" cannot list pods at the cluster scope"_s,
            QString());
    }

    void explains()
    {
        QFETCH(const QString, message);
        QFETCH(const QString, sentence);
        const auto denial = accessDenialFrom(message);
        QCOMPARE(denial.has_value(), !sentence.isEmpty());
        if (!denial)
            return;
        QCOMPARE(sentenceFor(*denial), sentence);
        QTEST(adviceFor(*denial).split(u'\n').mid(1), "lines");
    }

    void everyAdviceBeginsWithASentence()
    {
        QCOMPARE(adviceFor(*accessDenialFrom(u"User \"system:anonymous\" cannot list pods at the cluster scope"_s)),
                 u"Check the user of the context: its token or certificate is missing or was not accepted."_s);
        QVERIFY(adviceFor(*accessDenialFrom(u"User \"jane\" cannot list pods at the cluster scope"_s))
                    .startsWith("An administrator can allow it with:\n"_L1));
    }

    void anAnswerIsExplained()
    {
        const QByteArray words = "pods is forbidden: User \\\"jane\\\" cannot list resource \\\"pods\\\" in API group "
                                 "\\\"\\\" in the namespace \\\"shop\\\"";
        const ApiError error = errorFromAnswer(
            {403,
             "application/json",
             "{\"kind\":\"Status\",\"code\":403,\"reason\":\"Forbidden\",\"message\":\"" + words + "\"}",
             {},
             {}},
            u"api:6443"_s);
        QCOMPARE(error.kind, ApiError::Kind::Forbidden);
        QCOMPARE(error.message, u"The user “jane” may not do “list pods” in the namespace “shop”."_s);
        QVERIFY(error.advice.contains("kubectl create role fairlead-pods"_L1));
        QVERIFY(error.detail.startsWith("pods is forbidden"_L1));
        QVERIFY(error.kubectlText.startsWith("Error from server (Forbidden): pods is forbidden"_L1));
    }
};

QTEST_GUILESS_MAIN(TestAccessDenial)
#include "tst_accessdenial.moc"
