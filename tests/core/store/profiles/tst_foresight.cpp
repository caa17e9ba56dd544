#include "core/store/profiles/foresight.h"

#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Store;
using namespace Qt::StringLiterals;

namespace {

SavedForward saved(const QString &name, const QStringList &ports, const QString &context = u"dev"_s,
                   const QString &server = {})
{
    SavedForward result;
    result.spec.name = name;
    result.spec.context = context;
    result.spec.namespaceName = u"shop"_s;
    result.spec.target.name = name;
    for (const QString &port : ports)
        result.spec.ports << *Kube::parsePortArgument(port);
    result.server = server;
    return result;
}

SavedForward listeningAt(SavedForward forward, const QStringList &addresses)
{
    forward.spec.addresses = addresses;
    return forward;
}

SavedForward stopped(SavedForward forward)
{
    forward.running = false;
    return forward;
}

/// Two known servers, one of them with two names; another program on 127.0.0.1:5432 and, unknown who, on :5433.
Ground ground()
{
    Ground result;
    result.contexts = {{u"dev"_s, u"https://dev.example:6443"_s},
                       {u"prod"_s, u"https://prod.example"_s},
                       {u"two-a"_s, u"https://two.example"_s},
                       {u"two-b"_s, u"https://two.example"_s}};
    result.currentContext = u"dev"_s;
    result.busy = {{saved(u"Web"_s, {u"8080:80"_s}).spec, {8080}},
                   {listeningAt(saved(u"Everywhere"_s, {u"9000:80"_s}), {u"0.0.0.0"_s}).spec, {9000}}};
    result.isProtected = [](const Kube::ContextRef &context) { return context.name == "prod"_L1; };
    result.holder = [](const QString &address, quint16 port) -> std::optional<QString> {
        if (address == "127.0.0.1"_L1 && port == 5432)
            return u"postgres (pid 7)"_s;
        if (address == "127.0.0.1"_L1 && port == 5433)
            return QString();
        return {};
    };
    return result;
}

/// "0 PortOfProgram: OtherPort 5434, LeaveOut" for each.
QStringList brief(const QList<Obstacle> &obstacles)
{
    static const QStringList kinds{u"PortOfForward"_s,    u"PortOfProgram"_s,  u"ContextMissing"_s,
                                   u"ContextAmbiguous"_s, u"ContextRenamed"_s, u"ContextElsewhere"_s,
                                   u"ContextProtected"_s};
    static const QStringList ways{u"Start"_s, u"LeaveOut"_s, u"OtherPort"_s, u"OtherContext"_s};
    QStringList result;
    for (const Obstacle &obstacle : obstacles) {
        QStringList words;
        for (const WayOut &way : obstacle.ways) {
            words << ways.at(int(way.kind));
            if (way.kind == WayOut::Kind::OtherPort)
                words.last() += u' ' + QString::number(way.port);
            if (way.kind == WayOut::Kind::OtherContext)
                words.last() += u' ' + way.context.name;
        }
        result << u"%1 %2: %3"_s.arg(obstacle.forward).arg(kinds.at(int(obstacle.kind)), words.join(u", "_s));
    }
    return result;
}

} // namespace

