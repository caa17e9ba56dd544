#include "ui/mainwindow.h"

#include "core/kube/config/contextstore.h"
#include "core/store/settings.h"
#include "ui/checkdialog.h"
#include "ui/contexts/contextmarks.h"
#include "ui/contexts/contextsdialog.h"
#include "ui/contexts/kubeconfigintake.h"
#include "ui/contexts/markmenu.h"
#include "ui/details/detailspanel.h"
#include "ui/exchange/importdesk.h"
#include "ui/forwards/forwardsmodel.h"
#include "ui/forwards/forwardsview.h"
#include "ui/forwards/freeport.h"
#include "ui/forwards/propertiesdialog.h"
#include "ui/icons.h"
#include "ui/pickerdialog.h"
#include "ui/preferencesdialog.h"
#include "ui/profiles/profiledesk.h"
#include "ui/profiles/profilesmenu.h"
#include "ui/sidebar/sidebar.h"
#include "ui/signin/signindialog.h"
#include "ui/widgets/messagearea.h"
#include "ui/window/aboutbox.h"
#include "ui/window/actions.h"
#include "ui/window/forwardcommands.h"
#include "ui/window/forwardservice.h"
#include "ui/window/forwardspage.h"
#include "ui/window/problemwatch.h"
#include "ui/window/rowmenu.h"
#include "ui/window/shortcutsdialog.h"
#include "ui/window/snapshotfeed.h"
#include "ui/window/startguard.h"
#include "ui/window/statussummary.h"
#include "ui/window/windowbars.h"
#include "ui/window/windowcloser.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QStatusBar>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Fairlead::Ui {

using Forward::ForwardId;
using Carrier = Store::Settings::Carrier;
using ColorScheme = Store::Settings::ColorScheme;

namespace {
constexpr auto NoticeShown = 4s;
constexpr QSize DefaultSize(1240, 780);
const QString KubeconfigNotice = u"kubeconfig/refused"_s;

/// Who builds on the model asks it for the marks at once.
ForwardsModel *newModel(const ContextMarks &marks, QObject &parent)
{
    auto *model = new ForwardsModel(&parent);
    model->setMarks(&marks);
    return model;
}

/// Over the window, and gone when it is closed.
void openOver(QDialog &dialog)
{
    dialog.setAttribute(Qt::WA_DeleteOnClose);
    dialog.open();
}
} // namespace

/// Builds the parts and connects them; what they do is in their own files.
class MainWindow::Private
{
public:
    Private(MainWindow &window, std::unique_ptr<ForwardService> source, Kube::ContextStore &contextStore,
            Store::Settings &store);

    void connectActions();
    void connectPage();
    void connectSettings();
    void restore();
    void saveLayout();
    void refreshActions();
    void refreshContexts();
    void showPicker();
    void showContexts();
    void showMarkMenu(const Kube::ContextRef &context, const QPoint &at);
    void connectKubeconfigs();
    void showContextMenu(const QPoint &at);
    void showProperties();
    void showCheck();
    void showSignIn(const Kube::ContextRef &context);
    void signInSelected();
    void remedy(ForwardId id);
    void useProfiles(Store::ProfileFolder &folder, const QString &sessionFile, const Store::MovedSession *moved);
    void focusFilter();
    [[nodiscard]] int activeCount() const;
    [[nodiscard]] QList<ForwardId> selected() const { return page->table().selectedIds(); }

    template <typename Slot>
    void on(ActionId id, Slot slot)
    {
        connect(&actions->get(id), &QAction::triggered, &q, slot);
    }

    MainWindow &q;
    std::unique_ptr<ForwardService> service;
    Kube::ContextStore &contexts;
    Store::Settings &settings;
    ContextMarks *marks;
    KubeconfigIntake *intake;
    ForwardsModel *model;
    SnapshotFeed *feed;
    ForwardCommands *commands;
    Actions *actions;
    ForwardsPage *page;
    WindowBars *bars;
    StatusSummary *summary;
    ProblemWatch *problems;
    ProfileDesk *profiles = nullptr; ///< useProfiles()
    QPointer<PickerDialog> picker;
    QPointer<SignInDialog> signIn;
    WindowCloser *closer;
};

