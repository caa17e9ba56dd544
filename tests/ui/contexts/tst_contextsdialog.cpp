#include "core/store/settings.h"
#include "tests/ui/contexts/contextfiles.h"
#include "ui/colorscheme.h"
#include "ui/contexts/contextsdialog.h"
#include "ui/contexts/kubeconfigdesk.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Test;
using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;

class TestContextsDialog : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        writeFile(path("own"), kubeconfigWith({u"default/api-okd-example:6443/kube:admin"_s, u"prod"_s}));
        m_settings = std::make_unique<Store::Settings>(path("settings.ini"));
        m_contexts = std::make_unique<Kube::ContextStore>(flagsFor(path("own")));
    }
    void cleanup()
    {
        m_dialog.reset();
        m_contexts.reset();
        m_settings.reset();
    }

    void colorAndProtectionAreSetForTheSelectedContext()
    {
        open();
        QTest::keyClicks(part<QLineEdit>("contextFilter"), u"prod"_s);
        QCOMPARE(list()->model()->rowCount(), 1);
        auto *color = part<QComboBox>("contextColor");
        QTest::keyClick(color, Qt::Key_Down);
        QTest::mouseClick(part<QCheckBox>("contextProtected"), Qt::LeftButton, {}, {8, 8});
        const auto mark = m_settings->contextMark(u"prod"_s, u"https://api.lab:6443"_s);
        QCOMPARE(mark.color, Store::Settings::ContextColor::Red);
        QVERIFY(mark.isProtected);
        const QString other = u"default/api-okd-example:6443/kube:admin"_s;
        QCOMPARE(m_settings->contextMark(other, u"https://api.lab:6443"_s), Store::Settings::ContextMark());

        part<QLineEdit>("contextFilter")->setText(u"okd"_s); // the other one: not marked
        QTRY_COMPARE(list()->currentIndex().data().toString(), other);
        QCOMPARE(color->currentIndex(), 0);
        QVERIFY(!part<QCheckBox>("contextProtected")->isChecked());
    }

    void anAddedFileIsRemovedAgain()
    {
        KubeconfigDesk desk(*m_contexts, *m_settings);
        const QString lab = writeFile(path("lab.yaml"), kubeconfigWith({u"lab"_s}));
        QVERIFY(desk.addFile(lab).hasValue());
        open();
        QCOMPARE(list()->model()->rowCount(), 3);
        auto *files = part<QListWidget>("addedFiles");
        QVERIFY(files->isVisible());
        QVERIFY(!part<QPushButton>("removeFile")->isEnabled());
        files->setCurrentRow(0);
        QTest::mouseClick(part<QPushButton>("removeFile"), Qt::LeftButton);
        QCOMPARE(list()->model()->rowCount(), 2);
        QVERIFY(m_settings->addedKubeconfigs().isEmpty());
        QVERIFY(QFile::exists(lab));
        QVERIFY(!files->isVisible());
    }

    void deletingPastedTextIsAskedFirst()
    {
        KubeconfigDesk desk(*m_contexts, *m_settings);
        const auto pasted = desk.addText(kubeconfigWith({u"pasted"_s}, "https://pasted.example:6443"));
        QVERIFY(pasted.hasValue());
        const QString file = pasted->first().kubeconfig;
        open();
        part<QListWidget>("addedFiles")->setCurrentRow(0);
        QTest::mouseClick(part<QPushButton>("removeFile"), Qt::LeftButton);
        auto *question = m_dialog->findChild<QMessageBox *>(u"deletePasted"_s);
        QVERIFY(question);
        QTest::keyClick(question, Qt::Key_Return); // Cancel is the default
        QTRY_VERIFY(!m_dialog->findChild<QMessageBox *>(u"deletePasted"_s));
        QVERIFY(QFile::exists(file));
        QTest::mouseClick(part<QPushButton>("removeFile"), Qt::LeftButton);
        question = m_dialog->findChild<QMessageBox *>(u"deletePasted"_s);
        for (QAbstractButton *button : question->buttons()) {
            if (question->buttonRole(button) == QMessageBox::DestructiveRole)
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QTRY_VERIFY(!QFile::exists(file));
        QCOMPARE(list()->model()->rowCount(), 2);
    }

    void aKubeconfigThatChangesIsShownWithoutLosingTheChoice()
    {
        open();
        list()->setCurrentIndex(list()->model()->index(1, 0));
        writeFile(path("own"), kubeconfigWith({u"new"_s, u"newer"_s, u"prod"_s}));
        QTRY_COMPARE(list()->model()->rowCount(), 3);
        QCOMPARE(list()->currentIndex().data().toString(), u"prod"_s);
    }

    /// For people: FAIRLEAD_PREVIEW=FOLDER keeps pictures.
    void pictures()
    {
        const QString folder = qEnvironmentVariable("FAIRLEAD_PREVIEW");
        if (folder.isEmpty())
            QSKIP("FAIRLEAD_PREVIEW names no folder");
        writeFile(path("own"),
                  kubeconfigWith({u"default/api-okd-example-com:6443/kube:admin"_s, u"prod"_s, u"staging"_s},
                                 "https://api.okd.example.com:6443", "{auth-provider: {name: gcp}}"));
        KubeconfigDesk desk(*m_contexts, *m_settings);
        QVERIFY(desk.addFile(writeFile(path("lab.yaml"), kubeconfigWith({u"lab"_s}))).hasValue());
        m_settings->setContextMark(u"prod"_s, u"https://api.okd.example.com:6443"_s,
                                   {Store::Settings::ContextColor::Red, true});
        m_settings->setContextMark(u"lab"_s, u"https://api.lab:6443"_s, {Store::Settings::ContextColor::Green, false});
        for (const bool dark : {false, true}) {
            applyColorScheme(dark ? Store::Settings::ColorScheme::Dark : Store::Settings::ColorScheme::Light);
            open();
            QCoreApplication::processEvents();
            m_dialog->grab().save(u"%1/contexts-%2.png"_s.arg(folder, dark ? u"dark"_s : u"light"_s));
        }
        applyColorScheme(Store::Settings::ColorScheme::Light);
    }

private:
    [[nodiscard]] QString path(const char *name) const { return m_dir->filePath(QString::fromLatin1(name)); }
    void open()
    {
        m_dialog = std::make_unique<ContextsDialog>(*m_contexts, *m_settings);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }
    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        return m_dialog->findChild<T *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QListView *list() const { return part<QListView>("contexts"); }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Store::Settings> m_settings;
    std::unique_ptr<Kube::ContextStore> m_contexts;
    std::unique_ptr<ContextsDialog> m_dialog;
};

QTEST_MAIN(TestContextsDialog)
#include "tst_contextsdialog.moc"
