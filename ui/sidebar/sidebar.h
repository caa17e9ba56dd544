#pragma once

#include "ui/forwards/forwardsfilter.h"

#include <QListView>

namespace Fairlead::Ui {

class CategoryModel;

/// The list on the left that narrows the table to a kind of forwards or a context.
class SideBar final : public QListView
{
    Q_OBJECT

public:
    explicit SideBar(CategoryModel &model, QWidget *parent = nullptr);

    void choose(const Category &category);

    [[nodiscard]] QSize sizeHint() const override;

signals:
    /// At a global position.
    void contextMenuRequested(const Fairlead::Kube::ContextRef &context, const QPoint &at);
    void categoryChosen(const Fairlead::Ui::Category &category);

protected:
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    CategoryModel &m_model;
};

} // namespace Fairlead::Ui
