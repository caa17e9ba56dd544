#include "core/control/engineapi.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Control;
using namespace Qt::StringLiterals;

namespace {

/// Writes down what it is asked for and starts nothing.
class PaperFace final : public Face
{
public:
    [[nodiscard]] QString name() const override { return hasWindow ? u"window"_s : u"headless"_s; }
    void start(const QList<Forward::ForwardId> &ids) override { started = ids; }
    bool show(const QString &activationToken) override
    {
        token = activationToken;
        return hasWindow;
    }
    bool askToStart(const QString &profile) override
    {
        asked = profile;
        return hasWindow;
    }

    bool startInFront(const Store::Profile &profile, const QString &activationToken) override
    {
        inFront = profile.name;
        token = activationToken;
        return hasWindow;
    }
    std::optional<QString> saveSession() override
    {
        ++saves;
        return saveProblem;
    }
    void end(Ending) override { } // for the host to call

    bool hasWindow = true;
    int saves = 0;
    std::optional<QString> saveProblem;
    QList<Forward::ForwardId> started;
    QString token;
    QString asked;
    QString inFront;
};

/// An engine without clusters, whose one context is "dev", with a folder that has the profile "Team".
class Stage
{
public:
    Stage()
        : folder(m_home.path())
        , manager([](const Kube::ContextRef &) { return Failure{u"There is no cluster."_s}; })
        , desk(manager, folder, [this] { return here(); })
        , api(desk, face)
    {
        Store::Profile team{u"Team"_s, {}, {saved(u"web"_s, u"dev"_s), saved(u"lost"_s, u"moon"_s)}, {}};
        team.forwards << saved(u"idle"_s, u"dev"_s);
        team.forwards.last().running = false;
        saveError = folder.save(team);
    }

    [[nodiscard]] Result<QJsonObject, Error> call(const QString &method, const QJsonObject &params = {})
    {
        return api.answer({1, method, params});
    }
    /// Of an engine without a window.
    [[nodiscard]] TakeOverFile makeHeadless()
    {
        face.hasWindow = false;
        const TakeOverFile file(EnginePlace{m_home.path()});
        api.setTakeOverFile(file);
        return file;
    }
    [[nodiscard]] static Store::SavedForward saved(const QString &name, const QString &context)
    {
        Store::SavedForward forward;
        forward.spec.name = name;
        forward.spec.context = context;
        forward.spec.target = {Kube::TargetRef::Kind::Service, name};
        forward.spec.ports = {{quint16(0), u"80"_s}};
        return forward;
    }

private:
    [[nodiscard]] Store::Surroundings here() const
    {
        Store::Surroundings result{{{u"dev"_s, u"https://dev.example"_s}}, u"dev"_s};
        for (const Forward::ForwardId id : manager.ids())
            result.forwards << Store::Surroundings::Present{id, manager.snapshot(id).spec};
        return result;
    }

    QTemporaryDir m_home;

public:
    Store::ProfileFolder folder;
    Forward::ForwardManager manager;
    PaperFace face;
    ForwardDesk desk;
    EngineApi api;
    std::optional<Store::SaveError> saveError;
};

} // namespace

class TestEngineApi : public QObject
{
    Q_OBJECT

private slots:
    void itSaysWhoItIs()
    {
        Stage stage;
        const auto hello = stage.call(u"hello"_s);
        QVERIFY(hello.hasValue());
        QCOMPARE((*hello)[u"protocol"_s], QJsonValue(1));
        QCOMPARE((*hello)[u"face"_s], QJsonValue(u"window"_s));
        QCOMPARE((*hello)[u"pid"_s].toInteger(), QCoreApplication::applicationPid());
    }

