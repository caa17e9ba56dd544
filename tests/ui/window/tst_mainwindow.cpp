#include "core/kube/config/contextstore.h"
#include "core/store/settings.h"
#include "support/paperforwards.h"
#include "ui/details/detailspanel.h"
#include "ui/forwards/forwardsmodel.h"
#include "ui/forwards/forwardsview.h"
#include "ui/mainwindow.h"
#include "ui/preferencesdialog.h"
#include "ui/sidebar/categorymodel.h"
#include "ui/sidebar/sidebar.h"
#include "ui/signin/signindialog.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/messagearea.h"
#include "ui/widgets/placeholder.h"
#include "ui/window/closequestion.h"
#include "ui/window/statussummary.h"

#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QCloseEvent>
#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QStatusBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <cerrno>

using namespace Fairlead;
using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;
using Forward::ForwardId;
using Forward::ForwardSnapshot;
using Forward::State;

namespace {

constexpr char Config[] = "apiVersion: v1\nkind: Config\ncurrent-context: okd-dev\n"
                          "clusters: [{name: c, cluster: {server: 'https://127.0.0.1:6443'}}]\n"
                          "users: [{name: u, user: {token: t}}]\n"
                          "contexts: [{name: okd-dev, context: {cluster: c, user: u}}]\n";

/// Catches what would go to the browser.
class Browser final : public QObject
{
    Q_OBJECT

public:
    Browser()
    {
        QDesktopServices::setUrlHandler(u"http"_s, this, "open");
        QDesktopServices::setUrlHandler(u"https"_s, this, "open");
    }
    ~Browser() override
    {
        QDesktopServices::unsetUrlHandler(u"http"_s);
        QDesktopServices::unsetUrlHandler(u"https"_s);
    }
    QStringList urls;

public slots:
    void open(const QUrl &url) { urls << url.toString(); }
};

/// One window with its own settings, kubeconfig and paper forwards.
struct Stage {
    explicit Stage(const QTemporaryDir &folder, const QByteArray &config = Config)
        : settings(folder.filePath(u"settings.ini"_s))
        , contexts(flagsFor(folder, config))
    {
        auto service = std::make_unique<PaperForwards>();
        forwards = service.get();
        window = std::make_unique<MainWindow>(std::move(service), contexts, settings);
        window->show();
        table = window->findChild<ForwardsView *>();
        filter = window->findChild<QLineEdit *>(u"filter"_s);
        details = window->findChild<DetailsPanel *>();
        messages = window->findChild<MessageArea *>();
    }

    static Kube::ConnectionFlags flagsFor(const QTemporaryDir &folder, const QByteArray &config)
    {
        QFile file(folder.filePath(u"config"_s));
        if (file.open(QIODevice::WriteOnly))
            file.write(config);
        Kube::ConnectionFlags flags;
        flags.kubeconfig = file.fileName();
        return flags;
    }

    ForwardId put(const QString &name, State state, quint16 port)
    {
        return forwards->put(paperForward(name, state, port));
    }

    Placeholder *visiblePlaceholder() const
    {
        const auto all = window->findChildren<Placeholder *>();
        for (Placeholder *placeholder : all) {
            if (placeholder->isVisible())
                return placeholder;
        }
        return nullptr;
    }

    template <typename Widget>
    Widget *visibleNamed(QWidget &parent, const QString &text) const
    {
        const auto all = parent.findChildren<Widget *>();
        for (Widget *widget : all) {
            if (widget->isVisible() && widget->text().remove(u'&') == text)
                return widget;
        }
        return nullptr;
    }

