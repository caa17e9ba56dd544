#include "ui/forwards/forwardsmodel.h"

#include "ui/contexts/contextcolors.h"
#include "ui/contexts/contextmarks.h"
#include "ui/format.h"
#include "ui/forwards/describe.h"
#include "ui/icons.h"

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Fairlead::Ui {

using Forward::ForwardId;
using Forward::ForwardSnapshot;
using Forward::State;

namespace {

QVariant optionalTime(const std::optional<QDateTime> &time)
{
    return time ? QVariant(*time) : QVariant();
}

} // namespace

ForwardsModel::ForwardsModel(QObject *parent)
    : QAbstractTableModel(parent)
{
    m_countDown.setInterval(1s);
    connect(&m_countDown, &QTimer::timeout, this, &ForwardsModel::countDown);
}

void ForwardsModel::put(const ForwardSnapshot &forward)
{
    const auto known = m_index.constFind(forward.id);
    if (known == m_index.cend()) {
        const int row = int(m_rows.size());
        beginInsertRows({}, row, row);
        m_rows.append({forward, {}});
        m_index.insert(forward.id, row);
        endInsertRows();
    }
    const int at = m_index.value(forward.id);
    Row &row = m_rows[at];
    const Columns changed = changedColumns(row.forward, forward);
    row.forward = forward;
    if (needsAttention(forward.state) && !forward.reason.text.isEmpty())
        row.lastError = forward.reason.text;
    announce(at, changed);
    watchCountDown();
}

void ForwardsModel::remove(ForwardId id)
{
    const auto known = m_index.constFind(id);
    if (known == m_index.cend())
        return;
    const int row = *known;
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    m_index.erase(known);
    for (int i = row; i < m_rows.size(); ++i)
        m_index[m_rows.at(i).forward.id] = i;
    endRemoveRows();
    watchCountDown();
}

const ForwardSnapshot *ForwardsModel::find(ForwardId id) const
{
    const auto known = m_index.constFind(id);
    return known == m_index.cend() ? nullptr : &m_rows.at(*known).forward;
}

QModelIndex ForwardsModel::indexOf(ForwardId id) const
{
    const auto known = m_index.constFind(id);
    return known == m_index.cend() ? QModelIndex() : index(*known, 0);
}

int ForwardsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ForwardsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ForwardsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return display(row, index.column());
    case Qt::ToolTipRole:
        return toolTip(row, index.column());
    case Qt::AccessibleTextRole:
        return accessibleText(row, index.column());
    case Qt::DecorationRole:
        return index.column() == StateColumn ? QVariant(icon(row.forward.state)) : QVariant();
    case Qt::TextAlignmentRole:
        return int((isNumeric(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case SortRole:
        return sortValue(row, index.column());
    case SecondaryRole:
        return secondary(row, index.column());
    case NarrowRole:
        return index.column() == TargetColumn ? shortTargetText(row.forward.spec) : QVariant();
    case FirstLineRole:
        return index.column() == LocalColumn ? localText(localEnds(row.forward).mid(0, 1)) : QVariant();
    case WarningRole:
        return index.column() == LocalColumn ? localWarning(localEnds(row.forward)) : QVariant();
    case StateRole:
        return QVariant::fromValue(row.forward.state);
    case HistoryRole:
        return index.column() == DownColumn ? QVariant::fromValue(row.forward.rateHistory) : QVariant();
    case RemedyRole:
        return remedyText(row.forward);
    case MarkRole:
        return m_marks ? int(m_marks->of(row.forward.spec.contextRef()).color) : 0;
    case OwnMarkRole:
        return index.column() == NameColumn ? int(Store::colorOf(row.forward.spec.about.color)) : 0;
    case IdRole:
        return row.forward.id;
    case SearchRole:
        return searchText(row);
    default:
        return {};
    }
}

QVariant ForwardsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::DisplayRole)
        return columnTitle(section);
    if (role == Qt::TextAlignmentRole)
        return int((isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

QString ForwardsModel::columnTitle(int column)
{
    switch (column) {
    case StateColumn:
        return tr("State");
    case NameColumn:
        return tr("Name");
    case TargetColumn:
        return tr("Target");
    case LocalColumn:
        return tr("Local");
    case DownColumn:
        return tr("Down", "rate from the pod to the program, column title");
    case UpColumn:
        return tr("Up", "rate from the program to the pod, column title");
    case ConnectionsColumn:
        return tr("Connections");
    case RoundTripColumn:
        return tr("Round trip");
    case BytesDownColumn:
        return tr("Received");
    case BytesUpColumn:
        return tr("Sent");
    case PodColumn:
        return tr("Pod");
    case NamespaceColumn:
        return tr("Namespace");
    case ContextColumn:
        return tr("Context");
    case SinceColumn:
        return tr("Since");
    case LastActivityColumn:
        return tr("Last activity");
    case ReconnectsColumn:
        return tr("Reconnects", "how often a forward has come back, column title");
    case LastErrorColumn:
        return tr("Last error");
    default:
        return {};
    }
}

void ForwardsModel::setMarks(const ContextMarks *marks)
{
    m_marks = marks;
    connect(marks, &ContextMarks::changed, this, [this] {
        if (!m_rows.isEmpty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1), {MarkRole});
    });
}

bool ForwardsModel::isNumeric(int column)
{
    return column >= DownColumn && column <= BytesUpColumn;
}

/// A long reason below the state goes on below the name, so that is painted anew with it.
void ForwardsModel::announce(int row, Columns columns)
{
    static_assert(NameColumn == StateColumn + 1);
    columns[NameColumn] = columns[NameColumn] || columns[StateColumn];
    for (int first = 0; first < ColumnCount; ++first) {
        if (!columns[std::size_t(first)])
            continue;
        int last = first;
        while (last + 1 < ColumnCount && columns[std::size_t(last + 1)])
            ++last;
        emit dataChanged(index(row, first), index(row, last));
        first = last;
    }
}

void ForwardsModel::countDown()
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).forward.reason.nextTry)
            emit dataChanged(index(row, StateColumn), index(row, NameColumn), {SecondaryRole}); // as in announce()
    }
}

