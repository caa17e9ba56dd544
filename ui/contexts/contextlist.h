#pragma once

#include "core/kube/config/contextref.h"

#include <QSortFilterProxyModel>
#include <QWidget>

class QLineEdit;
class QListView;

namespace Fairlead::Ui {

class ContextsModel;

/// Rows of a ContextsModel in which every typed word occurs: in name, server, user, namespace or file.
class ContextsFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setText(const QString &text);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_words;
};

/// All contexts with a field that filters them. Up, Down and Enter work from within the field.
class ContextList final : public QWidget
{
    Q_OBJECT

public:
    explicit ContextList(ContextsModel &model, QWidget *parent = nullptr);

    /// Shows all of them, with this one selected and the field empty and focused.
    void begin(const Kube::ContextRef &current);
    /// Of the model; -1 if none is selected.
    [[nodiscard]] int currentRow() const;
    void select(const Kube::ContextRef &context);
    [[nodiscard]] QListView &view() const { return *m_view; }
    /// Enough for `rows` rows and the field.
    [[nodiscard]] int heightFor(int rows) const;

signals:
    void currentChanged();
    /// Clicked, or Enter was pressed: a row of the model.
    void chosen(int row);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose(const QModelIndex &index);

    ContextsModel &m_model;
    ContextsFilter *m_filter;
    QLineEdit *m_field;
    QListView *m_view;
};

} // namespace Fairlead::Ui
