#include "ui/window/takeoverquestion.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;

namespace {

TakeOverQuestion::Facts someFacts()
{
    return {QDateTime::currentDateTime(), 4312, 14, 12, 3};
}

QString textOf(const TakeOverQuestion &question)
{
    return question.findChild<QLabel *>(u"takeOverText"_s)->text();
}

} // namespace

class TestTakeOverQuestion : public QObject
{
    Q_OBJECT

private slots:
    void itSaysWhatRunsAndWhatItCosts()
    {
        const TakeOverQuestion question(someFacts());
        const QString text = textOf(question);
        for (const QString &part :
             {u"4312"_s, u"12 forward"_s, u"3 connection"_s, u"are cut"_s, u"closed for a moment"_s})
            QVERIFY2(text.contains(part), qPrintable(part + u" in: "_s + text));
        QVERIFY(question.accessibleDescription().contains(text));
        QVERIFY(!question.findChild<QPushButton *>(u"startThere"_s));
    }

    void keysAnswer_data()
    {
        QTest::addColumn<QStringList>("missing");
        QTest::addColumn<Qt::Key>("key");
        QTest::addColumn<TakeOverQuestion::Choice>("choice");
        using Choice = TakeOverQuestion::Choice;
        QTest::addRow("Return moves them") << QStringList() << Qt::Key_Return << Choice::Move;
        QTest::addRow("Escape leaves them") << QStringList() << Qt::Key_Escape << Choice::Cancel;
        QTest::addRow("Return leaves what would stop for good")
            << QStringList{u"moon"_s} << Qt::Key_Return << Choice::Cancel;
    }
    void keysAnswer()
    {
        QFETCH(const QStringList, missing);
        QFETCH(const Qt::Key, key);
        QFETCH(const TakeOverQuestion::Choice, choice);
        auto facts = someFacts();
        facts.missing = missing;
        TakeOverQuestion question(facts);
        question.open();
        for (const QString &context : missing)
            QVERIFY(textOf(question).contains(context));
        QTest::keyClick(&question, key);
        QVERIFY(!question.isVisible());
        QCOMPARE(question.choice(), choice);
    }

    void whatALinkAsksForIsNothingToPressReturnFor()
    {
        auto facts = someFacts();
        facts.byLink = true;
        TakeOverQuestion question(facts);
        question.open();
        QTest::keyClick(&question, Qt::Key_Return);
        QCOMPARE(question.choice(), TakeOverQuestion::Choice::Cancel);
    }

    void aProfileCanBeStartedThere()
    {
        auto facts = someFacts();
        facts.profile = u"Team & A"_s;
        TakeOverQuestion question(facts);
        question.open();
        auto *there = question.findChild<QPushButton *>(u"startThere"_s);
        QVERIFY(there && there->text().contains(u"Team && A"_s)); // no shortcut by accident
        QTest::mouseClick(there, Qt::LeftButton);
        QCOMPARE(question.choice(), TakeOverQuestion::Choice::StartThere);
    }

    void withoutForwardsThereIsNothingToMove()
    {
        const TakeOverQuestion question({QDateTime::currentDateTime(), 4312});
        QVERIFY(!textOf(question).contains(u"cut"_s));
        QVERIFY(!question.findChild<QPushButton *>(u"moveHere"_s)->text().contains(u"Move"_s));
    }
};

QTEST_MAIN(TestTakeOverQuestion)

#include "tst_takeoverquestion.moc"
