#pragma once

#include "core/forward/forwardsnapshot.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QTimer>

#include <bitset>

namespace Fairlead::Ui {

class ContextMarks;

/// The forwards as rows, in the order they were added. Fed with snapshots; knows nothing of the engine.
///
/// A row's change is announced for the columns that look different now and for no other, so that a view repaints
/// little and selections survive. Lives in the window's thread.
class ForwardsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        StateColumn,
        NameColumn,
        TargetColumn,
        LocalColumn,
        DownColumn,
        UpColumn,
        ConnectionsColumn,
        RoundTripColumn,
        BytesDownColumn,
        BytesUpColumn,
        PodColumn,
        NamespaceColumn,
        ContextColumn,
        SinceColumn,
        LastActivityColumn,
        ReconnectsColumn,
        LastErrorColumn,
        ColumnCount
    };
    Q_ENUM(Column)
    enum Role {
        SortRole = Qt::UserRole, ///< the raw value: a number, a time or a string
        SecondaryRole, ///< small print below the text
        NarrowRole, ///< Target only: the text in fewer letters
        FirstLineRole, ///< Local only: the address of the first port; the others are in SecondaryRole
        WarningRole, ///< Local only: the words of SecondaryRole that are a warning and no address
        StateRole, ///< Forward::State, any column
        HistoryRole, ///< QList<double>, Down only
        RemedyRole, ///< text of the row's button, any column; empty for none
        MarkRole, ///< int, Settings::ContextColor of its context, any column
        OwnMarkRole, ///< int, Settings::ContextColor that the user gave to the forward itself, Name only
        IdRole, ///< ForwardId, any column
        SearchRole, ///< everything a filter looks at, any column
    };
    using Columns = std::bitset<ColumnCount>;

    explicit ForwardsModel(QObject *parent = nullptr);

    /// Colours of contexts; must outlive the model.
    void setMarks(const ContextMarks *marks);
    [[nodiscard]] const ContextMarks *marks() const { return m_marks; }

    /// Adds the row or changes it.
    void put(const Forward::ForwardSnapshot &forward);
    void remove(Forward::ForwardId id);

    /// Null for an unknown id; valid until the next change.
    [[nodiscard]] const Forward::ForwardSnapshot *find(Forward::ForwardId id) const;
    [[nodiscard]] const Forward::ForwardSnapshot &at(int row) const { return m_rows.at(row).forward; }
    [[nodiscard]] QModelIndex indexOf(Forward::ForwardId id) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData *mimeData(const QModelIndexList &indexes) const override;

    /// Of forwards that are dragged inside the program.
    [[nodiscard]] static QString mimeType();
    [[nodiscard]] static QList<Forward::ForwardId> idsIn(const QMimeData &data);

    [[nodiscard]] static QString columnTitle(int column);
    [[nodiscard]] static bool isNumeric(int column);
    [[nodiscard]] static bool shownByDefault(int column) { return column <= RoundTripColumn; }

private:
    struct Row {
        Forward::ForwardSnapshot forward;
        QString lastError; ///< survives the recovery: "what was it last night?"
    };

    void announce(int row, Columns columns);
    void countDown();
    void watchCountDown();
    [[nodiscard]] static QVariant secondary(const Row &row, int column);
    [[nodiscard]] static QString searchText(const Row &row);
    [[nodiscard]] QVariant display(const Row &row, int column) const;
    [[nodiscard]] QVariant sortValue(const Row &row, int column) const;
    [[nodiscard]] QString toolTip(const Row &row, int column) const;
    [[nodiscard]] QString accessibleText(const Row &row, int column) const;

    QList<Row> m_rows;
    QHash<Forward::ForwardId, int> m_index;
    const ContextMarks *m_marks = nullptr;
    QTimer m_countDown; ///< runs only while a row shows "next try in 8 s"
};

/// The columns that look different between two states of a row.
[[nodiscard]] ForwardsModel::Columns changedColumns(const Forward::ForwardSnapshot &before,
                                                    const Forward::ForwardSnapshot &after);

} // namespace Fairlead::Ui
