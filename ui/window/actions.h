#pragma once

#include "core/forward/forwardsnapshot.h"

#include <QHash>
#include <QList>
#include <QObject>

class QAction;

namespace Fairlead::Ui {

enum class ActionId {
    NewForward,
    AddKubeconfig,
    PasteKubeconfig,
    ShowContexts,
    ImportForwards,
    PasteForwards,
    Quit,
    Start,
    Stop,
    Retry,
    SignIn,
    OpenInBrowser,
    CopyAddress,
    CopyKubectl,
    CopyOc,
    CopyDetails,
    Properties,
    Remove,
    UndoRemove,
    SelectAll,
    Filter,
    Preferences,
    ShowSideBar,
    ShowDetails,
    SchemeSystem,
    SchemeLight,
    SchemeDark,
    CarrierAutomatic,
    CarrierSpdy,
    CarrierWebSocket,
    CheckConnection,
    Shortcuts,
    About
};

/// What the actions need to know about the selected forwards.
struct SelectionFacts {
    int count = 0;
    bool startable = false; ///< one of them is not active
    bool stoppable = false; ///< one of them is active
    bool retryable = false; ///< one of them is not well
    bool signInNeeded = false; ///< one of them waits for the user to sign in
    bool openable = false; ///< one of them has something for a browser
    bool addressed = false; ///< one of them has a local port
    bool rows = false; ///< the table has rows at all
    bool removed = false; ///< something can come back

    [[nodiscard]] static SelectionFacts of(const QList<Forward::ForwardSnapshot> &selection);
};

/// Everything that the window can do, as one table: id, words, icon, default shortcuts, and when it is possible.
/// Creates the QActions; what they do is connected by the window.
class Actions final : public QObject
{
    Q_OBJECT

public:
    explicit Actions(QObject *parent = nullptr);

    [[nodiscard]] QAction &get(ActionId id) const { return *m_actions.value(id); }
    [[nodiscard]] QList<ActionId> ids() const;
    /// Actions whose keys count only while the table has the focus: Del in a text field deletes text.
    [[nodiscard]] QList<QAction *> tableActions() const;
    void update(const SelectionFacts &facts);

private:
    void makeChoice(const QList<ActionId> &ids);

    QHash<ActionId, QAction *> m_actions;
};

} // namespace Fairlead::Ui
