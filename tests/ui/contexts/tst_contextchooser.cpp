#include "ui/contexts/contextlist.h"
#include "ui/contexts/contextsmodel.h"
#include "ui/picker/contextchooser.h"

#include <QAbstractItemModelTester>
#include <QFrame>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;

namespace {

Kube::ContextSummary context(const QString &name, const QString &problem = {}, const QString &addedFile = {})
{
    Kube::ContextSummary summary;
    summary.name = name;
    summary.server = u"https://api.%1.example:6443"_s.arg(name);
    summary.user = u"ann"_s;
    summary.namespaceName = u"shop"_s;
    summary.problem = problem;
    summary.addedFile = addedFile;
    summary.file = addedFile.isEmpty() ? u"/home/ann/.kube/config"_s : addedFile;
    return summary;
}

} // namespace

class TestContextChooser : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_model = std::make_unique<ContextsModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
        m_all.clear();
        for (int i = 0; i < 40; ++i)
            m_all << context(u"team-%1"_s.arg(i));
        m_all << context(u"okd"_s, u"its client certificate \"/x\" does not exist."_s)
              << context(u"okd"_s, {}, u"/tmp/lab.yaml"_s);
        m_model->setContexts(m_all);
        m_chooser = std::make_unique<ContextChooser>(*m_model);
        m_chooser->show();
        QVERIFY(QTest::qWaitForWindowActive(m_chooser.get()));
        m_chooser->setCurrentIndex(3);
        m_chosen = std::make_unique<QSignalSpy>(m_chooser.get(), &QComboBox::activated);
    }
    void cleanup()
    {
        m_chosen.reset();
        m_chooser.reset();
        m_tester.reset();
        m_model.reset();
    }

    void aRowTellsServerUserNamespaceAndProblem()
    {
        const QModelIndex broken = m_model->index(40);
        QCOMPARE(broken.data(ContextsModel::DetailRole).toString(), u"https://api.okd.example:6443 · ann · shop"_s);
        QVERIFY(broken.data(ContextsModel::ProblemRole).toString().contains(u"does not exist"_s));
        QVERIFY(broken.data(Qt::ToolTipRole).toString().contains(u"/home/ann/.kube/config"_s));
        QVERIFY(!broken.data(Qt::DecorationRole).value<QIcon>().isNull());
        QCOMPARE(m_model->index(41).data().toString(), u"okd (lab.yaml)"_s);
    }

    void typingFindsAndEnterChooses()
    {
        QTest::keyClick(m_chooser.get(), Qt::Key_F4);
        QTRY_VERIFY(popup() && popup()->isVisible());
        QCOMPARE(list()->model()->rowCount(), 42);
        QCOMPARE(list()->currentIndex().data().toString(), u"team-3"_s); // begins where it is
        QTest::keyClicks(field(), u"okd 6443"_s); // in name and server
        QCOMPARE(list()->model()->rowCount(), 2);
        QTest::keyClick(field(), Qt::Key_Down);
        QTest::keyClick(field(), Qt::Key_Return);
        QTRY_VERIFY(!popup()->isVisible());
        QCOMPARE(m_chosen->count(), 1);
        QCOMPARE(m_chooser->current(), Kube::ContextRef(u"okd"_s, u"/tmp/lab.yaml"_s));

        m_chooser->showPopup(); // begins anew
        QVERIFY(field()->text().isEmpty());
        QCOMPARE(list()->model()->rowCount(), 42);
        QTest::keyClick(field(), Qt::Key_Escape);
        QTRY_VERIFY(!popup()->isVisible());
        QCOMPARE(m_chosen->count(), 1);
    }

    void aClickChooses()
    {
        m_chooser->showPopup();
        QTRY_VERIFY(popup()->isVisible());
        const QModelIndex row = list()->model()->index(5, 0);
        list()->scrollTo(row);
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, list()->visualRect(row).center());
        QTRY_COMPARE(m_chosen->count(), 1);
        QCOMPARE(m_chooser->current().name, u"team-5"_s);
    }

    void nothingThatMatchesChoosesNothing()
    {
        m_chooser->showPopup();
        QTest::keyClicks(field(), u"nowhere"_s);
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(m_chosen->count(), 0);
        QVERIFY(popup()->isVisible());
        QTest::keyClick(field(), Qt::Key_Escape);
    }

    void aFileThatChangesWhileTheListIsOpenKeepsTheFilter()
    {
        m_chooser->showPopup();
        QTest::keyClicks(field(), u"team-1"_s);
        QCOMPARE(list()->model()->rowCount(), 11);
        m_all << context(u"team-111"_s);
        m_model->setContexts(m_all);
        QCOMPARE(list()->model()->rowCount(), 12);
        QCOMPARE(field()->text(), u"team-1"_s);
        QTest::keyClick(field(), Qt::Key_Escape);
    }

    void theSameContextsMoveNothing()
    {
        QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        m_model->setContexts(m_all);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(m_chooser->currentIndex(), 3);
    }

private:
    [[nodiscard]] QFrame *popup() const { return m_chooser->findChild<QFrame *>(u"contextPopup"_s); }
    [[nodiscard]] QLineEdit *field() const { return popup()->findChild<QLineEdit *>(u"contextFilter"_s); }
    [[nodiscard]] QListView *list() const { return popup()->findChild<QListView *>(u"contexts"_s); }

    QList<Kube::ContextSummary> m_all;
    std::unique_ptr<ContextsModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    std::unique_ptr<ContextChooser> m_chooser;
    std::unique_ptr<QSignalSpy> m_chosen;
};

QTEST_MAIN(TestContextChooser)
#include "tst_contextchooser.moc"
