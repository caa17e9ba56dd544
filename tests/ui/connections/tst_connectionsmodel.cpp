#include "ui/connections/connectionsmodel.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace Fairlead::Forward;
using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;

namespace {

ConnectionSnapshot connection(quint64 id, ConnectionEnd end = ConnectionEnd::Open, quint64 bytes = 0)
{
    ConnectionSnapshot c;
    c.id = id;
    c.peerAddress = u"127.0.0.1"_s;
    c.peerPort = quint16(40000 + id);
    c.remotePort = 80;
    c.end = end;
    c.traffic.bytesDown = bytes;
    c.opened = QDateTime::currentDateTime();
    if (end != ConnectionEnd::Open) {
        c.closed = c.opened.addMSecs(12);
        c.durationMs = 12;
    }
    return c;
}

QList<quint64> ids(const ConnectionsModel &model)
{
    QList<quint64> list;
    for (int i = 0; i < model.rowCount(); ++i)
        list << model.at(i).id;
    return list;
}

} // namespace

class TestConnectionsModel : public QObject
{
    Q_OBJECT

private slots:
    void mergesAnyListIntoAnyOther()
    {
        ConnectionsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QRandomGenerator random(7);
        for (int step = 0; step < 600; ++step) {
            QList<ConnectionSnapshot> list;
            for (quint64 id = 30; id > 0; --id) {
                if (random.bounded(2))
                    list << connection(id, ConnectionEnd(random.bounded(11)), random.bounded(3));
            }
            const QList<ConnectionSnapshot> sorted = list;
            if (random.bounded(3) == 0)
                std::reverse(list.begin(), list.end());
            model.setConnections(list);
            QCOMPARE(model.rowCount(), int(sorted.size()));
            for (int i = 0; i < sorted.size(); ++i)
                QCOMPARE(model.at(i), sorted.at(i));
        }
    }

    void aSelectionSurvivesNewAndEndingConnections()
    {
        ConnectionsModel model;
        model.setConnections({connection(5), connection(4), connection(3)});
        QItemSelectionModel selection(&model);
        selection.select(model.index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);

        model.setConnections({connection(7), connection(6), connection(4, ConnectionEnd::ByPod, 10), connection(3)});

        QCOMPARE(ids(model), QList<quint64>({7, 6, 4, 3}));
        QCOMPARE(selection.selectedRows().size(), 1);
        QCOMPARE(model.at(selection.selectedRows().first().row()).id, quint64(4));
        QCOMPARE(resets.size(), 0);
    }

    void whatDidNotChangeIsNotAnnounced()
    {
        ConnectionsModel model;
        const QList<ConnectionSnapshot> list{connection(2), connection(1)};
        model.setConnections(list);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.setConnections(list);
        QCOMPARE(changes.size(), 0);
    }

    void endsAreSaidInWords_data()
    {
        QTest::addColumn<ConnectionEnd>("end");
        for (int end = int(ConnectionEnd::Open); end <= int(ConnectionEnd::Stopped); ++end)
            QTest::addRow("%d", end) << ConnectionEnd(end);
    }

    void endsAreSaidInWords()
    {
        QFETCH(const ConnectionEnd, end);
        ConnectionsModel model;
        ConnectionSnapshot c = connection(1, end);
        c.endText = u"The whole sentence."_s;
        c.endDetail = u"exit status 1: connection refused"_s;
        model.setConnections({c});
        const QModelIndex cell = model.index(0, ConnectionsModel::EndColumn);
        QVERIFY(!cell.data().toString().isEmpty());
        QVERIFY(!cell.data(Qt::DecorationRole).value<QIcon>().isNull());
        QVERIFY(cell.data(Qt::ToolTipRole).toString().contains(c.endDetail));
        QVERIFY(cell.data(Qt::ToolTipRole).toString().contains(c.endText));
        QCOMPARE(cell.data().toString().contains(u"12 ms"_s), end != ConnectionEnd::Open);
    }

    void addressesOfIpv6StandInBrackets()
    {
        ConnectionsModel model;
        ConnectionSnapshot c = connection(1);
        c.peerAddress = u"::1"_s;
        model.setConnections({c});
        QCOMPARE(model.index(0, ConnectionsModel::FromColumn).data().toString(), u"[::1]:40001"_s);
    }
};

QTEST_MAIN(TestConnectionsModel)
#include "tst_connectionsmodel.moc"
