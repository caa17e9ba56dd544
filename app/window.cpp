#include "app/window.h"

#include "app/demotour.h"
#include "app/engine/enginehost.h"
#include "app/engine/engineparts.h"
#include "app/engine/takensession.h"
#include "app/engine/windowface.h"
#include "app/link.h"
#include "app/otherengine.h"
#include "app/takeover.h"
#include "app/windowarguments.h"
#include "core/control/engineseat.h"
#include "core/democluster/democluster.h"
#include "core/store/profiles/profilelookup.h"
#include "ui/colorscheme.h"
#include "ui/icons.h"
#include "ui/mainwindow.h"
#include "ui/translations.h"

#include <QApplication>
#include <QLocale>
#include <QTextStream>

#include <cstdio>
#include <cstring>

using namespace Qt::StringLiterals;

namespace Fairlead::App {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::App::Window)
};

/// The platform has to be chosen before there is an application.
void drawUnseenIfHeadless(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--headless") == 0)
            qputenv("QT_QPA_PLATFORM", "offscreen");
    }
}

void dress(QApplication &application)
{
    QApplication::setApplicationName(u"fairlead"_s);
    QApplication::setApplicationDisplayName(u"Fairlead"_s);
    QApplication::setApplicationVersion(QStringLiteral(FAIRLEAD_VERSION));
    QApplication::setDesktopFileName(u"org.fairlead.Fairlead"_s);
    Ui::installTranslations(application, QLocale());
    QApplication::setWindowIcon(Ui::applicationIcon());
}

void followColorScheme(const Store::Settings &settings)
{
    Ui::applyColorScheme(settings.colorScheme());
    QObject::connect(&settings, &Store::Settings::colorSchemeChanged, qApp,
                     [&settings] { Ui::applyColorScheme(settings.colorScheme()); });
}

int complain(const QString &text)
{
    QTextStream(stderr) << text;
    return 1;
}

/// The contexts of the demo are others each time: no profiles, nothing is kept, and nobody else talks to it.
int runDemo(const WindowArguments &arguments)
{
    EngineParts parts(arguments.connection);
    Demo::DemoCluster cluster;
    const Result<QString, QString> kubeconfig = cluster.start({});
    if (!kubeconfig)
        return complain(u"error: %1\n"_s.arg(kubeconfig.error()));
    parts.contexts.useFile(*kubeconfig);
    followColorScheme(parts.settings);
    Ui::MainWindow window(parts.forwards, parts.contexts, parts.settings);
    window.show();
    if (arguments.headless)
        return runDemoTour(parts.forwards, parts.contexts, window, arguments.screenshot);
    return QApplication::exec();
}

/// `up PROFILE`: a name or a file.
void bringUp(Ui::MainWindow &window, const QString &which, const Store::ProfileFolder &folder)
{
    const auto profile = Store::lookUpProfile(which, folder);
    if (profile)
        window.startProfile(*profile);
    else
        complainToUser(profile.error());
}

/// A link names a saved profile and nothing else, never a file.
void followLink(Control::Face &face, const QString &link, const Store::ProfileFolder &folder)
{
    const auto profile = profileOfLink(link);
    if (!profile)
        complainToUser(profile.error());
    else if (folder.find(*profile))
        face.askToStart(*profile);
    else
        complainToUser(Text::tr("There is no profile named \"%1\".").arg(*profile));
}

/// What another engine has left is here now.
void keep(TakenSession &taken, Forward::ForwardManager &forwards, Ui::MainWindow &window)
{
    if (!taken.problem().isEmpty())
        complainToUser(taken.problem());
    taken.keep(forwards, window.surroundings(), [&window] { return window.saveSession(); });
}

/// The window, and with a lock the engine that others talk to. The lock outlives its forwards.
int runWithWindow(const WindowArguments &arguments, const Control::EnginePlace &place,
                  const std::optional<Control::EngineLock> &lock)
{
    EngineParts parts(arguments.connection);
    followColorScheme(parts.settings);
    Store::ProfileFolder profiles;
    Ui::MainWindow window(parts.forwards, parts.contexts, parts.settings);
    std::optional<TakenSession> taken;
    if (lock)
        taken.emplace(place);
    window.useProfiles(profiles, {}, taken ? taken->session() : nullptr);
    WindowFace face(window, [&](const QString &name) {
        if (const auto *entry = profiles.find(name))
            window.startProfile(entry->profile);
    });
    EngineHost host(parts, profiles, face, [&window] { return window.surroundings(); });
    if (lock) {
        if (const auto problem = host.listen(place))
            complain(u"warning: %1\n"_s.arg(*problem));
        else
            window.setComesBack(true);
    }
    window.show();
    if (taken)
        keep(*taken, parts.forwards, window);
    if (!arguments.profile.isEmpty())
        bringUp(window, arguments.profile, profiles);
    if (!arguments.link.isEmpty())
        followLink(face, arguments.link, profiles);
    return QApplication::exec();
}

/// The engine that runs already, if one does and goes on; nullopt: its seat may be free now.
std::optional<int> meet(Control::EngineClient &engine, const WindowArguments &arguments)
{
    const auto hello = engine.call(u"hello"_s);
    if (!hello)
        return engine.isConnected() ? std::optional(complainToUser(hello.error().text)) : std::nullopt;
    if ((*hello)[u"face"_s].toString() == "window"_L1)
        return handToOther(engine, arguments);
    return takeOver(engine, *hello, arguments);
}

/// One engine a user: this process, unless there is one already.
int runOrHandOver(const WindowArguments &arguments)
{
    const auto place = Control::enginePlace();
    if (!place) {
        complain(u"warning: %1\n"_s.arg(place.error()));
        return runWithWindow(arguments, {}, std::nullopt);
    }
    // Each further round is for an engine that has ended meanwhile, or is about to.
    for (bool isFirst = true;; isFirst = false) {
        Control::EngineSeat seat = Control::takeSeat(*place);
        if (auto *lock = std::get_if<Control::EngineLock>(&seat))
            return runWithWindow(arguments, *place, std::move(*lock));
        if (const auto *problem = std::get_if<QString>(&seat))
            return complainToUser(isFirst ? *problem
                                          : Text::tr("The Fairlead that ran without a window has handed its forwards "
                                                     "over and does not end. When it has, start Fairlead again: they "
                                                     "come back."));
        if (const auto exitCode = meet(*std::get<std::unique_ptr<Control::EngineClient>>(seat), arguments))
            return *exitCode;
    }
}

} // namespace

int runWindow(int &argc, char **argv)
{
    drawUnseenIfHeadless(argc, argv);
    QApplication application(argc, argv);
    dress(application);
    const Result<WindowArguments, QString> arguments = readWindowArguments(QApplication::arguments().mid(1));
    if (!arguments)
        return complain(arguments.error());
    return arguments->demo ? runDemo(*arguments) : runOrHandOver(*arguments);
}

} // namespace Fairlead::App
