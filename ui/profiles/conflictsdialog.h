#pragma once

#include "core/store/profiles/foresight.h"

#include <QDialog>

class QGridLayout;

namespace Fairlead::Ui {

/// What is in the way before forwards are started, a line each, with what will be done about it. Starts nothing itself:
/// obstacles() has what was chosen, once accepted.
class ConflictsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// The profile has no name where the forwards belong to none.
    ConflictsDialog(const Store::Profile &profile, const QList<Store::Obstacle> &obstacles, QWidget *parent = nullptr);

    [[nodiscard]] const QList<Store::Obstacle> &obstacles() const { return m_obstacles; }

private:
    [[nodiscard]] QWidget *makeRows(const Store::Profile &profile);
    void addRow(QGridLayout &grid, int index, const QString &forward);

    QList<Store::Obstacle> m_obstacles;
};

} // namespace Fairlead::Ui
