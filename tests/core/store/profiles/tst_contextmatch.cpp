#include "core/store/profiles/contextmatch.h"

#include <QTest>

using namespace Fairlead::Store;
using namespace Qt::StringLiterals;
using Kind = ContextMatch::Kind;

class TestContextMatch : public QObject
{
    Q_OBJECT

private slots:
    void aContextIsFoundByNameAndServer_data()
    {
        QTest::addColumn<QString>("context");
        QTest::addColumn<QString>("server");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("found");

        QTest::newRow("name and server are there")
            << u"dev"_s << u"https://dev.example:6443"_s << Kind::Same << u"dev"_s;
        QTest::newRow("the server is spelled otherwise")
            << u"prod"_s << u"HTTPS://Prod.example:443/"_s << Kind::Same << u"prod"_s;
        QTest::newRow("no server was saved") << u"dev"_s << u""_s << Kind::Same << u"dev"_s;
        QTest::newRow("neither was saved: the current one") << u""_s << u""_s << Kind::Same << u""_s;
        QTest::newRow("the server has another name here")
            << u"staging"_s << u"https://prod.example"_s << Kind::Renamed << u"prod"_s;
        QTest::newRow("the name leads elsewhere, the server has another one")
            << u"dev"_s << u"https://prod.example"_s << Kind::Renamed << u"prod"_s;
        QTest::newRow("the name leads elsewhere, nothing to the server")
            << u"dev"_s << u"https://gone.example"_s << Kind::OtherServer << u"dev"_s;
        QTest::newRow("two lead to the server, one has the name")
            << u"two-b"_s << u"https://two.example"_s << Kind::Same << u"two-b"_s;
        QTest::newRow("two lead to the server, none has the name")
            << u"two"_s << u"https://two.example"_s << Kind::Ambiguous << u""_s;
        QTest::newRow("nothing is known") << u"moon"_s << u"https://moon.example"_s << Kind::Missing << u""_s;
        QTest::newRow("the name is unknown and no server was saved") << u"moon"_s << u""_s << Kind::Missing << u""_s;
    }
    void aContextIsFoundByNameAndServer()
    {
        QFETCH(QString, context);
        QFETCH(QString, server);
        QFETCH(Kind, kind);
        QFETCH(QString, found);
        const QList<KnownContext> known{{u"dev"_s, u"https://dev.example:6443"_s},
                                        {u"prod"_s, u"https://prod.example"_s},
                                        {u"two-a"_s, u"https://two.example"_s},
                                        {u"two-b"_s, u"https://two.example/"_s}};
        SavedForward saved;
        saved.spec.context = context;
        saved.server = server;

        const ContextMatch match = matchContext(saved, known);

        QCOMPARE(match.kind, kind);
        QCOMPARE(match.context, found);
        QCOMPARE(match.candidates.size(), kind == Kind::Ambiguous ? 2 : 0);
    }

    void contextsOfAddedFilesAreFoundByTheirServer()
    {
        const QList<KnownContext> known{{u"default"_s, u"https://one.example"_s, {}, {}},
                                        {u"default"_s, u"https://two.example"_s, {}, u"/lab.yaml"_s}};
        SavedForward saved;
        saved.spec.context = u"default"_s;
        saved.server = u"https://two.example"_s;
        QCOMPARE(matchContext(saved, known).kind, Kind::Same);
        QCOMPARE(matchContext(saved, known).kubeconfig, u"/lab.yaml"_s);
        saved.server = u"https://three.example"_s;
        QCOMPARE(matchContext(saved, known).kind, Kind::OtherServer);
        QCOMPARE(matchContext(saved, known).kubeconfig, QString());
    }

    void whereNoNamespaceIsNamedTheContextsCounts()
    {
        const QList<KnownContext> known{{u"a"_s, {}, u"shop"_s}, {u"b"_s, {}, {}}};
        QCOMPARE(presetNamespace(u"a"_s, known), u"shop"_s);
        QCOMPARE(presetNamespace(u"b"_s, known), u"default"_s);
        QCOMPARE(presetNamespace(u"c"_s, known), u"default"_s);
    }
};

QTEST_GUILESS_MAIN(TestContextMatch)

#include "tst_contextmatch.moc"
