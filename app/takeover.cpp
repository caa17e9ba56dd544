#include "app/takeover.h"

#include "app/cli/enginecall.h"
#include "app/cli/handover.h"
#include "app/otherengine.h"
#include "core/control/takeover.h"
#include "core/kube/config/contextstore.h"
#include "core/store/profiles/profileplan.h"
#include "core/store/settings.h"
#include "ui/colorscheme.h"
#include "ui/window/takeoverquestion.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

using Choice = Ui::TakeOverQuestion::Choice;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::App::TakeOver)
};

/// Why its forwards would not be the same here; a sentence, or none.
std::optional<QString> reasonAgainst(const QJsonObject &hello)
{
    QStringList flags;
    for (const auto &flag : hello[u"overrides"_s].toArray())
        flags << flag.toString();
    const qint64 pid = hello[u"pid"_s].toInteger();
    if (hello[u"protocol"_s].toInt() != Control::ProtocolVersion || !hello.contains(u"since"_s))
        return Text::tr("Fairlead %1 runs without a window (process %2) and cannot hand its forwards over to version "
                        "%3. End it first: \"kill %2\", or \"systemctl --user stop fairlead\".")
            .arg(hello[u"version"_s].toString(), QString::number(pid), QStringLiteral(FAIRLEAD_VERSION));
    if (!flags.isEmpty())
        return Text::tr(
                   "Fairlead runs without a window (process %1) and was started with %2, so its forwards would not "
                   "be the same in a window. \"fairlead quit\" ends it.")
            .arg(QString::number(pid), flags.join(u", "_s));
    return std::nullopt;
}

/// Contexts of the session that there are not in the window that is to open.
QStringList missingContexts(const Store::Profile &session, const Store::Settings &settings,
                            const Kube::ConnectionFlags &flags)
{
    Kube::ContextStore contexts(flags);
    contexts.setAddedFiles(settings.addedKubeconfigs());
    QStringList missing;
    for (const Store::PlannedForward &plan :
         Store::planFor(session, Store::surroundingsOf(contexts.contexts(), contexts.preferredContext()))) {
        if (!plan.found && !missing.contains(plan.spec.context))
            missing << plan.spec.context;
    }
    return missing;
}

Ui::TakeOverQuestion::Facts factsOf(const QJsonObject &hello, const QJsonObject &session,
                                    const WindowArguments &arguments)
{
    Ui::TakeOverQuestion::Facts facts;
    facts.since = QDateTime::fromString(hello[u"since"_s].toString(), Qt::ISODateWithMs);
    facts.pid = hello[u"pid"_s].toInteger();
    facts.profile = arguments.profile;
    facts.byLink = !arguments.link.isEmpty();
    for (const auto &forward : session[u"forwards"_s].toArray()) {
        const QString state = forward[u"state"_s].toString();
        ++facts.forwards;
        facts.running += state == "Stopped"_L1 || state == "Failed"_L1 ? 0 : 1;
        facts.connections += forward[u"openConnections"_s].toInt();
    }
    return facts;
}

/// Whoever is not there to be asked has said it with --take-over, or gets a sentence.
Choice ask(Ui::TakeOverQuestion::Facts facts, const Store::Profile &session, const WindowArguments &arguments)
{
    if (arguments.takeOver)
        return Choice::Move;
    const Store::Settings settings;
    if (QGuiApplication::platformName() == "offscreen"_L1) {
        complainToUser(Text::tr("Fairlead runs without a window (process %1), and there can be only one. \"fairlead "
                                "--take-over\" moves its forwards into a window; \"fairlead quit\" ends it.")
                           .arg(facts.pid));
        return Choice::Cancel;
    }
    Ui::applyColorScheme(settings.colorScheme());
    facts.missing = missingContexts(session, settings, arguments.connection);
    Ui::TakeOverQuestion question(facts);
    question.exec();
    return question.choice();
}

/// Its answer is on the disk as well before it ends, so that an engine that is gone in between has not lost anything.
std::optional<int> handOverFrom(Control::EngineClient &engine)
{
    const auto answer = engine.call(u"handover"_s);
    if (!answer && engine.isConnected())
        return complainToUser(answer.error().text);
    return std::nullopt;
}

} // namespace

std::optional<int> takeOver(Control::EngineClient &engine, const QJsonObject &hello, const WindowArguments &arguments)
{
    if (const auto reason = reasonAgainst(hello))
        return complainToUser(*reason);
    const auto everything = engine.call(u"session"_s);
    if (!everything)
        return engine.isConnected() ? std::optional(complainToUser(everything.error().text)) : std::nullopt;
    const auto session = Control::readSession(*everything);
    if (!session)
        return complainToUser(session.error());
    switch (ask(factsOf(hello, *everything, arguments), session->asked, arguments)) {
    case Choice::Move:
        return handOverFrom(engine);
    case Choice::StartThere:
        return handOver(engine, arguments.profile, std::nullopt, false);
    case Choice::Cancel:
        break;
    }
    return NotDone;
}

} // namespace Fairlead::App