    void whatMakesNoSenseIsRefused_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QJsonObject>("params");
        QTest::addColumn<ErrorCode>("code");
        const auto row = [](const char *name, const QString &method, const QJsonObject &params, ErrorCode code) {
            QTest::addRow("%s", name) << method << params << code;
        };
        row("no such method", u"dance"_s, {}, ErrorCode::UnknownMethod);
        row("the empty method", u""_s, {}, ErrorCode::UnknownMethod);
        row("methods are spelled as they are", u"Status"_s, {}, ErrorCode::UnknownMethod);
        row("up without a profile", u"up"_s, {}, ErrorCode::BadParams);
        row("up of a number", u"up"_s, {{u"profile"_s, 1}}, ErrorCode::BadParams);
        row("up of what there is not", u"up"_s, {{u"profile"_s, u"Nobody"_s}}, ErrorCode::NotFound);
        row("up of a file that is not there", u"up"_s, {{u"profile"_s, u"/nowhere/a.yaml"_s}}, ErrorCode::NotFound);
        row("down of nothing in particular", u"down"_s, {}, ErrorCode::BadParams);
        row("down of an empty list", u"down"_s, {{u"which"_s, QJsonArray()}}, ErrorCode::BadParams);
        row("down of all and of some", u"down"_s, {{u"which"_s, QJsonArray{u"web"_s}}, {u"all"_s, true}},
            ErrorCode::BadParams);
        row("down of a stranger", u"down"_s, {{u"which"_s, QJsonArray{u"moon"_s}}}, ErrorCode::NotFound);
        row("which is a word", u"status"_s, {{u"which"_s, u"web"_s}}, ErrorCode::BadParams);
        row("status of a stranger", u"status"_s, {{u"which"_s, QJsonArray{99}}}, ErrorCode::NotFound);
        row("logs of an object", u"logs"_s, {{u"which"_s, QJsonArray{QJsonObject()}}}, ErrorCode::NotFound);
        row("a link to what there is not", u"ask"_s, {{u"profile"_s, u"Nobody"_s}}, ErrorCode::NotFound);
        row("a link to a file", u"ask"_s, {{u"profile"_s, u"/tmp/a.yaml"_s}}, ErrorCode::NotFound);
    }

    void whatMakesNoSenseIsRefused()
    {
        QFETCH(const QString, method);
        QFETCH(const QJsonObject, params);
        QFETCH(const ErrorCode, code);
        Stage stage;
        const auto answer = stage.call(method, params);
        QVERIFY(!answer.hasValue());
        QCOMPARE(answer.error().code, code);
        QVERIFY(!answer.error().text.isEmpty());
        QVERIFY(stage.manager.ids().isEmpty());
        QVERIFY(stage.face.started.isEmpty() && stage.face.asked.isEmpty());
    }

    void upAddsAllAndStartsWhatCanRun()
    {
        Stage stage;
        QVERIFY(!stage.saveError);
        QSignalSpy happened(&stage.api, &EngineApi::happened);

        const auto up = stage.call(u"up"_s, {{u"profile"_s, u"Team"_s}});

        QVERIFY(up.hasValue());
        const QJsonArray forwards = (*up)[u"forwards"_s].toArray();
        QCOMPARE(forwards.size(), 3);
        QCOMPARE(stage.manager.ids().size(), 3);
        QCOMPARE(stage.face.started, QList<Forward::ForwardId>{1}); // of the others one is lost, one did not run
        QVERIFY(forwards[0][u"starts"_s].toBool() && forwards[0][u"found"_s].toBool());
        QVERIFY(!forwards[1][u"starts"_s].toBool() && !forwards[1][u"found"_s].toBool());
        QVERIFY(forwards[1][u"remark"_s].toString().contains(u"moon"_s));
        QVERIFY(!forwards[2][u"starts"_s].toBool() && forwards[2][u"found"_s].toBool());
        QCOMPARE(happened.size(), 3); // "added"

        QVERIFY(stage.call(u"up"_s, {{u"profile"_s, u"Team"_s}}).hasValue());
        QCOMPARE(stage.manager.ids().size(), 3); // not twice
    }

    void statusKnowsTheProfileHoweverAForwardCame()
    {
        Stage stage;
        Forward::ForwardSpec spec = Stage::saved(u"web"_s, u"dev"_s).spec;
        spec.namespaceName = u"default"_s;
        spec.name = u"made by hand"_s;
        stage.manager.add(spec);
        const auto status = stage.call(u"status"_s, {{u"which"_s, QJsonArray{u"Team"_s}}});
        QVERIFY(status.hasValue());
        const QJsonArray forwards = (*status)[u"forwards"_s].toArray();
        QCOMPARE(forwards.size(), 1);
        QCOMPARE(forwards[0][u"name"_s], QJsonValue(u"made by hand"_s));
        QCOMPARE(forwards[0][u"profiles"_s].toArray(), QJsonArray{u"Team"_s});
    }

    void downStopsWhatRunsAndSaysWhat()
    {
        Stage stage;
        QVERIFY(stage.call(u"up"_s, {{u"profile"_s, u"Team"_s}}).hasValue());
        stage.manager.start(1);
        QTRY_VERIFY(stage.manager.snapshot(1).state == Forward::State::Failed); // there is no cluster
        const auto down = stage.call(u"down"_s, {{u"all"_s, true}});
        QVERIFY(down.hasValue());
        QVERIFY((*down)[u"stopped"_s].toArray().isEmpty()); // nothing ran

        const auto logs = stage.call(u"logs"_s, {{u"which"_s, QJsonArray{1}}});
        QVERIFY(logs.hasValue());
        QVERIFY(!(*logs)[u"lines"_s].toArray().isEmpty());
        for (const auto &line : (*logs)[u"lines"_s].toArray())
            QCOMPARE(line[u"name"_s], QJsonValue(u"web"_s));
    }

    void statesAndLogsAreTold()
    {
        Stage stage;
        QVERIFY(stage.call(u"up"_s, {{u"profile"_s, u"Team"_s}}).hasValue());
        QSignalSpy happened(&stage.api, &EngineApi::happened);
        stage.manager.start(1);
        const auto tells = [&happened](const QString &topic, const QString &name, const QString &state) {
            return std::any_of(happened.begin(), happened.end(), [&](const QList<QVariant> &arguments) {
                const auto event = arguments.at(1).value<Event>();
                return arguments.at(0) == topic && event.name == name
                    && (state.isEmpty() || event.data[u"state"_s] == state);
            });
        };
        QTRY_VERIFY(tells(u"forwards"_s, u"state"_s, u"Failed"_s));
        QTRY_VERIFY(tells(u"logs"_s, u"log"_s, {}));
        stage.manager.remove(1);
        QVERIFY(tells(u"forwards"_s, u"removed"_s, {}));
    }

    void aProfileCanBeStartedInFrontOfTheUser()
    {
        Stage stage;
        const QJsonObject params{{u"profile"_s, u"Team"_s}, {u"inWindow"_s, true}, {u"activationToken"_s, u"t"_s}};
        QVERIFY(stage.call(u"up"_s, params).hasValue());
        QCOMPARE(stage.face.inFront, u"Team"_s);
        QCOMPARE(stage.face.token, u"t"_s);
        QVERIFY(stage.manager.ids().isEmpty()); // the window brings it in, or not
        stage.face.hasWindow = false;
        QCOMPARE(stage.call(u"up"_s, params).error().code, ErrorCode::NoWindow);
    }

    void handingOverIsWrittenBeforeItIsAnswered()
    {
        Stage stage;
        const TakeOverFile file = stage.makeHeadless();
        stage.api.setOverrides({u"--as"_s});
        QCOMPARE((*stage.call(u"hello"_s))[u"overrides"_s].toArray(), QJsonArray{u"--as"_s});
        QVERIFY(stage.call(u"up"_s, {{u"profile"_s, u"Team"_s}}).hasValue());
        bool writtenFirst = false;
        QString problem;
        connect(&stage.api, &EngineApi::ending, this,
                [&](Ending why) { writtenFirst = why == Ending::HandOver && file.load(&problem).has_value(); });
        QSignalSpy happened(&stage.api, &EngineApi::happened);

        const auto answer = stage.call(u"handover"_s);

        QVERIFY(answer.hasValue());
        QVERIFY(writtenFirst);
        QCOMPARE(stage.face.saves, 1);
        QCOMPARE((*answer)[u"forwards"_s].toArray().size(), 3);
        QCOMPARE(happened.last().at(1).value<Event>().name, u"ending"_s);
        QVERIFY(!stage.call(u"up"_s, {{u"profile"_s, u"Team"_s}}).hasValue()); // nobody would run it
        QVERIFY(!stage.call(u"handover"_s).hasValue());
    }

    void aWindowHandsNothingOver()
    {
        Stage stage;
        QSignalSpy ending(&stage.api, &EngineApi::ending);
        QCOMPARE(stage.call(u"handover"_s).error().code, ErrorCode::Failed);
        QVERIFY(ending.isEmpty());
        QVERIFY(stage.call(u"session"_s).hasValue()); // asking costs nothing
    }

    void quittingSavesFirstAndSaysIfItCannot()
    {
        Stage stage;
        stage.face.saveProblem = u"The disk is full."_s;
        QSignalSpy ending(&stage.api, &EngineApi::ending);
        const auto answer = stage.call(u"quit"_s);
        QVERIFY(answer.hasValue());
        QCOMPARE((*answer)[u"problem"_s], QJsonValue(u"The disk is full."_s));
        QCOMPARE(stage.face.saves, 1);
        QCOMPARE(ending.size(), 1);
        QCOMPARE(ending.first().first().value<Ending>(), Ending::Quit);
    }

    void theWindowIsShownAndAskedIfThereIsOne()
    {
        Stage stage;
        QVERIFY(stage.call(u"show"_s, {{u"activationToken"_s, u"t"_s}}).hasValue());
        QCOMPARE(stage.face.token, u"t"_s);
        QVERIFY(stage.call(u"ask"_s, {{u"profile"_s, u"Team"_s}}).hasValue());
        QCOMPARE(stage.face.asked, u"Team"_s);
        QVERIFY(stage.manager.ids().isEmpty()); // asked, no more

        stage.face.hasWindow = false;
        QCOMPARE(stage.call(u"show"_s).error().code, ErrorCode::NoWindow);
        QCOMPARE(stage.call(u"ask"_s, {{u"profile"_s, u"Team"_s}}).error().code, ErrorCode::NoWindow);
    }
};

QTEST_GUILESS_MAIN(TestEngineApi)

#include "tst_engineapi.moc"
