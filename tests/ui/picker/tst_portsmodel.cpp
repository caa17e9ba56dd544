#include "ui/picker/portsmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;
using Fairlead::Kube::ContainerPort;
using Fairlead::Kube::PodInfo;
using Fairlead::Kube::PortArgument;
using Arguments = QList<PortArgument>;

namespace {

constexpr quint16 kLimit = 1024;

PodInfo podWith(const QList<ContainerPort> &ports)
{
    PodInfo pod;
    pod.namespaceName = u"shop"_s;
    pod.name = u"api-0"_s;
    pod.phase = u"Running"_s;
    pod.ports = ports;
    return pod;
}

PodInfo api()
{
    return podWith({{u"http"_s, 8080, u"TCP"_s, u"api"_s}, {u"metrics"_s, 9090, u"TCP"_s, u"api"_s}});
}

QStringList column(const PortsModel &model, int which)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts << model.index(row, which).data().toString();
    return texts;
}

} // namespace

class TestPortsModel : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_model = std::make_unique<PortsModel>(kLimit);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(),
                                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void theFirstPortIsTicked()
    {
        const QSignalSpy chosen(m_model.get(), &PortsModel::chosenChanged);
        m_model->setPod(api());
        QCOMPARE(column(*m_model, PortsModel::PortColumn), (QStringList{u"8080"_s, u"9090"_s}));
        QCOMPARE(column(*m_model, PortsModel::NameColumn), (QStringList{u"http"_s, u"metrics"_s}));
        QCOMPARE(m_model->chosen(), (Arguments{{std::nullopt, u"8080"_s}}));
        QCOMPARE(chosen.count(), 1);
    }

    void severalMayBeTicked()
    {
        m_model->setPod(api());
        QVERIFY(m_model->setData(m_model->index(1, PortsModel::PortColumn), Qt::Checked, Qt::CheckStateRole));
        QCOMPARE(m_model->chosen(), (Arguments{{std::nullopt, u"8080"_s}, {std::nullopt, u"9090"_s}}));
        QVERIFY(m_model->setData(m_model->index(0, PortsModel::PortColumn), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(m_model->chosen(), (Arguments{{std::nullopt, u"9090"_s}}));
        m_model->tickOnly(0);
        QCOMPARE(m_model->chosen(), (Arguments{{std::nullopt, u"8080"_s}}));
    }

    void aLocalPortIsChecked_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("taken");
        QTest::addColumn<Arguments>("chosen");
        QTest::addRow("another number") << u"5000"_s << true << Arguments{{quint16(5000), u"8080"_s}};
        QTest::addRow("blanks around it") << u" 5000 "_s << true << Arguments{{quint16(5000), u"8080"_s}};
        QTest::addRow("zero is any free one") << u"0"_s << true << Arguments{{quint16(0), u"8080"_s}};
        QTest::addRow("nothing is the same number") << u""_s << true << Arguments{{std::nullopt, u"8080"_s}};
        QTest::addRow("the largest") << u"65535"_s << true << Arguments{{quint16(65535), u"8080"_s}};
        QTest::addRow("too large") << u"65536"_s << false << Arguments{{std::nullopt, u"8080"_s}};
        QTest::addRow("negative") << u"-1"_s << false << Arguments{{std::nullopt, u"8080"_s}};
        QTest::addRow("a word") << u"http"_s << false << Arguments{{std::nullopt, u"8080"_s}};
    }

    void aLocalPortIsChecked()
    {
        QFETCH(const QString, typed);
        QFETCH(const bool, taken);
        QFETCH(const Arguments, chosen);
        m_model->setPod(api());
        QCOMPARE(m_model->setData(m_model->index(0, PortsModel::LocalColumn), typed), taken);
        QCOMPARE(m_model->chosen(), chosen);
    }

    void typingALocalPortTicksItsRow()
    {
        m_model->setPod(api());
        m_model->setData(m_model->index(1, PortsModel::LocalColumn), u"9999"_s);
        QCOMPARE(m_model->chosen(), (Arguments{{std::nullopt, u"8080"_s}, {quint16(9999), u"9090"_s}}));
    }

    void portsInUseGetAnotherOffer_data()
    {
        QTest::addColumn<QList<quint16>>("inUse");
        QTest::addColumn<QStringList>("offers");
        using Ports = QList<quint16>;
        QTest::addRow("none") << Ports() << QStringList{u"8080"_s, u"8081"_s, u"8443"_s};
        QTest::addRow("the first") << Ports{9090} << QStringList{u"8080"_s, u"8081"_s, u"8443"_s};
        QTest::addRow("not what another one of the pod has")
            << Ports{8080} << QStringList{u"8082"_s, u"8081"_s, u"8443"_s};
        QTest::addRow("one that needs rights") << Ports{8443} << QStringList{u"8080"_s, u"8081"_s, u"8444"_s};
        QTest::addRow("several in a row")
            << Ports{8080, 8081, 8082, 8083} << QStringList{u"8084"_s, u"8085"_s, u"8443"_s};
    }

    void portsInUseGetAnotherOffer()
    {
        QFETCH(const QList<quint16>, inUse);
        QFETCH(const QStringList, offers);
        m_model->setPortTest([&inUse](quint16 port) { return !inUse.contains(port); });
        m_model->setPod(podWith({{u"http"_s, 8080, u"TCP"_s, u"a"_s}, {u"admin"_s, 8081, u"TCP"_s, u"a"_s}}));
        QVERIFY(m_model->addTyped(u"443"_s));
        QCOMPARE(column(*m_model, PortsModel::LocalColumn), offers);
        const std::optional<quint16> local = m_model->chosen().first().local;
        QCOMPARE(local.value_or(8080), quint16(offers.first().toUInt()));
    }

    void aLocalPortThatIsTypedIsTakenWhateverIsOffered_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("local");
        QTest::addRow("the pod's port alone") << u"8080"_s << u"8081"_s;
        QTest::addRow("both, and they are the same") << u"8080:8080"_s << u"8080"_s;
        QTest::addRow("the same, by name") << u"http:http"_s << u"8080"_s;
        QTest::addRow("another one") << u"9000:8080"_s << u"9000"_s;
        QTest::addRow("any free one") << u":8080"_s << u"any free"_s;
    }

    void aLocalPortThatIsTypedIsTakenWhateverIsOffered()
    {
        QFETCH(const QString, typed);
        m_model->setPortTest([](quint16 port) { return port != 8080; });
        m_model->setPod(podWith({{u"http"_s, 8080, u"TCP"_s, u"a"_s}}));
        QVERIFY(m_model->addTyped(typed));
        QTEST(m_model->index(0, PortsModel::LocalColumn).data().toString(), "local");
    }

    void localPortsThatNeedRightsGetAnotherOffer_data()
    {
        QTest::addColumn<quint16>("remote");
        QTest::addColumn<quint16>("limit");
        QTest::addColumn<quint16>("offered");
        QTest::addRow("http") << quint16(80) << kLimit << quint16(8080);
        QTest::addRow("https") << quint16(443) << kLimit << quint16(8443);
        QTest::addRow("the last that needs rights") << quint16(1023) << kLimit << quint16(8023);
        QTest::addRow("the first that does not") << quint16(1024) << kLimit << quint16(1024);
        QTest::addRow("an administrator") << quint16(80) << quint16(1) << quint16(80);
        QTest::addRow("a machine that opens 80 to all") << quint16(80) << quint16(80) << quint16(80);
    }

    void localPortsThatNeedRightsGetAnotherOffer()
    {
        QFETCH(const quint16, remote);
        QFETCH(const quint16, limit);
        QFETCH(const quint16, offered);
        QCOMPARE(suggestedLocalPort(remote, limit), offered);

        PortsModel model(limit);
        model.setPod(podWith({{u"web"_s, remote, u"TCP"_s, u"web"_s}}));
        QCOMPARE(model.index(0, PortsModel::LocalColumn).data().toString(), QString::number(offered));
        const std::optional<quint16> local = offered == remote ? std::nullopt : std::optional(offered);
        QCOMPARE(model.chosen(), (Arguments{{local, QString::number(remote)}}));
    }

    void udpAloneCannotBeHadAndSaysWhy()
    {
        m_model->setPod(podWith({{u"dns"_s, 53, u"UDP"_s, u"dns"_s},
                                 {u"dns-tcp"_s, 53, u"TCP"_s, u"dns"_s},
                                 {u"syslog"_s, 514, u"UDP"_s, u"log"_s},
                                 {u"web"_s, 8080, u"TCP"_s, u"web"_s}}));
        QCOMPARE(column(*m_model, PortsModel::PortColumn), (QStringList{u"53"_s, u"514"_s, u"8080"_s}));
        QCOMPARE(m_model->index(0, PortsModel::NameColumn).data().toString(), u"dns-tcp"_s);
        const QModelIndex syslog = m_model->index(1, PortsModel::PortColumn);
        QVERIFY(!(syslog.flags() & Qt::ItemIsEnabled));
        QVERIFY(syslog.data(Qt::ToolTipRole).toString().contains(u"UDP"_s));
        QVERIFY(!m_model->setData(syslog, Qt::Checked, Qt::CheckStateRole));
        QVERIFY(!m_model->isUsable(1));
        m_model->tickOnly(1);
        QVERIFY(m_model->chosen().isEmpty());
    }

    void aPodThatOnlySpeaksUdpHasNothingTicked()
    {
        m_model->setPod(podWith({{u"syslog"_s, 514, u"UDP"_s, u"log"_s}}));
        QVERIFY(m_model->chosen().isEmpty());
    }

    void otherPortsAreTyped_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("row");
        QTest::addColumn<Arguments>("chosen");
        QTest::addRow("a port that is not declared")
            << u"5432"_s << 2 << Arguments{{std::nullopt, u"8080"_s}, {std::nullopt, u"5432"_s}};
        QTest::addRow("with its local port")
            << u"15432:5432"_s << 2 << Arguments{{std::nullopt, u"8080"_s}, {quint16(15432), u"5432"_s}};
        QTest::addRow("any free local port")
            << u":5432"_s << 2 << Arguments{{std::nullopt, u"8080"_s}, {quint16(0), u"5432"_s}};
        QTest::addRow("one that is declared is ticked")
            << u"9090"_s << 1 << Arguments{{std::nullopt, u"8080"_s}, {std::nullopt, u"9090"_s}};
        QTest::addRow("by its name") << u"1234:metrics"_s << 1
                                     << Arguments{{std::nullopt, u"8080"_s}, {quint16(1234), u"9090"_s}};
        QTest::addRow("nonsense") << u"1:2:3"_s << -1 << Arguments{{std::nullopt, u"8080"_s}};
        QTest::addRow("a name that the pod does not have") << u"nope"_s << -1 << Arguments{{std::nullopt, u"8080"_s}};
        QTest::addRow("zero") << u"0"_s << -1 << Arguments{{std::nullopt, u"8080"_s}};
        QTest::addRow("nothing") << u""_s << -1 << Arguments{{std::nullopt, u"8080"_s}};
    }

    void otherPortsAreTyped()
    {
        QFETCH(const QString, typed);
        QFETCH(const int, row);
        QFETCH(const Arguments, chosen);
        m_model->setPod(api());
        const auto added = m_model->addTyped(typed);
        QCOMPARE(added ? *added : -1, row);
        if (!added)
            QVERIFY(!added.error().isEmpty());
        QCOMPARE(m_model->chosen(), chosen);
    }

    void theSamePodAgainKeepsWhatWasChosen()
    {
        m_model->setPod(api());
        m_model->tickOnly(1);
        m_model->setData(m_model->index(1, PortsModel::LocalColumn), u"19090"_s);
        QVERIFY(m_model->addTyped(u"5432"_s));
        const Arguments before = m_model->chosen();
        PodInfo later = api();
        later.ports.prepend({u"debug"_s, 5005, u"TCP"_s, u"api"_s});

        m_model->setPod(later);

        QCOMPARE(m_model->chosen(), before);
        QCOMPARE(m_model->rowCount(), 4);
    }

    void anotherPodStartsAfresh()
    {
        m_model->setPod(api());
        QVERIFY(m_model->addTyped(u"5432"_s));
        PodInfo other = api();
        other.name = u"api-1"_s;
        m_model->setPod(other);
        QCOMPARE(m_model->chosen(), (Arguments{{std::nullopt, u"8080"_s}}));
        m_model->clear();
        QCOMPARE(m_model->rowCount(), 0);
        QVERIFY(m_model->chosen().isEmpty());
    }

private:
    std::unique_ptr<PortsModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(TestPortsModel)
#include "tst_portsmodel.moc"
