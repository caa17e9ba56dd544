#pragma once

#include "core/store/profiles/profileplan.h"

#include <QWidget>

class QGridLayout;

namespace Fairlead::Ui {

/// For contexts of forwards that are not here: which of those that are here to take instead. One line each; hidden when
/// there is none.
class ContextMapping final : public QWidget
{
    Q_OBJECT

public:
    ContextMapping(const QList<Store::SavedForward> &forwards, const Store::Surroundings &here,
                   QWidget *parent = nullptr);

    [[nodiscard]] bool isEmpty() const { return m_lost.isEmpty(); }
    /// The forward with the context that was chosen for its own.
    [[nodiscard]] Store::SavedForward mapped(Store::SavedForward forward) const;

signals:
    /// A context was chosen; an empty `here` means none.
    void chosen(const QString &there, const QString &here);

private:
    void addLine(QGridLayout &grid, int line);

    const QList<Store::KnownContext> m_here;
    QStringList m_lost; ///< names of contexts that are not here
    QList<int> m_choice; ///< for each of these, its place in m_here; -1: none
};

} // namespace Fairlead::Ui
