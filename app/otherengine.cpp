#include "app/otherengine.h"

#include "app/cli/enginecall.h"
#include "app/cli/handover.h"
#include "app/link.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QJsonObject>
#include <QMessageBox>
#include <QTextStream>

#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::App::OtherEngine)
};

/// What there is to say when the engine has no window. A window cannot join it: the forwards live in its process.
QString noWindowText(qint64 pid)
{
    return Text::tr("Fairlead runs without a window (process %1), and there can be only one. Its forwards: \"fairlead "
                    "status\". For the window, stop it first: \"systemctl --user stop fairlead\" or \"kill %1\".")
        .arg(pid);
}

int followLink(Control::EngineClient &engine, const QString &link)
{
    const auto profile = profileOfLink(link);
    if (!profile)
        return complainToUser(profile.error());
    const auto answer = engine.call(u"ask"_s, {{u"profile"_s, *profile}});
    return answer ? Done : complainToUser(answer.error().text);
}

} // namespace

int complainToUser(const QString &text)
{
    QTextStream(stderr) << "error: " << text << '\n';
    // Started from a menu or a browser there is no terminal; drawn unseen there is nobody to click the box away.
    if (::isatty(STDERR_FILENO) == 0 && QGuiApplication::platformName() != "offscreen"_L1)
        QMessageBox::critical(nullptr, QGuiApplication::applicationDisplayName(), text);
    return NotDone;
}

int handToOther(Control::EngineClient &engine, const WindowArguments &arguments)
{
    const auto hello = engine.call(u"hello"_s);
    if (!hello)
        return complainToUser(hello.error().text);
    if (!arguments.profile.isEmpty())
        return handOver(engine, arguments.profile, std::nullopt, false);
    if ((*hello)[u"face"_s].toString() != "window"_L1)
        return complainToUser(noWindowText((*hello)[u"pid"_s].toInteger()));
    const auto shown = engine.call(u"show"_s, {{u"activationToken"_s, qEnvironmentVariable("XDG_ACTIVATION_TOKEN")}});
    if (!shown)
        return complainToUser(shown.error().text);
    if (arguments.hasConnection)
        QTextStream(stderr) << "warning: "
                            << Text::tr("Fairlead runs already and keeps its kubeconfig and context; its window was "
                                        "brought to the front. More files come in by File > Add kubeconfig.")
                            << '\n';
    return arguments.link.isEmpty() ? int(Done) : followLink(engine, arguments.link);
}

} // namespace Fairlead::App