MainWindow::Private::Private(MainWindow &window, std::unique_ptr<ForwardService> source,
                             Kube::ContextStore &contextStore, Store::Settings &store)
    : q(window)
    , service(std::move(source))
    , contexts(contextStore)
    , settings(store)
    , marks(new ContextMarks(contextStore, store, &window))
    , intake(new KubeconfigIntake(contextStore, store, window))
    , model(newModel(*marks, window))
    , feed(new SnapshotFeed(*service, *model, &window))
    , commands(new ForwardCommands(*service, *model, &window))
    , actions(new Actions(&window))
    , page(new ForwardsPage(*service, *model, store, &window))
    , bars(new WindowBars(window, *actions, page->table()))
    , summary(new StatusSummary)
    , problems(new ProblemWatch(contextStore, *model, *commands, page->messages(), &window))
    , closer(new WindowCloser(window, store))
{
    q.setWindowTitle(u"Fairlead"_s);
    for (const ActionId id : {ActionId::ImportForwards, ActionId::PasteForwards})
        actions->get(id).setVisible(false); // until there are profiles
    q.setWindowIcon(applicationIcon());
    q.setCentralWidget(page);
    q.statusBar()->addWidget(summary, 1);
    q.statusBar()->setSizeGripEnabled(false);
    commands->setGuard(new StartGuard(*marks, q));
    intake->desk().restore();
    summary->show(*model);
    page->table().addActions(actions->tableActions());
    connectActions();
    connectPage();
    connectSettings();
    connectKubeconfigs();
    refreshContexts();
    restore();
    refreshActions();
}

void MainWindow::Private::connectActions()
{
    on(ActionId::NewForward, [this] { showPicker(); });
    on(ActionId::AddKubeconfig, [this] { intake->chooseFile(); });
    on(ActionId::PasteKubeconfig, [this] { intake->pasteText(); });
    on(ActionId::ShowContexts, [this] { showContexts(); });
    on(ActionId::Quit, [this] { closer->quit(activeCount()); });
    on(ActionId::Start, [this] { commands->start(selected()); });
    on(ActionId::Stop, [this] { commands->stop(selected()); });
    on(ActionId::Retry, [this] { commands->retry(selected()); });
    on(ActionId::SignIn, [this] { signInSelected(); });
    on(ActionId::OpenInBrowser, [this] { commands->openInBrowser(selected()); });
    on(ActionId::CopyAddress, [this] { commands->copyAddress(selected()); });
    on(ActionId::CopyKubectl, [this] { commands->copyCommand(selected(), u"kubectl"_s); });
    on(ActionId::CopyOc, [this] { commands->copyCommand(selected(), u"oc"_s); });
    on(ActionId::CopyDetails, [this] { commands->copyDetails(selected()); });
    on(ActionId::Properties, [this] { showProperties(); });
    on(ActionId::Remove, [this] { commands->remove(selected()); });
    on(ActionId::UndoRemove, [this] { commands->undoRemove(); });
    on(ActionId::SelectAll, [this] { page->table().selectAll(); });
    on(ActionId::Filter, [this] { focusFilter(); });
    on(ActionId::Preferences, [this] { openOver(*new PreferencesDialog(settings, &q)); });
    on(ActionId::CheckConnection, [this] { showCheck(); });
    on(ActionId::Shortcuts, [this] { openOver(*new ShortcutsDialog(*actions, &q)); });
    on(ActionId::About, [this] { showAbout(q); });
}

