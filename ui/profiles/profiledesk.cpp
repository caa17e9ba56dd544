#include "ui/profiles/profiledesk.h"

#include "core/kube/config/contextstore.h"
#include "ui/forwards/describe.h"
#include "ui/profiles/profilesmenu.h"
#include "ui/profiles/sessionkeeper.h"
#include "ui/widgets/messagearea.h"
#include "ui/window/forwardcommands.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Forward::ForwardId;

namespace {
// Causes of notices.
const QString RestoreKey = u"restore"_s;
const QString SessionKey = u"session"_s;
const QString ProblemKey = u"profile-problem"_s;
const QString RemovedKey = u"profile-removed"_s;
} // namespace

ProfileDesk::ProfileDesk(const Parts &parts, Store::ProfileFolder &folder, const QString &sessionFile, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_commands(new ProfileCommands(
          parts.service, parts.commands, folder,
          [&contexts = parts.contexts] {
              return Store::surroundingsOf(contexts.contexts(), contexts.preferredContext());
          },
          this))
    , m_session(new SessionKeeper(parts.service, *m_commands, sessionFile, this))
    , m_menu(new ProfilesMenu(*m_commands, folder, parts.window))
{
    report();
}

void ProfileDesk::report()
{
    MessageArea &messages = m_parts.messages;
    connect(m_commands, &ProfileCommands::notice, &m_parts.commands, &ForwardCommands::notice);
    connect(m_commands, &ProfileCommands::problem, &messages, [&messages](const QString &text, const QString &detail) {
        messages.say(ProblemKey, {Tone::Warning, text, detail, {}, {}});
    });
    connect(m_commands, &ProfileCommands::removedChanged, this, [this](const QString &text) {
        if (text.isEmpty())
            m_parts.messages.withdraw(RemovedKey);
        else
            m_parts.messages.say(RemovedKey,
                                 {Tone::Accent, text, {}, tr("Undo"), [this] { m_commands->undoRemove(); }});
    });
    connect(m_session, &SessionKeeper::failed, this, [this](const QString &text) {
        m_parts.messages.say(SessionKey,
                             {Tone::Warning, tr("These forwards will not be there next time."), text, {}, {}});
    });
}

/// The rows come back stopped: what a cluster may be asked for at a start is the user's to say.
void ProfileDesk::restore()
{
    QString problem;
    const Ids ran = m_session->restore(&problem);
    if (!problem.isEmpty())
        m_parts.messages.say(SessionKey,
                             {Tone::Warning, tr("The forwards of last time could not be read."), problem, {}, {}});
    if (!ran.isEmpty())
        offerToStart(ran);
}

void ProfileDesk::offerToStart(const Ids &ran)
{
    // Whoever starts them all by hand needs no offer any more.
    const auto withdrawIfDone = [this, ran] {
        if (idleOf(ran).isEmpty())
            m_parts.messages.withdraw(RestoreKey);
    };
    connect(&m_parts.service, &ForwardService::changed, this, withdrawIfDone);
    connect(&m_parts.service, &ForwardService::removed, this, withdrawIfDone);
    const QString text = tr("%n forward(s) ran when Fairlead was last closed.", nullptr, int(ran.size()));
    m_parts.messages.say(RestoreKey, {Tone::Accent, text, {}, tr("Start them"), [this, ran] {
                                          m_parts.messages.withdraw(RestoreKey);
                                          m_parts.commands.start(idleOf(ran));
                                      }});
}

ProfileDesk::Ids ProfileDesk::idleOf(const Ids &ids) const
{
    Ids idle;
    std::copy_if(ids.begin(), ids.end(), std::back_inserter(idle), [this](ForwardId id) {
        const Forward::ForwardSnapshot forward = m_parts.service.snapshot(id);
        return forward.id == id && !isActive(forward.state);
    });
    return idle;
}

void ProfileDesk::flush()
{
    m_session->flush();
}

} // namespace Fairlead::Ui
