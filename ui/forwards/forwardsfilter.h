#pragma once

#include "core/forward/forwardsnapshot.h"

#include <QCollator>
#include <QSet>
#include <QSortFilterProxyModel>
#include <QStringList>

namespace Fairlead::Ui {

/// An entry of the side bar: which forwards it means.
struct Category {
    enum class Kind { All, Running, NeedsAttention, Stopped, Profile, Context };
    Kind kind = Kind::All;
    Kube::ContextRef context = {}; ///< only for Kind::Context
    QString profile = {}; ///< name; only for Kind::Profile
    QSet<Forward::ForwardId> members = {}; ///< likewise: its forwards that are in the window

    /// The same entry, whoever is in it now.
    [[nodiscard]] bool isSame(const Category &other) const
    {
        return kind == other.kind && context == other.context && profile == other.profile;
    }

    bool operator==(const Category &) const = default;
};

[[nodiscard]] bool belongsTo(const Category &category, const Forward::ForwardSnapshot &forward);

/// Rows of a ForwardsModel that match the typed words and the chosen category, sorted by raw values.
/// Every typed word has to occur somewhere: in name, target, namespace, context, addresses, the
/// state's word, tags or notes.
class ForwardsFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit ForwardsFilter(QObject *parent = nullptr);

    void setText(const QString &text);
    void setCategory(const Category &category);
    [[nodiscard]] const Category &category() const { return m_category; }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    QStringList m_words;
    Category m_category;
    QCollator m_collator;
};

} // namespace Fairlead::Ui
