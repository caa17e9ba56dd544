#include "tests/ui/picker/podrows.h"
#include "ui/picker/itemroles.h"
#include "ui/picker/podsfilter.h"
#include "ui/picker/podsmodel.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

#include <algorithm>

using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;
using Fairlead::Kube::PodRow;
using Fairlead::Test::manyPods;
using Fairlead::Test::podRow;

namespace {

QStringList names(const PodsFilter &filter)
{
    QStringList all;
    for (int row = 0; row < filter.rowCount(); ++row)
        all << filter.index(row, PodsModel::PodColumn).data().toString();
    return all;
}

} // namespace

class TestPodsFilter : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_pods = std::make_unique<PodsModel>();
        m_filter = std::make_unique<PodsFilter>(*m_pods);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_filter.get(),
                                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_pods->merge({podRow(u"web-0"_s), podRow(u"billing-api-0"_s), podRow(u"api-1"_s), podRow(u"api-0"_s),
                       podRow(u"rapid"_s)},
                      {});
    }
    void cleanup()
    {
        m_tester.reset();
        m_filter.reset();
        m_pods.reset();
    }

    void withoutAQueryAllAreSortedByName()
    {
        QCOMPARE(names(*m_filter), (QStringList{u"api-0"_s, u"api-1"_s, u"billing-api-0"_s, u"rapid"_s, u"web-0"_s}));
    }

    void theBestMatchIsFirstThenByName()
    {
        m_filter->setQuery(PodQuery(u"api"_s));
        QCOMPARE(names(*m_filter), (QStringList{u"api-0"_s, u"api-1"_s, u"billing-api-0"_s, u"rapid"_s}));
        QCOMPARE(m_filter->index(2, PodsModel::PodColumn).data(MatchRole).value<MatchedLetters>(),
                 (MatchedLetters{{8, 3}}));
    }

    void whatArrivesLaterIsPutWhereItBelongs()
    {
        m_filter->setQuery(PodQuery(u"api"_s));
        const QSignalSpy resets(m_filter.get(), &PodsFilter::modelReset);
        const QPersistentModelIndex kept = m_filter->index(2, 0);

        m_pods->merge({podRow(u"api-00"_s), podRow(u"zzz"_s), podRow(u"web-0"_s, u"Pending"_s)}, {u"shop/api-1"_s});

        QCOMPARE(names(*m_filter), (QStringList{u"api-0"_s, u"api-00"_s, u"billing-api-0"_s, u"rapid"_s}));
        QCOMPARE(kept.data().toString(), u"billing-api-0"_s);
        QCOMPARE(resets.count(), 0);
    }

    void aPodThatStaysMatchedKeepsItsSelection()
    {
        const QPersistentModelIndex kept = m_filter->index(2, 0); // billing-api-0
        m_filter->setQuery(PodQuery(u"bill"_s));
        QCOMPARE(kept.row(), 0);
        m_filter->setQuery(PodQuery());
        QCOMPARE(kept.row(), 2);
        m_filter->setQuery(PodQuery(u"web"_s));
        QVERIFY(!kept.isValid());
    }

    /// A page of a listing comes in one go, a few changes row by row: both must end in the same order.
    void aPageOfAListingIsPutWhereItBelongs()
    {
        const QList<PodRow> all = manyPods(300);
        m_filter->setQuery(PodQuery(u"api"_s));
        m_pods->clear();
        m_filter->merge(all.mid(0, 5), {});
        const QPersistentModelIndex kept = m_filter->index(0, 0);
        const QString name = kept.data().toString();
        m_filter->merge(all.mid(5, 200), {});
        m_filter->merge(all.mid(205), {u"shop/"_s + all.at(7).name, u"shop/"_s + all.at(100).name});
        QCOMPARE(kept.data().toString(), name);

        PodsModel atOnce;
        PodsFilter expected(atOnce);
        QList<PodRow> left = all;
        left.removeAt(100);
        left.removeAt(7);
        atOnce.merge(left, {});
        expected.setQuery(PodQuery(u"api"_s));
        QCOMPARE(names(*m_filter), names(expected));
        m_filter->setQuery({});
        expected.setQuery({});
        QCOMPARE(names(*m_filter), names(expected));
        QVERIFY(std::ranges::is_sorted(names(*m_filter)));
    }

    void theNamespaceCountsWhenSeveralAreListed()
    {
        m_pods->merge({podRow(u"worker"_s, u"Running"_s, u"team-api"_s)}, {});
        m_filter->setQuery(PodQuery(u"team"_s));
        QCOMPARE(m_filter->rowCount(), 0);
        m_filter->setMatchesNamespaces(true);
        QCOMPARE(names(*m_filter), QStringList{u"worker"_s});
    }

    void aColumnsOrder_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<Qt::SortOrder>("order");
        QTest::addColumn<QStringList>("expected");
        QTest::addRow("restarts are numbers")
            << int(PodsModel::RestartsColumn) << Qt::DescendingOrder << QStringList{u"ten"_s, u"two"_s, u"none"_s};
        QTest::addRow("the youngest has the smallest age")
            << int(PodsModel::AgeColumn) << Qt::AscendingOrder << QStringList{u"none"_s, u"two"_s, u"ten"_s};
        QTest::addRow("status is a word")
            << int(PodsModel::StatusColumn) << Qt::AscendingOrder << QStringList{u"two"_s, u"ten"_s, u"none"_s};
    }

    void aColumnsOrder()
    {
        QFETCH(const int, column);
        QFETCH(const Qt::SortOrder, order);
        QFETCH(const QStringList, expected);
        PodRow none = podRow(u"none"_s, u"Running"_s);
        none.created = none.created.addSecs(100);
        PodRow two = podRow(u"two"_s, u"Error"_s);
        two.restarts = u"2 (4h ago)"_s;
        PodRow ten = podRow(u"ten"_s, u"Pending"_s);
        ten.restarts = u"10 (5m ago)"_s;
        ten.created = ten.created.addSecs(-100);
        m_pods->clear();
        m_pods->merge({ten, none, two}, {});

        m_filter->sort(column, order);

        QCOMPARE(names(*m_filter), expected);
    }

    /// Typing must stay under what a person notices; the figure is printed, and the bound is wide for slow machines.
    void typingOverTwentyThousandPods()
    {
        m_tester.reset(); // it looks at every row itself
        m_pods->clear();
        m_filter->merge(manyPods(20'000), {});
        QTreeView view;
        view.setUniformRowHeights(true);
        view.setRootIsDecorated(false);
        view.setModel(m_filter.get());
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));

        qint64 slowest = 0;
        for (const QString &typed : {u"b"_s, u"bi"_s, u"bil"_s, u"bill"_s, u"bill 9"_s, u"bill"_s, u"b"_s, u""_s,
                                     u"o"_s, u"or"_s, u"x"_s, u""_s}) {
            QElapsedTimer timer;
            timer.start();
            m_filter->setQuery(PodQuery(typed));
            view.setCurrentIndex(m_filter->index(0, 0));
            view.viewport()->repaint();
            const qint64 took = timer.elapsed();
            qInfo("'%s': %lld ms, %d pods", qPrintable(typed), took, m_filter->rowCount());
            slowest = std::max(slowest, took);
        }
        QVERIFY2(slowest < 1500, qPrintable(u"the slowest took %1 ms"_s.arg(slowest)));
    }

    /// A watch that reports many changes must not stop the window either.
    void manyChangesAtOnce()
    {
        m_tester.reset();
        m_pods->clear();
        m_pods->merge(manyPods(20'000), {});
        QList<PodRow> changed = manyPods(20'000).mid(0, 2'000);
        for (PodRow &row : changed)
            row.status = u"Terminating"_s;
        QElapsedTimer timer;
        timer.start();
        m_filter->merge(changed, {});
        qInfo("2000 changed rows: %lld ms", timer.elapsed());
        QVERIFY(timer.elapsed() < 3000);
        QCOMPARE(m_filter->rowCount(), 20'000);
    }

private:
    std::unique_ptr<PodsModel> m_pods;
    std::unique_ptr<PodsFilter> m_filter;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_MAIN(TestPodsFilter)
#include "tst_podsfilter.moc"
