#include "ui/pickerdialog.h"

#include "core/kube/browse/clusterbrowser.h"
#include "core/kube/config/contextstore.h"
#include "core/store/settings.h"
#include "ui/contexts/contextmarks.h"
#include "ui/contexts/kubeconfigintake.h"
#include "ui/picker/pickerform.h"
#include "ui/signin/signindialog.h"

#include <QSplitter>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <optional>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;
using Kube::ClusterBrowser;

namespace {

constexpr QSize kFirstSize{1080, 620};

} // namespace

class PickerDialog::Private
{
public:
    Private(PickerDialog &self, Kube::ContextStore &store, Store::Settings &rememberer);

    void connectBrowser();
    void showContexts();
    void openContext(const Kube::ContextRef &context);
    void openNamespace(const QString &name, bool typed);
    void showAdded(const QList<Kube::ContextRef> &added);
    void listServices();
    void openAgain();
    void signIn();
    [[nodiscard]] QStringList knownNamespaces(const Kube::ConnectionConfig &config) const;
    [[nodiscard]] QString key() const { return Kube::contextKey(form->context()); }
    void accept(const Forward::ForwardSpec &spec);
    void saveLayout();

    PickerDialog &q;
    Kube::ContextStore &contexts;
    Store::Settings &settings;
    ClusterBrowser browser;
    ContextMarks marks;
    PickerForm *form;
    KubeconfigIntake *intake;
    std::optional<Kube::ConnectionConfig> opened;
};

PickerDialog::Private::Private(PickerDialog &self, Kube::ContextStore &store, Store::Settings &rememberer)
    : q(self)
    , contexts(store)
    , settings(rememberer)
    , marks(store, rememberer)
    , form(new PickerForm(&self))
    , intake(new KubeconfigIntake(store, rememberer, self))
{
}

void PickerDialog::Private::connectBrowser()
{
    QObject::connect(&browser, &ClusterBrowser::namespacesChanged, form, &PickerForm::takeNamespaces);
    QObject::connect(&browser, &ClusterBrowser::namespacesAreProjects, form, &PickerForm::namespacesAreProjects);
    QObject::connect(&browser, &ClusterBrowser::namespacesFailed, form, &PickerForm::namespacesFailed);
    QObject::connect(&browser, &ClusterBrowser::podsReset, form, &PickerForm::podsReset);
    QObject::connect(&browser, &ClusterBrowser::podsChanged, form, &PickerForm::takePods);
    QObject::connect(&browser, &ClusterBrowser::podsProgress, form, &PickerForm::podsProgress);
    QObject::connect(&browser, &ClusterBrowser::podsFailed, form, &PickerForm::podsFailed);
    QObject::connect(&browser, &ClusterBrowser::podDetails, form, &PickerForm::takePodDetails);
    QObject::connect(&browser, &ClusterBrowser::podOwner, form, &PickerForm::takePodOwner);
    QObject::connect(&browser, &ClusterBrowser::podDetailsFailed, form, &PickerForm::podDetailsFailed);
    QObject::connect(&browser, &ClusterBrowser::servicesChanged, form, &PickerForm::takeServices);
    QObject::connect(&browser, &ClusterBrowser::servicesFailed, form, &PickerForm::servicesFailed);
    QObject::connect(form, &PickerForm::podWanted, &browser, &ClusterBrowser::requestPod);
    QObject::connect(form, &PickerForm::servicesWanted, form, [this] { listServices(); });
}

void PickerDialog::Private::showContexts()
{
    const QList<Kube::ContextSummary> all = contexts.contexts();
    const Kube::ContextRef before = form->context();
    Kube::ContextRef current = before.name.isEmpty() ? Kube::contextFromKey(settings.lastContext()) : before;
    const auto isThere = [&all](const Kube::ContextRef &wanted) {
        return std::any_of(all.cbegin(), all.cend(),
                           [&wanted](const Kube::ContextSummary &context) { return context.ref() == wanted; });
    };
    if (!isThere(current))
        current = contexts.preferredContext();
    form->setContexts(all, current);
    if (all.isEmpty()) {
        opened.reset();
        browser.cancel();
        form->showNoContexts(contexts.errors());
        return;
    }
    openContext(form->context());
}

void PickerDialog::Private::openContext(const Kube::ContextRef &context)
{
    const Result<Kube::ConnectionConfig, QString> config = contexts.resolve(context);
    if (config && opened == *config)
        return; // a kubeconfig was written anew without a change for this one
    opened.reset();
    if (!config || !config->unsupported.isEmpty()) {
        browser.cancel();
        form->showUnusable(config ? config->unsupported : QStringList{config.error()});
        return;
    }
    opened = *config;
    const QString last = settings.lastNamespace(key());
    const QString first = last.isEmpty() ? config->namespaceName : last;
    form->start(first, knownNamespaces(*config));
    browser.open(*config);
    browser.choosePodsOf(first);
    listServices();
}