void ForwardsModel::watchCountDown()
{
    const bool any = std::any_of(m_rows.cbegin(), m_rows.cend(),
                                 [](const Row &row) { return row.forward.reason.nextTry.has_value(); });
    if (any == m_countDown.isActive())
        return;
    if (any)
        m_countDown.start();
    else
        m_countDown.stop();
}

QVariant ForwardsModel::secondary(const Row &row, int column)
{
    switch (column) {
    case StateColumn:
        return reasonLine(row.forward);
    case NameColumn:
        return tagsText(row.forward.spec.about);
    case TargetColumn:
        return placeText(row.forward.spec);
    case LocalColumn:
        return localSecondLine(localEnds(row.forward));
    default:
        return {};
    }
}

QString ForwardsModel::searchText(const Row &row)
{
    const Forward::ForwardSpec &spec = row.forward.spec;
    QStringList texts{forwardName(spec), targetText(spec), placeText(spec), localText(localEnds(row.forward)),
                      Forward::stateText(row.forward.state)};
    texts << spec.about.tags << spec.about.notes;
    return texts.join('\n'_L1);
}

QVariant ForwardsModel::display(const Row &row, int column) const
{
    const ForwardSnapshot &forward = row.forward;
    switch (column) {
    case StateColumn:
        return Forward::stateText(forward.state);
    case NameColumn:
        return forwardName(forward.spec);
    case TargetColumn:
        return targetText(forward.spec);
    case LocalColumn:
        return localText(localEnds(forward));
    case DownColumn:
        return formatRate(forward.traffic.rateDown);
    case UpColumn:
        return formatRate(forward.traffic.rateUp);
    case ConnectionsColumn:
        return connectionsText(forward.openConnections, forward.totalConnections);
    case RoundTripColumn:
        return forward.roundTripMs ? formatRoundTrip(*forward.roundTripMs) : QString();
    case BytesDownColumn:
        return forward.traffic.bytesDown ? formatBytes(forward.traffic.bytesDown) : QString();
    case BytesUpColumn:
        return forward.traffic.bytesUp ? formatBytes(forward.traffic.bytesUp) : QString();
    case PodColumn:
        return podText(forward);
    case NamespaceColumn:
        return forward.spec.namespaceName;
    case ContextColumn:
        return Kube::contextLabel(forward.spec.contextRef());
    case SinceColumn:
        return formatTime(forward.reason.since);
    case LastActivityColumn:
        return forward.lastActivity ? formatTime(*forward.lastActivity) : QString();
    case ReconnectsColumn:
        return forward.reconnects > 0 ? QString::number(forward.reconnects) : QString();
    case LastErrorColumn:
        return row.lastError;
    default:
        return {};
    }
}

