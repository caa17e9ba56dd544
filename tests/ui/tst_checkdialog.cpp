#include "core/democluster/democluster.h"
#include "core/kube/config/contextstore.h"
#include "ui/checkdialog.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;

namespace {
constexpr int Deadline = 30'000;
}

/// The dialog with the demo cluster behind it, as a user meets it.
class TestCheckDialog : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        Demo::Options options;
        options.kubeconfigOut = m_folder.filePath(u"kubeconfig"_s);
        QVERIFY(m_cluster.start(options));
        Kube::ConnectionFlags flags;
        flags.kubeconfig = options.kubeconfigOut;
        m_contexts = std::make_unique<Kube::ContextStore>(flags);
    }

    void init() { QApplication::clipboard()->clear(); }
    void cleanup() { m_dialog.reset(); }

    void aForwardIsCheckedToItsPort()
    {
        Forward::ForwardSpec spec;
        spec.context = u"demo"_s;
        spec.namespaceName = u"default"_s;
        spec.target = {Kube::TargetRef::Kind::Service, u"web"_s};
        spec.ports = {{std::nullopt, u"80"_s}};
        open(spec);
        QCOMPARE(part<QLineEdit>("checkTarget")->text(), u"service/web"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(), u"Everything that was tried works."_s, Deadline);
        QTRY_VERIFY(shows(u"Something listens on port 8080."_s));
        part<QPushButton>("copyReport")->click();
        const QString report = QApplication::clipboard()->text();
        QVERIFY2(report.contains(u"✓ Port"_s), qPrintable(report));
    }

    void whatIsTypedIsCheckedNext()
    {
        open({});
        QTRY_COMPARE_WITH_TIMEOUT(state(), u"Everything that was tried works."_s, Deadline);
        part<QLineEdit>("checkTarget")->setText(u"echo"_s);
        part<QLineEdit>("checkPort")->setText(u"81"_s);
        QTest::keyClick(part<QLineEdit>("checkPort"), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(state(), u"Something is in the way; see above."_s, Deadline);
        QTRY_VERIFY(shows(u"Nothing listens on port 81 in pod echo."_s));
        QVERIFY(!shows(u"Something listens on port 8080."_s));
    }

    void whatCannotBeReadIsSaid()
    {
        open({});
        part<QLineEdit>("checkTarget")->setText(u"pod/a/b"_s);
        QTest::keyClick(part<QLineEdit>("checkTarget"), Qt::Key_Return);
        QVERIFY2(state().contains(u"arguments in resource/name form"_s), qPrintable(state()));
        QVERIFY(!part<QPushButton>("copyReport")->isEnabled());
    }

    void closingInTheMiddleIsNoTrouble()
    {
        for (int wait : {0, 20, 200}) {
            open({});
            QTest::qWait(wait);
            m_dialog.reset();
        }
    }

private:
    void open(const Forward::ForwardSpec &spec)
    {
        m_dialog = std::make_unique<CheckDialog>(*m_contexts, spec);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    }

    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        return m_dialog->findChild<T *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QString state() const { return part<QLabel>("checkState")->text(); }
    /// A layout shows what it was given from the event loop, so that the last row may come after the state's words.
    [[nodiscard]] bool shows(const QString &text) const
    {
        const QList<QLabel *> labels = m_dialog->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&text](const QLabel *label) { return label->isVisible() && label->text() == text; });
    }

    QTemporaryDir m_folder;
    Demo::DemoCluster m_cluster;
    std::unique_ptr<Kube::ContextStore> m_contexts;
    std::unique_ptr<CheckDialog> m_dialog;
};

QTEST_MAIN(TestCheckDialog)
#include "tst_checkdialog.moc"
