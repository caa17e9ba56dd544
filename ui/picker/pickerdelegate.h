#pragma once

#include <QStyledItemDelegate>

class QTextLayout;

namespace Fairlead::Ui {

/// Paints the picker's tables: the letters that were typed in bold, words in the tone that their model names, rows with
/// a little air.
class PickerDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace Fairlead::Ui
