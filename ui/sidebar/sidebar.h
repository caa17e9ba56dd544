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

    [[nodiscard]] CategoryModel &categories() const { return m_model; }
    [[nodiscard]] QSize sizeHint() const override;

signals:
    /// At a global position.
    void contextMenuRequested(const Fairlead::Kube::ContextRef &context, const QPoint &at);
    void categoryChosen(const Fairlead::Ui::Category &category);
    /// By double click or Enter.
    void profileActivated(const QString &name);
    /// At a global position.
    void profileMenuRequested(const QString &name, const QPoint &at);
    /// By F2 or Delete.
    void profileRenameRequested(const QString &name);
    void profileRemoveRequested(const QString &name);

protected:
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void showMenu(int row, const QPoint &at);

    CategoryModel &m_model;
};

} // namespace Fairlead::Ui
