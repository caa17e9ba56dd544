#include "core/democluster/api/mediatype.h"
#include "core/democluster/api/requestinfo.h"
#include "core/democluster/api/selectors.h"
#include "core/democluster/server/requestbody.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Demo;

Q_DECLARE_METATYPE(std::optional<Rendering>)

class TestRequestReading : public QObject
{
    Q_OBJECT

private slots:
    void pathsBecomeVerbsAndResources_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QString>("words"); ///< verb group namespace resource name subresource
        QTest::addRow("list in a namespace") << "GET"_ba
                                             << "/api/v1/namespaces/n/pods"_ba << u"list||n|pods||"_s;
        QTest::addRow("list everywhere") << "GET"_ba
                                         << "/api/v1/pods?limit=500"_ba << u"list|||pods||"_s;
        QTest::addRow("get") << "GET"_ba
                             << "/api/v1/namespaces/n/pods/p"_ba << u"get||n|pods|p|"_s;
        QTest::addRow("watch") << "GET"_ba
                               << "/api/v1/namespaces/n/pods?watch=true"_ba << u"watch||n|pods||"_s;
        QTest::addRow("watch=0 is a list") << "GET"_ba
                                           << "/api/v1/pods?watch=0"_ba << u"list|||pods||"_s;
        QTest::addRow("a namespace itself") << "GET"_ba
                                            << "/api/v1/namespaces/n"_ba << u"get||n|namespaces|n|"_s;
        QTest::addRow("all namespaces") << "GET"_ba
                                        << "/api/v1/namespaces"_ba << u"list|||namespaces||"_s;
        QTest::addRow("port-forward") << "POST"_ba
                                      << "/api/v1/namespaces/n/pods/p/portforward"_ba
                                      << u"create||n|pods|p|portforward"_s;
        QTest::addRow("port-forward by GET")
            << "GET"_ba
            << "/api/v1/namespaces/n/pods/p/portforward"_ba << u"get||n|pods|p|portforward"_s;
        QTest::addRow("escaped name") << "GET"_ba
                                      << "/api/v1/namespaces/n/pods/a%2Fb"_ba << u"get||n|pods|a/b|"_s;
        QTest::addRow("another group") << "POST"_ba
                                       << "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"_ba
                                       << u"create|authorization.k8s.io||selfsubjectaccessreviews||"_s;
        QTest::addRow("delete all") << "DELETE"_ba
                                    << "/api/v1/namespaces/n/pods"_ba << u"deletecollection||n|pods||"_s;
    }

    void pathsBecomeVerbsAndResources()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const QByteArray, target);
        QFETCH(const QString, words);

        const RequestInfo info = readRequestInfo(method, target);

        QVERIFY(info.isResource);
        QCOMPARE(
            QStringList({info.verb, info.group, info.nameSpace, info.resource, info.name, info.subresource}).join(u'|'),
            words);
    }

    void otherPathsAreNoResources_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addRow("root") << "/"_ba;
        QTest::addRow("version") << "/version"_ba;
        QTest::addRow("core versions") << "/api"_ba;
        QTest::addRow("core resources") << "/api/v1"_ba;
        QTest::addRow("group") << "/apis/apps"_ba;
        QTest::addRow("group resources") << "/apis/apps/v1"_ba;
        QTest::addRow("empty") << ""_ba;
    }

    void otherPathsAreNoResources()
    {
        QFETCH(const QByteArray, target);
        QVERIFY(!readRequestInfo("GET", target).isResource);
    }

    void queryValuesAreDecodedAsForms()
    {
        const RequestInfo info = readRequestInfo("GET", "/api/v1/pods?labelSelector=app+in+%28a%2Cb%29&watch=1");
        QCOMPARE(info.parameter(u"labelSelector"_s), u"app in (a,b)"_s);
        QVERIFY(info.flag(u"watch"_s));
        QCOMPARE(info.parameter(u"absent"_s), QString());
    }

    void labelSelectorsSelect_data()
    {
        QTest::addColumn<QString>("selector");
        QTest::addColumn<bool>("matches"); ///< the labels app=web, tier=front
        QTest::addRow("empty selects all") << QString() << true;
        QTest::addRow("equal") << u"app=web"_s << true;
        QTest::addRow("double equal") << u"app==web"_s << true;
        QTest::addRow("another value") << u"app=db"_s << false;
        QTest::addRow("unequal") << u"app!=db"_s << true;
        QTest::addRow("unequal, label absent") << u"zone!=a"_s << true;
        QTest::addRow("both must hold") << u"app=web,tier=back"_s << false;
        QTest::addRow("in") << u"app in (db, web)"_s << true;
        QTest::addRow("not in") << u"app notin (db,web)"_s << false;
        QTest::addRow("notin, label absent") << u"zone notin (a)"_s << true;
        QTest::addRow("exists") << u"tier"_s << true;
        QTest::addRow("does not exist") << u"!tier"_s << false;
        QTest::addRow("comma inside parentheses") << u"app in (a,b,web),tier=front"_s << true;
        QTest::addRow("key with a prefix") << u"example.com/x=1"_s << false;
    }

    void labelSelectorsSelect()
    {
        QFETCH(const QString, selector);
        QFETCH(const bool, matches);
        const auto parsed = LabelSelector::parse(selector);
        QVERIFY(parsed);
        QCOMPARE(parsed->matches({{u"app"_s, u"web"_s}, {u"tier"_s, u"front"_s}}), matches);
    }

    void brokenLabelSelectorsAreRefused_data()
    {
        QTest::addColumn<QString>("selector");
        QTest::addRow("no key") << u"=web"_s;
        QTest::addRow("open parenthesis") << u"app in (a"_s;
        QTest::addRow("two operators") << u"app=web=x"_s;
        QTest::addRow("only commas") << u",,"_s;
        QTest::addRow("unknown operator") << u"app like web"_s;
    }

    void brokenLabelSelectorsAreRefused()
    {
        QFETCH(const QString, selector);
        QVERIFY(!LabelSelector::parse(selector));
    }

    void fieldSelectorsKnowTheirFields()
    {
        const QStringList known{u"metadata.name"_s, u"status.phase"_s};
        const auto selector = FieldSelector::parse(u"metadata.name=a,status.phase!=Running"_s, known);
        QVERIFY(selector);
        QVERIFY(selector->matches({{u"metadata.name"_s, u"a"_s}, {u"status.phase"_s, u"Pending"_s}}));
        QVERIFY(!selector->matches({{u"metadata.name"_s, u"a"_s}, {u"status.phase"_s, u"Running"_s}}));
        const auto unknown = FieldSelector::parse(u"spec.color=red"_s, known);
        QVERIFY(!unknown);
        QCOMPARE(unknown.error(), u"field label not supported: spec.color"_s);
    }

    void acceptHeadersChooseTheShape_data()
    {
        QTest::addColumn<QByteArrayList>("accept");
        QTest::addColumn<std::optional<Rendering>>("rendering");
        const auto none = std::optional<Rendering>();
        QTest::addRow("no header") << QByteArrayList() << std::optional(Rendering::Full);
        QTest::addRow("json") << QByteArrayList{"application/json"} << std::optional(Rendering::Full);
        QTest::addRow("anything") << QByteArrayList{"*/*"} << std::optional(Rendering::Full);
        QTest::addRow("table first") << QByteArrayList{"application/json;as=Table;v=v1;g=meta.k8s.io",
                                                       "application/json"}
                                     << std::optional(Rendering::Table);
        QTest::addRow("old table, then json")
            << QByteArrayList{"application/json;as=Table;v=v1beta1;g=meta.k8s.io", "application/json"}
            << std::optional(Rendering::Full);
        QTest::addRow("metadata") << QByteArrayList{"application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"}
                                  << std::optional(Rendering::Partial);
        QTest::addRow("protobuf, then json")
            << QByteArrayList{"application/vnd.kubernetes.protobuf", "application/json"}
            << std::optional(Rendering::Full);
        QTest::addRow("protobuf only") << QByteArrayList{"application/vnd.kubernetes.protobuf"} << none;
        QTest::addRow("yaml only") << QByteArrayList{"application/yaml"} << none;
    }

    void acceptHeadersChooseTheShape()
    {
        QFETCH(const QByteArrayList, accept);
        QFETCH(const std::optional<Rendering>, rendering);
        QVERIFY(negotiateRendering(accept) == rendering);
    }

    void bodiesAreReadInAnySlicing_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("wire");
        QTest::addColumn<QByteArray>("body");
        QTest::addRow("length") << "Content-Length"_ba
                                << "5"_ba
                                << "helloNEXT"_ba
                                << "hello"_ba;
        QTest::addRow("length 0") << "Content-Length"_ba
                                  << "0"_ba
                                  << "NEXT"_ba
                                  << ""_ba;
        QTest::addRow("none") << "X"_ba
                              << "y"_ba
                              << "NEXT"_ba
                              << ""_ba;
        QTest::addRow("chunks") << "Transfer-Encoding"_ba
                                << "chunked"_ba
                                << "3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\nNEXT"_ba
                                << "hello"_ba;
        QTest::addRow("trailers") << "Transfer-Encoding"_ba
                                  << "chunked"_ba
                                  << "5\r\nhello\r\n0\r\nA: b\r\nC: d\r\n\r\nNEXT"_ba
                                  << "hello"_ba;
    }

    void bodiesAreReadInAnySlicing()
    {
        QFETCH(const QByteArray, field);
        QFETCH(const QByteArray, value);
        QFETCH(const QByteArray, wire);
        QFETCH(const QByteArray, body);
        Http::RequestHead head;
        head.fields.add(field, value);
        for (qsizetype slice = 1; slice <= wire.size(); ++slice) {
            RequestBody reader(head, 100);
            QByteArray got;
            QByteArray rest;
            for (qsizetype at = 0; at < wire.size(); at += slice) {
                const QByteArray piece = wire.mid(at, slice);
                if (reader.state() == RequestBody::State::Complete)
                    rest += piece;
                else if (reader.feed(piece) == RequestBody::State::Complete)
                    rest += reader.takeRest();
                got += reader.takeBody();
            }
            QCOMPARE(reader.state(), RequestBody::State::Complete);
            QCOMPARE(got, body);
            QCOMPARE(rest, "NEXT"_ba);
        }
    }

    void badBodiesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("wire");
        QTest::addColumn<RequestBody::State>("state");
        using State = RequestBody::State;
        const QByteArray te = "Transfer-Encoding"_ba;
        QTest::addRow("length over the cap") << "Content-Length"_ba
                                             << "101"_ba
                                             << ""_ba << State::TooLarge;
        QTest::addRow("negative length") << "Content-Length"_ba
                                         << "-1"_ba
                                         << ""_ba << State::Malformed;
        QTest::addRow("length that is no number") << "Content-Length"_ba
                                                  << "5x"_ba
                                                  << ""_ba << State::Malformed;
        QTest::addRow("unknown coding") << te << "gzip"_ba
                                        << ""_ba << State::Malformed;
        QTest::addRow("chunk over the cap") << te << "chunked"_ba
                                            << "65\r\n"_ba << State::TooLarge;
        QTest::addRow("chunks over the cap together")
            << te << "chunked"_ba
            << "40\r\n"_ba + QByteArray(64, 'a') + "\r\n40\r\n" + QByteArray(64, 'a') << State::TooLarge;
        QTest::addRow("size that is no number") << te << "chunked"_ba
                                                << "xyz\r\n"_ba << State::Malformed;
        QTest::addRow("negative size") << te << "chunked"_ba
                                       << "-5\r\n"_ba << State::Malformed;
        QTest::addRow("empty size line") << te << "chunked"_ba
                                         << "\r\n"_ba << State::Malformed;
        QTest::addRow("chunk longer than said") << te << "chunked"_ba
                                                << "2\r\nhello\r\n"_ba << State::Malformed;
        QTest::addRow("endless size line") << te << "chunked"_ba << QByteArray(2000, '1') << State::Malformed;
    }

    void badBodiesAreRefused()
    {
        QFETCH(const QByteArray, field);
        QFETCH(const QByteArray, value);
        QFETCH(const QByteArray, wire);
        QFETCH(const RequestBody::State, state);
        Http::RequestHead head;
        head.fields.add(field, value);
        RequestBody reader(head, 100);
        reader.feed(wire);
        QCOMPARE(reader.state(), state);
    }

    void lengthAndChunksTogetherAreRefused()
    {
        Http::RequestHead head;
        head.fields.add("Transfer-Encoding", "chunked");
        head.fields.add("Content-Length", "5");
        QCOMPARE(RequestBody(head, 100).state(), RequestBody::State::Malformed);
    }
};

QTEST_GUILESS_MAIN(TestRequestReading)
#include "tst_requestreading.moc"