    Store::Settings settings;
    Kube::ContextStore contexts;
    PaperForwards *forwards = nullptr;
    std::unique_ptr<MainWindow> window;
    ForwardsView *table = nullptr;
    QLineEdit *filter = nullptr;
    DetailsPanel *details = nullptr;
    MessageArea *messages = nullptr;
};

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void keysActOnTheSelectedForwards_data()
    {
        QTest::addColumn<State>("state");
        QTest::addColumn<QKeyCombination>("key");
        QTest::addColumn<QStringList>("calls");
        const auto none = Qt::NoModifier;
        const auto ctrl = Qt::ControlModifier;
        QTest::addRow("Ctrl+Return starts")
            << State::Stopped << (ctrl | Qt::Key_Return) << QStringList{u"start 1"_s, u"start 2"_s};
        QTest::addRow("Ctrl+. stops") << State::Running << (ctrl | Qt::Key_Period)
                                      << QStringList{u"stop 1"_s, u"stop 2"_s};
        QTest::addRow("Space stops what runs")
            << State::Running << (none | Qt::Key_Space) << QStringList{u"stop 1"_s, u"stop 2"_s};
        QTest::addRow("Space starts what failed")
            << State::Failed << (none | Qt::Key_Space) << QStringList{u"start 1"_s, u"start 2"_s};
        QTest::addRow("F5 retries what is in trouble")
            << State::Reconnecting << (none | Qt::Key_F5) << QStringList{u"retry 1"_s, u"retry 2"_s};
        QTest::addRow("Ctrl+R too") << State::Failed << (ctrl | Qt::Key_R) << QStringList{u"retry 1"_s, u"retry 2"_s};
        QTest::addRow("F5 leaves what runs alone") << State::Running << (none | Qt::Key_F5) << QStringList{};
        QTest::addRow("Ctrl+Return leaves what runs alone")
            << State::Running << (ctrl | Qt::Key_Return) << QStringList{};
        QTest::addRow("Delete removes") << State::Running << (none | Qt::Key_Delete)
                                        << QStringList{u"remove 1"_s, u"remove 2"_s};
    }

    void keysActOnTheSelectedForwards()
    {
        QFETCH(const State, state);
        QFETCH(const QKeyCombination, key);
        QFETCH(const QStringList, calls);
        Stage stage(*m_folder);
        stage.put(u"a"_s, state, 8080);
        stage.put(u"b"_s, state, 8081);
        stage.put(u"c"_s, State::Stopped, 8082);
        focusTable(stage);
        stage.table->select(1);
        stage.table->selectionModel()->select(stage.table->model()->index(1, 0),
                                              QItemSelectionModel::Select | QItemSelectionModel::Rows);
        QTest::keyClick(QApplication::focusWidget(), key.key(), key.keyboardModifiers());
        QCOMPARE(stage.forwards->calls(), calls);
    }

