#include "support/surfaces.h"

#include "core/store/exchange/importer.h"
#include "core/store/profiles/foresight.h"
#include "core/store/profiles/profileplan.h"
#include "ui/checkdialog.h"
#include "ui/contexts/contextsdialog.h"
#include "ui/contexts/kubeconfigdesk.h"
#include "ui/contexts/pastedialog.h"
#include "ui/exchange/importdialog.h"
#include "ui/forwards/propertiesdialog.h"
#include "ui/mainwindow.h"
#include "ui/picker/pickerform.h"
#include "ui/preferencesdialog.h"
#include "ui/profiles/conflictsdialog.h"
#include "ui/signin/signindialog.h"
#include "ui/window/actions.h"
#include "ui/window/closequestion.h"
#include "ui/window/protectedquestion.h"
#include "ui/window/shortcutsdialog.h"
#include "ui/window/takeoverquestion.h"

#include <QFile>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

namespace {

const QString Server = u"https://127.0.0.1:9"_s; // nobody answers there

Kube::ConnectionFlags flagsFor(const QTemporaryDir &home)
{
    QFile file(home.filePath(u"config"_s));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("%s cannot be written", qPrintable(file.fileName()));
    file.write("apiVersion: v1\nkind: Config\ncurrent-context: okd-dev\n"
               "clusters: [{name: dev, cluster: {server: 'https://127.0.0.1:9'}}]\n"
               "users: [{name: me, user: {token: t}}]\n"
               "contexts: [{name: okd-dev, context: {cluster: dev, user: me}},"
               " {name: okd-prod, context: {cluster: dev, user: me}}]\n");
    Kube::ConnectionFlags flags;
    flags.kubeconfig = file.fileName();
    return flags;
}

Store::Profile profileOf(const QString &name, const PaperForwards &paper, Forward::ForwardId first,
                         Forward::ForwardId last)
{
    Store::Profile profile{name, {}, {}, {}};
    for (const Forward::ForwardId id : paper.ids()) {
        if (id >= first && id <= last)
            profile.forwards << Store::savedForward(paper.snapshot(id).spec, true, {});
    }
    return profile;
}

/// With every line and button that there can be.
TakeOverQuestion::Facts everythingToTell()
{
    return {QDateTime::currentDateTime().addDays(-3), 4312, 14, 12, 3, {u"okd-staging"_s}, u"Payments on call"_s};
}

Store::Surroundings here()
{
    return {{{u"okd-dev"_s, Server}, {u"okd-prod"_s, Server}}, u"okd-dev"_s};
}

} // namespace

Surfaces::Surfaces()
    : m_settings(m_home.filePath(u"settings.ini"_s))
    , m_contexts(flagsFor(m_home))
    , m_profiles(m_home.filePath(u"profiles"_s))
{
    auto paper = std::make_unique<PaperForwards>();
    m_paper = paper.get();
    m_window = std::make_unique<MainWindow>(std::move(paper), m_contexts, m_settings);
    m_window->useProfiles(m_profiles, m_home.filePath(u"session.yaml"_s));
}

Surfaces::~Surfaces() = default;

void Surfaces::fill()
{
    fillWithExamples(*m_paper);
    // The second name is longer than the side bar is wide.
    for (const Store::Profile &profile :
         {profileOf(u"Team A"_s, *m_paper, 1, 4), profileOf(u"Payments on call, second shift"_s, *m_paper, 5, 99)}) {
        if (const auto error = m_profiles.save(profile))
            qFatal("%s", qPrintable(error->text));
    }
}

std::unique_ptr<QWidget> Surfaces::conflicts() const
{
    Store::Profile profile = profileOf(u"Payments on call"_s, *m_paper, 1, 99);
    profile.forwards[1].spec.context = u"staging"_s;
    profile.forwards[2].spec.name = u"A debugger with a name that is much longer than its column"_s;
    Store::Ground ground{here().contexts, here().currentContext};
    ground.isProtected = [](const Kube::ContextRef &context) { return context.name == "okd-prod"_L1; };
    ground.holder = [](const QString &, quint16 port) {
        return port == 8443 ? std::optional(u"java (pid 4312)"_s) : std::nullopt;
    };
    ground.busy = {{m_paper->snapshot(1).spec, {3000}}, {m_paper->snapshot(3).spec, {2345}}};
    return std::make_unique<ConflictsDialog>(profile, Store::foresee(profile, ground));
}

std::unique_ptr<QWidget> Surfaces::import() const
{
    const auto imported = Store::importForwards("kubectl --context okd-dev -n shop port-forward svc/orders 15432:5432\n"
                                                "oc --context moon port-forward pod/web-0 8080:http --address 0.0.0.0\n"
                                                "kubectl port-forward\n"_ba);
    return std::make_unique<ImportDialog>(*imported, here(), QString(), QStringList());
}

std::unique_ptr<QWidget> Surfaces::picker() const
{
    auto form = std::make_unique<PickerForm>();
    form->setContexts(m_contexts.contexts(), {u"okd-dev"_s, {}});
    form->start(u"shop"_s, {});
    form->resize(1080, 620); // as its dialog opens
    return form;
}

QList<Surfaces::Dialog> Surfaces::dialogs()
{
    using Return = CloseQuestion::Return;
    const Kube::ContextRef context{u"okd-dev"_s, {}};
    return {
        {"properties", [this] { return std::make_unique<PropertiesDialog>(m_paper->snapshot(1)); }},
        {"close", [] { return std::make_unique<CloseQuestion>(3, Return::ByTray, nullptr); }},
        {"take over", [] { return std::make_unique<TakeOverQuestion>(everythingToTell()); }},
        {"close for good", [] { return std::make_unique<CloseQuestion>(1, Return::Never, nullptr); }},
        {"preferences", [this] { return std::make_unique<PreferencesDialog>(m_settings); }},
        {"conflicts", [this] { return conflicts(); }},
        {"import", [this] { return import(); }},
        {"picker", [this] { return picker(); }},
        {"contexts", [this] { return std::make_unique<ContextsDialog>(m_contexts, m_settings); }},
        {"paste",
         [this] {
             KubeconfigDesk desk(m_contexts, m_settings, m_home.path());
             return std::make_unique<PasteDialog>(desk);
         }},
        {"sign-in", [this, context] { return std::make_unique<SignInDialog>(m_contexts, context); }},
        {"protected",
         [] {
             return std::make_unique<ProtectedQuestion>(QList<ProtectedQuestion::Place>{{u"okd-prod"_s, Server}});
         }},
        {"shortcuts", [this] { return std::make_unique<ShortcutsDialog>(*m_window->findChild<Actions *>()); }},
        {"check", [this] { return std::make_unique<CheckDialog>(m_contexts, m_paper->snapshot(1).spec); }},
    };
}

} // namespace Fairlead::Ui
