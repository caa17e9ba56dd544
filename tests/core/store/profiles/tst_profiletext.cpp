#include "core/store/profiles/profilereader.h"
#include "core/store/profiles/profilewriter.h"

#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Store;
using namespace Qt::StringLiterals;

namespace {

SavedForward everything()
{
    SavedForward forward;
    forward.spec.name = u"Orders: database"_s;
    forward.spec.context = u"shop/api-okd-example:6443/kube:admin"_s;
    forward.spec.namespaceName = u"shop"_s;
    forward.spec.target = {Kube::TargetRef::Kind::StatefulSet, u"orders-db"_s};
    forward.spec.policy = Forward::PodPolicy::Sticky;
    forward.spec.preferredPod = u"orders-db-1"_s;
    forward.spec.ports = {{quint16(15432), u"5432"_s}, {std::nullopt, u"metrics"_s}, {quint16(0), u"9000"_s}};
    forward.spec.addresses = {u"127.0.0.1"_s, u"::1"_s};
    forward.server = u"https://api.okd.example:6443"_s;
    forward.running = false;
    forward.spec.about.color = u"red"_s;
    forward.spec.about.notes = u"Ask Ann first.\n  Then: ~ \"no\" #1\n\tÄrger 日本 \u0007"_s;
    forward.spec.about.tags = {u"db"_s, u"true"_s, u"12"_s, u"- a, b"_s};
    forward.spec.about.url = u"http://localhost:15432/?a=b#c"_s;
    return forward;
}

} // namespace

class TestProfileText : public QObject
{
    Q_OBJECT

private slots:
    void aProfileReadsAsPeopleWriteIt()
    {
        const auto profile = readProfile("fairleadProfile: 1\n"
                                         "name: Team A\n"
                                         "restore: as-they-were\n"
                                         "forwards:\n"
                                         "  - target: service/web\n"
                                         "    ports: 8080:80\n"
                                         "  - {target: selector/app=db, ports: [5432, \":9000\"], namespace: shop}\n");

        QVERIFY2(profile, qPrintable(profile ? QString() : profile.error().text));
        QCOMPARE(profile->name, u"Team A"_s);
        QCOMPARE(profile->restore, Profile::Restore::AsTheyWere);
        QCOMPARE(profile->forwards.size(), 2);
        const SavedForward &web = profile->forwards.first();
        QCOMPARE(web.spec.target, (Kube::TargetRef{Kube::TargetRef::Kind::Service, u"web"_s}));
        QCOMPARE(web.spec.ports, (QList<Kube::PortArgument>{{quint16(8080), u"80"_s}}));
        QCOMPARE(web.spec.addresses, QStringList{u"localhost"_s});
        QVERIFY(web.running);
        const SavedForward &db = profile->forwards.last();
        QCOMPARE(db.spec.target, (Kube::TargetRef{Kube::TargetRef::Kind::Selector, u"app=db"_s}));
        QCOMPARE(db.spec.ports.size(), 2);
    }

    void whatIsWrittenReadsBackTheSame()
    {
        Profile profile{u"1: staging"_s, Profile::Restore::Ask, {everything(), {}}, {}};
        profile.forwards.last().spec.target = {Kube::TargetRef::Kind::Selector, u"app in (a,b),!c"_s};
        profile.forwards.last().spec.ports = {{std::nullopt, u"80"_s}};

        const QByteArray text = writeProfile(profile);
        const auto again = readProfile(text);

        QVERIFY2(again, text.constData());
        QCOMPARE(again->name, profile.name);
        QCOMPARE(again->restore, profile.restore);
        QCOMPARE(again->forwards.size(), 2);
        for (int i = 0; i < 2; ++i) {
            const SavedForward &was = profile.forwards.at(i);
            const SavedForward &is = again->forwards.at(i);
            QCOMPARE(is.spec, was.spec);
            QCOMPARE(is.server, was.server);
            QCOMPARE(is.running, was.running);
        }
        QCOMPARE(writeProfile(*again), text);
    }

    void keysAreSortedAndDefaultsLeftOut()
    {
        Profile profile{u"Team A"_s, Profile::Restore::Nothing, {SavedForward()}, {}};
        profile.forwards.first().spec.target = {Kube::TargetRef::Kind::Service, u"web"_s};
        profile.forwards.first().spec.ports = {{quint16(8080), u"80"_s}};
        profile.forwards.first().spec.namespaceName = u"shop"_s;
        profile.forwards.first().spec.context = u"dev"_s;

        QCOMPARE(writeProfile(profile),
                 "fairleadProfile: 1\n"
                 "forwards:\n"
                 "  - context: dev\n"
                 "    namespace: shop\n"
                 "    ports: [\"8080:80\"]\n"
                 "    target: service/web\n"
                 "name: Team A\n"
                 "restore: nothing\n"_ba);
    }

