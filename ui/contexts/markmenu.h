#pragma once

#include "core/kube/config/contextref.h"

class QMenu;

namespace Fairlead::Ui {

class ContextMarks;

/// Fills a menu with the colours and the protection of a context. The marks must outlive the menu.
void fillMarkMenu(QMenu &menu, ContextMarks &marks, const Kube::ContextRef &context);

} // namespace Fairlead::Ui
