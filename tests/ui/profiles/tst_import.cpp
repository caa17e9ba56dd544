#include "core/store/exchange/importfile.h"
#include "profiles/profilestage.h"
#include "ui/exchange/exportdesk.h"
#include "ui/exchange/importdialog.h"
#include "ui/forwards/forwardsview.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTreeView>

using namespace Fairlead;
using namespace Fairlead::Ui;

namespace {

const QString Commands = u"kubectl --context okd-dev -n shop port-forward svc/orders 15432:5432\n"
                         "oc --context moon -n shop port-forward pod/web-0 8080:http\n"
                         "kubectl port-forward\n"_s;

} // namespace

/// Forwards of other tools on their way into the window.
class TestImport : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_where = std::make_unique<QTemporaryDir>(); }
    void cleanup() { QGuiApplication::clipboard()->clear(); }

    void pastedLinesAreShownFirstAndComeStopped()
    {
        ProfileStage stage(*m_where);
        ImportDialog *dialog = paste(stage, Commands);
        QVERIFY(dialog);
        const QAbstractItemModel &rows = *dialog->findChild<QTreeView *>()->model();
        QCOMPARE(rows.rowCount(), 3);
        QVERIFY(rows.index(2, rows.columnCount() - 1).data().toString().startsWith(u"Skipped: "_s));
        QVERIFY(stage.names().isEmpty());
        QTest::keyClick(dialog, Qt::Key_Return);

        QCOMPARE(stage.forwards->ids().size(), 2);
        QCOMPARE(stage.forwards->calls(), (QStringList{u"add 1"_s, u"add 2"_s}));
        auto *table = stage.window->findChild<ForwardsView *>();
        QCOMPARE(table->selectedIds(), QList<ForwardId>{1}); // and the keyboard goes on there
        QTRY_COMPARE(QApplication::focusWidget(), table);
        QCOMPARE(stage.forwards->snapshot(1).spec.ports.first().local, std::optional<quint16>(15432));

        // The same once more adds nothing.
        dialog = paste(stage, Commands);
        QVERIFY(dialog);
        QTest::keyClick(dialog, Qt::Key_Return);
        QCOMPARE(stage.forwards->ids().size(), 2);
    }

    void rowsAndContextsAreChosenByKeys()
    {
        ProfileStage stage(*m_where);
        ImportDialog *dialog = paste(stage, Commands);
        QVERIFY(dialog);
        auto *rows = dialog->findChild<QTreeView *>();
        QTRY_COMPARE(QApplication::focusWidget(), rows);
        QTest::keyClick(rows, Qt::Key_Space); // not the first one
        QTest::keyClick(rows, Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget()->objectName(), u"mapping0"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QTest::keyClick(dialog, Qt::Key_Return);

        QCOMPARE(stage.forwards->ids().size(), 1);
        QCOMPARE(stage.forwards->snapshot(1).spec.target.name, u"web-0"_s);
        QCOMPARE(stage.forwards->snapshot(1).spec.context, u"okd-dev"_s);
    }

    void theyCanBecomeAProfile()
    {
        ProfileStage stage(*m_where);
        ImportDialog *dialog = paste(stage, Commands);
        QVERIFY(dialog);
        auto *name = dialog->findChild<QLineEdit *>(u"importProfile"_s);
        name->setFocus();
        QTest::keyClicks(name, u"From Ann"_s);
        QVERIFY(dialog->findChild<QRadioButton *>(u"toProfile"_s)->isChecked());
        QTest::keyClick(name, Qt::Key_Return);

        QVERIFY(stage.names().isEmpty());
        QVERIFY(stage.folder.find(u"From Ann"_s));
        QCOMPARE(stage.folder.find(u"From Ann"_s)->profile.forwards.size(), 2);
    }

    void aDroppedFileIsLookedAt()
    {
        ProfileStage stage(*m_where);
        const QString path = m_where->filePath(u"forwards.sh"_s);
        write(path, Commands.toUtf8());
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(stage.window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(stage.window.get(), &drop);
        QVERIFY(drop.isAccepted());
        auto *dialog = stage.window->findChild<ImportDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->findChild<QLineEdit *>(u"importProfile"_s)->text(), u"forwards"_s);
        dialog->reject();
    }

    void droppedFilesAreLookedAtOneAfterTheOther()
    {
        ProfileStage stage(*m_where);
        QList<QUrl> urls;
        for (const QString &name : {u"a.sh"_s, u"nothing.sh"_s, u"b.sh"_s}) {
            const QString path = m_where->filePath(name);
            write(path, name == "nothing.sh"_L1 ? "echo none\n"_ba : Commands.toUtf8());
            urls << QUrl::fromLocalFile(path);
        }
        QMimeData data;
        data.setUrls(urls);
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(stage.window.get(), &enter);
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(stage.window.get(), &drop);
        for (const QString &name : {u"a"_s, u"b"_s}) {
            QCOMPARE(stage.window->findChildren<ImportDialog *>().size(), 1);
            auto *dialog = stage.window->findChild<ImportDialog *>();
            QVERIFY(dialog->windowTitle().endsWith(name + u".sh"_s));
            QPointer<QDialog> shown = dialog;
            dialog->reject();
            QTRY_VERIFY(!shown);
        }
        QVERIFY(!stage.window->findChild<ImportDialog *>());
        QCOMPARE(stage.messages->keys().size(), 1); // about the file with nothing in it
    }

    void whatHoldsNoForwardsIsSaid()
    {
        ProfileStage stage(*m_where);
        QVERIFY(!paste(stage, u"Dear Ann, nothing here."_s));
        const QStringList shown = stage.messages->keys();
        QCOMPARE(shown.size(), 1);
        QVERIFY(shown.first().startsWith("import/"_L1));
    }

    void aProfileIsWrittenForOtherTools()
    {
        ProfileStage stage(*m_where);
        Store::SavedForward forward;
        forward.spec = paperForward(u"api"_s, State::Stopped, 8080).spec;
        const Store::Profile profile{u"Team A"_s, {}, {forward}, {}};
        ExportDesk desk(*stage.window);
        QSignalSpy notices(&desk, &ExportDesk::notice);
        QSignalSpy problems(&desk, &ExportDesk::problem);

        const QString path = m_where->filePath(u"team-a.sh"_s);
        desk.write(profile, Store::Format::Commands, path);
        QCOMPARE(notices.size(), 1);
        const auto again = Store::importFile(path);
        QVERIFY(again);
        QCOMPARE(again->forwards().size(), 1);
        QCOMPARE(again->forwards().first().spec.ports, forward.spec.ports);

        desk.write(profile, Store::Format::Commands, m_where->filePath(u"nowhere/team-a.sh"_s));
        QCOMPARE(problems.size(), 1);
    }

    void everyFormatThatCanBeWrittenIsInTheMenu()
    {
        ProfileStage stage(*m_where);
        QVERIFY(!stage.folder.save({u"Team A"_s, {}, {}, {}}));
        const QAction *entry = stage.action(u"Team A"_s, u"Export"_s);
        QVERIFY(entry && entry->menu());
        int writable = 0;
        for (const Store::FormatInfo &info : Store::formats())
            writable += info.writable ? 1 : 0;
        QVERIFY(writable > 1);
        QCOMPARE(entry->menu()->actions().size(), writable);
    }

    void pasteInAFieldIsText()
    {
        ProfileStage stage(*m_where);
        QGuiApplication::clipboard()->setText(Commands.section(u'\n', 0, 0));
        auto *filter = stage.window->findChild<QLineEdit *>(u"filter"_s);
        stage.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(stage.window.get()));
        filter->setFocus();
        QTest::keyClick(filter, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(filter->text(), Commands.section(u'\n', 0, 0));
        QVERIFY(!stage.window->findChild<ImportDialog *>());
    }

private:
    static ImportDialog *paste(const ProfileStage &stage, const QString &text)
    {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QGuiApplication::clipboard()->setText(text);
        stage.window->activateWindow();
        if (!QTest::qWaitForWindowActive(stage.window.get()))
            return nullptr;
        QTest::keyClick(stage.window.get(), Qt::Key_V, Qt::ControlModifier);
        auto *dialog = stage.window->findChild<ImportDialog *>();
        return dialog && QTest::qWaitForWindowActive(dialog) ? dialog : nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_where;
};

QTEST_MAIN(TestImport)

#include "tst_import.moc"