void MainWindow::Private::connectPage()
{
    ForwardsView &table = page->table();
    connect(feed, &SnapshotFeed::updated, page, &ForwardsPage::onUpdated);
    connect(feed, &SnapshotFeed::connectionsUpdated, page, &ForwardsPage::onConnectionsUpdated);
    connect(feed, &SnapshotFeed::updated, &q, [this] {
        summary->show(*model);
        closer->setSummary(summary->text());
        problems->refreshForwards();
        refreshActions();
    });
    connect(page, &ForwardsPage::selectionMoved, &q, [this] { refreshActions(); });
    connect(page, &ForwardsPage::newForwardRequested, &q, [this] { showPicker(); });
    connect(page, &ForwardsPage::kubeconfigRequested, intake, &KubeconfigIntake::chooseFile);
    connect(problems, &ProblemWatch::contextsRequested, &q, [this] { showContexts(); });
    connect(problems, &ProblemWatch::signInRequested, &q,
            [this](const Kube::ContextRef &context) { showSignIn(context); });
    connect(&page->sideBar(), &SideBar::contextMenuRequested, &q,
            [this](const Kube::ContextRef &context, const QPoint &at) { showMarkMenu(context, at); });
    connect(page, &ForwardsPage::clearFilterRequested, &q, [this] { bars->filter().clear(); });
    connect(page, &ForwardsPage::undoRequested, commands, &ForwardCommands::undoRemove);
    connect(page, &ForwardsPage::removedDismissed, commands, &ForwardCommands::forgetRemoved);
    connect(commands, &ForwardCommands::removedChanged, page, &ForwardsPage::showRemoved);
    connect(commands, &ForwardCommands::removedChanged, &q, [this] { refreshActions(); });
    connect(commands, &ForwardCommands::restored, page, &ForwardsPage::reveal);
    connect(commands, &ForwardCommands::notice, &q, [this](const QString &text) {
        q.statusBar()->showMessage(text, int(std::chrono::milliseconds(NoticeShown).count()));
    });
    connect(&table, &ForwardsView::toggleRequested, &q, [this] { commands->toggle(selected()); });
    connect(&table, &ForwardsView::remedyRequested, &q, [this](ForwardId id) { remedy(id); });
    connect(&table, &ForwardsView::addressClicked, &q,
            [this](ForwardId id, int port) { commands->copyAddress({id}, port); });
    connect(&table, &ForwardsView::filterRequested, &q, [this] { focusFilter(); });
    connect(&table, &ForwardsView::detailsRequested, &q, [this] {
        actions->get(ActionId::ShowDetails).setChecked(true);
        page->details().focusCurrentTab();
    });
    connect(&table, &QWidget::customContextMenuRequested, &q, [this](const QPoint &at) { showContextMenu(at); });
    connect(&page->details(), &DetailsPanel::copyDetailsRequested, &q, [this] { commands->copyDetails(selected()); });
    connect(&page->details(), &DetailsPanel::openRequested, &q, [this] { commands->openInBrowser(selected()); });
    connect(&bars->filter(), &QLineEdit::textChanged, page, &ForwardsPage::setFilterText);
    connect(bars, &WindowBars::filterLeft, &q, [this] { page->table().setFocus(Qt::ShortcutFocusReason); });
    connect(&actions->get(ActionId::ShowSideBar), &QAction::toggled, &page->sideBar(), &QWidget::setVisible);
    connect(&actions->get(ActionId::ShowDetails), &QAction::toggled, page, &ForwardsPage::setDetailsShown);
}

void MainWindow::Private::connectSettings()
{
    const QList<std::pair<ActionId, ColorScheme>> schemes{{ActionId::SchemeSystem, ColorScheme::System},
                                                          {ActionId::SchemeLight, ColorScheme::Light},
                                                          {ActionId::SchemeDark, ColorScheme::Dark}};
    for (const auto &[id, scheme] : schemes) {
        actions->get(id).setChecked(settings.colorScheme() == scheme);
        // The application applies it when the setting changes (ui/colorscheme.h).
        on(id, [this, scheme = scheme] { settings.setColorScheme(scheme); });
    }
    const QList<std::pair<ActionId, Carrier>> carriers{{ActionId::CarrierAutomatic, Carrier::Automatic},
                                                       {ActionId::CarrierSpdy, Carrier::Spdy},
                                                       {ActionId::CarrierWebSocket, Carrier::WebSocket}};
    for (const auto &[id, carrier] : carriers) {
        actions->get(id).setChecked(settings.carrier() == carrier);
        on(id, [this, carrier = carrier] { settings.setCarrier(carrier); });
    }
    connect(&settings, &Store::Settings::carrierChanged, &q, [this] {
        q.statusBar()->showMessage(MainWindow::tr("Forwards take this at their next start."),
                                   int(std::chrono::milliseconds(NoticeShown).count()));
    });
    connect(&contexts, &Kube::ContextStore::changed, &q, [this] { refreshContexts(); });
}

