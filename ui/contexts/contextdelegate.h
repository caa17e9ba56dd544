#pragma once

#include <QStyledItemDelegate>

namespace Fairlead::Ui {

/// Paints a row of a ContextsModel: the name, below it server, user and namespace, below that what is wrong, if
/// anything is; the user's colour as a thin mark at the leading edge, a lock at the trailing one.
class ContextDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace Fairlead::Ui