    void unknownKeysAreKept()
    {
        const auto profile = readProfile("fairleadProfile: 1\n"
                                         "name: a\n"
                                         "owner: {team: \"1\", people: [ann, ~, \"true\"]}\n"
                                         "forwards:\n"
                                         "  - {target: web-0, ports: [80], retries: 3}\n");
        QVERIFY(profile);
        const QByteArray text = writeProfile(*profile);
        const auto again = readProfile(text);

        QVERIFY2(again, text.constData());
        QCOMPARE(again->unknown.size(), 1);
        const auto &owner = again->unknown.first();
        QCOMPARE(owner.first, u"owner"_s);
        QCOMPARE(owner.second->find(u"team"_s)->text, u"1"_s);
        QVERIFY(owner.second->find(u"team"_s)->quoted);
        const auto *people = owner.second->find(u"people"_s);
        QCOMPARE(people->items.size(), 3);
        QCOMPARE(people->items.at(1)->kind, Kube::YamlNode::Kind::Null);
        QVERIFY(people->items.at(2)->quoted);
        QCOMPARE(again->forwards.first().unknown.first().first, u"retries"_s);
        QCOMPARE(again->forwards.first().unknown.first().second->text, u"3"_s);
    }

    /// As editors of other systems leave them.
    void carriageReturnsAreKept()
    {
        const auto profile = readProfile("fairleadProfile: 1\nname: a\nx: {a: one\r, b: c}\n"
                                         "forwards: [{target: web, ports: [80], notes: \"one\\r\\ntwo\"}]\n");
        QVERIFY(profile);
        QCOMPARE(profile->forwards.first().spec.about.notes, u"one\r\ntwo"_s);
        const QByteArray text = writeProfile(*profile);
        const auto again = readProfile(text);
        QVERIFY2(again, text.constData());
        QCOMPARE(again->unknown.first().second->find(u"a"_s)->text,
                 profile->unknown.first().second->find(u"a"_s)->text);
        QCOMPARE(again->forwards.first().spec.about.notes, u"one\r\ntwo"_s);
        QCOMPARE(writeProfile(*again), text);
    }

    void whatCannotBeMeantIsNamedWithItsPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("words");

        const QByteArray head = "fairleadProfile: 1\nname: a\n";
        QTest::newRow("empty") << ""_ba << 0 << u"no profile"_s;
        QTest::newRow("a list") << "- a\n"_ba << 1 << u"no profile"_s;
        QTest::newRow("another tool's") << "apiVersion: v1\nkind: Config\n"_ba << 1 << u"fairleadProfile: 1"_s;
        QTest::newRow("a newer format") << "fairleadProfile: 2\nname: a\n"_ba << 1 << u"newer Fairlead"_s;
        QTest::newRow("no version") << "fairleadProfile: one\nname: a\n"_ba << 1 << u"\"one\""_s;
        QTest::newRow("no name") << "fairleadProfile: 1\n"_ba << 1 << u"name"_s;
        QTest::newRow("broken YAML") << head + "forwards: [\n" << 4 << u"YAML"_s;
        QTest::newRow("forwards is a text") << head + "forwards: web\n" << 3 << u"list"_s;
        QTest::newRow("a forward is a text") << head + "forwards:\n  - web\n" << 4 << u"mapping"_s;
        QTest::newRow("no target") << head + "forwards:\n  - ports: [80]\n" << 4 << u"needs a target"_s;
        QTest::newRow("a strange target") << head + "forwards:\n  - ports: [80]\n    target: moon/web\n"
                                          << 5 << u"moon/web"_s;
        QTest::newRow("an empty selector") << head + "forwards:\n  - {target: selector/, ports: [80]}\n"
                                           << 4 << u"selector/"_s;
        QTest::newRow("no ports") << head + "forwards:\n  - target: web\n" << 4 << u"needs ports"_s;
        QTest::newRow("a bad port") << head + "forwards:\n  - target: web\n    ports: [80, 1:2:3]\n" << 5 << u"1:2:3"_s;
        QTest::newRow("ports nested") << head + "forwards:\n  - target: web\n    ports: [[80]]\n" << 5 << u"ports"_s;
        QTest::newRow("a strange policy") << head + "forwards:\n  - {target: web, ports: [80], policy: random}\n"
                                          << 4 << u"first-ready, sticky, round-robin"_s;
        QTest::newRow("running is a number") << head + "forwards:\n  - {target: web, ports: [80], running: 2}\n"
                                             << 4 << u"running"_s;
        QTest::newRow("a strange restore") << head + "restore: maybe\n" << 3 << u"as-they-were"_s;
        QTest::newRow("name is a map") << "fairleadProfile: 1\nname: {a: b}\n"_ba << 2 << u"name"_s;
        QTest::newRow("nested deeply") << head + "x: " + QByteArray(100'000, '[') << 3 << u"YAML"_s;
        QTest::newRow("too large") << head + "# " + QByteArray(MaxProfileBytes, 'x') << 0 << u"4 MiB"_s;
    }
    void whatCannotBeMeantIsNamedWithItsPlace()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        QFETCH(QString, words);

        const auto profile = readProfile(text);

        QVERIFY(!profile);
        QCOMPARE(profile.error().line, line);
        QVERIFY2(profile.error().text.contains(words), qPrintable(profile.error().text));
    }

    void anyCutOfAFileIsReadOrRefused()
    {
        const QByteArray text = writeProfile({u"a"_s, {}, {everything(), everything()}, {}});
        int refused = 0;
        for (qsizetype i = 0; i < text.size(); ++i)
            refused += readProfile(text.first(i)).hasValue() ? 0 : 1;
        QVERIFY(refused > 0);
        QVERIFY(readProfile(text));
    }
};

QTEST_GUILESS_MAIN(TestProfileText)

#include "tst_profiletext.moc"
