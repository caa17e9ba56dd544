#include "tests/app/secrets/secretcase.h"

#include <QProcess>
#include <QTest>

#include <csignal>

using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Deadline = 90'000;

/// A home and temporary folders of its own, where all is found that the program writes.
class PrivateHome
{
public:
    PrivateHome()
    {
        for (const char *name : {"config", "cache", "data", "state", "run", "tmp"})
            QDir(m_folder.path()).mkdir(QString::fromLatin1(name));
    }

    [[nodiscard]] QProcessEnvironment environment() const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        const QList<std::pair<const char *, const char *>> folders{{"HOME", ""},
                                                                   {"XDG_CONFIG_HOME", "config"},
                                                                   {"XDG_CACHE_HOME", "cache"},
                                                                   {"XDG_DATA_HOME", "data"},
                                                                   {"XDG_STATE_HOME", "state"},
                                                                   {"XDG_RUNTIME_DIR", "run"},
                                                                   {"TMPDIR", "tmp"}};
        for (const auto &[variable, name] : folders)
            environment.insert(QString::fromLatin1(variable), m_folder.filePath(QString::fromLatin1(name)));
        environment.insert(u"QT_LOGGING_RULES"_s, u"*=true"_s);
        environment.insert(u"QT_FORCE_STDERR_LOGGING"_s, u"1"_s);
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        environment.remove(u"KUBECONFIG"_s);
        return environment;
    }
    [[nodiscard]] QString path() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
};

/// Both channels of the program until it has ended; `enough` ends it before, as Ctrl+C does.
QByteArray outputOf(const PrivateHome &home, const QStringList &arguments, const QByteArray &enough = {})
{
    QProcess program;
    program.setProcessEnvironment(home.environment());
    program.setWorkingDirectory(home.path());
    program.setProcessChannelMode(QProcess::MergedChannels);
    program.setStandardInputFile(QProcess::nullDevice());
    program.start(QStringLiteral(FAIRLEAD_BINARY), arguments);
    QByteArray output;
    bool interrupted = false;
    const bool ended = QTest::qWaitFor(
        [&] {
            output += program.readAll();
            if (!interrupted && !enough.isEmpty() && output.contains(enough)) // once: the next one would kill it
                interrupted = ::kill(pid_t(program.processId()), SIGINT) == 0;
            return program.state() == QProcess::NotRunning;
        },
        Deadline);
    if (!ended) {
        program.kill();
        program.waitForFinished();
        output += "\n(did not end)";
    }
    return output + program.readAll();
}

} // namespace

/// Starts the program with marked secrets in everything, provokes successes and failures, and searches all that it
/// wrote, with every logging category on.
class TestSecretsOnCommandLine : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_stage = std::make_unique<SecretStage>(); }

    /// Else the other tests prove nothing.
    void theSearchFindsThem()
    {
        MarkedSecrets marks;
        const QByteArray secret = marks.make("password");
        QVERIFY(marks.foundIn("nothing").isEmpty());
        QCOMPARE(marks.foundIn("x" + secret + "y"), QStringList{u"password"_s});
        for (const QByteArray before : {"", "a", "ab", "joe:"}) {
            QCOMPARE(marks.foundIn("Basic " + (before + secret).toBase64()).size(), 1);
            QCOMPARE(marks.foundIn((before + secret + "tail").toBase64(QByteArray::Base64UrlEncoding)).size(), 1);
        }
        m_stage->prepare(SecretStage::cases().at(2));
        const PrivateHome home;
        const QByteArray shown =
            outputOf(home, {u"config"_s, u"explain"_s, u"--show-secrets"_s, u"--kubeconfig"_s, m_stage->kubeconfig()});
        QVERIFY2(!m_stage->secrets().foundIn(shown).isEmpty(), shown.constData());
        QFile leak(home.path() + "/tmp/.leak"_L1);
        QVERIFY(leak.open(QIODevice::WriteOnly) && leak.write(shown) > 0 && leak.flush());
        QCOMPARE(m_stage->secrets().foundBelow(home.path()).size(), 1);
    }

    void nothingGetsOut_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < SecretStage::cases().size(); ++i)
            QTest::addRow("%s", SecretStage::cases().at(i).name) << i;
    }

    void nothingGetsOut()
    {
        QFETCH(const int, index);
        const SecretStage::Case &wanted = SecretStage::cases().at(index);
        m_stage->prepare(wanted);
        const PrivateHome home;
        const QStringList with{u"--kubeconfig"_s, m_stage->kubeconfig()};
        const QStringList forward = QStringList{u"port-forward"_s, u"pod/web"_s, u":8080"_s} + with;
        const QStringList doctor = QStringList{u"doctor"_s, u"pod/web"_s, u"8080"_s} + with;
        const QStringList explain = QStringList{u"config"_s, u"explain"_s} + with;
        const QStringList json{u"-o"_s, u"json"_s};

        const QByteArray said = outputOf(home, forward, "Forwarding from 127.0.0.1");
        QVERIFY2(said.contains(wanted.says), said.right(2'000).constData());
        QVERIFY2(!said.contains("(did not end)"), said.right(2'000).constData());
        // One that did not get so far as to log anything has nothing to hide there.
        QVERIFY2(said.contains("qt.") || said.size() < 1'000, "logging is not on");
        check("port-forward", said);
        check("port-forward -o json", outputOf(home, forward + json, "\"listening\""));
        check("doctor", outputOf(home, doctor));
        check("doctor -o json", outputOf(home, doctor + json));
        check("config explain", outputOf(home, explain));
        check("config explain -o json", outputOf(home, explain + json));
        check("what the plugin was started with", m_stage->pluginSurroundings());
        QCOMPARE(m_stage->secrets().foundBelow(home.path()), QStringList());
        m_used += m_stage->secretsWereUsed();
        ++m_ran;
    }

    /// It makes keys and tokens of its own, which are good while it runs: only its kubeconfig has them, and that goes.
    void theDemoKeepsItsSecrets_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("enough");
        QTest::addRow("alone") << QStringList{u"demo"_s} << "Stop it with Ctrl-C."_ba;
        QTest::addRow("behind a window") << QStringList{u"--demo"_s, u"--headless"_s} << QByteArray();
    }

    void theDemoKeepsItsSecrets()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, enough);
        const PrivateHome home;
        MarkedSecrets marks;
        marks.add("a key in base64", QByteArray("-----BEGIN PRIVATE KEY-----").toBase64().left(32));
        marks.add("a key", "BEGIN PRIVATE KEY");
        marks.add("a token", "token: ");
        const QByteArray said = outputOf(home, arguments, enough);
        QVERIFY2(said.contains(enough.isEmpty() ? "Counted" : enough), said.right(2'000).constData());
        QCOMPARE(marks.foundIn(said), QStringList());
        QCOMPARE(marks.foundBelow(home.path()), QStringList());
    }

    /// Tokens, passwords and what plugins and providers gave did go to the servers.
    void theyWereUsed()
    {
        if (m_ran < SecretStage::cases().size())
            QSKIP("Only some of the cases were run.");
        QVERIFY2(m_used >= 10, qPrintable(QString::number(m_used)));
    }

private:
    void check(const char *where, const QByteArray &written)
    {
        const QString leak = m_stage->secrets().leakIn(written);
        QVERIFY2(leak.isEmpty(), qPrintable(QLatin1String(where) + ": "_L1 + leak));
    }

    std::unique_ptr<SecretStage> m_stage;
    int m_used = 0;
    int m_ran = 0;
};

QTEST_GUILESS_MAIN(TestSecretsOnCommandLine)
#include "tst_secretsoncommandline.moc"
