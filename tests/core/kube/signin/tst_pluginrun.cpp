#include "core/kube/signin/pluginrun.h"
#include "core/kube/signin/programsearch.h"
#include "tests/core/kube/config/testkeys.h"
#include "tests/core/kube/signin/scriptplugin.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <csignal>

using namespace Fairlead;
using namespace Fairlead::Kube;
using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

namespace {

using Input = PluginManners::Input;

ConnectionConfig configWith(const ExecPlugin &plugin)
{
    ConnectionConfig config;
    config.server = QUrl(u"https://127.0.0.1:6443"_s);
    config.exec = plugin;
    return config;
}

struct Ran {
    std::optional<PluginRun::Outcome> outcome;
    QByteArray said;
};

/// Runs it to its end; `then` is called once it has been started.
Ran run(const ExecPlugin &plugin, PluginManners manners = {}, const std::function<void(PluginRun &)> &then = {})
{
    Ran result;
    PluginRun one(configWith(plugin), manners);
    QObject::connect(&one, &PluginRun::said, &one, [&](const QByteArray &bytes) { result.said += bytes; });
    QObject::connect(&one, &PluginRun::finished, &one, [&](const auto &outcome) { result.outcome = outcome; });
    one.start();
    if (then)
        then(one);
    (void)QTest::qWaitFor([&] { return result.outcome.has_value(); }, 30'000);
    return result;
}

/// What it gave, or the sentence about why not.
QString textOf(const Ran &ran)
{
    if (!ran.outcome)
        return u"no end"_s;
    return *ran.outcome ? QString::fromUtf8((*ran.outcome)->token) : ran.outcome->error().text;
}

bool isAlive(const QByteArray &pid)
{
    return ::kill(pid.trimmed().toInt(), 0) == 0;
}

} // namespace

class TestPluginRun : public QObject
{
    Q_OBJECT

private slots:
    /// As from a desktop's launcher: PATH does not have its folder, the login shell's has. The first test, since the
    /// shell is asked once in the life of a program.
    void theLoginShellsPathFindsIt()
    {
        const ScriptPlugin plugin("command -v get-helper > $DIR/found\n" + printStatus(R"({"token":"found"})"));
        QFile helper(plugin.folder() + "/get-helper"_L1);
        QVERIFY(helper.open(QIODevice::WriteOnly) && helper.write("#!/bin/sh\n") > 0);
        helper.setPermissions(QFileDevice::ReadOwner | QFileDevice::ExeOwner);
        helper.close();
        ScriptPlugin shell("echo 'Welcome to this machine'; [ \"$1 $2 $3 $4\" = '-l -i -c env' ] && echo PATH="
                           + plugin.folder().toLocal8Bit() + ":$PATH");
        qputenv("SHELL", shell.path().toLocal8Bit());
        ExecPlugin settings = plugin.settings();
        settings.command = u"get-token"_s;
        QCOMPARE(textOf(run(settings)), u"found"_s);
        QCOMPARE(textOf(run(settings)), u"found"_s);
        QCOMPARE(plugin.wrote(u"found"_s).trimmed(), QFile::encodeName(helper.fileName()));
        QCOMPARE(shell.runs(), 1);
    }

    void ends_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("detail");
        const QByteArray token = printStatus(R"({"token":"tok-$RUNS"})");
        QTest::addRow("a token") << token << u"tok-1"_s << QString();
        QTest::addRow("talk on standard error does not matter")
            << "echo hello >&2\n" + token << u"tok-1"_s << QString();
        QTest::addRow("exit code, with its last words") << "echo one >&2; echo 'session expired' >&2; exit 3"_ba
                                                        << u"failed with exit code 3"_s << u"session expired"_s;
        QTest::addRow("credentials do not count after a failure") << token + "exit 1" << u"exit code 1"_s << QString();
        QTest::addRow("a signal") << "kill -9 $$"_ba << u"ended by a signal"_s << QString();
        QTest::addRow("rubbish") << "echo '<html>'"_ba << u"something else than credentials"_s << QString();
        QTest::addRow("nothing") << "true"_ba << u"printed nothing"_s << QString();
        QTest::addRow("endless output") << "yes 0123456789012345678901234567890123456789"_ba
                                        << u"more than a megabyte"_s << QString();
        QTest::addRow("nobody answers its question")
            << "read answer || { echo 'no input' >&2; exit 4; }\n" + token << u"exit code 4"_s << u"no input"_s;
        QTest::addRow("a helper that stays does not hold it up")
            << "sleep 60 >/dev/null 2>&1 & echo $! > $DIR/pid\n" + token << u"tok-1"_s << QString();
    }

