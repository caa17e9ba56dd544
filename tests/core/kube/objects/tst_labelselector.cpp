#include "core/kube/objects/labelselector.h"
#include "core/kube/objects/service.h"

#include <QJsonDocument>
#include <QTest>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

namespace {

QJsonObject json(const QByteArray &text)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (error.error != QJsonParseError::NoError)
        qFatal("test data: %s", qPrintable(error.errorString()));
    return document.object();
}

} // namespace

/// Expected texts and errors are those of apimachinery's labels and metav1 packages.
class TestLabelSelector : public QObject
{
    Q_OBJECT

private slots:
    void maps_data()
    {
        QTest::addColumn<QByteArray>("labels");
        QTest::addColumn<QString>("selector");
        QTest::newRow("one") << R"({"app":"web"})"_ba << u"app=web"_s;
        QTest::newRow("sorted by key") << R"({"tier":"front","app":"web"})"_ba << u"app=web,tier=front"_s;
        QTest::newRow("prefixed key") << R"({"app.kubernetes.io/name":"web"})"_ba << u"app.kubernetes.io/name=web"_s;
        QTest::newRow("empty value") << R"({"canary":""})"_ba << u"canary="_s;
        QTest::newRow("nothing") << "{}"_ba << QString();
    }

    void maps()
    {
        QFETCH(const QByteArray, labels);
        QTEST(selectorFromMap(json(labels)), "selector");
    }

    void expressions_data()
    {
        QTest::addColumn<QByteArray>("expressions");
        QTest::addColumn<QString>("selector");
        QTest::newRow("In") << R"({"key":"tier","operator":"In","values":["b","a"]})"_ba << u"app=web,tier in (a,b)"_s;
        QTest::newRow("In with one value")
            << R"({"key":"tier","operator":"In","values":["b"]})"_ba << u"app=web,tier in (b)"_s;
        QTest::newRow("NotIn") << R"({"key":"tier","operator":"NotIn","values":["a"]})"_ba
                               << u"app=web,tier notin (a)"_s;
        QTest::newRow("Exists") << R"({"key":"tier","operator":"Exists"})"_ba << u"app=web,tier"_s;
        QTest::newRow("DoesNotExist") << R"({"key":"old","operator":"DoesNotExist"})"_ba << u"app=web,!old"_s;
        QTest::newRow("sorted by key, not by text")
            << R"({"key":"zone","operator":"DoesNotExist"},{"key":"aaa","operator":"Exists","values":[]})"_ba
            << u"aaa,app=web,!zone"_s;
        QTest::newRow("none") << ""_ba << u"app=web"_s;
    }

    void expressions()
    {
        QFETCH(const QByteArray, expressions);
        const auto selector =
            selectorFromExpressions(json(R"({"matchLabels":{"app":"web"},"matchExpressions":[)" + expressions + "]}"));
        QVERIFY(selector);
        QTEST(*selector, "selector");
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("expression");
        QTest::addColumn<QString>("error");
        QTest::newRow("unknown operator")
            << R"({"key":"a","operator":"Gt","values":["1"]})"_ba << u"\"Gt\" is not a valid label selector operator"_s;
        QTest::newRow("operators are case sensitive")
            << R"({"key":"a","operator":"in","values":["1"]})"_ba << u"\"in\" is not a valid label selector operator"_s;
        const QString empty =
            u"values: Invalid value: []string{}: for 'in', 'notin' operators, values set can't be empty"_s;
        QTest::newRow("In without values") << R"({"key":"a","operator":"In"})"_ba << empty;
        QTest::newRow("NotIn without values") << R"({"key":"a","operator":"NotIn","values":[]})"_ba << empty;
        const QString full =
            u"values: Invalid value: []string{\"x\", \"y\"}: values set must be empty for exists and does not exist"_s;
        QTest::newRow("Exists with values") << R"({"key":"a","operator":"Exists","values":["x","y"]})"_ba << full;
        QTest::newRow("DoesNotExist with values")
            << R"({"key":"a","operator":"DoesNotExist","values":["x","y"]})"_ba << full;
    }

    void refused()
    {
        QFETCH(const QByteArray, expression);
        const auto selector = selectorFromExpressions(json(R"({"matchExpressions":[)" + expression + "]}"));
        QVERIFY(!selector);
        QTEST(selector.error(), "error");
    }

    void wholeService()
    {
        const ServiceInfo service = serviceInfoFrom(json(R"({"kind":"Service","metadata":{"name":"web"},
            "spec":{"clusterIP":"10.0.0.7","selector":{"app":"web"},"ports":[
              {"name":"http","port":80,"targetPort":8080,"protocol":"TCP"},{"name":"named","port":81,"targetPort":"api"},
              {"name":"same","port":82},{"name":"zero","port":83,"targetPort":0},{"name":"dns","port":53,"protocol":"UDP"},
              {"name":"broken","port":70000}]}})"));
        const QList<ServicePort> ports = {{u"http"_s, u"TCP"_s, 80, u"8080"_s},
                                          {u"named"_s, u"TCP"_s, 81, u"api"_s},
                                          {u"same"_s, u"TCP"_s, 82, {}},
                                          {u"zero"_s, u"TCP"_s, 83, {}},
                                          {u"dns"_s, u"UDP"_s, 53, {}}};
        QCOMPARE(service, (ServiceInfo{{}, u"web"_s, false, {}, u"app=web"_s, ports}));
    }

    void headlessAndExternalServices()
    {
        QVERIFY(serviceInfoFrom(json(R"({"spec":{"clusterIP":"None"}})")).headless);
        QCOMPARE(
            serviceInfoFrom(json(R"({"spec":{"type":"ExternalName","externalName":"db.example.com"}})")).externalName,
            u"db.example.com"_s);
        // A leftover of an edit; the type decides.
        QCOMPARE(serviceInfoFrom(json(R"({"spec":{"type":"ClusterIP","externalName":"x"}})")).externalName, QString());
    }
};

QTEST_GUILESS_MAIN(TestLabelSelector)
#include "tst_labelselector.moc"
