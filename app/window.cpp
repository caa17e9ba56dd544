#include "app/window.h"

#include "app/cli/argumentreader.h"
#include "app/cli/connectionflags.h"
#include "app/demotour.h"
#include "core/democluster/democluster.h"
#include "core/forward/forwardmanager.h"
#include "core/kube/config/contextstore.h"
#include "core/store/profiles/profilefolder.h"
#include "core/store/settings.h"
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

struct WindowArguments {
    Kube::ConnectionFlags connection;
    bool demo = false;
    bool headless = false;
    QString screenshot;
};

Result<WindowArguments, QString> readArguments(const QStringList &arguments)
{
    ArgumentReader reader;
    reader.addOptions(connectionOptions());
    reader.addOption({.name = u"demo"_s, .shortName = {}, .kind = ArgumentOption::Kind::Bool});
    reader.addOption({.name = u"headless"_s, .shortName = {}, .kind = ArgumentOption::Kind::Bool});
    reader.addOption({.name = u"screenshot"_s, .shortName = {}});
    const Result<ParsedArguments, QString> parsed = reader.parse(arguments);
    if (!parsed)
        return Failure{usageErrorText(u"fairlead"_s, parsed.error())};
    WindowArguments result{.connection = connectionFlags(*parsed),
                           .demo = parsed->boolean(u"demo"_s).value_or(false),
                           .headless = parsed->boolean(u"headless"_s).value_or(false),
                           .screenshot = parsed->value(u"screenshot"_s)};
    if (!result.demo && (result.headless || !result.screenshot.isEmpty()))
        return Failure{u"error: --headless and --screenshot belong to --demo\n"_s};
    return result;
}

/// The platform has to be chosen before there is an application.
void drawUnseenIfHeadless(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--headless") == 0)
            qputenv("QT_QPA_PLATFORM", "offscreen");
    }
}

static_assert(Forward::EngineOptions().waitForTunnelMs == Store::Settings::ConnectionWaitSeconds.standard * 1'000);
static_assert(Forward::EngineOptions().maxWaiting == Store::Settings::MaxWaiting.standard);

/// What the user has set; all else as the engine has it.
Forward::EngineOptions engineOptions(const Store::Settings &settings)
{
    Forward::EngineOptions options;
    options.waitForTunnelMs = settings.connectionWaitSeconds() * 1'000;
    options.maxWaiting = settings.maxWaiting();
    switch (settings.carrier()) {
    case Store::Settings::Carrier::Automatic:
        break;
    case Store::Settings::Carrier::Spdy:
        options.transport = Net::TransportChoice::Spdy;
        break;
    case Store::Settings::Carrier::WebSocket:
        options.transport = Net::TransportChoice::WebSocket;
        break;
    }
    return options;
}

int complain(const QString &text)
{
    QTextStream(stderr) << text;
    return 1;
}

} // namespace

int runWindow(int &argc, char **argv)
{
    drawUnseenIfHeadless(argc, argv);
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"fairlead"_s);
    QApplication::setApplicationDisplayName(u"Fairlead"_s);
    QApplication::setApplicationVersion(QStringLiteral(FAIRLEAD_VERSION));
    QApplication::setDesktopFileName(u"org.fairlead.Fairlead"_s);

    const Result<WindowArguments, QString> arguments = readArguments(QApplication::arguments().mid(1));
    if (!arguments)
        return complain(arguments.error());
    Ui::installTranslations(application, QLocale());
    QApplication::setWindowIcon(Ui::applicationIcon());

    Store::Settings settings;
    Kube::ContextStore contexts(arguments->connection);
    Demo::DemoCluster demoCluster;
    if (arguments->demo) {
        const Result<QString, QString> kubeconfig = demoCluster.start({});
        if (!kubeconfig)
            return complain(u"error: %1\n"_s.arg(kubeconfig.error()));
        contexts.useFile(*kubeconfig);
    }
    Forward::ForwardManager forwards(
        [&contexts](const Kube::ContextRef &context) { return contexts.resolve(context); });

    const auto applyOptions = [&] { forwards.setOptions(engineOptions(settings)); };
    applyOptions();
    QObject::connect(&settings, &Store::Settings::carrierChanged, &application, applyOptions);
    QObject::connect(&settings, &Store::Settings::waitingChanged, &application, applyOptions);
    Ui::applyColorScheme(settings.colorScheme());
    QObject::connect(&settings, &Store::Settings::colorSchemeChanged, &application,
                     [&settings] { Ui::applyColorScheme(settings.colorScheme()); });
    Ui::MainWindow window(forwards, contexts, settings);
    std::optional<Store::ProfileFolder> profiles;
    if (!arguments->demo) { // its contexts are others each time
        profiles.emplace();
        window.useProfiles(*profiles);
    }
    window.show();
    if (arguments->headless)
        return runDemoTour(forwards, contexts, window, arguments->screenshot);
    return QApplication::exec();
}

} // namespace Fairlead::App
