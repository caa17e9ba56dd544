#pragma once

#include "ui/forwards/forwardsfilter.h"

#include <QAbstractListModel>

namespace Fairlead::Ui {

class ForwardsModel;

/// The side bar's entries with their counts: All, Running, Needs attention, Stopped, then the profiles, then the
/// contexts in use. Counts follow a ForwardsModel; a burst of its changes is counted once.
class CategoryModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        CountRole = Qt::UserRole, ///< int; -1 for a heading. Of a profile those that run
        CountTextRole, ///< how that reads: "12"; of a profile "2/5", of which all others can be started
        HeadingRole, ///< bool
        MarkRole, ///< int, Settings::ContextColor
        AlertRole, ///< bool: the count is worth a colour
    };

    explicit CategoryModel(const ForwardsModel &forwards, QObject *parent = nullptr);

    /// A profile of the user.
    struct Profile {
        QString name;
        int size = 0; ///< forwards that it has
        QSet<Forward::ForwardId> members; ///< of these, what is in the window
        int mark = 0; ///< int, Settings::ContextColor

        bool operator==(const Profile &) const = default;
    };
    void setProfiles(const QList<Profile> &profiles);

    [[nodiscard]] Category categoryAt(int row) const;
    /// -1 if there is no such entry any more.
    [[nodiscard]] int rowOf(const Category &category) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData *mimeData(const QModelIndexList &indexes) const override;
    [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::CopyAction | Qt::MoveAction; }
    [[nodiscard]] bool canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                                       const QModelIndex &parent) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;

signals:
    /// A category has other forwards now.
    void membersChanged(const Fairlead::Ui::Category &category);
    void forwardsDropped(const QString &profile, const QList<Fairlead::Forward::ForwardId> &ids);
    /// A profile was dropped before another one; `place` counts from 0 among profiles.
    void profileDropped(const QString &profile, int place);

private:
    struct Entry {
        Category category;
        bool heading = false;
        int count = 0;
    };

    void scheduleCount();
    void count();
    [[nodiscard]] QList<Kube::ContextRef> contextsInUse() const;
    [[nodiscard]] QList<Entry> wantedEntries() const;
    void merge(const QList<Entry> &wanted);
    [[nodiscard]] static bool isContext(const Entry &entry);
    [[nodiscard]] static bool isProfile(const Entry &entry);
    /// Null for what is no profile.
    [[nodiscard]] const Profile *profileOf(const Entry &entry) const;
    /// Where among the profiles something lands that is dropped before `row`; -1 for elsewhere.
    [[nodiscard]] int placeBefore(int row) const;
    [[nodiscard]] int markOf(const Entry &entry) const;
    [[nodiscard]] QString countText(const Entry &entry) const;
    [[nodiscard]] QString accessibleText(const Entry &entry) const;
    [[nodiscard]] QVariant symbol(const Entry &entry) const;
    [[nodiscard]] bool isProtected(const Entry &entry) const;
    [[nodiscard]] QString toolTip(const Entry &entry) const;
    [[nodiscard]] QString text(const Entry &entry) const;

    const ForwardsModel &m_forwards;
    QList<Profile> m_profiles;
    QList<Entry> m_entries;
    bool m_scheduled = false;
};

} // namespace Fairlead::Ui
