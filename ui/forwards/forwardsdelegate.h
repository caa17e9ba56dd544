#pragma once

#include "ui/theme.h"

#include <QPersistentModelIndex>
#include <QStyledItemDelegate>

namespace Fairlead::Ui {

/// Paints the rows of the forwards table: two lines, the state's icon, a sparkline beside the rate, digits of equal
/// width, and the row's remedy as a button. Everything is laid out from left to right and mirrored by the style.
class ForwardsDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit ForwardsDelegate(QObject *parent = nullptr);

    /// The column that shows the button; one that is empty while a forward is in trouble, when such a one is visible.
    void setRemedyColumn(int column) { m_remedyColumn = column; }
    [[nodiscard]] int remedyColumn() const { return m_remedyColumn; }
    /// What the pointer is over, and whether it is pressed there.
    void setHot(const QModelIndex &index, bool pressed);

    /// Where the button of a cell is; null for a cell without one.
    [[nodiscard]] QRect remedyRect(const QStyleOptionViewItem &option, const QModelIndex &index) const;
    /// Which of a forward's ports has its address at this point; -1 for none.
    [[nodiscard]] int linkAt(const QStyleOptionViewItem &option, const QModelIndex &index, const QPoint &point) const;

    [[nodiscard]] static int rowHeight(const QFontMetrics &metrics);
    [[nodiscard]] static QFont smallFont(const QFont &font);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    struct Cell;
    struct Line;

    void paintMark(const Cell &cell) const;
    void paintState(const Cell &cell) const;
    void paintName(const Cell &cell) const;
    void paintLocal(const Cell &cell) const;
    void paintDown(const Cell &cell) const;
    void paintPlain(const Cell &cell) const;
    void paintConnections(const Cell &cell) const;
    void paintTwoLines(const Cell &cell, const QRect &area, const Line &first, const Line &second) const;
    [[nodiscard]] bool reasonGoesOn(const Cell &cell) const;
    [[nodiscard]] Line smallPrint(const Cell &cell) const;
    void paintButton(const Cell &cell) const;
    [[nodiscard]] QRect buttonRect(const QStyleOptionViewItem &option, const QString &text) const;

    int m_remedyColumn;
    QPersistentModelIndex m_hot;
    bool m_pressed = false;
};

} // namespace Fairlead::Ui
