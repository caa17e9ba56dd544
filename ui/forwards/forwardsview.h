#pragma once

#include "core/forward/forwardspec.h"

#include <QTreeView>

namespace Fairlead::Store {
class Settings;
}

namespace Fairlead::Ui {

class ForwardsDelegate;
class ForwardsFilter;
class ForwardsModel;
class TableColumns;

/// The table of forwards. Knows the pointer's ways (the address is a link, a row may have a button) and the keys that
/// only make sense on a row; what is to be done about them it says by signals.
class ForwardsView final : public QTreeView
{
    Q_OBJECT

public:
    ForwardsView(ForwardsModel &model, ForwardsFilter &filter, Store::Settings &settings, QWidget *parent = nullptr);

    [[nodiscard]] QList<Forward::ForwardId> selectedIds() const;
    void select(Forward::ForwardId id);
    /// The row that a remedy would be pressed in; for tests and for the keyboard.
    [[nodiscard]] QRect remedyRect(const QModelIndex &row) const;
    [[nodiscard]] TableColumns &columns() const { return *m_columns; }

signals:
    void selectionMoved();
    void remedyRequested(Fairlead::Forward::ForwardId id);
    /// `port` counts from 0 among the forward's ports.
    void addressClicked(Fairlead::Forward::ForwardId id, int port);
    void detailsRequested();
    void toggleRequested();
    void filterRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    /// Takes a small picture along: that of the rows would hide where they can go.
    void startDrag(Qt::DropActions actions) override;
    void leaveEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    enum class Spot { Nothing, Button, Link };
    struct Hit {
        Spot spot = Spot::Nothing;
        QModelIndex index;
        int port = 0;
    };

    void setUpColumns();
    void placeRemedy();
    [[nodiscard]] Hit hitAt(const QPoint &point) const;
    [[nodiscard]] QStyleOptionViewItem optionFor(const QModelIndex &index) const;
    void setHot(const Hit &hit, bool pressed);

    ForwardsModel &m_model;
    ForwardsFilter &m_filter;
    ForwardsDelegate *m_delegate;
    TableColumns *m_columns;
    QPersistentModelIndex m_hot;
    QPersistentModelIndex m_pressed;
};

} // namespace Fairlead::Ui