    void controlCommaOpensThePreferences()
    {
        Stage stage(*m_folder);
        stage.put(u"a"_s, State::Running, 8080);
        focusTable(stage);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Comma, Qt::ControlModifier);
        auto *dialog = stage.window->findChild<PreferencesDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!stage.window->findChild<PreferencesDialog *>());
    }

    void propertiesOpenByKey_data()
    {
        QTest::addColumn<QKeyCombination>("key");
        QTest::addRow("F2") << QKeyCombination(Qt::Key_F2);
        QTest::addRow("Alt+Return") << (Qt::AltModifier | Qt::Key_Return);
    }

    void propertiesOpenByKey()
    {
        QFETCH(const QKeyCombination, key);
        Stage stage(*m_folder);
        stage.put(u"a"_s, State::Running, 8080);
        focusTable(stage);
        stage.table->select(1);
        QTest::keyClick(QApplication::focusWidget(), key.key(), key.keyboardModifiers());
        auto *dialog = stage.window->findChild<QDialog *>(u"properties"_s);
        QVERIFY(dialog && dialog->isVisible());
        auto *name = dialog->findChild<QLineEdit *>(u"forwardName"_s);
        name->setText(u"Orders"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(stage.forwards->calls(), QStringList{u"update 1"_s});
        QCOMPARE(stage.forwards->snapshot(1).spec.name, u"Orders"_s);
    }

    void theFirstRowsGetTheKeyboard()
    {
        Stage stage(*m_folder);
        stage.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(stage.window.get()));
        QVERIFY(!stage.table->hasFocus());
        stage.put(u"a"_s, State::Running, 8080);
        QTRY_VERIFY(stage.table->hasFocus());
    }

    void deletingTextInTheFilterRemovesNothing()
    {
        Stage stage(*m_folder);
        stage.put(u"a"_s, State::Running, 8080);
        stage.table->select(1);
        stage.filter->setText(u"a"_s);
        stage.filter->setFocus();
        QTest::keyClick(stage.filter, Qt::Key_Home);
        QTest::keyClick(stage.filter, Qt::Key_Delete);
        QTest::keyClick(stage.filter, Qt::Key_Space);
        QCOMPARE(stage.forwards->calls(), QStringList());
    }

    void copiesAddressAndCommand()
    {
        Stage stage(*m_folder);
        ForwardSnapshot forward = paperForward(u"db"_s, State::Running, 15432);
        forward.ports << paperForward(u"db"_s, State::Running, 19187).ports;
        stage.forwards->put(forward);
        stage.put(u"web"_s, State::Running, 8080);
        focusTable(stage);
        stage.table->selectAll();
        QTest::keyClick(stage.table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), u"127.0.0.1:15432\n127.0.0.1:19187\n127.0.0.1:8080"_s);
        stage.table->select(2);
        QTest::keyClick(stage.table, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QApplication::clipboard()->text(), u"kubectl --context okd-dev -n shop port-forward pod/web-0 8080"_s);
    }

    void opensTheBrowserAndOffersTheLink()
    {
        Browser browser;
        Stage stage(*m_folder);
        stage.put(u"web"_s, State::Running, 8443);
        focusTable(stage);
        stage.table->select(1);
        QTest::keyClick(stage.table, Qt::Key_B, Qt::ControlModifier);
        QCOMPARE(browser.urls, QStringList{u"https://localhost:8443/"_s});
        Placeholder *placeholder = stage.visiblePlaceholder();
        QVERIFY(placeholder);
        QCOMPARE(placeholder->title(), u"No connections yet"_s);
        emit placeholder->linkActivated();
        QCOMPARE(browser.urls.size(), 2);
    }

    void slashAndCtrlFFilterAndEscapeComesBack()
    {
        Stage stage(*m_folder);
        stage.put(u"Grafana"_s, State::Running, 3000);
        stage.put(u"Orders"_s, State::Running, 5432);
        focusTable(stage);
        QTest::keyClick(stage.table, Qt::Key_Slash);
        QVERIFY(stage.filter->hasFocus());
        QTest::keyClicks(stage.filter, u"graf"_s);
        QCOMPARE(stage.table->model()->rowCount(), 1);
        QTest::keyClicks(stage.filter, u"zzz"_s);
        QCOMPARE(stage.table->model()->rowCount(), 0);
        QVERIFY(stage.visiblePlaceholder());
        QVERIFY(stage.visiblePlaceholder()->title().contains(u"grafzzz"_s));
        QTest::keyClick(stage.filter, Qt::Key_Escape);
        QCOMPARE(stage.table->model()->rowCount(), 2);
        QVERIFY(stage.table->hasFocus());
        QTest::keyClick(stage.table, Qt::Key_F, Qt::ControlModifier);
        QVERIFY(stage.filter->hasFocus());
    }

    void emptyStatesOfferTheirWayOut()
    {
        Stage stage(*m_folder);
        QVERIFY(stage.visiblePlaceholder());
        QCOMPARE(stage.visiblePlaceholder()->title(), u"No forwards yet"_s);
        QVERIFY(!stage.details->isVisible());
        const ForwardId id = stage.put(u"a"_s, State::Running, 8080);
        QVERIFY(!stage.visiblePlaceholder());
        QVERIFY(stage.details->isVisible());
        stage.filter->setText(u"nothing"_s);
        auto *clear = stage.visibleNamed<QPushButton>(*stage.window, u"Clear filter"_s);
        QVERIFY(clear);
        clear->click();
        QVERIFY(stage.filter->text().isEmpty());
        QVERIFY(!stage.visiblePlaceholder());
        // A category without rows.
        stage.window->findChild<SideBar *>()->choose({Category::Kind::Stopped, {}});
        auto *all = stage.visibleNamed<QPushButton>(*stage.window, u"Show all"_s);
        QVERIFY(all);
        all->click();
        QVERIFY(!stage.visiblePlaceholder());
        stage.forwards->remove(id);
        QCOMPARE(stage.visiblePlaceholder()->title(), u"No forwards yet"_s);
    }

    void withoutAClusterAKubeconfigIsAskedFor()
    {
        Stage stage(*m_folder, "apiVersion: v1\nkind: Config\n");
        QVERIFY(stage.visiblePlaceholder());
        QCOMPARE(stage.visiblePlaceholder()->title(), u"No clusters found"_s);
        QVERIFY(stage.visibleNamed<QPushButton>(*stage.window, u"Add kubeconfig…"_s));
    }

    void aStartInAProtectedContextIsAskedOnce()
    {
        Stage stage(*m_folder);
        stage.settings.setContextMark(u"okd-dev"_s, u"https://127.0.0.1:6443"_s,
                                      {Store::Settings::ContextColor::Red, true});
        const ForwardId id = stage.put(u"web"_s, State::Stopped, 8080);
        QTRY_COMPARE(stage.table->model()->rowCount(), 1);
        QCOMPARE(stage.table->model()->index(0, 0).data(ForwardsModel::MarkRole).toInt(),
                 int(Store::Settings::ContextColor::Red));
        const auto pressStart = [&stage, id] {
            focusTable(stage);
            stage.table->select(id);
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        };
        pressStart();
        const auto question = [&stage]() -> QDialog * {
            const auto all = stage.window->findChildren<QDialog *>(u"protectedQuestion"_s);
            for (QDialog *dialog : all) {
                if (dialog->isVisible())
                    return dialog;
            }
            return nullptr;
        };
        QVERIFY(question());
        QTest::keyClick(question(), Qt::Key_Escape);
        QTRY_VERIFY(!question());
        QVERIFY(stage.forwards->calls().isEmpty());
        pressStart();
        QVERIFY(question());
        QTest::mouseClick(question()->findChild<QPushButton *>(u"startProtected"_s), Qt::LeftButton);
        QTRY_COMPARE(stage.forwards->calls(), QStringList{u"start %1"_s.arg(id)});
        stage.forwards->stop(id);
        stage.forwards->forgetCalls();
        QTRY_COMPARE(stage.table->model()->index(0, 0).data(ForwardsModel::StateRole).value<State>(), State::Stopped);
        pressStart();
        QVERIFY(!question());
        QCOMPARE(stage.forwards->calls(), QStringList{u"start %1"_s.arg(id)});
    }

    void aKubeconfigIsDroppedOntoTheWindow()
    {
        Stage stage(*m_folder);
        QFile file(m_folder->filePath(u"lab.yaml"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(Config);
        file.close();
        const auto drop = [&stage](const QString &path) {
            QMimeData data;
            data.setUrls({QUrl::fromLocalFile(path)});
            QDragEnterEvent enter({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(stage.window.get(), &enter);
            QVERIFY(enter.isAccepted());
            QDropEvent event({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(stage.window.get(), &event);
        };
        drop(file.fileName());
        QCOMPARE(stage.contexts.contexts().size(), 2);
        QCOMPARE(stage.settings.addedKubeconfigs(), QStringList{file.fileName()});
        QVERIFY(!stage.messages->isVisible());

        drop(m_folder->filePath(u"settings.ini"_s)); // what is none is said
        QVERIFY(stage.messages->isVisible());
        QVERIFY(stage.messages->notice(stage.messages->keys().first())->text().contains(u"settings.ini"_s));

        const Stage nextRun(*m_folder);
        QCOMPARE(nextRun.contexts.contexts().size(), 2);
    }

    void theSideBarMarksContexts()
    {
        Stage stage(*m_folder);
        stage.put(u"web"_s, State::Running, 8080);
        auto *bar = stage.window->findChild<SideBar *>();
        QTRY_COMPARE(bar->model()->rowCount(), 6); // four, the heading and the context
        const QModelIndex context = bar->model()->index(5, 0);
        const QPoint at = bar->visualRect(context).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, bar->viewport()->mapToGlobal(at));
        QApplication::sendEvent(bar->viewport(), &event);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        menu->actions().at(3)->trigger(); // none, red, orange, green
        menu->close();
        QCOMPARE(context.data(CategoryModel::MarkRole).toInt(), int(Store::Settings::ContextColor::Green));
        QCOMPARE(stage.settings.contextMark(u"okd-dev"_s, u"https://127.0.0.1:6443"_s).color,
                 Store::Settings::ContextColor::Green);
    }

    void aBrokenKubeconfigIsSaidAboveTheTableAndStaysDismissed()
    {
        Stage stage(*m_folder, "clusters: [");
        QVERIFY(stage.messages->isVisible());
        QCOMPARE(stage.messages->keys().size(), 1);
        InlineMessage *notice = stage.messages->notice(stage.messages->keys().first());
        QVERIFY(!notice->text().isEmpty());
        notice->findChild<QToolButton *>()->click();
        QVERIFY(!stage.messages->isVisible());
        emit stage.contexts.changed();
        QVERIFY(!stage.messages->isVisible());
    }

    void oneNoticeForAllForwardsOfAContextThatNeedASignIn()
    {
        Stage stage(*m_folder);
        stage.put(u"a"_s, State::SignInNeeded, 8080);
        stage.put(u"b"_s, State::SignInNeeded, 8081);
        QTRY_COMPARE(stage.messages->keys().size(), 1);
        InlineMessage *notice = stage.messages->notice(stage.messages->keys().first());
        QVERIFY(notice->text().contains(u"okd-dev"_s));
        auto *signIn = stage.visibleNamed<QPushButton>(*notice, u"Sign in…"_s);
        QVERIFY(signIn);
        signIn->click();
        auto *dialog = stage.window->findChild<SignInDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QCOMPARE(dialog->context(), Kube::ContextRef(u"okd-dev"_s));
        auto *again = stage.visibleNamed<QPushButton>(*dialog, u"Try again"_s); // the token is in the kubeconfig
        QVERIFY(again);
        again->click();
        QCOMPARE(stage.forwards->calls(), QStringList({u"retry 1"_s, u"retry 2"_s}));
        QTRY_VERIFY(stage.messages->keys().isEmpty());
    }

    void aForwardWhosePortIsTakenCanMove()
    {
        Stage stage(*m_folder);
        for (const quint16 port : {8443, 8444})
            stage.forwards->putHolder(port, {u"java"_s, 4312});
        ForwardSnapshot taken = paperForward(u"Ledger"_s, State::Failed, 8443);
        taken.ports[0].listeners = {{u"127.0.0.1"_s, 8443, u"in use"_s, EADDRINUSE}};
        const ForwardId id = stage.forwards->put(taken);
        focusTable(stage);
        stage.table->select(id);
        const QModelIndex row = stage.table->currentIndex();
        QCOMPARE(row.data(ForwardsModel::RemedyRole).toString(), u"Another port"_s);
        QTest::mouseClick(stage.table->viewport(), Qt::LeftButton, {}, stage.table->remedyRect(row).center());
        QCOMPARE(stage.forwards->snapshot(id).spec.ports.first().local, std::optional<quint16>(8445));
        QCOMPARE(stage.forwards->calls().last(), u"start 1"_s);
        QVERIFY(stage.window->statusBar()->currentMessage().contains(u"8445"_s));
    }

    void removedForwardsComeBackAsTheyWere()
    {
        Stage stage(*m_folder);
        stage.put(u"Grafana"_s, State::Running, 3000);
        stage.put(u"Orders"_s, State::Stopped, 5432);
        focusTable(stage);
        stage.table->selectAll();
        QTest::keyClick(stage.table, Qt::Key_Delete);
        QCOMPARE(stage.table->model()->rowCount(), 0);
        stage.forwards->forgetCalls();
        auto *undo = stage.visibleNamed<QPushButton>(*stage.messages, u"Undo"_s);
        QVERIFY(undo);
        undo->click();
        QCOMPARE(stage.forwards->calls(), QStringList({u"add 3"_s, u"add 4"_s, u"start 3"_s}));
        QCOMPARE(stage.forwards->snapshot(3).spec.name, u"Grafana"_s);
        QVERIFY(!stage.messages->isVisible());
        // Dismissed means gone for good, also for Ctrl+Z; and the bar comes again for the next removal of the same.
        for (int round = 0; round < 2; ++round) {
            stage.table->select(4);
            stage.table->setFocus();
            const ForwardId last = stage.table->selectedIds().value(0);
            QVERIFY(last != 0);
            QTest::keyClick(stage.table, Qt::Key_Delete);
            QVERIFY(stage.messages->isVisible());
            if (round == 0) {
                stage.messages->findChild<QToolButton *>()->click();
                stage.forwards->forgetCalls();
                QTest::keyClick(stage.table, Qt::Key_Z, Qt::ControlModifier);
                QCOMPARE(stage.forwards->calls(), QStringList());
                ForwardSnapshot again = paperForward(u"Orders"_s, State::Stopped, 5432);
                again.id = 4;
                stage.forwards->put(again);
            }
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        stage.table->setFocus();
        QTest::keyClick(stage.table, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(stage.forwards->calls().last(), u"add 5"_s);
    }

    void theDetailsFollowTheSelection()
    {
        Stage stage(*m_folder);
        fillWithExamples(*stage.forwards);
        stage.table->select(1);
        QCOMPARE(stage.details->forwardId(), ForwardId(1));
        stage.table->select(2);
        QCOMPARE(stage.details->forwardId(), ForwardId(2));
        stage.table->selectAll();
        QCOMPARE(stage.details->forwardId(), ForwardId(0));
        stage.table->clearSelection();
        QCOMPARE(stage.details->forwardId(), ForwardId(0));
        focusTable(stage);
        stage.table->select(1);
        QTest::keyClick(stage.table, Qt::Key_Return);
        QVERIFY(stage.details->isAncestorOf(QApplication::focusWidget()));
    }

    void theStatusBarSumsUp()
    {
        Stage stage(*m_folder);
        fillWithExamples(*stage.forwards);
        auto *summary = stage.window->findChild<StatusSummary *>();
        QTRY_VERIFY(summary->text().contains(u"3 running"_s));
        QVERIFY(summary->text().contains(u"1 reconnecting"_s));
        QVERIFY(summary->text().contains(u"1.4 MiB/s"_s));
    }

    void panesHideByKeyAndAreRemembered()
    {
        {
            Stage stage(*m_folder);
            stage.put(u"a"_s, State::Stopped, 8080);
            stage.window->resize(901, 643);
            focusTable(stage);
            QTest::keyClick(stage.table, Qt::Key_F9);
            QTest::keyClick(stage.table, Qt::Key_I, Qt::ControlModifier);
            QVERIFY(!stage.window->findChild<SideBar *>()->isVisible());
            QVERIFY(!stage.details->isVisible());
            QVERIFY(stage.window->close());
        }
        Stage stage(*m_folder);
        stage.put(u"a"_s, State::Stopped, 8080);
        QCOMPARE(stage.window->size(), QSize(901, 643));
        QVERIFY(!stage.window->findChild<SideBar *>()->isVisible());
        QVERIFY(!stage.details->isVisible());
        focusTable(stage);
        QTest::keyClick(stage.table, Qt::Key_F9);
        QVERIFY(stage.window->findChild<SideBar *>()->isVisible());
    }

    void theCarrierIsChosenInTheMenuAndRemembered()
    {
        const auto actionNamed = [](Stage &stage, const QString &text) -> QAction * {
            const auto actions = stage.window->findChildren<QAction *>();
            const auto found = std::find_if(actions.begin(), actions.end(),
                                            [&](const QAction *action) { return action->text().remove(u'&') == text; });
            return found == actions.end() ? nullptr : *found;
        };
        const QString automatic = u"What the server takes"_s;
        const QString webSocket = u"WebSocket only"_s;
        {
            Stage stage(*m_folder);
            QVERIFY(actionNamed(stage, automatic) && actionNamed(stage, automatic)->isChecked());
            QVERIFY(actionNamed(stage, webSocket));
            actionNamed(stage, webSocket)->trigger();
            QCOMPARE(stage.settings.carrier(), Store::Settings::Carrier::WebSocket);
            QVERIFY(!actionNamed(stage, automatic)->isChecked());
            QVERIFY(stage.window->statusBar()->currentMessage().contains(u"next start"_s));
        }
        Stage stage(*m_folder);
        QVERIFY(actionNamed(stage, webSocket)->isChecked());
    }

    void splittersAreRemembered()
    {
        QList<int> sizes;
        {
            Stage stage(*m_folder);
            stage.put(u"a"_s, State::Stopped, 8080);
            auto *splitter = stage.window->findChild<QSplitter *>(u"tableAndDetails"_s);
            splitter->setSizes({300, 200});
            sizes = splitter->sizes();
            // A time without forwards, and so without details, changes nothing.
            stage.forwards->remove(1);
            QVERIFY(!stage.details->isVisible());
            stage.window->close();
        }
        Stage stage(*m_folder);
        stage.put(u"a"_s, State::Stopped, 8080);
        const QList<int> again = stage.window->findChild<QSplitter *>(u"tableAndDetails"_s)->sizes();
        QVERIFY2(std::abs(again.at(1) - sizes.at(1)) <= 2, qPrintable(QString::number(again.at(1)))); // it rounds
    }

    void closingAsksOnceWhileForwardsRun()
    {
        Stage stage(*m_folder);
        stage.put(u"a"_s, State::Stopped, 8080);
        stage.put(u"b"_s, State::Running, 8081);
        stage.put(u"c"_s, State::Reconnecting, 8082);
        QVERIFY(!stage.window->close());
        auto *question = stage.window->findChild<CloseQuestion *>();
        QVERIFY(question);
        QVERIFY(question->accessibleDescription().contains(u'2'));
        QVERIFY(!stage.window->close()); // still one question
        QCOMPARE(stage.window->findChildren<CloseQuestion *>().size(), 1);
        question->reject();
        QVERIFY(stage.window->isVisible());
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);

        QVERIFY(!stage.window->close());
        question = stage.window->findChild<CloseQuestion *>();
        question->findChild<QCheckBox *>()->setChecked(true);
        question->accept();
        QVERIFY(!stage.window->isVisible());
        QCOMPARE(stage.settings.closing(), Store::Settings::Closing::Quit);
    }

    void theWindowMayGoAndForwardsStay()
    {
        Stage stage(*m_folder);
        stage.window->setComesBack(true);
        stage.put(u"b"_s, State::Running, 8081);
        QVERIFY(!stage.window->close());
        auto *question = stage.window->findChild<CloseQuestion *>();
        QVERIFY(question);
        question->findChild<QCheckBox *>()->setChecked(true);
        QTest::keyClick(question, Qt::Key_Return); // what loses nothing is at hand
        QVERIFY(!stage.window->isVisible());
        QVERIFY(stage.forwards->calls().isEmpty());
        QCOMPARE(stage.settings.closing(), Store::Settings::Closing::KeepRunning);

        stage.window->present();
        QVERIFY(stage.window->isVisible());
        QVERIFY(!stage.window->close()); // and now without a question
        QVERIFY(!stage.window->isVisible());
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!stage.window->findChild<CloseQuestion *>());
        stage.window->present();
    }

    void whereNothingBringsTheWindowBackItDoesNotGo()
    {
        Stage stage(*m_folder);
        stage.settings.setClosing(Store::Settings::Closing::KeepRunning);
        stage.put(u"b"_s, State::Running, 8081);
        QVERIFY(!stage.window->close());
        auto *question = stage.window->findChild<CloseQuestion *>();
        QVERIFY(question);
        QVERIFY(!question->findChild<QPushButton *>(u"keepRunning"_s));
        QVERIFY(stage.window->isVisible());
        question->reject();
    }

    void closingDoesNotAskWhenNothingRunsOrTheUserSaidSo()
    {
        {
            Stage stage(*m_folder);
            stage.put(u"a"_s, State::Failed, 8080);
            QVERIFY(stage.window->close());
        }
        Stage stage(*m_folder);
        stage.settings.setClosing(Store::Settings::Closing::Quit);
        stage.put(u"a"_s, State::Running, 8080);
        QVERIFY(stage.window->close());
    }

    void everyFocusableControlHasANameToBeReadAloud()
    {
        Stage stage(*m_folder, "clusters: [");
        fillWithExamples(*stage.forwards);
        stage.table->select(3);
        auto *tabs = stage.details->findChild<QTabWidget *>();
        QStringList nameless;
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            const auto widgets = stage.window->findChildren<QWidget *>();
            for (QWidget *widget : widgets) {
                if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
                    continue;
                QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget);
                if (!spoken || spoken->text(QAccessible::Name).isEmpty())
                    nameless << QLatin1StringView(widget->metaObject()->className()) + ' '_L1 + widget->objectName();
            }
        }
        nameless.removeDuplicates();
        QCOMPARE(nameless, QStringList());
    }

    void tabGoesThroughTheWindowAndComesBack()
    {
        Stage stage(*m_folder);
        fillWithExamples(*stage.forwards);
        stage.table->select(1);
        focusTable(stage);
        bool sawDetails = false;
        bool sawFilter = false;
        for (int i = 0; i < 40; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            QVERIFY(QApplication::focusWidget());
            sawDetails = sawDetails || stage.details->isAncestorOf(QApplication::focusWidget());
            sawFilter = sawFilter || stage.filter->hasFocus();
            if (stage.table->hasFocus())
                break;
        }
        QVERIFY(stage.table->hasFocus());
        QVERIFY(sawDetails);
        QVERIFY(sawFilter);
    }

    void shortcutsAreUnique()
    {
        Stage stage(*m_folder);
        QStringList all;
        const auto actions = stage.window->findChildren<QAction *>();
        for (const QAction *action : actions) {
            if (action->shortcutContext() == Qt::WidgetShortcut)
                continue;
            const auto keys = action->shortcuts();
            for (const QKeySequence &key : keys)
                all << key.toString();
        }
        const QStringList list = all;
        all.removeDuplicates();
        QCOMPARE(list.size(), all.size());
        QVERIFY(all.size() > 10);
    }

private:
    static void focusTable(Stage &stage)
    {
        QVERIFY(QTest::qWaitForWindowActive(stage.window.get()));
        stage.table->setFocus();
        QVERIFY(stage.table->hasFocus());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
