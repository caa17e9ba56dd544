#include "core/democluster/democluster.h"
#include "core/forward/forwardmanager.h"
#include "core/kube/config/contextstore.h"
#include "core/store/settings.h"
#include "tests/core/kube/signin/scriptplugin.h"
#include "ui/forwards/forwardsview.h"
#include "ui/mainwindow.h"
#include "ui/pickerdialog.h"
#include "ui/signin/signindialog.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/messagearea.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDesktopServices>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Fairlead;
using namespace Fairlead::Ui;
using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Deadline = 60'000;

/// A kubeconfig whose contexts sign in with a plugin, beside the demo cluster's own ways.
class Kubeconfig
{
public:
    Kubeconfig()
    {
        Demo::Options options;
        options.kubeconfigOut = m_folder.filePath(u"demo"_s);
        if (!m_cluster.start(options))
            qFatal("no demo cluster");
        Kube::ConnectionFlags flags;
        flags.kubeconfig = options.kubeconfigOut;
        flags.context = u"demo-token"_s;
        const auto demo = Kube::Kubeconfig::load(Kube::LoadOptions::fromSystem(flags)).resolve(flags);
        if (!demo)
            qFatal("no context demo-token");
        m_server = demo->server.toString();
        m_authority = demo->tls.caPem.toBase64();
        token = demo->token.toUtf8();
    }

    /// `user` as YAML between braces.
    void write(const QByteArray &user)
    {
        QFile file(path());
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            qFatal("cannot write");
        file.write("apiVersion: v1\nkind: Config\ncurrent-context: work\nclusters:\n- name: c\n  cluster: {server: '"
                   + m_server.toUtf8() + "', certificate-authority-data: " + m_authority
                   + "}\nusers:\n- name: joe\n  user: {" + user
                   + "}\ncontexts:\n- name: work\n  context: {cluster: c, user: joe, namespace: default}\n");
    }
    void writePlugin(const ScriptPlugin &plugin, const QByteArray &mode = "IfAvailable")
    {
        write("exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: " + mode
              + ", command: " + plugin.path().toUtf8() + "}");
    }
    [[nodiscard]] QString path() const { return m_folder.filePath(u"config"_s); }
    [[nodiscard]] QString server() const { return m_server; }

    QByteArray token; ///< that the cluster takes

private:
    QTemporaryDir m_folder;
    Demo::DemoCluster m_cluster;
    QString m_server;
    QByteArray m_authority;
};

Kube::ConnectionFlags flagsFor(const QString &kubeconfig)
{
    Kube::ConnectionFlags flags;
    flags.kubeconfig = kubeconfig;
    return flags;
}

const QByteArray AskForCode = "echo 'Open https://login.example/device and type the code.' >&2\n"
                              "printf 'Code: ' >&2; read C\n"
    + printStatus(R"({"token":"$C"})");
/// Fails unless somebody is there to answer.
const QByteArray OnlyAttended =
    "case \"$KUBERNETES_EXEC_INFO\" in *'\"interactive\":true'*) ;; *) echo 'nobody there' >&2; exit 1;; esac\n"
    + AskForCode;

} // namespace

