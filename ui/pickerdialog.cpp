#include "ui/pickerdialog.h"

#include "core/kube/browse/clusterbrowser.h"
#include "core/kube/config/contextstore.h"
#include "core/store/settings.h"
#include "ui/picker/pickerform.h"
#include "ui/signin/signindialog.h"

#include <QFileDialog>
#include <QSplitter>
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
    void openContext(const QString &name);
    void openNamespace(const QString &name, bool typed);
    void listServices();
    void openKubeconfig();
    void openAgain();
    void signIn();
    void accept(const Forward::ForwardSpec &spec);
    void saveLayout();

    PickerDialog &q;
    Kube::ContextStore &contexts;
    Store::Settings &settings;
    ClusterBrowser browser;
    PickerForm *form;
    std::optional<Kube::ConnectionConfig> opened;
};

PickerDialog::Private::Private(PickerDialog &self, Kube::ContextStore &store, Store::Settings &rememberer)
    : q(self)
    , contexts(store)
    , settings(rememberer)
    , form(new PickerForm(&self))
{
}

void PickerDialog::Private::connectBrowser()
{
    QObject::connect(&browser, &ClusterBrowser::namespacesChanged, form, &PickerForm::takeNamespaces);
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
    const QString before = form->context();
    QString current = before.isEmpty() ? settings.lastContext() : before;
    const auto isThere = [&all](const QString &name) {
        return std::any_of(all.cbegin(), all.cend(),
                           [&name](const Kube::ContextSummary &context) { return context.name == name; });
    };
    if (!isThere(current))
        current = contexts.preferredContext();
    form->setContexts(all, current);
    if (all.isEmpty()) {
        opened.reset();
        browser.cancel();
        form->showNoContexts(contexts.kubeconfig().errors());
        return;
    }
    openContext(form->context());
}

void PickerDialog::Private::openContext(const QString &name)
{
    const Result<Kube::ConnectionConfig, QString> config = contexts.resolve(name);
    if (config && opened == *config)
        return; // a kubeconfig was written anew without a change for this one
    opened.reset();
    if (!config || !config->unsupported.isEmpty()) {
        browser.cancel();
        form->showUnusable(config ? config->unsupported : QStringList{config.error()});
        return;
    }
    opened = *config;
    const QString last = settings.lastNamespace(name);
    const QString first = last.isEmpty() ? config->namespaceName : last;
    form->start(first, settings.typedNamespaces(name));
    browser.open(*config);
    browser.choosePodsOf(first);
    listServices();
}

void PickerDialog::Private::openNamespace(const QString &name, bool typed)
{
    if (typed)
        settings.rememberNamespace(form->context(), name);
    form->podsReset();
    browser.choosePodsOf(name);
    listServices();
}

/// Only while somebody looks at them: it is one more watch on the server.
void PickerDialog::Private::listServices()
{
    if (!form->showsServices() || !opened)
        return;
    form->servicesReset();
    browser.chooseServicesOf(form->namespaceName());
}

void PickerDialog::Private::openKubeconfig()
{
    auto *chooser = new QFileDialog(&q, PickerDialog::tr("Open kubeconfig"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::ExistingFile);
    chooser->setFilter(chooser->filter() | QDir::Hidden); // ~/.kube
    QObject::connect(chooser, &QFileDialog::fileSelected, &q, [this](const QString &path) { contexts.useFile(path); });
    chooser->open();
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
        QObject::connect(dialog, signal, &q, [this](const QString &context) {
            if (context == form->context())
                openAgain();
        });
    }
    dialog->open();
}

void PickerDialog::Private::accept(const Forward::ForwardSpec &spec)
{
    settings.setLastContext(spec.context);
    settings.setLastNamespace(spec.context, form->namespaceName());
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
    connect(d->form, &PickerForm::contextChosen, this, [this](const QString &name) { d->openContext(name); });
    connect(d->form, &PickerForm::namespaceChosen, this,
            [this](const QString &name, bool typed) { d->openNamespace(name, typed); });
    connect(d->form, &PickerForm::retryRequested, this, [this] { d->openAgain(); });
    connect(d->form, &PickerForm::signInRequested, this, [this] { d->signIn(); });
    connect(d->form, &PickerForm::openKubeconfigRequested, this, [this] { d->openKubeconfig(); });
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

} // namespace Fairlead::Ui