class TestForesight : public QObject
{
    Q_OBJECT

private slots:
    void whatIsInTheWayIsFound_data()
    {
        QTest::addColumn<QList<SavedForward>>("forwards");
        QTest::addColumn<QStringList>("obstacles");
        using List = QList<SavedForward>;

        QTest::newRow("nothing") << List{saved(u"db"_s, {u"6000:5432"_s})} << QStringList{};
        QTest::newRow("another forward has the port")
            << List{saved(u"api"_s, {u"8080"_s})} << QStringList{u"0 PortOfForward: OtherPort 8081, LeaveOut"_s};
        QTest::newRow("one that listens everywhere has it")
            << List{saved(u"api"_s, {u"9000"_s})} << QStringList{u"0 PortOfForward: OtherPort 9001, LeaveOut"_s};
        QTest::newRow("on another address it is free")
            << List{listeningAt(saved(u"api"_s, {u"8080"_s}), {u"127.0.0.7"_s})} << QStringList{};
        QTest::newRow("who listens everywhere meets those on one address")
            << List{listeningAt(saved(u"api"_s, {u"8080"_s}), {u"0.0.0.0"_s})}
            << QStringList{u"0 PortOfForward: OtherPort 8081, LeaveOut"_s};
        QTest::newRow("another program has it, and somebody the next one")
            << List{saved(u"db"_s, {u"5432"_s})} << QStringList{u"0 PortOfProgram: OtherPort 5434, LeaveOut"_s};
        QTest::newRow("the new port is no other forward's")
            << List{saved(u"db"_s, {u"5432"_s}), saved(u"db2"_s, {u"5434:5432"_s})}
            << QStringList{u"0 PortOfProgram: OtherPort 5435, LeaveOut"_s};
        QTest::newRow("two of the profile want one port")
            << List{saved(u"a"_s, {u"7000:80"_s}), saved(u"b"_s, {u"7000:80"_s})}
            << QStringList{u"1 PortOfForward: OtherPort 7001, LeaveOut"_s};
        QTest::newRow("the last port has none after it")
            << List{saved(u"a"_s, {u"65535:80"_s}), saved(u"b"_s, {u"65535:80"_s})}
            << QStringList{u"1 PortOfForward: OtherPort 0, LeaveOut"_s};
        QTest::newRow("any free port meets nobody") << List{saved(u"db"_s, {u":5432"_s})} << QStringList{};
        QTest::newRow("a port known by name is the engine's to find")
            << List{saved(u"db"_s, {u"postgres"_s})} << QStringList{};
        QTest::newRow("each port of a forward") << List{saved(u"db"_s, {u"5432"_s, u"6000:1"_s, u"8080:2"_s})}
                                                << QStringList{u"0 PortOfProgram: OtherPort 5434, LeaveOut"_s,
                                                               u"0 PortOfForward: OtherPort 8081, LeaveOut"_s};
        QTest::newRow("what runs already has its own port") << List{saved(u"Web"_s, {u"8080:80"_s})} << QStringList{};
        QTest::newRow("what is not to run wants nothing")
            << List{stopped(saved(u"db"_s, {u"5432"_s}, u"moon"_s))} << QStringList{};
        QTest::newRow("no context of that name or server")
            << List{saved(u"db"_s, {u"1"_s}, u"moon"_s, u"https://moon.example"_s)}
            << QStringList{u"0 ContextMissing: LeaveOut, OtherContext dev, OtherContext prod, OtherContext two-a, "
                           "OtherContext two-b"_s};
        QTest::newRow("several lead to the server")
            << List{saved(u"db"_s, {u"1"_s}, u"two"_s, u"https://two.example"_s)}
            << QStringList{u"0 ContextAmbiguous: LeaveOut, OtherContext two-a, OtherContext two-b"_s};
        QTest::newRow("the server has another name")
            << List{saved(u"db"_s, {u"1"_s}, u"development"_s, u"https://dev.example:6443"_s)}
            << QStringList{u"0 ContextRenamed: Start, LeaveOut"_s};
        QTest::newRow("the name leads elsewhere") << List{saved(u"db"_s, {u"1"_s}, u"dev"_s, u"https://old.example"_s)}
                                                  << QStringList{u"0 ContextElsewhere: Start, LeaveOut"_s};
        QTest::newRow("a protected context")
            << List{saved(u"db"_s, {u"1"_s}, u"prod"_s)} << QStringList{u"0 ContextProtected: Start, LeaveOut"_s};
        QTest::newRow("renamed, protected and its port taken")
            << List{saved(u"db"_s, {u"5432"_s}, u"production"_s, u"https://prod.example"_s)}
            << QStringList{u"0 ContextRenamed: Start, LeaveOut"_s, u"0 ContextProtected: Start, LeaveOut"_s,
                           u"0 PortOfProgram: OtherPort 5434, LeaveOut"_s};
    }
    void whatIsInTheWayIsFound()
    {
        QFETCH(const QList<SavedForward>, forwards);
        QFETCH(const QStringList, obstacles);
        const Profile profile{u"p"_s, {}, forwards, {}};
        const QList<Obstacle> found = foresee(profile, ground());
        QCOMPARE(brief(found), obstacles);
        for (const Obstacle &obstacle : found)
            QVERIFY(!obstacle.text.isEmpty());
    }

    void whoHasThePortIsSaid()
    {
        const Profile profile{u"p"_s, {}, {saved(u"db"_s, {u"5432"_s}), saved(u"api"_s, {u"8080"_s})}, {}};
        const QList<Obstacle> found = foresee(profile, ground());
        QVERIFY(found.at(0).text.contains(u"postgres (pid 7)"_s));
        QVERIFY(found.at(1).text.contains(u"Web"_s));
    }

    void renamedAndProtectedContextsAloneAskNobody()
    {
        const Profile profile{u"p"_s, {}, {saved(u"db"_s, {u"1"_s}, u"production"_s, u"https://prod.example"_s)}, {}};
        for (const Obstacle &obstacle : foresee(profile, ground()))
            QVERIFY(!obstacle.needsDecision());
    }

    void waysOutAreTaken()
    {
        const Profile profile{u"p"_s,
                              {},
                              {saved(u"db"_s, {u"5432"_s}), saved(u"moon"_s, {u"1"_s}, u"moon"_s),
                               saved(u"api"_s, {u"8080"_s}),
                               saved(u"two"_s, {u"2"_s}, u"two"_s, u"https://two.example"_s)},
                              {}};
        QList<Obstacle> found = foresee(profile, ground());
        QCOMPARE(found.size(), 4);
        found[2].chosen = 1; // api is left out
        found[3].chosen = 2; // two-b

        const Profile taken = withWaysTaken(profile, found);

        QCOMPARE(taken.forwards.at(0).spec.ports.first().local, std::optional<quint16>(5434));
        QVERIFY(taken.forwards.at(0).running);
        QVERIFY(!taken.forwards.at(1).running);
        QVERIFY(!taken.forwards.at(2).running);
        QCOMPARE(taken.forwards.at(3).spec.context, u"two-b"_s);
        QVERIFY(foresee(taken, ground()).isEmpty()); // and nothing is in the way any more
    }
};

QTEST_GUILESS_MAIN(TestForesight)

#include "tst_foresight.moc"
