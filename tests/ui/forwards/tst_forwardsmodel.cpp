#include "core/store/settings.h"
#include "support/paperforwards.h"
#include "ui/forwards/forwardsfilter.h"
#include "ui/forwards/forwardsmodel.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;
using Forward::ForwardId;
using Forward::ForwardSnapshot;
using Forward::State;
using Kind = Category::Kind;

namespace {

ForwardSnapshot row(ForwardId id, const QString &name, State state = State::Running, quint16 port = 8080,
                    const QString &context = u"okd-dev"_s)
{
    ForwardSnapshot forward = paperForward(name, state, port, context);
    forward.id = id;
    return forward;
}

QStringList names(const QAbstractItemModel &model)
{
    QStringList list;
    for (int i = 0; i < model.rowCount(); ++i)
        list << model.index(i, ForwardsModel::NameColumn).data().toString();
    return list;
}

ForwardSnapshot randomRow(QRandomGenerator &random, ForwardId id)
{
    ForwardSnapshot forward = row(id, u"forward %1"_s.arg(random.bounded(40)), State(random.bounded(7)));
    forward.traffic.rateDown = random.bounded(3) * 1e5;
    forward.traffic.bytesDown = random.generate();
    forward.openConnections = random.bounded(4);
    forward.totalConnections = quint64(forward.openConnections) + 3;
    forward.rateHistory = {1, 2, double(random.bounded(1000))};
    if (random.bounded(4) == 0)
        forward.reason.nextTry = QDateTime::currentDateTime().addSecs(5);
    return forward;
}

} // namespace

