#include "profiles/profilestage.h"
#include "ui/forwards/forwardsmodel.h"
#include "ui/forwards/forwardsview.h"
#include "ui/sidebar/categorymodel.h"
#include "ui/sidebar/sidebar.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QMimeData>

using namespace Fairlead;
using namespace Fairlead::Ui;

namespace {

/// A window with two profiles in its side bar: A with api and db, B with nothing.
struct Shelf : ProfileStage {
    explicit Shelf(const QTemporaryDir &where)
        : ProfileStage(where)
    {
        put(u"api"_s, State::Running, 28080);
        put(u"db"_s, State::Stopped, 28432);
        put(u"web"_s, State::Stopped, 28443);
        bar = window->findChild<SideBar *>();
        table = window->findChild<ForwardsView *>();
        Store::Profile a{u"A"_s, {}, {}, {}};
        for (const ForwardId id : {1, 2}) {
            Store::SavedForward saved;
            saved.spec = forwards->snapshot(id).spec;
            a.forwards << saved;
        }
        if (folder.save(a) || folder.save({u"B"_s, {}, {}, {}}))
            qFatal("profiles cannot be written");
    }

    [[nodiscard]] int row(const QString &profile) const
    {
        return bar->categories().rowOf({Category::Kind::Profile, {}, profile, {}});
    }
    [[nodiscard]] QModelIndex index(const QString &profile) const { return bar->model()->index(row(profile), 0); }
    [[nodiscard]] QStringList order() const
    {
        QStringList names;
        for (int i = 0; i < bar->model()->rowCount(); ++i) {
            const Category category = bar->categories().categoryAt(i);
            if (category.kind == Category::Kind::Profile && !category.profile.isEmpty())
                names << category.profile;
        }
        return names;
    }
    void focus(const QString &profile) const
    {
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        bar->setFocus();
        bar->setCurrentIndex(index(profile));
    }

    SideBar *bar = nullptr;
    ForwardsView *table = nullptr;
};

} // namespace

