#include "core/kube/signin/attendedsignin.h"
#include "core/kube/signin/credentialsource.h"
#include "tests/core/kube/signin/scriptplugin.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Kube;
using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Deadline = 30'000;
const QByteArray GiveAnswer = "echo Code: >&2; read C\n" + printStatus(R"({"token":"$C"})");

/// A user entry with a plugin, and what an attended sign-in with it says.
struct Attended {
    explicit Attended(const QByteArray &script, const QString &mode = u"IfAvailable"_s,
                      int patienceMs = AttendedSignIn::PatienceMs)
        : plugin(script)
        , signIn(configFor(plugin, mode), patienceMs)
    {
        QObject::connect(&signIn, &AttendedSignIn::said, &signIn, [this](const QByteArray &bytes) { said += bytes; });
        QObject::connect(&signIn, &AttendedSignIn::finished, &signIn,
                         [this](const auto &gotFailure, const auto &gotExpires) {
                             ++ends;
                             failure = gotFailure;
                             expires = gotExpires;
                         });
    }

    static ConnectionConfig configFor(const ScriptPlugin &plugin, const QString &mode)
    {
        ConnectionConfig config;
        config.server = QUrl(u"https://127.0.0.1:6443"_s);
        config.exec = plugin.settings();
        config.exec->interactiveMode = mode;
        return config;
    }
    [[nodiscard]] QByteArray token(const QString &mode = u"IfAvailable"_s) const
    {
        return credentialSourceFor(configFor(plugin, mode))->current().credential.token;
    }

    ScriptPlugin plugin;
    AttendedSignIn signIn;
    QByteArray said;
    int ends = 0;
    std::optional<SignInFailure> failure;
    std::optional<QDateTime> expires;
};

} // namespace

