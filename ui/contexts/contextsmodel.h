#pragma once

#include "core/kube/config/kubeconfig.h"

#include <QAbstractListModel>

namespace Fairlead::Ui {

class ContextMarks;

/// The contexts of all kubeconfig files, a row each, with what a person needs to choose one.
class ContextsModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        RefRole = Qt::UserRole, ///< Kube::ContextRef
        DetailRole, ///< server, user and namespace in one line
        ProblemRole, ///< a sentence; empty if it can be used without a remark
        ColorRole, ///< int, Settings::ContextColor
        ProtectedRole, ///< bool
        SearchRole, ///< everything that a filter looks at
    };

    explicit ContextsModel(QObject *parent = nullptr);

    /// Must outlive the model.
    void setMarks(const ContextMarks *marks);
    /// Nothing moves if nothing has changed.
    void setContexts(const QList<Kube::ContextSummary> &contexts);
    [[nodiscard]] const Kube::ContextSummary &at(int row) const { return m_contexts.at(row); }
    /// -1 if there is none.
    [[nodiscard]] int rowOf(const Kube::ContextRef &context) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    [[nodiscard]] QString toolTip(const Kube::ContextSummary &context) const;
    [[nodiscard]] QVariant decoration(const Kube::ContextSummary &context) const;

    QList<Kube::ContextSummary> m_contexts;
    const ContextMarks *m_marks = nullptr;
};

} // namespace Fairlead::Ui
