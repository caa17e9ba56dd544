#include "core/store/settings.h"
#include "ui/preferencesdialog.h"

#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Fairlead;
using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;
using Closing = Store::Settings::Closing;

/// The dialog as somebody meets it who has only a keyboard.
class TestPreferencesDialog : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Store::Settings>(m_folder->filePath(u"settings.ini"_s));
    }
    void cleanup() { m_dialog.reset(); }

    void showsWhatIsSet()
    {
        m_settings->setWaiting(45, 0);
        m_settings->setClosing(Closing::Quit);
        m_settings->setRestoreSession(Store::Restore::AsTheyWere);
        open();
        QCOMPARE(wait()->value(), 45);
        QCOMPARE(wait()->text(), u"45 s"_s);
        QCOMPARE(most()->text(), u"none"_s);
        QCOMPARE(closing()->currentData().toInt(), int(Closing::Quit));
        QCOMPARE(restore()->currentData().toInt(), int(Store::Restore::AsTheyWere));
    }

    void keysFillItInAndReturnTakesIt()
    {
        open();
        QCOMPARE(QApplication::focusWidget(), wait());
        type(u"120"_s);
        tab();
        QCOMPARE(QApplication::focusWidget(), most());
        type(u"7"_s);
        tab();
        QCOMPARE(QApplication::focusWidget(), closing());
        QTest::keyClick(closing(), Qt::Key_Down);
        tab();
        QCOMPARE(QApplication::focusWidget(), restore());
        QTest::keyClick(restore(), Qt::Key_Up);
        const QSignalSpy changes(m_settings.get(), &Store::Settings::waitingChanged);
        QTest::keyClick(restore(), Qt::Key_Return);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(m_settings->connectionWaitSeconds(), 120);
        QCOMPARE(m_settings->maxWaiting(), 7);
        QCOMPARE(m_settings->closing(), Closing::KeepRunning);
        QCOMPARE(m_settings->restoreSession(), Store::Restore::Nothing);
        QCOMPARE(changes.count(), 1);
    }

    void returnInAFieldTakesItsText()
    {
        open();
        type(u"90"_s);
        QTest::keyClick(wait(), Qt::Key_Return);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(m_settings->connectionWaitSeconds(), 90);
    }

    void escapeChangesNothing()
    {
        open();
        type(u"5"_s);
        closing()->setCurrentIndex(2);
        QTest::keyClick(wait(), Qt::Key_Escape);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(m_settings->connectionWaitSeconds(), 30);
        QCOMPARE(m_settings->closing(), Closing::Ask);
    }

    void defaultsComeBackWithOk()
    {
        m_settings->setWaiting(5, 5);
        m_settings->setClosing(Closing::Quit);
        m_settings->setRestoreSession(Store::Restore::Nothing);
        open();
        auto *buttons = m_dialog->findChild<QDialogButtonBox *>();
        buttons->button(QDialogButtonBox::RestoreDefaults)->click();
        QCOMPARE(wait()->value(), 30);
        QCOMPARE(most()->value(), 64);
        QCOMPARE(closing()->currentIndex(), 0);
        QCOMPARE(m_settings->connectionWaitSeconds(), 5); // not yet
        buttons->button(QDialogButtonBox::Ok)->click();
        QCOMPARE(m_settings->connectionWaitSeconds(), 30);
        QCOMPARE(m_settings->maxWaiting(), 64);
        QCOMPARE(m_settings->closing(), Closing::Ask);
        QCOMPARE(m_settings->restoreSession(), Store::Restore::Ask);
    }

    void boundsAreThoseOfTheSettings()
    {
        open();
        QCOMPARE(wait()->minimum(), Store::Settings::ConnectionWaitSeconds.least);
        QCOMPARE(wait()->maximum(), Store::Settings::ConnectionWaitSeconds.most);
        QCOMPARE(most()->minimum(), Store::Settings::MaxWaiting.least);
        QCOMPARE(most()->maximum(), Store::Settings::MaxWaiting.most);
    }

    void everyFieldHasALabelThatLeadsToIt()
    {
        open();
        for (const QWidget *field : {static_cast<QWidget *>(wait()), static_cast<QWidget *>(most()),
                                     static_cast<QWidget *>(closing()), static_cast<QWidget *>(restore())}) {
            const QList<QLabel *> labels = m_dialog->findChildren<QLabel *>();
            QVERIFY(std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
                return label->buddy() == field && label->text().contains(u'&');
            }));
        }
    }

    void saysWhenAChangeCounts()
    {
        open();
        const QList<QLabel *> labels = m_dialog->findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->isVisible() && label->text().contains(u"at their next start"_s);
        }));
    }

private:
    void open()
    {
        m_dialog = std::make_unique<PreferencesDialog>(*m_settings);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }
    static void type(const QString &text)
    {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), text);
    }
    static void tab() { QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab); }
    [[nodiscard]] QSpinBox *wait() const { return m_dialog->findChild<QSpinBox *>(u"connectionWait"_s); }
    [[nodiscard]] QSpinBox *most() const { return m_dialog->findChild<QSpinBox *>(u"maxWaiting"_s); }
    [[nodiscard]] QComboBox *closing() const { return m_dialog->findChild<QComboBox *>(u"closing"_s); }
    [[nodiscard]] QComboBox *restore() const { return m_dialog->findChild<QComboBox *>(u"restoreSession"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store::Settings> m_settings;
    std::unique_ptr<PreferencesDialog> m_dialog;
};

QTEST_MAIN(TestPreferencesDialog)
#include "tst_preferencesdialog.moc"
