#include "support/paperforwards.h"
#include "ui/forwards/forwardsmodel.h"
#include "ui/sidebar/categorymodel.h"
#include "ui/sidebar/sidebar.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;
using Forward::State;
using Kind = Category::Kind;

namespace {

void put(ForwardsModel &model, Forward::ForwardId id, State state, const QString &context)
{
    Forward::ForwardSnapshot forward = paperForward(u"f"_s, state, 80, context);
    forward.id = id;
    model.put(forward);
}

int countOf(const CategoryModel &model, const Category &category)
{
    const int row = model.rowOf(category);
    return row < 0 ? -1 : model.index(row).data(CategoryModel::CountRole).toInt();
}

} // namespace

class TestCategoryModel : public QObject
{
    Q_OBJECT

private slots:
    void countsByKindAndContext()
    {
        ForwardsModel forwards;
        CategoryModel model(forwards);
        put(forwards, 1, State::Running, u"dev"_s);
        put(forwards, 2, State::Starting, u"dev"_s);
        put(forwards, 3, State::Failed, u"prod"_s);
        put(forwards, 4, State::Stopped, u"prod"_s);
        QTRY_COMPARE(countOf(model, {Kind::All, {}}), 4);
        QCOMPARE(countOf(model, {Kind::Running, {}}), 2);
        QCOMPARE(countOf(model, {Kind::NeedsAttention, {}}), 1);
        QCOMPARE(countOf(model, {Kind::Stopped, {}}), 1);
        QCOMPARE(countOf(model, {Kind::Context, u"dev"_s}), 2);
        QCOMPARE(countOf(model, {Kind::Context, u"prod"_s}), 2);
        put(forwards, 3, State::Running, u"prod"_s);
        QTRY_COMPARE(countOf(model, {Kind::NeedsAttention, {}}), 0);
    }

    void staysConsistentWhileContextsComeAndGo()
    {
        ForwardsModel forwards;
        CategoryModel model(forwards);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QRandomGenerator random(3);
        for (int step = 0; step < 400; ++step) {
            const Forward::ForwardId id = 1 + random.bounded(8);
            if (random.bounded(3) == 0)
                forwards.remove(id);
            else
                put(forwards, id, State(random.bounded(7)), u"context %1"_s.arg(random.bounded(5)));
            QCoreApplication::processEvents();
            QCOMPARE(countOf(model, {Kind::All, {}}), forwards.rowCount());
        }
    }

    void theChosenContextStaysChosenAndFallsBackToAll()
    {
        ForwardsModel forwards;
        CategoryModel model(forwards);
        SideBar bar(model);
        put(forwards, 1, State::Running, u"m"_s);
        QTRY_VERIFY(model.rowOf({Kind::Context, u"m"_s}) >= 0);
        bar.choose({Kind::Context, u"m"_s});
        QSignalSpy chosen(&bar, &SideBar::categoryChosen);
        put(forwards, 2, State::Running, u"a"_s); // sorts before it
        QTRY_VERIFY(model.rowOf({Kind::Context, u"a"_s}) >= 0);
        QCOMPARE(model.categoryAt(bar.currentIndex().row()), Category({Kind::Context, u"m"_s}));
        QCOMPARE(chosen.size(), 0);
        forwards.remove(1);
        QTRY_COMPARE(model.rowOf({Kind::Context, u"m"_s}), -1);
        QVERIFY(!chosen.isEmpty());
        QCOMPARE(chosen.last().first().value<Category>(), Category());
        QCOMPARE(model.categoryAt(bar.currentIndex().row()), Category());
    }
};

QTEST_MAIN(TestCategoryModel)
#include "tst_categorymodel.moc"