class TestForwardsModel : public QObject
{
    Q_OBJECT

private slots:
    void staysConsistentUnderRandomChanges()
    {
        ForwardsModel model;
        ForwardsFilter filter;
        filter.setSourceModel(&model);
        filter.sort(ForwardsModel::DownColumn);
        const QAbstractItemModelTester testModel(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester testFilter(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QRandomGenerator random(1);
        for (int step = 0; step < 1500; ++step) {
            const ForwardId id = 1 + random.bounded(30);
            if (random.bounded(4) == 0)
                model.remove(id);
            else
                model.put(randomRow(random, id));
            if (step % 50 == 0)
                filter.setText(random.bounded(2) ? u"forward 1"_s : QString());
            if (step % 70 == 0)
                filter.setCategory({Kind(random.bounded(4)), {}});
            const ForwardSnapshot *known = model.find(id);
            QCOMPARE(model.indexOf(id).isValid(), known != nullptr);
            if (known)
                QCOMPARE(model.indexOf(id).data(ForwardsModel::IdRole).toULongLong(), id);
        }
    }

    void onlyWhatLooksDifferentIsAnnounced_data()
    {
        QTest::addColumn<ForwardSnapshot>("after");
        QTest::addColumn<QList<int>>("columns");
        const ForwardSnapshot before = row(1, u"a"_s);
        QTest::addRow("nothing") << before << QList<int>{};
        ForwardSnapshot after = before;
        after.traffic.rateDown = 5000;
        after.traffic.bytesDown = 70'000;
        QTest::addRow("data came") << after << QList<int>{ForwardsModel::DownColumn, ForwardsModel::BytesDownColumn};
        after = before;
        after.rateHistory = {0, 0, 0};
        QTest::addRow("a second passed in silence") << after << QList<int>{};
        after = before;
        after.roundTripMs = 12;
        QTest::addRow("a ping was answered") << after << QList<int>{ForwardsModel::RoundTripColumn};
        after = before;
        after.reason.text = u"x"_s;
        QTest::addRow("another reason") << after
                                        << QList<int>{ForwardsModel::StateColumn, ForwardsModel::NameColumn,
                                                      ForwardsModel::LastErrorColumn};
        after = before;
        after.ports[0].traffic.bytesDown = 100;
        QTest::addRow("traffic of one port is not in the table") << after << QList<int>{};
    }

    void onlyWhatLooksDifferentIsAnnounced()
    {
        QFETCH(const ForwardSnapshot, after);
        QFETCH(const QList<int>, columns);
        ForwardsModel model;
        model.put(row(1, u"a"_s));
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.put(after);
        QList<int> announced;
        for (const QList<QVariant> &change : std::as_const(changes)) {
            for (int c = change.at(0).toModelIndex().column(); c <= change.at(1).toModelIndex().column(); ++c)
                announced << c;
        }
        QCOMPARE(announced, columns);
    }

    void aSelectionSurvivesUpdatesAndRemovals()
    {
        ForwardsModel model;
        ForwardsFilter filter;
        filter.setSourceModel(&model);
        filter.sort(ForwardsModel::DownColumn, Qt::DescendingOrder);
        for (ForwardId id = 1; id <= 20; ++id)
            model.put(row(id, u"f%1"_s.arg(id)));
        QItemSelectionModel selection(&filter);
        selection.select(filter.mapFromSource(model.indexOf(7)),
                         QItemSelectionModel::Select | QItemSelectionModel::Rows);
        for (ForwardId id = 1; id <= 20; ++id) {
            ForwardSnapshot busy = row(id, u"f%1"_s.arg(id));
            busy.traffic.rateDown = double((id * 7919) % 1000 + 1);
            model.put(busy);
        }
        model.remove(3);
        model.remove(12);
        QCOMPARE(selection.selectedRows().size(), 1);
        QCOMPARE(selection.selectedRows().first().data(ForwardsModel::IdRole).toULongLong(), ForwardId(7));
    }

    void theFilterLooksEverywhereForEveryWord_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("found");
        QTest::addRow("empty finds all") << QString() << QStringList{u"Grafana"_s, u"Orders"_s, u"Ledger"_s};
        QTest::addRow("name, any case") << u"gRaF"_s << QStringList{u"Grafana"_s};
        QTest::addRow("port") << u"5432"_s << QStringList{u"Orders"_s};
        QTest::addRow("context") << u"prod"_s << QStringList{u"Ledger"_s};
        QTest::addRow("namespace") << u"shop"_s << QStringList{u"Grafana"_s, u"Orders"_s, u"Ledger"_s};
        QTest::addRow("the state's word") << u"failed"_s << QStringList{u"Ledger"_s};
        QTest::addRow("two words, both needed") << u"dev running"_s << QStringList{u"Grafana"_s, u"Orders"_s};
        QTest::addRow("two words, one missing") << u"dev failed"_s << QStringList{};
        QTest::addRow("spaces around") << u"  orders "_s << QStringList{u"Orders"_s};
        QTest::addRow("pattern characters are plain") << u".*"_s << QStringList{};
    }

    void theFilterLooksEverywhereForEveryWord()
    {
        QFETCH(const QString, text);
        QFETCH(const QStringList, found);
        ForwardsModel model;
        model.put(row(1, u"Grafana"_s, State::Running, 3000));
        model.put(row(2, u"Orders"_s, State::Running, 5432));
        model.put(row(3, u"Ledger"_s, State::Failed, 8443, u"okd-prod"_s));
        ForwardsFilter filter;
        filter.setSourceModel(&model);
        filter.setText(text);
        QCOMPARE(names(filter), found);
    }

    void everyStateIsInExactlyOneKind()
    {
        for (int state = int(State::Stopped); state <= int(State::Failed); ++state) {
            const ForwardSnapshot forward = row(1, u"a"_s, State(state));
            int kinds = 0;
            for (const Kind kind : {Kind::Running, Kind::NeedsAttention, Kind::Stopped})
                kinds += belongsTo({kind, {}}, forward) ? 1 : 0;
            QCOMPARE(kinds, 1);
            QVERIFY(belongsTo({Kind::All, {}}, forward));
        }
        QVERIFY(belongsTo({Kind::Context, u"okd-dev"_s}, row(1, u"a"_s)));
        QVERIFY(!belongsTo({Kind::Context, u"okd"_s}, row(1, u"a"_s)));
    }

    void sortsByValueAndNotByText_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<QStringList>("order");
        QTest::addRow("names with numbers")
            << int(ForwardsModel::NameColumn) << QStringList{u"api-2"_s, u"api-10"_s, u"Web"_s};
        QTest::addRow("rates of other units")
            << int(ForwardsModel::DownColumn) << QStringList{u"Web"_s, u"api-10"_s, u"api-2"_s};
        QTest::addRow("ports") << int(ForwardsModel::LocalColumn) << QStringList{u"Web"_s, u"api-2"_s, u"api-10"_s};
        QTest::addRow("unknown round trips first")
            << int(ForwardsModel::RoundTripColumn) << QStringList{u"Web"_s, u"api-2"_s, u"api-10"_s};
    }

