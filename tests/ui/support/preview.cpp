// Draws the window with example forwards into picture files, without a cluster: to look at changes of the layout.
//   window_preview DIRECTORY [light|dark] [WIDTHxHEIGHT] [LANGUAGE]
#include "core/kube/config/contextstore.h"
#include "core/store/exchange/importer.h"
#include "core/store/profiles/foresight.h"
#include "core/store/profiles/profilefolder.h"
#include "core/store/profiles/profileplan.h"
#include "core/store/settings.h"
#include "paperforwards.h"
#include "ui/colorscheme.h"
#include "ui/details/detailspanel.h"
#include "ui/exchange/importdialog.h"
#include "ui/forwards/forwardsview.h"
#include "ui/forwards/propertiesdialog.h"
#include "ui/mainwindow.h"
#include "ui/preferencesdialog.h"
#include "ui/profiles/conflictsdialog.h"
#include "ui/translations.h"
#include "ui/window/closequestion.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QLocale>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTextStream>

using namespace Qt::StringLiterals;
using namespace Fairlead;

namespace {

void settle()
{
    for (int i = 0; i < 20; ++i)
        QApplication::processEvents(QEventLoop::AllEvents, 20);
}

void save(QWidget &widget, const QDir &folder, const QString &name)
{
    settle();
    const QString path = folder.filePath(name + u".png"_s);
    QTextStream(stdout) << path << (widget.grab().save(path) ? "\n" : ": cannot be written\n");
}

QString writeKubeconfig(const QTemporaryDir &folder)
{
    QFile file(folder.filePath(u"config"_s));
    if (file.open(QIODevice::WriteOnly)) {
        file.write("apiVersion: v1\nkind: Config\ncurrent-context: okd-dev\n"
                   "clusters: [{name: dev, cluster: {server: 'https://127.0.0.1:6443'}}]\n"
                   "users: [{name: me, user: {token: t}}]\n"
                   "contexts: [{name: okd-dev, context: {cluster: dev, user: me}},"
                   " {name: okd-prod, context: {cluster: dev, user: me}}]\n");
    }
    return file.fileName();
}

/// Two profiles of the example forwards, one with a name that is longer than the side bar is wide.
void keepProfiles(const Ui::PaperForwards &paper, Store::ProfileFolder &folder)
{
    Store::Profile team{u"Team A"_s, {}, {}, {}};
    Store::Profile onCall{u"Payments on call, second shift"_s, {}, {}, {}};
    for (const Forward::ForwardId id : paper.ids())
        (id <= 4 ? team : onCall).forwards << Store::savedForward(paper.snapshot(id).spec, true, {});
    for (const Store::Profile &profile : {team, onCall}) {
        if (const auto error = folder.save(profile))
            QTextStream(stderr) << error->text << '\n';
    }
}

/// Each as it opens over the example forwards.
void showDialogs(const Ui::PaperForwards &paper, const QDir &folder, const QString &scheme)
{
    const auto shoot = [&](QDialog &dialog, const QString &name) {
        dialog.show();
        save(dialog, folder, name + u'-' + scheme);
    };
    Ui::PropertiesDialog properties(paper.snapshot(1));
    shoot(properties, u"properties"_s);
    Ui::CloseQuestion question(3, Ui::CloseQuestion::Return::ByTray, nullptr);
    shoot(question, u"close"_s);

    Store::Profile profile{u"Payments on call"_s, {}, {}, {}};
    for (const Forward::ForwardId id : paper.ids())
        profile.forwards << Store::savedForward(paper.snapshot(id).spec, true, {});
    profile.forwards[1].spec.context = u"staging"_s;
    profile.forwards[2].spec.name = u"A debugger with a name that is much longer than its column"_s;
    Store::Ground ground{{{u"okd-dev"_s, u"https://127.0.0.1:6443"_s}, {u"okd-prod"_s, u"https://127.0.0.1:6443"_s}},
                         u"okd-dev"_s};
    ground.isProtected = [](const Kube::ContextRef &context) { return context.name == "okd-prod"_L1; };
    ground.holder = [](const QString &, quint16 port) {
        return port == 8443 ? std::optional(u"java (pid 4312)"_s) : std::nullopt;
    };
    ground.busy = {{paper.snapshot(1).spec, {3000}}, {paper.snapshot(3).spec, {2345}}};
    Ui::ConflictsDialog conflicts(profile, Store::foresee(profile, ground));
    shoot(conflicts, u"conflicts"_s);

    const auto imported = Store::importForwards("kubectl --context okd-dev -n shop port-forward svc/orders 15432:5432\n"
                                                "oc --context moon port-forward pod/web-0 8080:http --address 0.0.0.0\n"
                                                "kubectl port-forward\n"_ba);
    if (imported) {
        Ui::ImportDialog import(*imported, {ground.contexts, u"okd-dev"_s}, {}, {});
        shoot(import, u"import"_s);
    }
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const QDir folder(arguments.value(1, u"."_s));
    const QString scheme = arguments.value(2, u"light"_s);
    const QLocale locale(arguments.value(4, u"en_US"_s));
    QLocale::setDefault(locale);
    Ui::installTranslations(app, locale);
    QTemporaryDir home;
    Store::Settings settings(home.filePath(u"settings.ini"_s));
    settings.setColorScheme(scheme == "dark"_L1 ? Store::Settings::ColorScheme::Dark
                                                : Store::Settings::ColorScheme::Light);
    Ui::applyColorScheme(settings.colorScheme());
    Kube::ConnectionFlags flags;
    flags.kubeconfig = writeKubeconfig(home);
    Kube::ContextStore contexts(flags);

    auto forwards = std::make_unique<Ui::PaperForwards>();
    Ui::PaperForwards &paper = *forwards;
    Ui::MainWindow window(std::move(forwards), contexts, settings);
    const QStringList size = arguments.value(3, u"1280x800"_s).split('x'_L1);
    window.resize(size.value(0).toInt(), size.value(1).toInt());
    window.show();
    Store::ProfileFolder profiles(home.filePath(u"profiles"_s));
    window.useProfiles(profiles, home.filePath(u"session.yaml"_s));
    save(window, folder, u"empty-"_s + scheme);
    Ui::fillWithExamples(paper);
    keepProfiles(paper, profiles);
    auto *table = window.findChild<Ui::ForwardsView *>();
    table->select(1);
    save(window, folder, u"main-"_s + scheme);
    auto *tabs = window.findChild<QTabWidget *>(u"detailsTabs"_s);
    tabs->setCurrentIndex(1);
    save(window, folder, u"log-"_s + scheme);
    table->select(2);
    tabs->setCurrentIndex(2);
    save(window, folder, u"details-"_s + scheme);
    table->select(3);
    tabs->setCurrentIndex(0);
    save(window, folder, u"connections-none-"_s + scheme);
    Ui::PreferencesDialog preferences(settings);
    preferences.show();
    save(preferences, folder, u"preferences-"_s + scheme);
    preferences.close();
    showDialogs(paper, folder, scheme);
    for (auto *field : window.findChildren<QLineEdit *>())
        field->setText(u"graf x"_s);
    save(window, folder, u"filtered-"_s + scheme);
    return 0;
}
