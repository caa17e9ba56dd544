#pragma once

#include "core/forward/forwardsnapshot.h"

class QMenu;

namespace Fairlead::Ui {

class Actions;
class ForwardCommands;

/// What can be done to the selected forwards, for the menu on their rows; without any, what can be done at all.
/// `commands` has to outlive the menu.
void fillRowMenu(QMenu &menu, const Actions &actions, ForwardCommands &commands,
                 const QList<Forward::ForwardSnapshot> &selection);

} // namespace Fairlead::Ui
