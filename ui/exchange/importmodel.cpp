#include "ui/exchange/importmodel.h"

#include "core/store/profiles/profileplan.h"
#include "ui/forwards/describe.h"
#include "ui/icons.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Store::ImportedRow;
using Fate = Store::ImportedRow::Fate;

namespace {

QString fateWord(Fate fate)
{
    switch (fate) {
    case Fate::Imported:
        return ImportModel::tr("Imported");
    case Fate::Changed:
        return ImportModel::tr("Changed");
    case Fate::Skipped:
        return ImportModel::tr("Skipped");
    }
    return {};
}

QIcon fateIcon(const ImportedRow &row)
{
    switch (row.fate) {
    case Fate::Imported:
        return row.remarks.isEmpty() ? icon(u"check"_s, Tone::Good) : icon(u"info"_s, Tone::Accent);
    case Fate::Changed:
        return icon(u"warning"_s, Tone::Warning);
    case Fate::Skipped:
        return icon(u"close"_s, Tone::Muted);
    }
    return {};
}

} // namespace

ImportModel::ImportModel(const Store::Imported &imported, QObject *parent)
    : QAbstractTableModel(parent)
    , m_imported(imported)
{
    for (const ImportedRow &row : m_imported.rows)
        m_checked << canTake(row);
}

bool ImportModel::canTake(const ImportedRow &row)
{
    return row.fate != Fate::Skipped && row.forward;
}

QList<qsizetype> ImportModel::chosen() const
{
    QList<qsizetype> result;
    for (qsizetype i = 0; i < m_checked.size(); ++i) {
        if (m_checked.at(i))
            result << i;
    }
    return result;
}

void ImportModel::setContextName(const QString &there, const QString &here)
{
    m_contextNames.insert(there, here);
    if (rowCount() > 0)
        emit dataChanged(index(0, ContextColumn), index(rowCount() - 1, ContextColumn));
}

int ImportModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_imported.rows.size());
}

int ImportModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString ImportModel::fateText(const ImportedRow &row)
{
    const QString reasons = row.remarks.join(u' ');
    //: A row of an import: %1 is "Changed" or "Skipped", %2 says why.
    return reasons.isEmpty() ? fateWord(row.fate) : tr("%1: %2").arg(fateWord(row.fate), reasons);
}

QString ImportModel::text(const ImportedRow &row, int column) const
{
    if (column == FateColumn)
        return fateText(row);
    if (column == ForwardColumn && (!row.forward || !row.source.isEmpty()))
        return row.source;
    if (!row.forward)
        return {};
    const Forward::ForwardSpec &spec = row.forward->spec;
    switch (column) {
    case ForwardColumn:
        return Store::displayName(spec);
    case TargetColumn:
        return spec.namespaceName.isEmpty() ? targetText(spec) : u"%1 · %2"_s.arg(targetText(spec), spec.namespaceName);
    case LocalColumn: {
        Forward::ForwardSnapshot forward;
        forward.spec = spec;
        return localText(localEnds(forward));
    }
    case ContextColumn:
        return spec.context.isEmpty() ? tr("the current one", "of contexts")
                                      : m_contextNames.value(spec.context, spec.context);
    default:
        return {};
    }
}

QVariant ImportModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ImportedRow &row = m_imported.rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(row, index.column());
    case Qt::ToolTipRole: {
        QStringList lines{text(row, index.column())};
        if (row.line > 0)
            lines << tr("Line %1").arg(row.line);
        if (!row.unknownKeys.isEmpty())
            lines << tr("Not known here: %1").arg(row.unknownKeys.join(u", "_s));
        return lines.join(u'\n');
    }
    case Qt::DecorationRole:
        return index.column() == FateColumn ? QVariant(fateIcon(row)) : QVariant();
    case Qt::CheckStateRole:
        if (index.column() == ForwardColumn && canTake(row))
            return m_checked.at(index.row()) ? Qt::Checked : Qt::Unchecked;
        return {};
    default:
        return {};
    }
}

bool ImportModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !index.isValid() || !canTake(m_imported.rows.at(index.row())))
        return false;
    m_checked[index.row()] = value.toInt() == Qt::Checked;
    emit dataChanged(index, index, {Qt::CheckStateRole});
    return true;
}

QVariant ImportModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ForwardColumn:
        return tr("Forward");
    case TargetColumn:
        return tr("Target");
    case LocalColumn:
        return tr("Local");
    case ContextColumn:
        return tr("Context");
    case FateColumn:
        return tr("What becomes of it");
    default:
        return {};
    }
}

Qt::ItemFlags ImportModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    if (!canTake(m_imported.rows.at(index.row())))
        return Qt::ItemIsEnabled | Qt::ItemIsSelectable; // why it is skipped has to be read
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable;
}

} // namespace Fairlead::Ui
