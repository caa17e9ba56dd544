#include "core/forward/forwardmanager.h"
#include "core/kube/config/contextstore.h"
#include "core/store/settings.h"
#include "tests/app/secrets/secretcase.h"
#include "ui/checkdialog.h"
#include "ui/forwards/forwardsview.h"
#include "ui/mainwindow.h"
#include "ui/pickerdialog.h"
#include "ui/signin/signindialog.h"
#include "ui/window/actions.h"

#include <QAbstractItemModel>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLoggingCategory>
#include <QMetaProperty>
#include <QMutex>
#include <QPushButton>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Test;
using namespace Qt::StringLiterals;
using Forward::State;

namespace {

constexpr int Deadline = 60'000;

QByteArray logged; ///< all that Qt's logging was given, on any thread
QBasicMutex logging;

void keepLog(QtMsgType, const QMessageLogContext &context, const QString &text)
{
    const QMutexLocker lock(&logging);
    logged += context.category + QByteArray(": ") + text.toUtf8() + '\n';
}

/// Every text that a widget has, whether it is on the screen or would be read aloud.
QByteArray textsOf(const QObject &object)
{
    QByteArray texts;
    const QMetaObject *meta = object.metaObject();
    for (int i = 0; i < meta->propertyCount(); ++i) {
        if (meta->property(i).typeId() == QMetaType::QString)
            texts += meta->property(i).read(&object).toString().toUtf8() + '\n';
    }
    const auto *combo = qobject_cast<const QComboBox *>(&object);
    for (int i = 0; combo && i < combo->count(); ++i)
        texts += combo->itemText(i).toUtf8() + '\n';
    return texts;
}

QByteArray textsOf(const QAbstractItemModel &model)
{
    QByteArray texts;
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < model.columnCount(); ++column) {
            const QModelIndex index = model.index(row, column);
            for (int role = 0; role < Qt::UserRole + 20; ++role)
                texts += index.data(role).toString().toUtf8() + '\n';
        }
    }
    return texts;
}

/// Of all windows, their titles and what they hold.
QByteArray textsOnScreen()
{
    QByteArray texts;
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (const QWidget *window : windows) {
        texts += textsOf(*window);
        const QObjectList parts = window->findChildren<QObject *>();
        for (const QObject *part : parts) {
            texts += textsOf(*part);
            if (const auto *model = qobject_cast<const QAbstractItemModel *>(part))
                texts += textsOf(*model);
        }
    }
    return texts;
}

} // namespace

/// The window with marked secrets in everything: what it shows, says to assistive tools, copies, logs and stores.
class TestSecretsInWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_stage = std::make_unique<SecretStage>();
        QLoggingCategory::setFilterRules(u"*=true"_s);
        qInstallMessageHandler(keepLog);
    }
    void cleanupTestCase() { qInstallMessageHandler(nullptr); }

    void nothingGetsOut_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < SecretStage::cases().size(); ++i)
            QTest::addRow("%s", SecretStage::cases().at(i).name) << i;
    }

    void nothingGetsOut()
    {
        QFETCH(const int, index);
        m_stage->prepare(SecretStage::cases().at(index));
        const QTemporaryDir home;
        QApplication::clipboard()->clear();
        QByteArray copied;
        {
            Store::Settings settings(home.filePath(u"settings.ini"_s));
            Kube::ConnectionFlags flags;
            flags.kubeconfig = m_stage->kubeconfig();
            Kube::ContextStore contexts(flags);
            Forward::ForwardManager manager([&](const Kube::ContextRef &context) { return contexts.resolve(context); });
            Ui::MainWindow window(manager, contexts, settings);
            window.show();
            Forward::ForwardSpec spec;
            spec.context = contexts.preferredContext();
            spec.namespaceName = u"default"_s;
            spec.target = {Kube::TargetRef::Kind::Pod, u"web"_s};
            spec.addresses = QStringList{u"127.0.0.1"_s};
            spec.ports = {{quint16(0), u"8080"_s}};
            const Forward::ForwardId id = manager.add(spec);
            manager.start(id);
            QTRY_VERIFY_WITH_TIMEOUT(manager.snapshot(id).state != State::Stopped
                                         && manager.snapshot(id).state != State::Starting,
                                     Deadline);
            window.findChild<Ui::ForwardsView *>()->selectAll();
            look("the window");
            copied += copy(window, Ui::ActionId::CopyDetails) + copy(window, Ui::ActionId::CopyKubectl);
            for (const Forward::LogLine &line : manager.log(id))
                copied += line.text.toUtf8();
            lookAtDialogs(window, contexts, settings, spec, copied);
            window.close();
        }
        check("what was copied", copied);
        check("what the plugin was started with", m_stage->pluginSurroundings());
        {
            const QMutexLocker lock(&logging);
            QVERIFY2(logged.contains("qt."), "logging is not on");
            check("the log", std::exchange(logged, {}));
        }
        QCOMPARE(m_stage->secrets().foundBelow(home.path()), QStringList());
        m_used += m_stage->secretsWereUsed();
        ++m_ran;
    }

    void theyWereUsed()
    {
        if (m_ran < SecretStage::cases().size())
            QSKIP("Only some of the cases were run.");
        QVERIFY2(m_used >= 10, qPrintable(QString::number(m_used)));
    }

private:
    void lookAtDialogs(QWidget &window, Kube::ContextStore &contexts, Store::Settings &settings,
                       const Forward::ForwardSpec &spec, QByteArray &copied)
    {
        Ui::CheckDialog checking(contexts, spec, &window);
        checking.show();
        auto *report = checking.findChild<QPushButton *>(u"copyReport"_s);
        QTRY_VERIFY_WITH_TIMEOUT(report->isEnabled(), Deadline);
        report->click();
        copied += QApplication::clipboard()->text().toUtf8();
        look("the check");

        Ui::SignInDialog signIn(contexts, spec.context, &window);
        signIn.show();
        auto *close = signIn.findChild<QPushButton *>(u"signInClose"_s);
        QTRY_COMPARE_WITH_TIMEOUT(close->text(), u"&Close"_s, Deadline); // a run has ended
        look("the sign-in");

        Ui::PickerDialog picker(contexts, settings, &window);
        picker.show();
        QTest::qWait(100); // whatever it finds out by then
        look("the picker");
    }

    QByteArray copy(const QWidget &window, Ui::ActionId id) const
    {
        window.findChild<Ui::Actions *>()->get(id).trigger();
        return QApplication::clipboard()->text().toUtf8();
    }

    void look(const char *where)
    {
        const QByteArray texts = textsOnScreen();
        QVERIFY(texts.contains("Fairlead")); // the title, so it does look
        check(where, texts);
    }

    void check(const char *where, const QByteArray &written)
    {
        const QString leak = m_stage->secrets().leakIn(written);
        QVERIFY2(leak.isEmpty(), qPrintable(QLatin1String(where) + ": "_L1 + leak));
    }

    std::unique_ptr<SecretStage> m_stage;
    int m_used = 0;
    int m_ran = 0;
};

QTEST_MAIN(TestSecretsInWindow)
#include "tst_secretsinwindow.moc"
