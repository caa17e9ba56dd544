#pragma once

#include "core/store/exchange/imported.h"

#include <QAbstractTableModel>

namespace Fairlead::Ui {

/// The forwards of a foreign file, a row each, with what becomes of them and why. Those that can be taken have a check
/// mark.
class ImportModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { ForwardColumn, TargetColumn, LocalColumn, ContextColumn, FateColumn, ColumnCount };

    explicit ImportModel(const Store::Imported &imported, QObject *parent = nullptr);

    /// Places in Imported::rows of what is checked.
    [[nodiscard]] QList<qsizetype> chosen() const;
    [[nodiscard]] const Store::Imported &imported() const { return m_imported; }
    /// How a context is called here, for those that have another name or were chosen.
    void setContextName(const QString &there, const QString &here);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

    /// "Skipped: REASON".
    [[nodiscard]] static QString fateText(const Store::ImportedRow &row);

private:
    [[nodiscard]] static bool canTake(const Store::ImportedRow &row);
    [[nodiscard]] QString text(const Store::ImportedRow &row, int column) const;

    const Store::Imported m_imported;
    QList<bool> m_checked;
    QHash<QString, QString> m_contextNames;
};

} // namespace Fairlead::Ui