/// The dialog alone, and in the window and the picker with an engine and a cluster behind it, as a user meets it.
class TestSignInDialog : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_kubeconfig = std::make_unique<Kubeconfig>(); }
    void init() { QApplication::clipboard()->clear(); }
    void cleanup()
    {
        m_dialog.reset();
        m_contexts.reset();
    }

    void whatThePluginAsksIsAnswered()
    {
        const ScriptPlugin plugin(AskForCode);
        m_kubeconfig->writePlugin(plugin);
        open();
        QTRY_COMPARE_WITH_TIMEOUT(shown(), u"Open https://login.example/device and type the code.\nCode: "_s, Deadline);
        QVERIFY(part<QLineEdit>("signInAnswer")->hasFocus());
        QSignalSpy signedIn(m_dialog.get(), &SignInDialog::signedIn);
        QTest::keyClicks(part<QLineEdit>("signInAnswer"), u"s3cr3t-code"_s);
        QTest::keyClick(part<QLineEdit>("signInAnswer"), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(signedIn.size(), 1, Deadline);
        QCOMPARE(outcome(), u"get-token has given credentials."_s);
        QVERIFY(shown().endsWith("Code: s3cr3t-code\n"_L1)); // as a terminal would
        QVERIFY(m_dialog->isVisible());
        QVERIFY(part<QPushButton>("signInClose")->hasFocus());
        QTest::keyClick(m_dialog.get(), Qt::Key_Return);
        QTRY_VERIFY(!m_dialog->isVisible());
        QCOMPARE(plugin.runs(), 1);
    }

    void credentialsAreNeverShown()
    {
        const ScriptPlugin plugin("echo hello >&2\n" + printStatus(R"({"token":"MARKED-TOKEN"})"));
        m_kubeconfig->writePlugin(plugin);
        open();
        QTRY_VERIFY_WITH_TIMEOUT(!outcome().isEmpty(), Deadline);
        QCOMPARE(shown(), u"hello\n"_s);
        const QList<QWidget *> widgets = m_dialog->findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            for (const char *property : {"text", "plainText", "toolTip", "accessibleName", "accessibleDescription"})
                QVERIFY(!widget->property(property).toString().contains("MARKED"_L1));
        }
    }

    void aSecretAnswerIsHidden()
    {
        const ScriptPlugin plugin("printf 'Password: ' >&2; read P; echo >&2; printf 'Name: ' >&2; read N\n"
                                  + printStatus(R"({"token":"$P$N"})"));
        m_kubeconfig->writePlugin(plugin, "Always");
        open();
        auto *answer = part<QLineEdit>("signInAnswer");
        QTRY_COMPARE_WITH_TIMEOUT(answer->echoMode(), QLineEdit::Password, Deadline);
        QTest::keyClicks(answer, u"hunter2"_s);
        QTest::mouseClick(part<QPushButton>("signInSend"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(shown().endsWith("Name: "_L1), Deadline);
        QCOMPARE(answer->echoMode(), QLineEdit::Normal);
        QVERIFY(!shown().contains("hunter2"_L1));
        part<QCheckBox>("signInHidden")->click(); // whoever looks over a shoulder
        QCOMPARE(answer->echoMode(), QLineEdit::Password);
        QTest::keyClicks(answer, u"joe"_s);
        QTest::keyClick(answer, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(outcome().contains("has given credentials"_L1), Deadline);
        QVERIFY(!shown().contains("joe"_L1));
    }

    void theLinkIsOpened()
    {
        const ScriptPlugin plugin(AskForCode);
        m_kubeconfig->writePlugin(plugin);
        open();
        QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>("signInLink")->isVisible(), Deadline);
        QDesktopServices::setUrlHandler(u"https"_s, this, "catchUrl");
        QTest::mouseClick(part<QPushButton>("signInLink"), Qt::LeftButton);
        QDesktopServices::unsetUrlHandler(u"https"_s);
        QCOMPARE(m_caught, QUrl(u"https://login.example/device"_s));
    }

    void cancelAndTryAgain()
    {
        const ScriptPlugin plugin("[ $RUNS = 1 ] && { echo waiting >&2; sleep 600; }\n"
                                  + printStatus(R"({"token":"t"})"));
        m_kubeconfig->writePlugin(plugin);
        open();
        QTRY_COMPARE_WITH_TIMEOUT(shown(), u"waiting\n"_s, Deadline);
        QVERIFY(!part<QPushButton>("signInAgain")->isVisible());
        QTest::mouseClick(part<QPushButton>("signInClose"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(outcome(), u"The sign-in with get-token was cancelled."_s, Deadline);
        QVERIFY(m_dialog->isVisible());
        QTest::mouseClick(part<QPushButton>("signInAgain"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(outcome(), u"get-token has given credentials."_s, Deadline);
        QCOMPARE(plugin.runs(), 2);
        QVERIFY(shown().isEmpty());
    }

    void escapeEndsThePlugin()
    {
        const ScriptPlugin plugin("echo $$ > $DIR/own; echo waiting >&2; exec sleep 600");
        m_kubeconfig->writePlugin(plugin);
        open();
        QTRY_COMPARE_WITH_TIMEOUT(shown(), u"waiting\n"_s, Deadline);
        QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
        QVERIFY(!m_dialog->isVisible());
        const QString own = u"/proc/"_s + QString::fromUtf8(plugin.wrote(u"own"_s).trimmed()) + u"/fd/0"_s;
        QTRY_VERIFY_WITH_TIMEOUT(!QFileInfo(own).isSymLink(), Deadline);
    }

    void aFailureIsTold()
    {
        const ScriptPlugin plugin("echo 'no such account' >&2; exit 3");
        m_kubeconfig->writePlugin(plugin);
        open();
        QTRY_COMPARE_WITH_TIMEOUT(outcome(), u"The sign-in plugin get-token failed with exit code 3."_s, Deadline);
        QVERIFY(!part<QLineEdit>("signInCommand")->isVisible());
        QVERIFY(part<QPushButton>("signInAgain")->isVisible());
    }

    void whoWantsATerminalGetsTheLineForOne()
    {
        const ScriptPlugin plugin("read LINE </dev/tty || exit 1");
        m_kubeconfig->writePlugin(plugin);
        open();
        QTRY_VERIFY_WITH_TIMEOUT(part<QLineEdit>("signInCommand")->isVisible(), Deadline);
        QCOMPARE(part<QLineEdit>("signInCommand")->text(),
                 u"fairlead doctor --context work --kubeconfig %1"_s.arg(m_kubeconfig->path()));
        copyCommand();
        QCOMPARE(QApplication::clipboard()->text(), part<QLineEdit>("signInCommand")->text());
    }

    void tokensOfOcLoginGetTheirLine()
    {
        m_kubeconfig->write("token: 'sha256~MARKED'");
        open();
        QCOMPARE(part<QLineEdit>("signInCommand")->text(), u"oc login --server="_s + m_kubeconfig->server());
        copyCommand();
        QCOMPARE(QApplication::clipboard()->text(), u"oc login --server="_s + m_kubeconfig->server());
        QVERIFY(!part<QPlainTextEdit>("signInOutput")->isVisible());
        QVERIFY(!part<QLineEdit>("signInAnswer")->isVisible());
        QSignalSpy retried(m_dialog.get(), &SignInDialog::retryRequested);
        QTest::mouseClick(part<QPushButton>("signInAgain"), Qt::LeftButton);
        QCOMPARE(retried.size(), 1);

        QSignalSpy signedIn(m_dialog.get(), &SignInDialog::signedIn); // oc login does its work
        m_kubeconfig->write("token: 'sha256~another'");
        QTRY_COMPARE_WITH_TIMEOUT(signedIn.size(), 1, Deadline);
        QCOMPARE(outcome(), u"The kubeconfig has other credentials for work now."_s);
    }

    void credentialsInTheKubeconfigAreExplained()
    {
        m_kubeconfig->write("token: abc");
        open();
        QVERIFY(part<QLabel>("signInWhat")->text().contains(u"are in the kubeconfig"_s));
        QVERIFY(!part<QLineEdit>("signInCommand")->isVisible());
        QVERIFY(part<QPushButton>("signInAgain")->isVisible());
    }

    void aContextThatCannotBeUsedSaysWhy()
    {
        m_kubeconfig->write("token: abc");
        open(u"elsewhere"_s);
        QVERIFY2(outcome().contains(u"elsewhere"_s), qPrintable(outcome()));
        QVERIFY(!part<QPushButton>("signInAgain")->isVisible());
    }

    /// From "Sign-in needed" in the table to Running, with the mouse and with the keyboard.
    void allForwardsOfAContextGoOn()
    {
        const ScriptPlugin plugin(OnlyAttended);
        m_kubeconfig->writePlugin(plugin, "Always");
        Kube::ContextStore contexts(flagsFor(m_kubeconfig->path()));
        QTemporaryDir folder;
        Store::Settings settings(folder.filePath(u"settings.ini"_s));
        Forward::ForwardManager manager([&](const Kube::ContextRef &context) { return contexts.resolve(context); });
        MainWindow window(manager, contexts, settings);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        for (int i = 0; i < 2; ++i)
            manager.start(manager.add(webService()));
        QTRY_COMPARE_WITH_TIMEOUT(count(manager, Forward::State::SignInNeeded), 2, Deadline);
        auto *table = window.findChild<ForwardsView *>();
        QCOMPARE(plugin.runs(), 0); // nobody to talk to, so it was not even started

        auto *messages = window.findChild<MessageArea *>();
        QTRY_COMPARE(messages->keys().size(), 1);
        auto *button = messages->notice(messages->keys().first())->findChild<QPushButton *>();
        QCOMPARE(button->text(), u"Sign in…"_s);
        QTRY_VERIFY(button->isVisible());
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
        auto *dialog = window.findChild<SignInDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        dialog->reject();
        QTRY_VERIFY(!window.findChild<SignInDialog *>());

        table->select(manager.ids().first());
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, remedyOf(*table).center());
        dialog = window.findChild<SignInDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        auto *answer = dialog->findChild<QLineEdit *>(u"signInAnswer"_s);
        auto *output = dialog->findChild<QPlainTextEdit *>(u"signInOutput"_s);
        QTRY_VERIFY_WITH_TIMEOUT(output->toPlainText().endsWith("Code: "_L1), Deadline);
        QTest::keyClicks(answer, QString::fromUtf8(m_kubeconfig->token));
        QTest::keyClick(answer, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(count(manager, Forward::State::Running), 2, Deadline);
        QTRY_VERIFY(messages->keys().isEmpty());
    }

    void thePickerSignsInToo()
    {
        const ScriptPlugin plugin(OnlyAttended);
        m_kubeconfig->writePlugin(plugin);
        Kube::ContextStore contexts(flagsFor(m_kubeconfig->path()));
        QTemporaryDir folder;
        Store::Settings settings(folder.filePath(u"settings.ini"_s));
        PickerDialog picker(contexts, settings);
        picker.show();
        auto *message = picker.findChild<InlineMessage *>(u"podsMessage"_s);
        QTRY_VERIFY_WITH_TIMEOUT(message->isVisible(), Deadline);
        auto *button = message->findChild<QPushButton *>();
        QCOMPARE(button->text(), u"Sign in…"_s);
        QTest::mouseClick(button, Qt::LeftButton);
        auto *dialog = picker.findChild<SignInDialog *>();
        QVERIFY(dialog);
        dialog->findChild<QLineEdit *>(u"signInAnswer"_s)->setText(QString::fromUtf8(m_kubeconfig->token));
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"signInSend"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!message->isVisible(), Deadline);
        const auto *pods = picker.findChild<QAbstractItemView *>(u"pods"_s);
        QVERIFY(pods);
        QTRY_VERIFY_WITH_TIMEOUT(pods->model()->rowCount() > 0, Deadline);
    }

public slots:
    void catchUrl(const QUrl &url) { m_caught = url; }

private:
    void open(const QString &context = u"work"_s)
    {
        m_contexts = std::make_unique<Kube::ContextStore>(flagsFor(m_kubeconfig->path()));
        m_dialog = std::make_unique<SignInDialog>(*m_contexts, context);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }
    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        return m_dialog->findChild<T *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QString shown() const { return part<QPlainTextEdit>("signInOutput")->toPlainText(); }
    [[nodiscard]] QString outcome() const
    {
        const auto *message = part<InlineMessage>("signInOutcome");
        return message->isVisible() ? message->text() : QString();
    }
    void copyCommand()
    {
        QTest::mouseClick(part<QLineEdit>("signInCommand")->parentWidget()->findChild<QToolButton *>(), Qt::LeftButton);
    }
    static Forward::ForwardSpec webService()
    {
        Forward::ForwardSpec spec;
        spec.context = u"work"_s;
        spec.namespaceName = u"default"_s;
        spec.target = {Kube::TargetRef::Kind::Service, u"web"_s};
        spec.addresses = QStringList{u"127.0.0.1"_s};
        spec.ports = {{quint16(0), u"80"_s}};
        return spec;
    }
    static int count(const Forward::ForwardManager &manager, Forward::State state)
    {
        const QList<Forward::ForwardId> ids = manager.ids();
        return int(std::count_if(ids.begin(), ids.end(), [&](auto id) { return manager.snapshot(id).state == state; }));
    }
    static QRect remedyOf(const ForwardsView &table) { return table.remedyRect(table.currentIndex()); }

    std::unique_ptr<Kubeconfig> m_kubeconfig;
    std::unique_ptr<Kube::ContextStore> m_contexts;
    std::unique_ptr<SignInDialog> m_dialog;
    QUrl m_caught;
};

QTEST_MAIN(TestSignInDialog)
#include "tst_signindialog.moc"
