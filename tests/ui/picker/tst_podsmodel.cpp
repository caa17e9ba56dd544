#include "core/support/clock.h"
#include "tests/ui/picker/podrows.h"
#include "ui/picker/itemroles.h"
#include "ui/picker/podsmodel.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;
using Fairlead::Kube::PodRow;
using Fairlead::Test::podRow;

namespace {

class HandClock final : public Fairlead::Clock
{
public:
    [[nodiscard]] qint64 monotonicMs() const override { return 0; }
    [[nodiscard]] QDateTime now() const override { return m_now; }
    QDateTime m_now = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC);
};

QStringList names(const PodsModel &model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row)
        all << model.index(row, PodsModel::PodColumn).data().toString();
    return all;
}

} // namespace

class TestPodsModel : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_model = std::make_unique<PodsModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(),
                                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_model->merge({podRow(u"a"_s), podRow(u"b"_s), podRow(u"c"_s), podRow(u"d"_s)}, {});
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void newRowsComeInOneGo()
    {
        const QSignalSpy inserted(m_model.get(), &PodsModel::rowsInserted);
        const QSignalSpy changed(m_model.get(), &PodsModel::dataChanged);

        m_model->merge({podRow(u"e"_s), podRow(u"f"_s)}, {});

        QCOMPARE(inserted.count(), 1);
        QCOMPARE(inserted.at(0).at(1).toInt(), 4);
        QCOMPARE(inserted.at(0).at(2).toInt(), 5);
        QCOMPARE(changed.count(), 0);
    }

    void onlyWhatChangedIsTold()
    {
        const QSignalSpy changed(m_model.get(), &PodsModel::dataChanged);

        m_model->merge({podRow(u"a"_s), podRow(u"c"_s, u"CrashLoopBackOff"_s)}, {});

        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 2);
        QCOMPARE(m_model->index(2, PodsModel::StatusColumn).data().toString(), u"CrashLoopBackOff"_s);
    }

    void removedRowsGoStretchByStretchAndOthersKeepTheirPlace()
    {
        const QPersistentModelIndex last = m_model->index(3, 0);
        const QSignalSpy removed(m_model.get(), &PodsModel::rowsRemoved);

        m_model->merge({}, {u"shop/c"_s, u"shop/a"_s, u"shop/b"_s, u"shop/unknown"_s, u"shop/b"_s});

        QCOMPARE(removed.count(), 1);
        QCOMPARE(names(*m_model), QStringList{u"d"_s});
        QCOMPARE(last.row(), 0);
        QCOMPARE(m_model->rowOf(u"shop"_s, u"d"_s), 0);
        QCOMPARE(m_model->rowOf(u"shop"_s, u"a"_s), -1);
    }

    void goneAndBackInOneBatchIsANewRow()
    {
        PodRow again = podRow(u"b"_s, u"Pending"_s);
        again.uid = u"another"_s;

        m_model->merge({again}, {u"shop/b"_s});

        QCOMPARE(names(*m_model), (QStringList{u"a"_s, u"c"_s, u"d"_s, u"b"_s}));
        QCOMPARE(m_model->pod(m_model->rowOf(u"shop"_s, u"b"_s)).uid, u"another"_s);
    }

    void twiceInOneBatchIsOneRowAsItWasLast()
    {
        m_model->merge({podRow(u"x"_s, u"Pending"_s), podRow(u"x"_s, u"Running"_s)}, {});

        QCOMPARE(m_model->rowCount(), 5);
        QCOMPARE(m_model->pod(4).status, u"Running"_s);
    }

    void theSameNameInAnotherNamespaceIsAnotherPod()
    {
        m_model->merge({podRow(u"a"_s, u"Pending"_s, u"team"_s)}, {});

        QCOMPARE(m_model->rowCount(), 5);
        QCOMPARE(m_model->pod(m_model->rowOf(u"shop"_s, u"a"_s)).status, u"Running"_s);
        QCOMPARE(m_model->pod(m_model->rowOf(u"team"_s, u"a"_s)).status, u"Pending"_s);
    }

    void clearForgetsAll()
    {
        m_model->clear();
        QCOMPARE(m_model->rowCount(), 0);
        m_model->merge({podRow(u"a"_s)}, {});
        QCOMPARE(m_model->rowCount(), 1);
    }

    void theAgeIsThatOfTheMoment()
    {
        HandClock clock;
        PodsModel model(clock, nullptr);
        model.merge({podRow(u"a"_s)}, {});
        clock.m_now = clock.m_now.addSecs(45);
        QCOMPARE(model.index(0, PodsModel::AgeColumn).data().toString(), u"45s"_s);
        clock.m_now = clock.m_now.addSecs(3 * 3600);
        QCOMPARE(model.index(0, PodsModel::AgeColumn).data().toString(), u"3h"_s);
    }

    void zeroRestartsAreAnEmptyCell()
    {
        PodRow row = podRow(u"b"_s);
        row.restarts = u"17 (41m ago)"_s;
        m_model->merge({row}, {});
        QCOMPARE(m_model->index(0, PodsModel::RestartsColumn).data().toString(), QString());
        QCOMPARE(m_model->index(1, PodsModel::RestartsColumn).data().toString(), u"17 (41m ago)"_s);
    }

    void theToneTellsHowToTakeAStatus_data()
    {
        QTest::addColumn<QString>("status");
        QTest::addColumn<QString>("ready");
        QTest::addColumn<Tone>("tone");
        QTest::addRow("running and ready") << u"Running"_s << u"2/2"_s << Tone::Good;
        QTest::addRow("running, not all ready") << u"Running"_s << u"1/2"_s << Tone::Warning;
        QTest::addRow("ten of ten") << u"Running"_s << u"10/10"_s << Tone::Good;
        QTest::addRow("pending") << u"Pending"_s << u"0/1"_s << Tone::Waiting;
        QTest::addRow("creating") << u"ContainerCreating"_s << u"0/1"_s << Tone::Waiting;
        QTest::addRow("terminating") << u"Terminating"_s << u"1/1"_s << Tone::Waiting;
        QTest::addRow("initialising") << u"Init:0/2"_s << u"0/1"_s << Tone::Waiting;
        QTest::addRow("initialising, crashed") << u"Init:CrashLoopBackOff"_s << u"0/1"_s << Tone::Bad;
        QTest::addRow("completed") << u"Completed"_s << u"0/1"_s << Tone::Muted;
        QTest::addRow("crashing") << u"CrashLoopBackOff"_s << u"0/1"_s << Tone::Bad;
        QTest::addRow("a word of tomorrow") << u"ErrSomethingNew"_s << u"0/1"_s << Tone::Bad;
    }

    void theToneTellsHowToTakeAStatus()
    {
        QFETCH(const QString, status);
        QFETCH(const QString, ready);
        QFETCH(const Tone, tone);
        QCOMPARE(toneOfPodStatus(status, ready), tone);
    }

private:
    std::unique_ptr<PodsModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(TestPodsModel)
#include "tst_podsmodel.moc"
