#include "support/lookover.h"
#include "support/surfaces.h"
#include "ui/forwards/forwardsview.h"
#include "ui/mainwindow.h"
#include "ui/translations.h"

#include <QApplication>
#include <QLocale>
#include <QTabWidget>
#include <QTest>
#include <QTranslator>

using namespace Fairlead;
using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;

/// Looks at the window and every dialog, in each language and with letters as they are and larger.
class TestSurfaces : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_font = QApplication::font(); }
    void cleanup()
    {
        QApplication::setFont(m_font);
        qDeleteAll(qApp->findChildren<QTranslator *>());
    }

    void dialogsShowTheirWords_data() { languages(); }
    void dialogsShowTheirWords()
    {
        dress();
        Surfaces surfaces;
        surfaces.fill();
        QStringList faults;
        for (const Surfaces::Dialog &dialog : surfaces.dialogs()) {
            const std::unique_ptr<QWidget> shown = dialog.make();
            shown->show();
            QVERIFY(QTest::qWaitForWindowExposed(shown.get()));
            note(faults, dialog.name, *shown);
        }
        QVERIFY2(faults.isEmpty(), qPrintable(u'\n' + faults.join(u'\n')));
    }

    void theWindowShowsItsWords_data() { languages(); }
    void theWindowShowsItsWords()
    {
        dress();
        Surfaces surfaces;
        MainWindow &window = surfaces.window();
        window.resize(1024, 700);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QStringList faults;
        note(faults, "empty", window);
        surfaces.fill();
        window.findChild<ForwardsView *>()->select(1);
        auto *tabs = window.findChild<QTabWidget *>(u"detailsTabs"_s);
        QTRY_VERIFY(tabs->isVisible());
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            QCoreApplication::processEvents();
            note(faults, "full", window);
        }
        faults.removeDuplicates();
        QVERIFY2(faults.isEmpty(), qPrintable(u'\n' + faults.join(u'\n')));
    }

private:
    static void languages()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("percent");
        for (const QString &language : {u"en_US"_s, u"de_DE"_s}) {
            for (const int percent : {100, 130})
                QTest::addRow("%s, letters at %d %%", qPrintable(language), percent) << language << percent;
        }
    }

    /// What a user chose in the desktop's settings.
    void dress() const
    {
        QFETCH(const QString, language);
        QFETCH(const int, percent);
        installTranslations(*qApp, QLocale(language));
        QFont font = m_font;
        font.setPointSizeF(font.pointSizeF() * percent / 100);
        QApplication::setFont(font);
    }

    static void note(QStringList &faults, const char *name, const QWidget &window)
    {
        const QStringList found =
            Test::cutOffWords(window) + Test::doubledMnemonics(window) + Test::namelessControls(window);
        for (const QString &fault : found)
            faults << QLatin1StringView(name) + u": "_s + fault;
    }

    QFont m_font;
};

QTEST_MAIN(TestSurfaces)
#include "tst_surfaces.moc"
