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
    if (!arguments.profile.isEmpty())
        return handOver(engine, arguments.profile, std::nullopt, false);
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
