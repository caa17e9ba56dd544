#include "tests/ui/contexts/contextfiles.h"
#include "ui/contexts/contextcolors.h"
#include "ui/contexts/contextmarks.h"
#include "ui/theme.h"
#include "ui/window/startguard.h"

#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Test;
using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;
using Color = Store::Settings::ContextColor;

class TestContextMarks : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        writeFile(config(), kubeconfigWith({u"prod"_s, u"dev"_s}));
        m_settings = std::make_unique<Store::Settings>(m_dir->filePath(u"settings.ini"_s));
        m_contexts = std::make_unique<Kube::ContextStore>(flagsFor(config()));
        m_marks = std::make_unique<ContextMarks>(*m_contexts, *m_settings);
    }

    void everyColorIsSeenOnEverySurface()
    {
        for (const QPalette &palette : {lightPalette(), darkPalette()}) {
            for (const Color color : contextColors()) {
                for (const auto role : {QPalette::Window, QPalette::Base, QPalette::Highlight}) {
                    const double contrast = contrastRatio(contextColor(color, palette), palette.color(role));
                    QVERIFY2(contrast >= kShapeContrast,
                             qPrintable(u"%1 on role %2: %3"_s.arg(contextColorName(color)).arg(role).arg(contrast)));
                }
            }
        }
        QVERIFY(!contextColor(Color::None, lightPalette()).isValid());
    }

    void aMarkStaysWithItsServer()
    {
        QSignalSpy changed(m_marks.get(), &ContextMarks::changed);
        m_marks->setColor({u"prod"_s}, Color::Red);
        m_marks->setProtected({u"prod"_s}, true);
        QCOMPARE(changed.count(), 2);
        QCOMPARE(m_marks->of({u"prod"_s}), (ContextMarks::Mark{Color::Red, true}));
        QCOMPARE(m_marks->of({u"dev"_s}), ContextMarks::Mark());

        writeFile(config(), kubeconfigWith({u"prod"_s}, "https://other:6443")); // another cluster under the old name
        QTRY_COMPARE(m_marks->of({u"prod"_s}), ContextMarks::Mark());
        writeFile(config(), kubeconfigWith({u"prod"_s}));
        QTRY_COMPARE(m_marks->of({u"prod"_s}), (ContextMarks::Mark{Color::Red, true}));
    }

    void theFirstStartIsAskedAndCancelIsTheDefault()
    {
        m_marks->setProtected({u"prod"_s}, true);
        QWidget window;
        window.show();
        StartGuard guard(*m_marks, window);
        int started = 0;
        const auto start = [&started] { ++started; };

        guard.pass({{u"dev"_s}}, start);
        QCOMPARE(started, 1); // not protected: not asked

        guard.pass({{u"prod"_s}, {u"dev"_s}}, start);
        QCOMPARE(started, 1);
        QDialog *question = ask(window);
        QVERIFY(question);
        QVERIFY(question->accessibleDescription().contains(u"prod"_s));
        QVERIFY(question->accessibleDescription().contains(u"https://api.lab:6443"_s));
        QTest::keyClick(question, Qt::Key_Return); // whoever hits Enter without reading
        QTRY_VERIFY(!ask(window));
        QCOMPARE(started, 1);

        guard.pass({{u"prod"_s}}, start); // asked again, since it was not allowed
        question = ask(window);
        QVERIFY(question);
        QTest::mouseClick(question->findChild<QPushButton *>(u"startProtected"_s), Qt::LeftButton);
        QTRY_VERIFY(!ask(window));
        QCOMPARE(started, 2);

        guard.pass({{u"prod"_s}}, start); // once in a run
        QVERIFY(!ask(window));
        QCOMPARE(started, 3);

        writeFile(config(), kubeconfigWith({u"prod"_s}, "https://other:6443"));
        QTRY_COMPARE(m_marks->serverOf({u"prod"_s}), u"https://other:6443"_s);
        m_marks->setProtected({u"prod"_s}, true);
        guard.pass({{u"prod"_s}}, start); // elsewhere is another question
        QVERIFY(ask(window));
        QTest::keyClick(ask(window), Qt::Key_Escape);
        QTRY_VERIFY(!ask(window));
        QCOMPARE(started, 3);
    }

    void severalProtectedContextsAreOneQuestion()
    {
        m_marks->setProtected({u"prod"_s}, true);
        m_marks->setProtected({u"dev"_s}, true);
        QWidget window;
        window.show();
        StartGuard guard(*m_marks, window);
        bool started = false;
        guard.pass({{u"prod"_s}, {u"dev"_s}, {u"prod"_s}}, [&started] { started = true; });
        QCOMPARE(window.findChildren<QDialog *>().size(), 1);
        const QString text = ask(window)->findChild<QLabel *>(u"protectedText"_s)->text();
        QCOMPARE(text.count(u"prod"_s), 1);
        QCOMPARE(text.count(u"dev"_s), 1);
        ask(window)->accept();
        QVERIFY(started);
    }

private:
    [[nodiscard]] QString config() const { return m_dir->filePath(u"config"_s); }
    static QDialog *ask(const QWidget &window)
    {
        const auto all = window.findChildren<QDialog *>(u"protectedQuestion"_s); // closed ones are on their way out
        const auto found = std::find_if(all.cbegin(), all.cend(), [](const QDialog *one) { return one->isVisible(); });
        return found == all.cend() ? nullptr : *found;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Store::Settings> m_settings;
    std::unique_ptr<Kube::ContextStore> m_contexts;
    std::unique_ptr<ContextMarks> m_marks;
};

QTEST_MAIN(TestContextMarks)
#include "tst_contextmarks.moc"