class TestAttendedSignIn : public QObject
{
    Q_OBJECT

private slots:
    void aPluginThatInsistsOnTalkingIsTalkedTo_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addRow("IfAvailable") << u"IfAvailable"_s;
        QTest::addRow("Always") << u"Always"_s;
    }

    void aPluginThatInsistsOnTalkingIsTalkedTo()
    {
        QFETCH(const QString, mode);
        Attended attended(GiveAnswer, mode);
        QVERIFY(attended.signIn.takesAnswers());
        attended.signIn.start();
        QTRY_COMPARE_WITH_TIMEOUT(attended.said, "Code:\n"_ba, Deadline);
        QVERIFY(attended.signIn.isRunning());
        attended.signIn.answer(u"grün 1"_s);
        QTRY_COMPARE_WITH_TIMEOUT(attended.ends, 1, Deadline);
        QVERIFY(!attended.failure);
        QVERIFY(!attended.signIn.isRunning());
        QCOMPARE(attended.token(mode), "grün 1"_ba);
        QCOMPARE(attended.plugin.runs(), 1);
    }

    void neverMeansNoInput()
    {
        Attended attended("read C; echo \"got <$C>\" >&2\n" + printStatus(R"({"token":"t"})"), u"Never"_s);
        QVERIFY(!attended.signIn.takesAnswers());
        attended.signIn.start();
        attended.signIn.answer(u"secret"_s);
        QTRY_COMPARE_WITH_TIMEOUT(attended.ends, 1, Deadline);
        QCOMPARE(attended.said, "got <>\n"_ba);
    }

    void itsEndIsTold()
    {
        Attended attended(printStatus(R"({"token":"t","expirationTimestamp":"2060-01-02T03:04:05Z"})"));
        attended.signIn.start();
        QTRY_COMPARE_WITH_TIMEOUT(attended.ends, 1, Deadline);
        QCOMPARE(attended.expires, QDateTime({2060, 1, 2}, {3, 4, 5}, Qt::UTC));
    }

    void failuresAreTold_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("detail");
        QTest::addColumn<bool>("wantsTerminal");
        const QString gave = u"The sign-in plugin get-token gave no credentials that can be read"_s;
        QTest::addRow("exit code") << "echo 'no such account' >&2; exit 3"_ba << u"failed with exit code 3"_s
                                   << u"no such account"_s << false;
        QTest::addRow("Go wants a terminal")
            << "echo 'could not open /dev/tty: no such device or address' >&2; exit 1"_ba << u"exit code 1"_s
            << u"could not open /dev/tty: no such device or address"_s << true;
        QTest::addRow("C wants a terminal") << "echo 'Inappropriate ioctl for device' >&2; exit 1"_ba
                                            << u"exit code 1"_s << u"Inappropriate ioctl for device"_s << true;
        QTest::addRow("really opens it") << "exec 3</dev/tty"_ba << u"exit code"_s << QString() << true;
        QTest::addRow("killed") << "kill -9 $$"_ba << u"get-token"_s << QString() << false;
        QTest::addRow("rubbish") << "echo hello"_ba << u"get-token"_s << QString() << false;
        QTest::addRow("too much") << "head -c 3000000 /dev/zero"_ba << u"more than a megabyte"_s << QString() << false;
    }

    void failuresAreTold()
    {
        QFETCH(const QByteArray, script);
        QFETCH(const QString, text);
        QFETCH(const QString, detail);
        QFETCH(const bool, wantsTerminal);
        Attended attended(script);
        attended.signIn.start();
        QTRY_COMPARE_WITH_TIMEOUT(attended.ends, 1, Deadline);
        QVERIFY(attended.failure);
        QVERIFY2(attended.failure->text.contains(text), qPrintable(attended.failure->text));
        if (!detail.isEmpty())
            QCOMPARE(attended.failure->detail, detail);
        QCOMPARE(attended.signIn.mayWantTerminal(*attended.failure), wantsTerminal);
        QCOMPARE(attended.plugin.runs(), 1);
    }

    void cancelEndsItWithAllThatItStarted()
    {
        Attended attended("sleep 600 & echo $! > $DIR/child; echo waiting >&2; wait");
        attended.signIn.start();
        QTRY_COMPARE_WITH_TIMEOUT(attended.said, "waiting\n"_ba, Deadline);
        attended.signIn.cancel();
        QTRY_COMPARE_WITH_TIMEOUT(attended.ends, 1, Deadline);
        QVERIFY(attended.failure->cancelled);
        const QString child = QString::fromUtf8(attended.plugin.wrote(u"child"_s).trimmed());
        QTRY_VERIFY_WITH_TIMEOUT(!isAlive(child), Deadline);
    }

    void itsDeathCancels()
    {
        ScriptPlugin plugin("echo $$ > $DIR/own; sleep 600");
        {
            AttendedSignIn signIn(Attended::configFor(plugin, u"IfAvailable"_s));
            signIn.start();
            QTRY_VERIFY_WITH_TIMEOUT(plugin.wrote(u"own"_s).endsWith('\n'), Deadline);
        }
        const QString own = QString::fromUtf8(plugin.wrote(u"own"_s).trimmed());
        QTRY_VERIFY_WITH_TIMEOUT(!isAlive(own), Deadline);
    }

    void patienceEnds()
    {
        Attended attended("sleep 600", u"IfAvailable"_s, 1'000);
        attended.signIn.start();
        QTRY_COMPARE_WITH_TIMEOUT(attended.ends, 1, Deadline);
        QVERIFY2(attended.failure->text.contains(u"within 1 second"_s), qPrintable(attended.failure->text));
    }

    void anotherTryAfterAFailure()
    {
        Attended attended("[ $RUNS = 1 ] && exit 1\n" + GiveAnswer);
        attended.signIn.start();
        QTRY_COMPARE_WITH_TIMEOUT(attended.ends, 1, Deadline);
        attended.signIn.start();
        attended.signIn.answer(u"t"_s); // written ahead of the question
        QTRY_COMPARE_WITH_TIMEOUT(attended.ends, 2, Deadline);
        QVERIFY(!attended.failure);
        QCOMPARE(attended.token(), "t"_ba);
    }

    void aFloodOfWordsIsCutShort()
    {
        Attended attended("head -c 20000000 /dev/zero | tr '\\0' x >&2\n" + printStatus(R"({"token":"t"})"));
        attended.signIn.start();
        QTRY_COMPARE_WITH_TIMEOUT(attended.ends, 1, Deadline);
        QVERIFY(!attended.failure);
        QVERIFY2(attended.said.size() <= 1024 * 1024, qPrintable(QString::number(attended.said.size())));
        QVERIFY(!attended.said.isEmpty());
    }

    void whoseCredentialsAreInTheKubeconfig_data()
    {
        QTest::addColumn<QString>("token");
        QTest::addColumn<AttendedSignIn::Way>("way");
        QTest::addColumn<QString>("command");
        QTest::addRow("oc login") << u"sha256~abc"_s << AttendedSignIn::Way::Command
                                  << u"oc login --server=https://api.okd.example:6443"_s;
        QTest::addRow("another token") << u"abc"_s << AttendedSignIn::Way::Kubeconfig << QString();
    }

    void whoseCredentialsAreInTheKubeconfig()
    {
        QFETCH(const QString, token);
        ConnectionConfig config;
        config.server = QUrl(u"https://api.okd.example:6443"_s);
        config.token = token;
        AttendedSignIn signIn(config);
        QTEST(signIn.way(), "way");
        QTEST(signIn.command(), "command");
        QVERIFY(!signIn.canRun());
        signIn.start();
        QVERIFY(!signIn.isRunning());
    }

private:
    static bool isAlive(const QString &pid) { return QFile::exists(u"/proc/%1/cmdline"_s.arg(pid)) && !isZombie(pid); }
    static bool isZombie(const QString &pid)
    {
        QFile file(u"/proc/%1/stat"_s.arg(pid));
        return file.open(QIODevice::ReadOnly) && file.readAll().contains(") Z ");
    }
};

QTEST_GUILESS_MAIN(TestAttendedSignIn)
#include "tst_attendedsignin.moc"
