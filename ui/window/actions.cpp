#include "ui/window/actions.h"

#include "ui/forwards/describe.h"
#include "ui/icons.h"

#include <QAction>
#include <QActionGroup>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Forward::State;

namespace {

enum class When {
    Always,
    Selected,
    One,
    Startable,
    Stoppable,
    Retryable,
    SignInNeeded,
    Openable,
    Addressed,
    Rows,
    Removed
};
enum class Scope { Window, Table };

struct Entry {
    ActionId id;
    const char *text;
    const char *icon;
    QList<QKeySequence> shortcuts;
    When when = When::Always;
    Scope scope = Scope::Window;
};

QList<QKeySequence> standard(QKeySequence::StandardKey key, const QList<QKeySequence> &others = {})
{
    return QKeySequence::keyBindings(key).mid(0, 1) + others;
}

QList<QKeySequence> keys(std::initializer_list<QKeyCombination> combinations)
{
    QList<QKeySequence> sequences;
    for (const QKeyCombination combination : combinations)
        sequences << QKeySequence(combination);
    return sequences;
}

// The one table. Words in title case would be KDE's way for menus; sentence case reads calmer and is GNOME's and Qt's.
QList<Entry> entries()
{
    using enum ActionId;
    const auto cmd = Qt::ControlModifier;
    return {
        {NewForward, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&New forward…"), "new", standard(QKeySequence::New)},
        {AddKubeconfig, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&Add kubeconfig…"), "",
         standard(QKeySequence::Open)},
        {PasteKubeconfig, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&Paste kubeconfig…"), "",
         keys({cmd | Qt::ShiftModifier | Qt::Key_V})},
        {ShowContexts, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&Contexts…"), "context",
         keys({cmd | Qt::ShiftModifier | Qt::Key_K})},
        {ImportForwards, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&Import forwards…"), "",
         keys({cmd | Qt::ShiftModifier | Qt::Key_I})},
        {PasteForwards, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "Paste for&wards"), "",
         standard(QKeySequence::Paste)},
        {Quit, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&Quit"), "", keys({cmd | Qt::Key_Q})},
        {Start, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&Start"), "start", keys({cmd | Qt::Key_Return}),
         When::Startable},
        {Stop, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "S&top"), "stop", keys({cmd | Qt::Key_Period}),
         When::Stoppable},
        {Retry, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&Retry"), "retry", keys({Qt::Key_F5, cmd | Qt::Key_R}),
         When::Retryable},
        {SignIn, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "Si&gn in…"), "state-signin",
         keys({cmd | Qt::ShiftModifier | Qt::Key_S}), When::SignInNeeded},
        {OpenInBrowser, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "Open in &browser"), "open-browser",
         keys({cmd | Qt::Key_B}), When::Openable},
        {CopyAddress, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&Copy address"), "copy", standard(QKeySequence::Copy),
         When::Addressed, Scope::Table},
        {CopyKubectl, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "Copy as &kubectl command"), "",
         keys({cmd | Qt::ShiftModifier | Qt::Key_C}), When::Selected},
        {CopyOc, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "Copy as &oc command"), "", {}, When::Selected},
        {CopyDetails, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "Copy &details"), "", {}, When::Selected},
        {Properties, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "Propert&ies…"), "",
         keys({Qt::Key_F2, Qt::AltModifier | Qt::Key_Return}), When::One, Scope::Table},
        {Remove, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "Re&move"), "remove", standard(QKeySequence::Delete),
         When::Selected, Scope::Table},
        {UndoRemove, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&Undo remove"), "", standard(QKeySequence::Undo),
         When::Removed, Scope::Table},
        {SelectAll, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "Select &all"), "", standard(QKeySequence::SelectAll),
         When::Rows, Scope::Table},
        {Filter, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&Filter"), "filter", standard(QKeySequence::Find)},
        {Preferences, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&Preferences…"), "", keys({cmd | Qt::Key_Comma})},
        {ShowSideBar, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&Side bar"), "sidebar", keys({Qt::Key_F9})},
        {ShowDetails, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&Details"), "details", keys({cmd | Qt::Key_I})},
        {SchemeSystem, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&As the system"), "", {}},
        {SchemeLight, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&Light"), "", {}},
        {SchemeDark, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&Dark"), "", {}},
        {CarrierAutomatic, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "W&hat the server takes"), "", {}},
        {CarrierSpdy, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&SPDY only"), "", {}},
        {CarrierWebSocket, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&WebSocket only"), "", {}},
        {CheckConnection, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&Check connection…"), "", {}},
        {Shortcuts, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&Keyboard shortcuts"), "",
         keys({Qt::Key_F1, cmd | Qt::Key_Question})},
        {About, QT_TRANSLATE_NOOP("Fairlead::Ui::Actions", "&About Fairlead"), "", {}},
    };
}

bool possible(When when, const SelectionFacts &facts)
{
    switch (when) {
    case When::Always:
        return true;
    case When::Selected:
        return facts.count > 0;
    case When::One:
        return facts.count == 1;
    case When::Startable:
        return facts.startable;
    case When::Stoppable:
        return facts.stoppable;
    case When::Retryable:
        return facts.retryable;
    case When::SignInNeeded:
        return facts.signInNeeded;
    case When::Openable:
        return facts.openable;
    case When::Addressed:
        return facts.addressed;
    case When::Rows:
        return facts.rows;
    case When::Removed:
        return facts.removed;
    }
    return false;
}

} // namespace

SelectionFacts SelectionFacts::of(const QList<Forward::ForwardSnapshot> &selection)
{
    SelectionFacts facts;
    facts.count = int(selection.size());
    for (const Forward::ForwardSnapshot &forward : selection) {
        facts.startable = facts.startable || !isActive(forward.state);
        facts.stoppable = facts.stoppable || isActive(forward.state);
        facts.retryable = facts.retryable || needsAttention(forward.state);
        facts.signInNeeded = facts.signInNeeded || forward.state == State::SignInNeeded;
        // An address that is none is there to be complained about.
        facts.openable = facts.openable || browserUrl(forward).isValid() || !forward.spec.about.url.isEmpty();
        facts.addressed = facts.addressed || localEnds(forward).value(0).port != 0;
    }
    return facts;
}

Actions::Actions(QObject *parent)
    : QObject(parent)
{
    for (const Entry &entry : entries()) {
        auto *action = new QAction(tr(entry.text), this);
        const QString iconName = QString::fromLatin1(entry.icon);
        if (!iconName.isEmpty())
            action->setIcon(icon(iconName));
        action->setShortcuts(entry.shortcuts);
        if (entry.scope == Scope::Table)
            action->setShortcutContext(Qt::WidgetShortcut);
        m_actions.insert(entry.id, action);
    }
    makeChoice({ActionId::SchemeSystem, ActionId::SchemeLight, ActionId::SchemeDark});
    makeChoice({ActionId::CarrierAutomatic, ActionId::CarrierSpdy, ActionId::CarrierWebSocket});
    get(ActionId::ShowSideBar).setCheckable(true);
    get(ActionId::ShowDetails).setCheckable(true);
    get(ActionId::Quit).setMenuRole(QAction::QuitRole);
    get(ActionId::Preferences).setMenuRole(QAction::PreferencesRole);
    get(ActionId::About).setMenuRole(QAction::AboutRole);
    update({});
}

/// One of them is checked at any time.
void Actions::makeChoice(const QList<ActionId> &ids)
{
    auto *group = new QActionGroup(this);
    for (const ActionId id : ids) {
        get(id).setCheckable(true);
        group->addAction(&get(id));
    }
}

QList<ActionId> Actions::ids() const
{
    QList<ActionId> ids;
    for (const Entry &entry : entries())
        ids << entry.id;
    return ids;
}

QList<QAction *> Actions::tableActions() const
{
    QList<QAction *> actions;
    for (const Entry &entry : entries()) {
        if (entry.scope == Scope::Table)
            actions << &get(entry.id);
    }
    return actions;
}

void Actions::update(const SelectionFacts &facts)
{
    for (const Entry &entry : entries())
        get(entry.id).setEnabled(possible(entry.when, facts));
}

} // namespace Fairlead::Ui