/// To offer where the server lists none: those that were used here, and those that contexts of the same server name.
QStringList PickerDialog::Private::knownNamespaces(const Kube::ConnectionConfig &config) const
{
    QStringList names{settings.lastNamespace(key())};
    names += settings.typedNamespaces(key());
    names += config.namespaceName;
    const QList<Kube::ContextSummary> all = contexts.contexts();
    for (const Kube::ContextSummary &context : all) {
        if (QUrl(context.server).host() == config.server.host())
            names += context.namespaceName;
    }
    names.removeAll(QString());
    names.removeDuplicates();
    return names;
}

void PickerDialog::Private::openNamespace(const QString &name, bool typed)
{
    if (typed)
        settings.rememberNamespace(key(), name);
    form->podsReset();
    browser.choosePodsOf(name);
    listServices();
}

/// Who brings a file wants to use it: its first context is opened.
void PickerDialog::Private::showAdded(const QList<Kube::ContextRef> &added)
{
    form->setContexts(contexts.contexts(), added.first());
    openContext(added.first());
    form->showNotice(Tone::Good, takenText(added));
}

/// Only while somebody looks at them: it is one more watch on the server.
void PickerDialog::Private::listServices()
{
    if (!form->showsServices() || !opened)
        return;
    form->servicesReset();
    browser.chooseServicesOf(form->namespaceName());
}

void PickerDialog::Private::openAgain()
{
    opened.reset();
    openContext(form->context());
}

void PickerDialog::Private::signIn()
{
    auto *dialog = new SignInDialog(contexts, form->context(), &q);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto signal : {&SignInDialog::signedIn, &SignInDialog::retryRequested}) {
        QObject::connect(dialog, signal, &q, [this](const Kube::ContextRef &context) {
            if (context == form->context())
                openAgain();
        });
    }
    dialog->open();
}

void PickerDialog::Private::accept(const Forward::ForwardSpec &spec)
{
    settings.setLastContext(key());
    settings.setLastNamespace(key(), form->namespaceName());
    q.accept();
    emit q.forwardRequested(spec);
}

void PickerDialog::Private::saveLayout()
{
    settings.setLayoutState(q.objectName(), q.saveGeometry());
    if (const auto *panes = form->findChild<QSplitter *>(u"pickerPanes"_s))
        settings.setLayoutState(panes->objectName(), panes->saveState());
}

PickerDialog::PickerDialog(Kube::ContextStore &contexts, Store::Settings &settings, QWidget *parent)
    : QDialog(parent)
    , d(std::make_unique<Private>(*this, contexts, settings))
{
    setObjectName(u"picker"_s);
    setWindowTitle(tr("New forward"));
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins({});
    lines->addWidget(d->form);
    resize(kFirstSize);
    restoreGeometry(settings.layoutState(objectName()));
    if (auto *panes = d->form->findChild<QSplitter *>(u"pickerPanes"_s))
        panes->restoreState(settings.layoutState(panes->objectName()));

    d->connectBrowser();
    connect(d->form, &PickerForm::contextChosen, this, [this](const Kube::ContextRef &context) {
        d->form->showNotice({}, {});
        d->openContext(context);
    });
    connect(d->form, &PickerForm::namespaceChosen, this,
            [this](const QString &name, bool typed) { d->openNamespace(name, typed); });
    connect(d->form, &PickerForm::retryRequested, this, [this] { d->openAgain(); });
    connect(d->form, &PickerForm::signInRequested, this, [this] { d->signIn(); });
    d->form->setMarks(d->marks);
    connect(d->form, &PickerForm::addKubeconfigRequested, d->intake, &KubeconfigIntake::chooseFile);
    connect(d->intake, &KubeconfigIntake::refused, this,
            [this](const QString &sentence) { d->form->showNotice(Tone::Bad, sentence); });
    connect(d->intake, &KubeconfigIntake::taken, this,
            [this](const QList<Kube::ContextRef> &added) { d->showAdded(added); });
    connect(d->form, &PickerForm::forwardRequested, this,
            [this](const Forward::ForwardSpec &spec) { d->accept(spec); });
    connect(d->form, &PickerForm::cancelled, this, &PickerDialog::reject);
    connect(&contexts, &Kube::ContextStore::changed, this, [this] { d->showContexts(); });
    connect(this, &QDialog::finished, this, [this] {
        d->saveLayout();
        d->browser.cancel();
    });
    d->showContexts();
}

PickerDialog::~PickerDialog() = default;

void PickerDialog::setPortTest(const PortTest &isFree)
{
    d->form->setPortTest(isFree);
}

} // namespace Fairlead::Ui
