#pragma once

#include "ui/forwards/forwardsfilter.h"

#include <QAbstractListModel>

namespace Fairlead::Ui {

class ForwardsModel;

/// The side bar's entries with their counts: All, Running, Needs attention, Stopped, then the contexts in use. Counts
/// follow a ForwardsModel; a burst of its changes is counted once.
class CategoryModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        CountRole = Qt::UserRole, ///< int; -1 for a heading
        HeadingRole, ///< bool
        MarkRole, ///< int, Settings::ContextColor
        AlertRole, ///< bool: the count is worth a colour
    };

    explicit CategoryModel(const ForwardsModel &forwards, QObject *parent = nullptr);

    [[nodiscard]] Category categoryAt(int row) const;
    /// -1 if there is no such entry any more.
    [[nodiscard]] int rowOf(const Category &category) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Entry {
        Category category;
        bool heading = false;
        int count = 0;
    };

    void scheduleCount();
    void count();
    [[nodiscard]] QList<Kube::ContextRef> contextsInUse() const;
    void mergeContexts(const QList<Kube::ContextRef> &contexts);
    [[nodiscard]] static bool isContext(const Entry &entry);
    [[nodiscard]] bool isProtected(const Entry &entry) const;
    [[nodiscard]] QString toolTip(const Entry &entry) const;
    [[nodiscard]] QString text(const Entry &entry) const;

    const ForwardsModel &m_forwards;
    QList<Entry> m_entries;
    bool m_scheduled = false;
};

} // namespace Fairlead::Ui
