#include "ui/profiles/profiledesk.h"

#include "core/kube/config/contextstore.h"
#include "core/store/profiles/movedsession.h"
#include "core/store/settings.h"
#include "ui/contexts/contextmarks.h"
#include "ui/exchange/exportdesk.h"
#include "ui/exchange/importdesk.h"
#include "ui/profiles/profileshelf.h"
#include "ui/profiles/profilesmenu.h"
#include "ui/profiles/sessionkeeper.h"
#include "ui/profiles/startforesight.h"
#include "ui/widgets/messagearea.h"
#include "ui/window/forwardcommands.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Forward::ForwardId;
using Store::Restore;

namespace {
// Causes of notices.
const QString RestoreKey = u"restore"_s;
const QString ProtectedKey = u"restore-protected"_s;
const QString RestoreProfileKey = u"restore-profile/"_s;
const QString MovedKey = u"moved"_s;
const QString SessionKey = u"session"_s;
const QString ProblemKey = u"profile-problem"_s;
const QString ImportKey = u"import/"_s;
const QString UndoKey = u"profile-removed"_s;
} // namespace

ProfileDesk::ProfileDesk(const Parts &parts, Store::ProfileFolder &folder, const QString &sessionFile, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_starter(new ProfileStarter(
          parts.service, parts.commands, *new StartForesight(parts.service, parts.marks, parts.window),
          [this] { return contextsHere(); }, this))
    , m_commands(new ProfileCommands(*m_starter, folder, parts.settings, this))
    , m_session(new SessionKeeper(parts.service, *m_starter, sessionFile, this))
    , m_export(new ExportDesk(parts.window))
    , m_menu(new ProfilesMenu(*m_commands, folder, *m_export, parts.window))
    , m_import(new ImportDesk(*m_starter, *m_commands, parts.window))
{
    new ProfileShelf({parts.service, parts.contexts, folder, *m_starter, *m_commands, *m_menu}, parts.sideBar, this);
    report();
}

Store::Surroundings ProfileDesk::contextsHere() const
{
    Store::Surroundings here{{}, m_parts.contexts.preferredContext()};
    for (const Kube::ContextSummary &context : m_parts.contexts.contexts())
        here.contexts.append({context.name, context.server, context.namespaceName, context.addedFile});
    return here;
}

void ProfileDesk::report()
{
    const auto complain = [this](const QString &text, const QString &detail) {
        m_parts.messages.say(ProblemKey, {Tone::Warning, text, detail, {}, {}});
    };
    connect(m_commands, &ProfileCommands::notice, &m_parts.commands, &ForwardCommands::notice);
    connect(m_starter, &ProfileStarter::notice, &m_parts.commands, &ForwardCommands::notice);
    connect(m_commands, &ProfileCommands::problem, this, complain);
    connect(m_starter, &ProfileStarter::problem, this, complain);
    connect(m_export, &ExportDesk::notice, &m_parts.commands, &ForwardCommands::notice);
    connect(m_export, &ExportDesk::problem, this, complain);
    connect(m_import, &ImportDesk::notice, &m_parts.commands, &ForwardCommands::notice);
    connect(m_import, &ImportDesk::refused, this, [this](const QString &text, const QString &detail) {
        const QString key = ImportKey + text; // several files may have been dropped
        m_parts.messages.withdraw(key);
        m_parts.messages.say(key, {Tone::Warning, text, detail, {}, {}});
    });
    connect(m_commands, &ProfileCommands::undoChanged, this, [this](const QString &text) {
        m_parts.messages.withdraw(UndoKey); // the same words again are news again
        if (!text.isEmpty())
            m_parts.messages.say(UndoKey, {Tone::Accent, text, {}, tr("Undo"), [this] { m_commands->undo(); }});
    });
    connect(m_session, &SessionKeeper::failed, this, [this](const QString &text) {
        m_parts.messages.say(SessionKey,
                             {Tone::Warning, tr("These forwards will not be there next time."), text, {}, {}});
    });
    connect(&m_parts.service, &ForwardService::changed, this, &ProfileDesk::withdrawDone);
    connect(&m_parts.service, &ForwardService::removed, this, &ProfileDesk::withdrawDone);
}

void ProfileDesk::restore(const Store::MovedSession *moved)
{
    if (moved)
        takeMoved(*moved);
    restoreSession();
    restoreProfiles();
}

/// Nothing is asked and nothing looked for beforehand: they ran a moment ago, and the user has said that they are to
/// run here.
void ProfileDesk::takeMoved(const Store::MovedSession &moved)
{
    const ProfileStarter::Brought brought = m_starter->resume(moved);
    m_moved = brought.ids;
    if (brought.lost > 0)
        m_parts.messages.say(MovedKey,
                             {Tone::Warning,
                              tr("%n forward(s) that were moved here cannot run.", nullptr, brought.lost),
                              brought.remarks.join(u'\n'),
                              {},
                              {}});
}

ProfileDesk::Ids ProfileDesk::withoutMoved(Ids ids) const
{
    ids.removeIf([this](ForwardId id) { return m_moved.contains(id); });
    return ids;
}

void ProfileDesk::restoreSession()
{
    const Restore policy = m_parts.settings.restoreSession();
    QString problem;
    const Ids ran = withoutMoved(m_session->restore(policy != Restore::Nothing, &problem));
    if (!problem.isEmpty())
        m_parts.messages.say(SessionKey,
                             {Tone::Warning, tr("The forwards of last time could not be read."), problem, {}, {}});
    if (policy == Restore::AsTheyWere)
        startUnattended(ran);
    else if (!ran.isEmpty())
        offer(RestoreKey, tr("%n forward(s) ran when Fairlead was last closed.", nullptr, int(ran.size())),
              tr("Start them"), ran);
}

/// What the last session has brought is not added again.
void ProfileDesk::restoreProfiles()
{
    const QStringList names = m_commands->names();
    for (const QString &name : names) {
        const Store::Profile &profile = *m_commands->find(name);
        if (profile.restore == Restore::AsTheyWere) {
            const ProfileStarter::Brought brought = m_starter->bring(profile);
            startUnattended(withoutMoved(brought.toStart));
            m_starter->report(name, brought);
        } else if (profile.restore == Restore::Ask && m_starter->countIdle(profile) > 0) {
            offerProfile(name);
        }
    }
}

/// Nobody may be there to answer: what is in the way is told by the rows, and protected contexts wait for a yes.
void ProfileDesk::startUnattended(const Ids &ids)
{
    Ids free;
    Ids guarded;
    for (const ForwardId id : ids) {
        const bool isProtected = m_parts.marks.of(m_parts.service.snapshot(id).spec.contextRef()).isProtected;
        (isProtected ? guarded : free) << id;
    }
    m_parts.commands.start(free);
    if (guarded.isEmpty())
        return;
    guarded = m_offers.value(ProtectedKey) + guarded;
    offer(ProtectedKey, tr("%n forward(s) in protected contexts were not started.", nullptr, int(guarded.size())),
          tr("Start them"), guarded);
}

void ProfileDesk::offer(const QString &key, const QString &text, const QString &action, const Ids &ids)
{
    m_offers.insert(key, ids);
    m_parts.messages.say(key, {Tone::Accent, text, {}, action, [this, key] {
                                   m_parts.messages.withdraw(key);
                                   m_starter->startIdle(m_offers.take(key));
                               }});
}

void ProfileDesk::offerProfile(const QString &name)
{
    const QString key = RestoreProfileKey + name;
    const int idle = m_starter->countIdle(*m_commands->find(name));
    //: %1 is the name of a profile.
    m_parts.messages.say(key,
                         {Tone::Accent,
                          tr("Profile “%1” has %n forward(s) to start.", nullptr, idle).arg(name),
                          {},
                          tr("Start them"),
                          [this, key, name] {
                              m_parts.messages.withdraw(key);
                              m_commands->start(name);
                          }});
}

/// Whoever starts them all by hand needs no offer any more.
void ProfileDesk::withdrawDone()
{
    const QStringList keys = m_offers.keys();
    for (const QString &key : keys) {
        if (!m_starter->idleOf(m_offers.value(key)).isEmpty())
            continue;
        m_offers.remove(key);
        m_parts.messages.withdraw(key);
    }
    const QStringList shown = m_parts.messages.keys();
    for (const QString &key : shown) {
        const Store::Profile *profile =
            key.startsWith(RestoreProfileKey) ? m_commands->find(key.sliced(RestoreProfileKey.size())) : nullptr;
        if (profile && m_starter->countIdle(*profile) == 0)
            m_parts.messages.withdraw(key);
    }
}

std::optional<QString> ProfileDesk::flush()
{
    return m_session->flush();
}

} // namespace Fairlead::Ui