    void sortsByValueAndNotByText()
    {
        QFETCH(const int, column);
        QFETCH(const QStringList, order);
        ForwardsModel model;
        ForwardSnapshot two = row(1, u"api-2"_s, State::Running, 8080);
        two.traffic.rateDown = 2'000'000;
        two.roundTripMs = 9;
        ForwardSnapshot ten = row(2, u"api-10"_s, State::Running, 10080);
        ten.traffic.rateDown = 900;
        ten.roundTripMs = 80;
        model.put(two);
        model.put(ten);
        model.put(row(3, u"Web"_s, State::Running, 80));
        ForwardsFilter filter;
        filter.setSourceModel(&model);
        filter.sort(column);
        QCOMPARE(names(filter), order);
    }

    void zerosAreEmptyCells()
    {
        ForwardsModel model;
        model.put(row(1, u"a"_s));
        for (const int column : {ForwardsModel::DownColumn, ForwardsModel::UpColumn, ForwardsModel::ConnectionsColumn,
                                 ForwardsModel::RoundTripColumn, ForwardsModel::BytesDownColumn})
            QCOMPARE(model.index(0, column).data().toString(), QString());
    }

    void everyCellOfTheDefaultColumnsReadsAloud()
    {
        ForwardsModel model;
        ForwardSnapshot forward = row(1, u"a"_s, State::Reconnecting);
        forward.reason.text = u"timed out"_s;
        forward.roundTripMs = 3;
        model.put(forward);
        for (int column = 0; column <= ForwardsModel::RoundTripColumn; ++column)
            QVERIFY(!model.index(0, column).data(Qt::AccessibleTextRole).toString().isEmpty());
        QVERIFY(model.index(0, 0).data(Qt::AccessibleTextRole).toString().contains(u"timed out"_s));
    }

    void theLastErrorOutlivesTheRecovery()
    {
        ForwardsModel model;
        ForwardSnapshot forward = row(1, u"a"_s, State::Reconnecting);
        forward.reason.text = u"timed out"_s;
        model.put(forward);
        model.put(row(1, u"a"_s, State::Running));
        QCOMPARE(model.index(0, ForwardsModel::LastErrorColumn).data().toString(), u"timed out"_s);
    }

    void wordsAboutAForwardAreShownAndFound()
    {
        ForwardsModel model;
        ForwardsFilter filter;
        filter.setSourceModel(&model);
        ForwardSnapshot forward = row(1, u"api"_s);
        forward.spec.about = {u"Ask Ann first."_s, {u"db"_s, u"Team A"_s}, u"purple"_s, {}};
        model.put(forward);
        model.put(row(2, u"web"_s));

        const QModelIndex name = model.index(0, ForwardsModel::NameColumn);
        QCOMPARE(name.data(ForwardsModel::SecondaryRole).toString(), u"db · Team A"_s);
        QCOMPARE(name.data(ForwardsModel::OwnMarkRole).toInt(), int(Store::Settings::ContextColor::Purple));
        QCOMPARE(name.data(Qt::AccessibleTextRole).toString(), u"api, Purple, db, Team A"_s);
        QVERIFY(name.data(Qt::ToolTipRole).toString().contains(u"Ask Ann first."_s));
        for (const QString &words : {u"team"_s, u"ann api"_s, u"db first"_s}) {
            filter.setText(words);
            QCOMPARE(names(filter), QStringList{u"api"_s});
        }
    }
};

QTEST_MAIN(TestForwardsModel)
#include "tst_forwardsmodel.moc"