void MainWindow::Private::restore()
{
    q.resize(DefaultSize);
    q.restoreGeometry(settings.windowGeometry());
    q.restoreState(settings.windowState());
    // One byte of our own beside the splitters' states: which panes were shown.
    const QByteArray panes = settings.layoutState(u"panes"_s);
    const bool known = panes.size() == 2;
    actions->get(ActionId::ShowSideBar).setChecked(!known || panes.at(0) == '1');
    actions->get(ActionId::ShowDetails).setChecked(!known || panes.at(1) == '1');
    page->sideBar().setVisible(actions->get(ActionId::ShowSideBar).isChecked());
    page->setDetailsShown(actions->get(ActionId::ShowDetails).isChecked());
    page->table().setFocus();
}

void MainWindow::Private::saveLayout()
{
    settings.setWindowGeometry(q.saveGeometry());
    settings.setWindowState(q.saveState());
    QByteArray panes;
    panes += actions->get(ActionId::ShowSideBar).isChecked() ? '1' : '0';
    panes += actions->get(ActionId::ShowDetails).isChecked() ? '1' : '0';
    settings.setLayoutState(u"panes"_s, panes);
    page->saveLayout();
}

void MainWindow::Private::refreshActions()
{
    SelectionFacts facts = SelectionFacts::of(page->selection());
    facts.rows = model->rowCount() > 0;
    facts.removed = commands->canUndo();
    actions->update(facts);
}

void MainWindow::Private::refreshContexts()
{
    page->setHasClusters(!contexts.contexts().isEmpty(), contexts.kubeconfig().candidateFiles());
}

void MainWindow::Private::showPicker()
{
    if (picker) {
        picker->raise();
        picker->activateWindow();
        return;
    }
    picker = new PickerDialog(contexts, settings, &q);
    picker->setAttribute(Qt::WA_DeleteOnClose);
    picker->setPortTest([this](quint16 port) { return !service->portHolder(u"127.0.0.1"_s, port); });
    connect(picker, &PickerDialog::forwardRequested, &q, [this](const Forward::ForwardSpec &spec) {
        commands->addAndStart(spec);
        page->table().setFocus();
    });
    picker->show();
}

void MainWindow::Private::connectKubeconfigs()
{
    connect(intake, &KubeconfigIntake::taken, &q, [this](const QList<Kube::ContextRef> &added) {
        page->messages().withdraw(KubeconfigNotice);
        q.statusBar()->showMessage(takenText(added), int(std::chrono::milliseconds(NoticeShown).count()));
    });
    connect(intake, &KubeconfigIntake::refused, &q, [this](const QString &sentence) {
        page->messages().say(KubeconfigNotice, {Tone::Bad, sentence, {}, {}, {}});
    });
}

void MainWindow::Private::showContexts()
{
    openOver(*new ContextsDialog(contexts, settings, &q));
}

void MainWindow::Private::showMarkMenu(const Kube::ContextRef &context, const QPoint &at)
{
    auto *menu = new QMenu(&q);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMarkMenu(*menu, *marks, context);
    menu->popup(at);
}

void MainWindow::Private::showContextMenu(const QPoint &at)
{
    auto *menu = new QMenu(&q);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillRowMenu(*menu, *actions, *commands, page->selection());
    if (profiles && !selected().isEmpty()) {
        const auto forwards = [this, ids = selected()] { return profiles->starter().saved(ids); };
        profiles->menu().fillAddMenu(*menu->addMenu(MainWindow::tr("Add to &profile")), forwards);
    }
    menu->popup(page->table().viewport()->mapToGlobal(at));
}

void MainWindow::Private::showProperties()
{
    const QList<Forward::ForwardSnapshot> forwards = page->selection();
    if (forwards.size() != 1)
        return;
    auto *dialog = new PropertiesDialog(forwards.first(), &q);
    connect(dialog, &QDialog::accepted, commands,
            [this, dialog] { commands->change(dialog->forwardId(), dialog->spec()); });
    openOver(*dialog);
}

