#include "core/democluster/democluster.h"
#include "core/doctor/examination.h"
#include "core/kube/config/kubeconfig.h"
#include "tests/support/httpserver.h"
#include "tests/support/testcertificates.h"

#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Doctor;
using namespace Qt::StringLiterals;
using Outcome = Check::Outcome;

namespace {

constexpr int Deadline = 30'000;

const QStringList StepIds{u"files"_s,    u"context"_s, u"name"_s,   u"connection"_s, u"tls"_s, u"server"_s,
                          u"identity"_s, u"rights"_s,  u"target"_s, u"upgrade"_s,    u"port"_s};

Check checkOf(const QList<Check> &checks, const QString &id)
{
    for (const Check &check : checks) {
        if (check.id == id)
            return check;
    }
    return {};
}

} // namespace

class TestExamination : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        Demo::Options options;
        options.kubeconfigOut = m_folder.filePath(u"kubeconfig"_s);
        const auto started = m_cluster.start(options);
        QVERIFY2(started, qPrintable(started ? QString() : started.error()));
    }

    void whatWorksIsGoodToTheLastStep()
    {
        const QList<Check> checks = examine({}, u"svc/web"_s, u"80"_s);
        QStringList ids;
        for (const Check &check : checks) {
            ids << check.id;
            const bool isAddress = check.id == "name"_L1;
            QVERIFY2(check.outcome == (isAddress ? Outcome::Skipped : Outcome::Good), qPrintable(reportText(checks)));
            QVERIFY(!check.title.isEmpty() && !check.text.isEmpty());
        }
        QCOMPARE(ids, StepIds);
        QVERIFY(isHealthy(checks));
        QVERIFY(checkOf(checks, u"tls"_s).text.contains(u"TLSv1.3"_s));
        QVERIFY(checkOf(checks, u"identity"_s).text.startsWith(u"demo"_s));
        QVERIFY(checkOf(checks, u"server"_s).ms.has_value());
        QVERIFY2(checkOf(checks, u"upgrade"_s).text.contains(u"WebSocket"_s), // what a server of 1.31 is asked first
                 qPrintable(checkOf(checks, u"upgrade"_s).text));
    }

    void withoutATargetTheServerAloneIsChecked()
    {
        const QList<Check> checks = examine({}, {}, {});
        QVERIFY(isHealthy(checks));
        QCOMPARE(checks.size(), StepIds.size());
        for (const QString &id : {u"target"_s, u"upgrade"_s, u"port"_s})
            QCOMPARE(checkOf(checks, id).outcome, Outcome::Skipped);
    }

    void theFirstBadStepIsNamed_data()
    {
        QTest::addColumn<Kube::ConnectionFlags>("flags");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("port");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("words");
        Kube::ConnectionFlags none;
        Kube::ConnectionFlags context;
        context.context = u"nosuch"_s;
        QTest::addRow("no such context") << context << QString() << QString() << u"files"_s << u"nosuch"_s;
        Kube::ConnectionFlags name;
        name.server = u"https://nosuch.invalid:6443"_s;
        QTest::addRow("name that nobody knows")
            << name << QString() << QString() << u"name"_s << u"nosuch.invalid is not known"_s;
        Kube::ConnectionFlags closed;
        closed.server = u"https://127.0.0.1:1"_s;
        QTest::addRow("nobody listens") << closed << QString() << QString() << u"connection"_s << u"127.0.0.1:1"_s;
        Kube::ConnectionFlags stranger;
        stranger.certificateAuthority = m_folder.filePath(u"other.pem"_s);
        QTest::addRow("another CA") << stranger << QString() << QString() << u"tls"_s << u"fairlead-demo"_s;
        QTest::addRow("no such pod") << none << u"nosuch"_s << u"80"_s << u"target"_s << u"\"nosuch\" not found"_s;
        QTest::addRow("service without pods")
            << none << u"svc/nobody"_s << u"80"_s << u"target"_s << u"no pod behind service/nobody"_s;
        QTest::addRow("pod that has not started")
            << none << u"slow-starter"_s << u"80"_s << u"target"_s << u"not running"_s;
        QTest::addRow("port of the service that it does not have")
            << none << u"svc/web"_s << u"81"_s << u"upgrade"_s << u"81"_s;
        QTest::addRow("nothing listens") << none << u"echo"_s << u"81"_s << u"port"_s
                                         << u"Nothing listens on port 81"_s;
    }

    void theFirstBadStepIsNamed()
    {
        QFETCH(const Kube::ConnectionFlags, flags);
        QFETCH(const QString, target);
        QFETCH(const QString, port);
        QFETCH(const QString, id);
        QFETCH(const QString, words);
        writeStrangersRoot();
        const QList<Check> checks = examine(flags, target, port);
        QVERIFY(!isHealthy(checks));
        QCOMPARE(checks.size(), StepIds.size());
        const auto at = StepIds.indexOf(id);
        for (qsizetype i = 0; i < checks.size(); ++i) {
            const Check &check = checks.at(i);
            const bool fits = i < at ? check.outcome != Outcome::Bad
                : i == at            ? check.outcome == Outcome::Bad && (check.text + check.detail).contains(words)
                                     : check.outcome == Outcome::Skipped;
            QVERIFY2(fits, qPrintable(reportText(checks)));
        }
    }

    void aTokenThatIsNotAcceptedIsSaid()
    {
        Test::HttpServer server([](const Test::HttpRequest &, Test::HttpAnswerer out) {
            out.respond(
                401,
                R"({"kind":"Status","status":"Failure","code":401,"reason":"Unauthorized","message":"Unauthorized"})");
        });
        const Check check = checkOf(examineServer(server), u"server"_s);
        QCOMPARE(check.outcome, Outcome::Bad);
        QVERIFY2(check.advice.contains(u"sign in"_s), qPrintable(check.advice));
    }

    void aPageOfAGatewayIsNoApiServer()
    {
        Test::HttpServer server([](const Test::HttpRequest &, Test::HttpAnswerer out) {
            out.respond(200, "<html><title>Sign in</title></html>", "text/html");
        });
        const Check check = checkOf(examineServer(server), u"server"_s);
        QCOMPARE(check.outcome, Outcome::Bad);
        QVERIFY2(check.text.contains(u"not as an API server does"_s), qPrintable(check.text));
    }

    void aClockThatIsOffIsSaid_data()
    {
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QString>("words");
        QTest::addRow("behind") << -3'600 << u"behind"_s;
        QTest::addRow("ahead") << 3'600 << u"ahead"_s;
        QTest::addRow("a few seconds are nothing") << 5 << QString();
    }

    void aClockThatIsOffIsSaid()
    {
        QFETCH(const int, seconds);
        QFETCH(const QString, words);
        Test::HttpServer server([seconds](const Test::HttpRequest &request, Test::HttpAnswerer out) {
            const QString date = QLocale::c().toString(QDateTime::currentDateTimeUtc().addSecs(seconds),
                                                       u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
            if (request.path == "/version")
                out.respond(200, R"({"gitVersion":"v1.30.1"})", "application/json",
                            "Date: " + date.toLatin1() + "\r\n");
            else
                out.respond(404, R"({"kind":"Status","code":404,"reason":"NotFound","message":"no"})");
        });
        const QList<Check> checks = examineServer(server);
        const Check check = checkOf(checks, u"server"_s);
        QCOMPARE(check.outcome, words.isEmpty() ? Outcome::Good : Outcome::Warning);
        QVERIFY2(check.detail.contains(words), qPrintable(check.detail));
        QVERIFY(check.text.contains(u"v1.30.1"_s));
        // A server that tells neither who one is nor what one may is no worse for it.
        QCOMPARE(checkOf(checks, u"identity"_s).outcome, Outcome::Skipped);
        QCOMPARE(checkOf(checks, u"rights"_s).outcome, Outcome::Skipped);
    }

    void rightsThatAreMissingAreNoVerdict()
    {
        Test::HttpServer server([](const Test::HttpRequest &request, Test::HttpAnswerer out) {
            if (request.path == "/version")
                out.respond(200, R"({"gitVersion":"v1.30.1"})");
            else
                out.respond(201,
                            request.body.contains("portforward") ? R"({"status":{"allowed":false}})"
                                                                 : R"({"status":{"allowed":true}})");
        });
        const QList<Check> checks = examineServer(server);
        const Check check = checkOf(checks, u"rights"_s);
        QCOMPARE(check.outcome, Outcome::Warning);
        QVERIFY2(check.text.contains(u"create pods/portforward"_s) && !check.text.contains(u"list pods"_s),
                 qPrintable(check.text));
        QVERIFY(check.advice.contains(u"kubectl create role"_s));
        QVERIFY(isHealthy(checks));
    }

    void aServerThatSaysNothingEndsTheCheck()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        Kube::ConnectionFlags flags;
        flags.server = u"http://127.0.0.1:%1"_s.arg(silent.serverPort());
        const QList<Check> checks = examine(flags, {}, {}, 300);
        QCOMPARE(checkOf(checks, u"server"_s).outcome, Outcome::Bad);
    }

    void noSecretIsInTheReport()
    {
        Test::HttpServer server([](const Test::HttpRequest &, Test::HttpAnswerer out) { out.respond(500, "{}"); });
        Kube::ConnectionFlags flags;
        flags.server = server.url().toString();
        flags.token = u"marked-secret"_s;
        const QString report = reportText(examine(flags, {}, {}));
        QVERIFY2(!report.contains(u"marked-secret"_s), qPrintable(report));
        QVERIFY(report.contains(u"signs in with"_s));
    }

    void itCanBeGivenUpAtAnyStep()
    {
        for (int steps = 0; steps < StepIds.size(); ++steps) {
            auto examination = std::make_unique<Examination>(question({}, u"svc/web"_s, u"80"_s, 10'000));
            QSignalSpy checked(examination.get(), &Examination::checked);
            examination->start();
            QTRY_VERIFY_WITH_TIMEOUT(checked.count() >= steps, Deadline);
            examination.reset();
            QCoreApplication::processEvents();
        }
    }

private:
    void writeStrangersRoot()
    {
        // Some root that has not signed the server's certificate.
        QFile file(m_folder.filePath(u"other.pem"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(Test::makeAuthority().certificatePem());
    }

    [[nodiscard]] Question question(Kube::ConnectionFlags flags, const QString &target, const QString &port,
                                    int timeoutMs) const
    {
        flags.kubeconfig = m_cluster.kubeconfigPath();
        Kube::LoadOptions options;
        options.kubeconfig = flags.kubeconfig;
        options.home = m_folder.path();
        options.workingDirectory = m_folder.path();
        Question question;
        question.resolution = Kube::Kubeconfig::load(options).inspect(flags);
        question.timeoutMs = timeoutMs;
        if (!target.isEmpty())
            question.target = Kube::parseTarget(target).value();
        if (!port.isEmpty())
            question.port = Kube::parsePortArgument(port).value();
        return question;
    }

    [[nodiscard]] QList<Check> examine(const Kube::ConnectionFlags &flags, const QString &target, const QString &port,
                                       int timeoutMs = 10'000)
    {
        Examination examination(question(flags, target, port, timeoutMs));
        QSignalSpy finished(&examination, &Examination::finished);
        examination.start();
        if (finished.isEmpty())
            (void)finished.wait(Deadline);
        return examination.checks();
    }

    [[nodiscard]] QList<Check> examineServer(const Test::HttpServer &server)
    {
        Kube::ConnectionFlags flags;
        flags.server = server.url().toString();
        return examine(flags, {}, {});
    }

    QTemporaryDir m_folder;
    Demo::DemoCluster m_cluster;
};

QTEST_GUILESS_MAIN(TestExamination)
#include "tst_examination.moc"