    void ends()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QString, text);
        QFETCH(const QString, detail);
        const ScriptPlugin plugin(body);
        const Ran ran = run(plugin.settings());
        QVERIFY2(textOf(ran).contains(text), qPrintable(textOf(ran)));
        QCOMPARE(plugin.runs(), 1);
        if (!*ran.outcome)
            QCOMPARE(ran.outcome->error().detail, detail);
        if (const int helper = plugin.wrote(u"pid"_s).trimmed().toInt(); helper > 0) {
            QVERIFY(isAlive(QByteArray::number(helper))); // a browser that it opened, say
            ::kill(helper, SIGKILL);
        }
    }

    void whatItSaysIsHeard()
    {
        const ScriptPlugin plugin("echo 'open https://example/device' >&2\n" + printStatus(R"({"token":"t"})"));
        const Ran ran = run(plugin.settings());
        QCOMPARE(ran.said, "open https://example/device\n"_ba);
    }

    void itsEnvironment()
    {
        const ScriptPlugin plugin(
            "printf %s \"$KUBERNETES_EXEC_INFO\" > $DIR/info; env > $DIR/env; echo \"$1|$2\" > $DIR/args\n"
            + printStatus(R"({"token":"t"})"));
        ExecPlugin settings = plugin.settings();
        settings.environment = {{u"AWS_PROFILE"_s, u"a b=c"_s}};
        settings.arguments = {u"--x"_s, u"two words"_s};
        settings.provideClusterInfo = true;
        QCOMPARE(textOf(run(settings)), u"t"_s);
        QCOMPARE(plugin.wrote(u"info"_s),
                 R"({"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","spec":)"
                 R"({"cluster":{"server":"https://127.0.0.1:6443"},"interactive":false}})"
                 "\n"_ba);
        QVERIFY(plugin.wrote(u"env"_s).contains("\nAWS_PROFILE=a b=c\n"));
        QCOMPARE(plugin.wrote(u"args"_s), "--x|two words\n"_ba);
    }

    void certificates_data()
    {
        QTest::addColumn<bool>("matching");
        QTest::addColumn<QString>("text");
        QTest::addRow("a pair") << true << QString();
        QTest::addRow("a key of another certificate") << false << u"does not belong to its certificate"_s;
    }

    void certificates()
    {
        QFETCH(const bool, matching);
        QFETCH(const QString, text);
        const TestKeys::Key key = TestKeys::makeEc();
        const auto escaped = [](QByteArray pem) { return pem.replace("\n", "\\\\n"); };
        const QByteArray certificate = TestKeys::certificate(key);
        const QByteArray keyPem = TestKeys::pkcs8(matching ? key : TestKeys::makeEc());
        const ScriptPlugin plugin(printStatus("{\"clientCertificateData\":\"" + escaped(certificate)
                                              + "\",\"clientKeyData\":\"" + escaped(keyPem) + "\"}"));
        const Ran ran = run(plugin.settings());
        QVERIFY(ran.outcome.has_value());
        QCOMPARE(ran.outcome->hasValue(), matching);
        if (matching)
            QCOMPARE((*ran.outcome)->certificatePem, certificate);
        else
            QVERIFY2(textOf(ran).contains(text), qPrintable(textOf(ran)));
    }

    void interactiveModes_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<Input>("input");
        QTest::addColumn<QString>("text"); ///< the token says whether it was told that it may ask, and what it read
        QTest::addRow("Never, nobody there") << u"Never"_s << Input::None << u"false-"_s;
        QTest::addRow("Never, somebody there") << u"Never"_s << Input::Dialog << u"false-"_s;
        QTest::addRow("IfAvailable, nobody there") << u"IfAvailable"_s << Input::None << u"false-"_s;
        QTest::addRow("IfAvailable, somebody there") << u"IfAvailable"_s << Input::Dialog << u"true-1234"_s;
        QTest::addRow("Always, nobody there") << u"Always"_s << Input::None << u"does not run unattended"_s;
        QTest::addRow("Always, somebody there") << u"Always"_s << Input::Dialog << u"true-1234"_s;
    }

    void interactiveModes()
    {
        QFETCH(const QString, mode);
        QFETCH(const Input, input);
        QFETCH(const QString, text);
        const ScriptPlugin plugin(
            "echo PIN: >&2\ncase \"$KUBERNETES_EXEC_INFO\" in *'\"interactive\":true'*) I=true;; *) "
            "I=false;; esac\nread PIN\n"
            + printStatus(R"({"token":"$I-$PIN"})"));
        ExecPlugin settings = plugin.settings();
        settings.interactiveMode = mode;
        const Ran ran = run(settings, {input, false, 0}, [](PluginRun &one) { one.say("1234\n"); });
        QVERIFY2(textOf(ran).contains(text), qPrintable(textOf(ran)));
        QCOMPARE(plugin.runs(), text.contains(u"unattended"_s) ? 0 : 1);
    }

    void tooSlowIsEndedWithAllThatItStarted()
    {
        const ScriptPlugin plugin("sleep 600 & echo $! > $DIR/pid\necho waiting >&2\nwait");
        const Ran ran = run(plugin.settings(), {Input::None, false, 1'000});
        QVERIFY2(textOf(ran).contains(u"within 1 second"_s), qPrintable(textOf(ran)));
        QCOMPARE(ran.outcome->error().detail, u"waiting"_s);
        const QByteArray helper = plugin.wrote(u"pid"_s);
        QVERIFY(!helper.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!isAlive(helper), 15'000);
    }

    void cancelEndsItAtOnceThoughItWillNotGo()
    {
        const ScriptPlugin plugin("trap '' TERM\necho $$ > $DIR/pid\nwhile :; do sleep 1; done");
        QObject parent; // who outlives the run, and lets it end
        std::optional<PluginRun::Outcome> outcome;
        auto *one = new PluginRun(configWith(plugin.settings()), {}, &parent);
        connect(one, &PluginRun::finished, &parent, [&](const auto &result) { outcome = result; });
        one->start();
        QTRY_VERIFY_WITH_TIMEOUT(plugin.wrote(u"pid"_s).endsWith('\n'), 15'000);
        one->cancel();
        QVERIFY(outcome.has_value() && !*outcome);
        QVERIFY(outcome->error().cancelled);
        delete one;
        QTRY_VERIFY_WITH_TIMEOUT(!isAlive(plugin.wrote(u"pid"_s)), 15'000);
    }

    void isNotFound_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("text");
        QTest::addRow("bare name") << u"fairlead-no-such-plugin"_s << u"was not found in PATH"_s;
        QTest::addRow("path") << u"/nowhere/get-token"_s << u"/nowhere/get-token is not there"_s;
        QTest::addRow("no program") << u"/etc/passwd"_s << u"could not be started"_s;
        QTest::addRow("folder") << u"/tmp"_s << u"could not be started"_s;
    }

    void isNotFound()
    {
        QFETCH(const QString, command);
        QFETCH(const QString, text);
        ExecPlugin plugin = ScriptPlugin("true").settings();
        plugin.command = command;
        plugin.installHint = u"apt install it"_s;
        const Ran ran = run(plugin);
        QVERIFY2(textOf(ran).contains(text), qPrintable(textOf(ran)));
        if (!command.contains(u'/'))
            QCOMPARE(ran.outcome->error().detail, u"apt install it"_s);
    }

    void programsAreSearchedLikePathSays()
    {
        const ScriptPlugin plugin("true");
        const QString name = u"get-token"_s;
        QCOMPARE(findProgram(name, u"/nowhere:%1:/bin"_s.arg(plugin.folder())).path, plugin.path());
        QCOMPARE(findProgram(name, u"/bin::/usr/bin"_s).path, QString());
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(plugin.folder()));
        QCOMPARE(findProgram(name, u".:"_s).path, QString()); // never the working directory
        QDir::setCurrent(before);
        QCOMPARE(joinSearchPaths(u"/a:/b"_s, {u"/b"_s, u"/c"_s, QString()}), u"/a:/b:/c"_s);
        QCOMPARE(pathFromEnvOutput("motd\nPATH=/no\nA=1\nPATH=/x:/y\nB=2\n"), u"/x:/y"_s);
    }
};

QTEST_GUILESS_MAIN(TestPluginRun)
#include "tst_pluginrun.moc"
