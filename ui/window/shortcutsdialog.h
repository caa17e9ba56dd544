#pragma once

#include <QDialog>

namespace Fairlead::Ui {

class Actions;

/// Every key that does something in the window, as a table to read.
class ShortcutsDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutsDialog(const Actions &actions, QWidget *parent = nullptr);
};

} // namespace Fairlead::Ui
