#include "ui/connections/connectionsmodel.h"

#include "ui/format.h"
#include "ui/icons.h"
#include "ui/theme.h"

#include <QFontDatabase>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Forward::ConnectionEnd;
using Forward::ConnectionSnapshot;

namespace {

QString endIconName(ConnectionEnd end)
{
    switch (end) {
    case ConnectionEnd::Open:
        return u"state-running"_s;
    case ConnectionEnd::ByProgram:
    case ConnectionEnd::ByPod:
        return u"check"_s;
    case ConnectionEnd::Stopped:
        return u"stop"_s;
    case ConnectionEnd::ResetLocal:
    case ConnectionEnd::ResetByPod:
        return u"warning"_s;
    default:
        return u"error"_s;
    }
}

QString peerText(const ConnectionSnapshot &connection)
{
    const QString host =
        connection.peerAddress.contains(':'_L1) ? u"[%1]"_s.arg(connection.peerAddress) : connection.peerAddress;
    return u"%1:%2"_s.arg(host).arg(connection.peerPort);
}

/// The engine's whole sentence, then the runtime's own words.
QString endToolTip(const ConnectionSnapshot &connection)
{
    const QString sentence = connection.endText.isEmpty() ? endText(connection) : connection.endText;
    return connection.endDetail.isEmpty() ? sentence : sentence + '\n'_L1 + connection.endDetail;
}

double rateOf(const ConnectionSnapshot &connection)
{
    return connection.traffic.rateDown + connection.traffic.rateUp;
}

} // namespace

QString endText(const ConnectionSnapshot &connection)
{
    switch (connection.end) {
    case ConnectionEnd::Open:
        return ConnectionsModel::tr("Open", "a connection that still runs");
    case ConnectionEnd::ByProgram:
        return ConnectionsModel::tr("Closed by the program");
    case ConnectionEnd::ByPod:
        return ConnectionsModel::tr("Closed by the pod");
    case ConnectionEnd::ResetLocal:
        return ConnectionsModel::tr("Reset by the program");
    case ConnectionEnd::ResetByPod:
        return ConnectionsModel::tr("Reset by the pod");
    case ConnectionEnd::Refused:
        return ConnectionsModel::tr("Refused: nothing listens on port %1 in the pod").arg(connection.remotePort);
    case ConnectionEnd::PodGone:
        return ConnectionsModel::tr("The pod is gone");
    case ConnectionEnd::TunnelLost:
        return ConnectionsModel::tr("The connection to the cluster broke");
    case ConnectionEnd::NoTunnel:
        return ConnectionsModel::tr("The cluster could not be reached");
    case ConnectionEnd::Error:
        return ConnectionsModel::tr("The pod's side reported an error");
    case ConnectionEnd::Stopped:
        return ConnectionsModel::tr("The forward was stopped");
    }
    return {};
}

ConnectionsModel::ConnectionsModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void ConnectionsModel::setConnections(const QList<ConnectionSnapshot> &given)
{
    QList<ConnectionSnapshot> connections = given;
    std::sort(connections.begin(), connections.end(), [](const auto &a, const auto &b) { return a.id > b.id; });
    // Both lists run from the highest id down: one walk finds what went, what came and what changed.
    int row = 0;
    for (const ConnectionSnapshot &connection : std::as_const(connections)) {
        while (row < m_rows.size() && m_rows.at(row).id > connection.id) {
            beginRemoveRows({}, row, row);
            m_rows.removeAt(row);
            endRemoveRows();
        }
        if (row < m_rows.size() && m_rows.at(row).id == connection.id) {
            change(row, connection);
        } else {
            beginInsertRows({}, row, row);
            m_rows.insert(row, connection);
            endInsertRows();
        }
        ++row;
    }
    if (row < m_rows.size()) {
        beginRemoveRows({}, row, int(m_rows.size()) - 1);
        m_rows.remove(row, m_rows.size() - row);
        endRemoveRows();
    }
}

void ConnectionsModel::change(int row, const ConnectionSnapshot &connection)
{
    if (m_rows.at(row) == connection)
        return;
    const bool ended = m_rows.at(row).end != connection.end;
    m_rows[row] = connection;
    emit dataChanged(index(row, ended ? 0 : int(ReceivedColumn)), index(row, ColumnCount - 1));
}

int ConnectionsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ConnectionsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ConnectionsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ConnectionSnapshot &connection = m_rows.at(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return display(connection, column);
    case Qt::TextAlignmentRole:
        return int((isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::DecorationRole:
        return column == EndColumn ? QVariant(icon(endIconName(connection.end), toneOf(connection.end))) : QVariant();
    case Qt::FontRole:
        return column == FromColumn ? QVariant(QFontDatabase::systemFont(QFontDatabase::FixedFont)) : QVariant();
    case Qt::ToolTipRole:
        if (column != EndColumn)
            return {};
        return endToolTip(connection);
    case EndRole:
        return QVariant::fromValue(connection.end);
    case SortRole:
        switch (column) {
        case SinceColumn:
            return connection.opened;
        case ReceivedColumn:
            return connection.traffic.bytesDown;
        case SentColumn:
            return connection.traffic.bytesUp;
        case RateColumn:
            return rateOf(connection);
        case EndColumn:
            return int(connection.end);
        default:
            return display(connection, column);
        }
    default:
        return {};
    }
}

QString ConnectionsModel::display(const ConnectionSnapshot &connection, int column) const
{
    switch (column) {
    case FromColumn:
        return peerText(connection);
    case SinceColumn:
        return formatTime(connection.opened);
    case ReceivedColumn:
        return formatBytes(connection.traffic.bytesDown);
    case SentColumn:
        return formatBytes(connection.traffic.bytesUp);
    case RateColumn:
        return formatRate(rateOf(connection));
    case PortsColumn:
        //: The ports of a connection: %1 on this computer, %2 in the pod.
        return tr("%1 → %2").arg(connection.localPort).arg(connection.remotePort);
    case EndColumn: {
        const QString end = endText(connection);
        if (connection.end == ConnectionEnd::Open || !connection.closed)
            return end;
        //: How a connection ended: %1 is a phrase ("Closed by the pod"), %2 how long it had lived.
        return tr("%1, after %2").arg(end, formatDuration(connection.durationMs));
    }
    default:
        return {};
    }
}

QVariant ConnectionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case FromColumn:
        return tr("From");
    case SinceColumn:
        return tr("Since");
    case ReceivedColumn:
        return tr("Received");
    case SentColumn:
        return tr("Sent");
    case RateColumn:
        return tr("Rate");
    case PortsColumn:
        return tr("Port");
    case EndColumn:
        return tr("End");
    default:
        return {};
    }
}

} // namespace Fairlead::Ui