/// The profiles in the side bar.
class TestProfileShelf : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_where = std::make_unique<QTemporaryDir>(); }

    void eachSaysHowManyOfItsForwardsRun()
    {
        const Shelf shelf(*m_where);
        const QAbstractItemModelTester tester(shelf.bar->model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE(shelf.order(), (QStringList{u"A"_s, u"B"_s}));
        QCOMPARE(shelf.index(u"A"_s).data(CategoryModel::CountTextRole).toString(), u"1/2"_s);
        QVERIFY(shelf.index(u"A"_s).data(Qt::AccessibleTextRole).toString().startsWith(u"Profile A: 1 of 2"_s));
        shelf.forwards->start(2);
        QTRY_COMPARE(shelf.index(u"A"_s).data(CategoryModel::CountTextRole).toString(), u"2/2"_s);
        shelf.forwards->remove(1);
        QTRY_COMPARE(shelf.index(u"A"_s).data(CategoryModel::CountTextRole).toString(), u"1/2"_s);
    }

    void theChosenOneNarrowsTheTable()
    {
        const Shelf shelf(*m_where);
        QTRY_VERIFY(shelf.row(u"A"_s) >= 0);
        shelf.focus(u"A"_s);
        QCOMPARE(shelf.table->model()->rowCount(), 2);
        shelf.forwards->remove(1);
        QTRY_COMPARE(shelf.table->model()->rowCount(), 1);
        // And what comes back is there at once.
        Forward::ForwardSnapshot again = paperForward(u"api"_s, State::Stopped, 28080);
        shelf.forwards->put(again);
        QTRY_COMPARE(shelf.table->model()->rowCount(), 2);
    }

    void enterStartsIt()
    {
        const Shelf shelf(*m_where);
        QTRY_VERIFY(shelf.row(u"A"_s) >= 0);
        shelf.focus(u"A"_s);
        QTest::keyClick(shelf.bar, Qt::Key_Return);
        QCOMPARE(shelf.forwards->calls(), QStringList{u"start 2"_s});
    }

    void aDoubleClickStartsIt()
    {
        const Shelf shelf(*m_where);
        QTRY_VERIFY(shelf.row(u"A"_s) >= 0);
        const QPoint at = shelf.bar->visualRect(shelf.index(u"A"_s)).center();
        QTest::mouseClick(shelf.bar->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(shelf.bar->viewport(), Qt::LeftButton, {}, at);
        QCOMPARE(shelf.forwards->calls(), QStringList{u"start 2"_s});
    }

    void keysRenameAndRemove()
    {
        const Shelf shelf(*m_where);
        QTRY_VERIFY(shelf.row(u"B"_s) >= 0);
        shelf.focus(u"B"_s);
        QTest::keyClick(shelf.bar, Qt::Key_F2);
        shelf.answerName(u"C"_s);
        QTRY_COMPARE(shelf.order(), (QStringList{u"A"_s, u"C"_s}));
        shelf.focus(u"C"_s);
        QTest::keyClick(shelf.bar, Qt::Key_Delete);
        QTRY_COMPARE(shelf.order(), QStringList{u"A"_s});
        QVERIFY(shelf.messages->notice(u"profile-removed"_s));
    }

    void theMenuKeyOpensItsMenu()
    {
        const Shelf shelf(*m_where);
        QTRY_VERIFY(shelf.row(u"A"_s) >= 0);
        shelf.focus(u"A"_s);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
        QApplication::sendEvent(shelf.bar->viewport(), &event);
        QWidget *menu = QApplication::activePopupWidget();
        QVERIFY(menu);
        QCOMPARE(qobject_cast<QMenu *>(menu)->title(), u"A"_s);
        menu->close();
    }

    void droppedForwardsAreAdded()
    {
        const Shelf shelf(*m_where);
        QTRY_VERIFY(shelf.row(u"B"_s) >= 0);
        shelf.table->selectAll();
        const std::unique_ptr<QMimeData> data(
            shelf.table->model()->mimeData(shelf.table->selectionModel()->selectedIndexes()));
        QVERIFY(data);
        QVERIFY(
            !shelf.bar->model()->canDropMimeData(data.get(), Qt::CopyAction, -1, -1, shelf.bar->model()->index(0, 0)));
        QVERIFY(shelf.bar->model()->dropMimeData(data.get(), Qt::CopyAction, -1, -1, shelf.index(u"B"_s)));
        QCOMPARE(shelf.folder.find(u"B"_s)->profile.forwards.size(), 3);
        // Once more adds none.
        QTRY_VERIFY(shelf.row(u"B"_s) >= 0);
        QVERIFY(shelf.bar->model()->dropMimeData(data.get(), Qt::CopyAction, -1, -1, shelf.index(u"B"_s)));
        QCOMPARE(shelf.folder.find(u"B"_s)->profile.forwards.size(), 3);
    }

    void aDroppedProfileTakesThePlace_data()
    {
        QTest::addColumn<QString>("dragged");
        QTest::addColumn<int>("before"); ///< place among profiles
        QTest::addColumn<QString>("order");
        QTest::newRow("to the top") << u"C"_s << 0 << u"CAB"_s;
        QTest::newRow("between two") << u"C"_s << 1 << u"ACB"_s;
        QTest::newRow("to the end") << u"A"_s << 3 << u"BCA"_s;
        QTest::newRow("onto its own place") << u"B"_s << 1 << u"ABC"_s;
        QTest::newRow("behind itself") << u"B"_s << 2 << u"ABC"_s;
    }
    void aDroppedProfileTakesThePlace()
    {
        QFETCH(const QString, dragged);
        QFETCH(const int, before);
        QFETCH(const QString, order);
        Shelf shelf(*m_where);
        QVERIFY(!shelf.folder.save({u"C"_s, {}, {}, {}}));
        QTRY_VERIFY(shelf.row(u"C"_s) >= 0);
        const std::unique_ptr<QMimeData> data(shelf.bar->model()->mimeData({shelf.index(dragged)}));
        QVERIFY(data);
        const int row = shelf.row(u"A"_s) + before;
        QVERIFY(shelf.bar->model()->dropMimeData(data.get(), Qt::MoveAction, row, 0, {}));
        QTRY_COMPARE(shelf.order().join(QString()), order);
    }

    void theMenuOfARowAddsToAProfile()
    {
        const Shelf shelf(*m_where);
        shelf.table->select(3);
        emit shelf.table->customContextMenuRequested(QPoint(5, 5));
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        const auto actions = menu->actions();
        const auto add = std::find_if(actions.begin(), actions.end(), [](const QAction *action) {
            return action->text().remove(u'&') == u"Add to profile"_s;
        });
        QVERIFY(add != actions.end());
        (*add)->menu()->actions().at(1)->trigger(); // B
        menu->close();
        QCOMPARE(shelf.folder.find(u"B"_s)->profile.forwards.size(), 1);
        QCOMPARE(shelf.folder.find(u"B"_s)->profile.forwards.first().spec.name, u"web"_s);
    }

private:
    std::unique_ptr<QTemporaryDir> m_where;
};

QTEST_MAIN(TestProfileShelf)

#include "tst_profileshelf.moc"