QVariant ForwardsModel::sortValue(const Row &row, int column) const
{
    const ForwardSnapshot &forward = row.forward;
    switch (column) {
    case StateColumn:
        return int(forward.state);
    case LocalColumn: {
        const QList<LocalEnd> ends = localEnds(forward);
        return ends.isEmpty() ? 0 : int(ends.first().port);
    }
    case DownColumn:
        return forward.traffic.rateDown;
    case UpColumn:
        return forward.traffic.rateUp;
    case ConnectionsColumn:
        return forward.openConnections;
    case RoundTripColumn:
        return forward.roundTripMs ? QVariant(*forward.roundTripMs) : QVariant();
    case BytesDownColumn:
        return forward.traffic.bytesDown;
    case BytesUpColumn:
        return forward.traffic.bytesUp;
    case SinceColumn:
        return forward.reason.since;
    case LastActivityColumn:
        return optionalTime(forward.lastActivity);
    default:
        return display(row, column);
    }
}

QString ForwardsModel::toolTip(const Row &row, int column) const
{
    switch (column) {
    case StateColumn:
        return reasonToolTip(row.forward);
    case LocalColumn:
        return localToolTip(localEnds(row.forward)) + '\n'_L1 + tr("Click copies the address.");
    case DownColumn:
        return tr("Received since it was added: %1").arg(formatBytes(row.forward.traffic.bytesDown));
    case UpColumn:
        return tr("Sent since it was added: %1").arg(formatBytes(row.forward.traffic.bytesUp));
    case NameColumn: {
        QStringList lines{display(row, column).toString(), tagsText(row.forward.spec.about),
                          row.forward.spec.about.notes};
        lines.removeAll(QString());
        return lines.join('\n'_L1);
    }
    case TargetColumn:
    case LastErrorColumn:
        return display(row, column).toString();
    default:
        return {};
    }
}

QString ForwardsModel::accessibleText(const Row &row, int column) const
{
    const QString text = display(row, column).toString();
    switch (column) {
    case StateColumn: {
        const QString reason = reasonLine(row.forward);
        //: Read aloud: %1 is a state ("Reconnecting"), %2 its reason.
        return reason.isEmpty() ? text : tr("%1: %2").arg(text, reason);
    }
    case NameColumn: {
        const auto color = Store::colorOf(row.forward.spec.about.color);
        QStringList parts{text};
        if (color != Store::Settings::ContextColor::None)
            parts << contextColorName(color);
        parts << row.forward.spec.about.tags;
        return parts.join(u", "_s);
    }
    case TargetColumn:
        //: Read aloud: %1 is a pod with its ports, %2 its namespace and context.
        return tr("%1 in %2").arg(text, placeText(row.forward.spec));
    case LocalColumn: {
        const QString warning = localWarning(localEnds(row.forward));
        return warning.isEmpty() ? text : text + u", "_s + warning;
    }
    case DownColumn:
        return text.isEmpty() ? tr("nothing received now") : tr("%1 received").arg(text);
    case UpColumn:
        return text.isEmpty() ? tr("nothing sent now") : tr("%1 sent").arg(text);
    case ConnectionsColumn:
        return text.isEmpty() ? tr("no connections") : text;
    default:
        return text;
    }
}

} // namespace Fairlead::Ui
