#include "app/cli/profilerun.h"
#include "core/store/profiles/profilewriter.h"
#include "tests/core/forward/livecluster.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpSocket>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::App;
using namespace Fairlead::Test;

namespace {

Store::SavedForward forwardTo(const QString &target, const QString &port, const QString &context)
{
    Store::SavedForward saved;
    saved.spec.target = *Kube::parseTarget(target);
    saved.spec.ports = {{quint16(0), port}};
    saved.spec.context = context;
    saved.spec.addresses = QStringList{u"127.0.0.1"_s};
    return saved;
}

/// A run whose lines are kept.
class Run
{
public:
    explicit Run(LiveCluster &live)
        : run(live.manager, [this](const QString &name) {
            names << name;
            return makeTextReporter(m_out, m_error, name);
        })
    {
        live.manager.setOptions(live.options);
    }
    [[nodiscard]] QString printed() const { return m_printed; }

private:
    QString m_printed;
    QTextStream m_out{&m_printed};
    QTextStream m_error{&m_printed};

public:
    QStringList names;
    ProfileRun run;
    QSignalSpy ready{&run, &ProfileRun::ready};
    QSignalSpy remarked{&run, &ProfileRun::remarked};
    QSignalSpy finished{&run, &ProfileRun::finished};
};

const Store::Surroundings Here{{{u"demo"_s, u"https://demo.example"_s}}, {}};

} // namespace

class TestProfileRun : public QObject
{
    Q_OBJECT

private slots:
    void allThatRanRunAgain()
    {
        LiveCluster live;
        Run run(live);
        Store::Profile profile{u"a"_s,
                               {},
                               {forwardTo(u"svc/web"_s, u"80"_s, u"demo"_s),
                                forwardTo(u"sts/db"_s, u"5432"_s, u"demo"_s),
                                forwardTo(u"deploy/api"_s, u"http"_s, u"demo"_s)},
                               {}};
        profile.forwards[1].spec.name = u"the database"_s;
        profile.forwards[2].running = false;

        run.run.start(profile, Here);
        QTRY_COMPARE(run.ready.size(), 1);

        QCOMPARE(run.ready.first(), (QVariantList{2, 2}));
        QCOMPARE(run.names, (QStringList{u"service/web"_s, u"the database"_s}));
        QVERIFY2(run.printed().contains(u"[the database] Forwarding from 127.0.0.1:"_s), qPrintable(run.printed()));
        QVERIFY(run.remarked.isEmpty());
        run.run.stop();
        QTRY_COMPARE(run.finished.size(), 1);
        QCOMPARE(run.finished.first().first().toInt(), 0);
    }

    void aContextWithAnotherNameIsFoundByItsServer()
    {
        LiveCluster live;
        Run run(live);
        Store::SavedForward saved = forwardTo(u"svc/web"_s, u"80"_s, u"theirs"_s);
        saved.server = u"https://demo.example:443/"_s;

        run.run.start({u"a"_s, {}, {saved}, {}}, Here);
        QTRY_COMPARE(run.ready.size(), 1);

        QCOMPARE(run.remarked.size(), 1);
        QVERIFY(run.remarked.first().at(1).toString().contains(u"\"demo\""_s));
    }

    void whatCannotStartHereEndsAlone()
    {
        LiveCluster live;
        Run run(live);
        run.run.start({u"a"_s,
                       {},
                       {forwardTo(u"svc/web"_s, u"80"_s, u"moon"_s), forwardTo(u"svc/missing"_s, u"80"_s, u"demo"_s),
                        forwardTo(u"svc/web"_s, u"80"_s, u"demo"_s)},
                       {}},
                      Here);
        QTRY_COMPARE(run.ready.size(), 1);

        QCOMPARE(run.ready.first(), (QVariantList{1, 3}));
        QVERIFY(run.finished.isEmpty());
        QVERIFY2(run.printed().contains(u"no context \"moon\""_s), qPrintable(run.printed()));
        QVERIFY2(run.printed().contains(u"[service/missing] Error from server (NotFound)"_s),
                 qPrintable(run.printed()));
    }

    void whenNothingIsLeftItEnds_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("context");
        QTest::addRow("before it began") << u"svc/web"_s << u"moon"_s;
        QTest::addRow("after the server's answer") << u"svc/missing"_s << u"demo"_s;
    }

    void whenNothingIsLeftItEnds()
    {
        QFETCH(const QString, target);
        QFETCH(const QString, context);
        LiveCluster live;
        Run run(live);
        run.run.start({u"a"_s, {}, {forwardTo(target, u"80"_s, context)}, {}}, Here);
        QTRY_VERIFY2(run.finished.size() == 1, qPrintable(run.printed()));
        QCOMPARE(run.finished.first().first().toInt(), 1);
        QVERIFY(run.ready.isEmpty());
    }

    void aServerThatIsAwayAtFirstIsWaitedFor()
    {
        LiveCluster live;
        live.cluster.takeServerDown();
        Run run(live);
        run.run.start({u"a"_s, {}, {forwardTo(u"svc/web"_s, u"80"_s, u"demo"_s)}, {}}, Here);
        QTRY_VERIFY2(run.printed().contains(u"Reconnecting"_s), qPrintable(run.printed()));
        QVERIFY(live.cluster.bringServerUp());
        QTRY_COMPARE(run.ready.size(), 1);
        QVERIFY(run.finished.isEmpty());
    }

    void theProgramRunsAProfile()
    {
        LiveCluster live;
        QTemporaryDir home;
        const QString folder = home.filePath(u"fairlead/profiles"_s);
        QVERIFY(QDir().mkpath(folder));
        QFile file(folder + u"/team.yaml"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        Store::SavedForward saved = forwardTo(u"svc/web"_s, u"80"_s, {});
        saved.spec.name = u"web"_s;
        file.write(Store::writeProfile({u"Team A"_s, {}, {saved}, {}}));
        file.close();
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_DATA_HOME"_s, home.path());
        environment.insert(u"XDG_RUNTIME_DIR"_s, home.path()); // an engine of its own, and no other test's
        environment.insert(u"KUBECONFIG"_s, live.cluster.kubeconfigPath());
        program.setProcessEnvironment(environment);
        program.setProcessChannelMode(QProcess::MergedChannels);

        program.start(QStringLiteral(FAIRLEAD_BINARY), {u"profiles"_s});
        QVERIFY(program.waitForFinished());
        QVERIFY(program.readAll().contains("Team A"));

        program.start(QStringLiteral(FAIRLEAD_BINARY), {u"up"_s, u"Team A"_s});
        QByteArray printed;
        QTRY_VERIFY2((printed += program.readAll()).contains("Ready: 1 of 1"), printed.constData());
        QVERIFY2(printed.contains("[web] Forwarding from 127.0.0.1:"), printed.constData());
        ::kill(pid_t(program.processId()), SIGINT);
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 0);

        program.start(QStringLiteral(FAIRLEAD_BINARY), {u"up"_s, u"Team B"_s});
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 1);
        QVERIFY(program.readAll().contains("There are: Team A."));
    }
};

QTEST_GUILESS_MAIN(TestProfileRun)

#include "tst_profilerun.moc"
