#include "ui/window/problemwatch.h"

#include "core/kube/config/contextstore.h"
#include "ui/forwards/forwardsmodel.h"
#include "ui/widgets/messagearea.h"
#include "ui/window/forwardcommands.h"

#include <QMap>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Forward::State;

ProblemWatch::ProblemWatch(const Kube::ContextStore &contexts, const ForwardsModel &forwards, ForwardCommands &commands,
                           MessageArea &area, QObject *parent)
    : QObject(parent)
    , m_contexts(contexts)
    , m_forwards(forwards)
    , m_commands(commands)
    , m_area(area)
{
    connect(&contexts, &Kube::ContextStore::changed, this, &ProblemWatch::refreshContexts);
    refreshContexts();
}

void ProblemWatch::refreshContexts()
{
    QSet<QString> keys;
    showFileProblems(keys);
    withdrawOthers(u"file/"_s, keys);
    refreshForwards();
}

void ProblemWatch::showFileProblems(QSet<QString> &keys)
{
    const auto add = [&](Tone tone, const QString &text) {
        const QString key = u"file/"_s + text;
        keys << key;
        MessageArea::Message message{tone, text, {}, {}, {}};
        if (tone == Tone::Bad) {
            message.action = tr("Contexts…");
            message.triggered = [this] { emit contextsRequested(); };
        }
        m_area.say(key, message);
    };
    const QStringList errors = m_contexts.errors();
    for (const QString &text : errors)
        add(Tone::Bad, text);
    const QStringList warnings = m_contexts.warnings();
    for (const QString &text : warnings)
        add(Tone::Warning, text);
}

void ProblemWatch::refreshForwards()
{
    QSet<QString> keys;
    showContextProblems(keys);
    withdrawOthers(u"context/"_s, keys);
}

void ProblemWatch::showContextProblems(QSet<QString> &keys)
{
    QMap<Kube::ContextRef, QString> signIns; ///< context -> why
    QSet<Kube::ContextRef> inUse;
    for (int row = 0; row < m_forwards.rowCount(); ++row) {
        const Forward::ForwardSnapshot &forward = m_forwards.at(row);
        inUse << forward.spec.contextRef();
        if (forward.state == State::SignInNeeded)
            signIns[forward.spec.contextRef()] = forward.reason.text;
    }
    for (auto it = signIns.cbegin(); it != signIns.cend(); ++it) {
        const QString key = u"context/signin/"_s + Kube::contextKey(it.key());
        keys << key;
        //: %1 is a context.
        m_area.say(key,
                   {Tone::Warning, tr("%1: sign-in needed").arg(Kube::contextLabel(it.key())), it.value(),
                    tr("Sign in…"), [this, context = it.key()] { emit signInRequested(context); }});
    }
    const QList<Kube::ContextSummary> &contexts = m_contexts.contexts();
    for (const Kube::ContextSummary &context : contexts) {
        if (context.problem.isEmpty() || !inUse.contains(context.ref()))
            continue;
        const QString key = u"context/problem/"_s + Kube::contextKey(context.ref());
        keys << key;
        //: %1 is a context.
        m_area.say(
            key,
            {Tone::Warning, tr("%1 cannot be used").arg(Kube::contextLabel(context.ref())), context.problem, {}, {}});
    }
}

void ProblemWatch::withdrawOthers(const QString &prefix, const QSet<QString> &keys)
{
    const QStringList shown = m_area.keys();
    for (const QString &key : shown) {
        if (key.startsWith(prefix) && !keys.contains(key))
            m_area.withdraw(key);
    }
}

} // namespace Fairlead::Ui