/// Of the selected forward, if it is one; else of a context.
void MainWindow::Private::showCheck()
{
    const QList<ForwardId> ids = selected();
    auto *dialog =
        new CheckDialog(contexts, ids.size() == 1 ? model->find(ids.first())->spec : Forward::ForwardSpec(), &q);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

/// One at a time, since a plugin runs once at a time.
void MainWindow::Private::showSignIn(const Kube::ContextRef &context)
{
    if (signIn && signIn->context() == context) {
        signIn->raise();
        signIn->activateWindow();
        return;
    }
    if (signIn)
        signIn->reject();
    signIn = new SignInDialog(contexts, context, &q);
    signIn->setAttribute(Qt::WA_DeleteOnClose);
    connect(signIn, &SignInDialog::retryRequested, &q,
            [this](const Kube::ContextRef &name) { commands->retrySignIns(name); });
    signIn->show();
}

void MainWindow::Private::signInSelected()
{
    const QList<Forward::ForwardSnapshot> forwards = page->selection();
    for (const Forward::ForwardSnapshot &forward : forwards) {
        if (forward.state == Forward::State::SignInNeeded)
            return showSignIn(forward.spec.contextRef());
    }
}

/// What the button in a forward's row does.
void MainWindow::Private::remedy(ForwardId id)
{
    const Forward::ForwardSnapshot *forward = model->find(id);
    if (forward && forward->state == Forward::State::SignInNeeded)
        showSignIn(forward->spec.contextRef());
    else if (forward && lacksLocalPort(*forward))
        commands->useFreePorts(id);
    else
        commands->retry({id});
}

void MainWindow::Private::focusFilter()
{
    bars->filter().setFocus(Qt::ShortcutFocusReason);
    bars->filter().selectAll();
}

void MainWindow::Private::useProfiles(Store::ProfileFolder &folder, const QString &sessionFile,
                                      const Store::MovedSession *moved)
{
    profiles = new ProfileDesk({*service, *commands, contexts, *marks, settings, page->messages(), page->sideBar(), q},
                               folder, sessionFile, &q);
    bars->insertBeforeView(profiles->menu());
    profiles->importDesk().serve(*actions, *intake);
    connect(&profiles->importDesk(), &ImportDesk::imported, page, [this](ForwardId id) {
        page->reveal(id);
        page->table().setFocus();
    });
    profiles->restore(moved);
}

int MainWindow::Private::activeCount() const
{
    int active = 0;
    for (int row = 0; row < model->rowCount(); ++row)
        active += isActive(model->at(row).state) ? 1 : 0;
    return active;
}

MainWindow::MainWindow(Forward::ForwardManager &forwards, Kube::ContextStore &contexts, Store::Settings &settings,
                       QWidget *parent)
    : MainWindow(std::make_unique<ManagerService>(forwards), contexts, settings, parent)
{
}

MainWindow::MainWindow(std::unique_ptr<ForwardService> service, Kube::ContextStore &contexts, Store::Settings &settings,
                       QWidget *parent)
    : QMainWindow(parent)
    , d(std::make_unique<Private>(*this, std::move(service), contexts, settings))
{
}

void MainWindow::useProfiles(Store::ProfileFolder &folder, const QString &sessionFile, const Store::MovedSession *moved)
{
    d->useProfiles(folder, sessionFile, moved);
}

std::optional<QString> MainWindow::saveSession()
{
    return d->profiles ? d->profiles->flush() : std::nullopt;
}

void MainWindow::quit()
{
    d->closer->quitNow();
}

void MainWindow::present()
{
    d->closer->present();
}

void MainWindow::setComesBack(bool comesBack)
{
    d->closer->setComesBack(comesBack);
}

void MainWindow::startForwards(const QList<Forward::ForwardId> &ids)
{
    d->commands->start(ids);
}

void MainWindow::startProfile(const Store::Profile &profile)
{
    d->profiles->starter().start(profile);
}

Store::Surroundings MainWindow::surroundings() const
{
    return d->profiles->starter().surroundings();
}

MainWindow::~MainWindow()
{
    // The page's widgets look at models and the service until the last moment.
    delete takeCentralWidget();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    d->saveLayout();
    if (d->profiles)
        d->profiles->flush();
    event->setAccepted(d->closer->mayClose(d->activeCount()));
}

} // namespace Fairlead::Ui
