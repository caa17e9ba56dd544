#include "ui/picker/portsmodel.h"

#include "ui/picker/itemroles.h"
#include "ui/theme.h"

#include <QFile>

#include <algorithm>
#include <limits>
#include <unistd.h>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

namespace {

constexpr quint16 kUsualLimit = 1024;
constexpr quint16 kHabit = 8000;

bool hasTcpTwin(const QList<Kube::ContainerPort> &ports, quint16 number)
{
    return std::any_of(ports.cbegin(), ports.cend(), [number](const Kube::ContainerPort &port) {
        return port.number == number && port.protocol == "TCP"_L1;
    });
}

std::optional<quint16> portNumber(const QString &text)
{
    bool ok = false;
    const uint number = text.toUInt(&ok);
    if (!ok || number > std::numeric_limits<quint16>::max())
        return std::nullopt;
    return quint16(number);
}

} // namespace

quint16 suggestedLocalPort(quint16 remote, quint16 firstFreeForAll)
{
    if (remote >= firstFreeForAll)
        return remote;
    return quint16(kHabit + remote % 1000);
}

quint16 firstPortFreeForAll()
{
    if (::geteuid() == 0)
        return 1;
    QFile limit(u"/proc/sys/net/ipv4/ip_unprivileged_port_start"_s);
    if (!limit.open(QIODevice::ReadOnly))
        return kUsualLimit;
    return portNumber(QString::fromLatin1(limit.readAll()).trimmed()).value_or(kUsualLimit);
}

PortsModel::PortsModel(quint16 firstFreeForAll, QObject *parent)
    : QAbstractTableModel(parent)
    , m_firstFreeForAll(firstFreeForAll)
{
}

int PortsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int PortsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PortsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::EditRole:
        return index.column() == LocalColumn && row.local ? QString::number(*row.local) : QVariant();
    case Qt::CheckStateRole:
        if (index.column() == PortColumn && row.usable)
            return row.ticked ? Qt::Checked : Qt::Unchecked;
        return {};
    case Qt::ToolTipRole:
        return toolTip(row, index.column());
    case ToneRole:
        if (!row.usable || (index.column() == LocalColumn && !row.local))
            return int(Tone::Muted);
        return {};
    default:
        return {};
    }
}

QString PortsModel::text(const Row &row, int column) const
{
    switch (column) {
    case PortColumn:
        return QString::number(row.port.number);
    case NameColumn:
        return row.usable ? row.port.name
                          : tr("%1: not TCP", "name of a port, or its protocol")
                                .arg(row.port.name.isEmpty() ? row.port.protocol : row.port.name);
    case LocalColumn:
        if (!row.usable)
            return {};
        if (row.local == quint16(0))
            return tr("any free", "local port");
        return QString::number(localOf(row).value_or(row.port.number));
    default:
        return {};
    }
}

QString PortsModel::toolTip(const Row &row, int column) const
{
    if (!row.usable)
        return tr("Only TCP can be forwarded; this port speaks %1.").arg(row.port.protocol);
    if (column == LocalColumn) {
        const quint16 usual = suggestedLocalPort(row.port.number, m_firstFreeForAll);
        if (!row.local && row.offered != usual)
            return tr("Another one is offered, since local port %1 is in use.").arg(usual);
        if (!row.local && localOf(row))
            return tr("Ports below %1 need administrator rights on this computer.").arg(m_firstFreeForAll);
        return tr("Type another local port, or 0 for any free one.");
    }
    return row.port.container.isEmpty() ? QString() : tr("Declared by container %1").arg(row.port.container);
}

QVariant PortsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PortColumn:
        return tr("Port");
    case NameColumn:
        return tr("Name");
    case LocalColumn:
        return tr("Local");
    default:
        return {};
    }
}

Qt::ItemFlags PortsModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    if (!m_rows.at(index.row()).usable)
        return Qt::ItemNeverHasChildren;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (index.column() == PortColumn)
        flags |= Qt::ItemIsUserCheckable;
    if (index.column() == LocalColumn)
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool PortsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !m_rows.at(index.row()).usable)
        return false;
    if (role == Qt::CheckStateRole && index.column() == PortColumn)
        return setTicked(index.row(), value.value<Qt::CheckState>() == Qt::Checked);
    if (role == Qt::EditRole && index.column() == LocalColumn)
        return setLocal(index.row(), value.toString().trimmed());
    return false;
}

bool PortsModel::setTicked(int row, bool ticked)
{
    m_rows[row].ticked = ticked;
    emit dataChanged(index(row, PortColumn), index(row, PortColumn), {Qt::CheckStateRole});
    emit chosenChanged();
    return true;
}

bool PortsModel::setLocal(int row, const QString &text)
{
    const std::optional<quint16> number = portNumber(text);
    if (!text.isEmpty() && !number)
        return false;
    m_rows[row].local = number;
    if (number)
        m_rows[row].ticked = true; // who types a local port wants this one
    emit dataChanged(index(row, PortColumn), index(row, LocalColumn));
    emit chosenChanged();
    return true;
}

void PortsModel::clear()
{
    beginResetModel();
    m_pod = {};
    m_rows.clear();
    endResetModel();
    emit chosenChanged();
}

void PortsModel::setPod(const Kube::PodInfo &pod)
{
    QList<Row> rows = declaredRows(pod);
    const bool same = pod.name == m_pod.name && pod.namespaceName == m_pod.namespaceName;
    if (same)
        keepChoices(rows);
    else
        tickFirst(rows);
    for (Row &row : rows)
        row.offered = offerFor(row, rows);
    beginResetModel();
    m_pod = pod;
    m_rows = rows;
    endResetModel();
    emit chosenChanged();
}

QList<PortsModel::Row> PortsModel::declaredRows(const Kube::PodInfo &pod) const
{
    QList<Row> rows;
    for (const Kube::ContainerPort &port : pod.ports) {
        const bool usable = port.protocol == "TCP"_L1;
        const bool listed =
            std::any_of(rows.cbegin(), rows.cend(), [&port](const Row &row) { return row.port.number == port.number; });
        if (!listed && (usable || !hasTcpTwin(pod.ports, port.number)))
            rows << Row{port, usable, false, false, std::nullopt};
    }
    return rows;
}

void PortsModel::keepChoices(QList<Row> &rows) const
{
    for (const Row &old : m_rows) {
        const auto now = std::find_if(rows.begin(), rows.end(),
                                      [&old](const Row &row) { return row.port.number == old.port.number; });
        if (now == rows.end()) {
            if (old.typed)
                rows << old;
        } else if (now->usable) {
            now->ticked = old.ticked;
            now->local = old.local;
        }
    }
}

void PortsModel::tickFirst(QList<Row> &rows)
{
    const auto first = std::find_if(rows.begin(), rows.end(), [](const Row &row) { return row.usable; });
    if (first != rows.end())
        first->ticked = true;
}

Result<int, QString> PortsModel::addTyped(const QString &text)
{
    const Result<Kube::PortArgument, QString> argument = Kube::parsePortArgument(text.trimmed());
    if (!argument)
        return Failure{argument.error()};
    const Result<Kube::PortMapping, QString> mapping = Kube::translatePort(*argument, m_pod);
    if (!mapping)
        return Failure{mapping.error()};
    int row = rowOf(mapping->remote);
    if (row < 0) {
        row = int(m_rows.size());
        beginInsertRows({}, row, row);
        Row added;
        added.port.number = mapping->remote;
        added.typed = true;
        added.offered = offerFor(added, m_rows);
        m_rows << added;
        endInsertRows();
    }
    if (text.contains(u':')) // "8080:8080" too, which reads like "8080": who types a local port wants that one
        m_rows[row].local = mapping->local;
    m_rows[row].ticked = true;
    emit dataChanged(index(row, PortColumn), index(row, LocalColumn));
    emit chosenChanged();
    return row;
}

int PortsModel::rowOf(quint16 remote) const
{
    const auto found =
        std::find_if(m_rows.cbegin(), m_rows.cend(), [remote](const Row &row) { return row.port.number == remote; });
    return found == m_rows.cend() ? -1 : int(found - m_rows.cbegin());
}

bool PortsModel::isUsable(int row) const
{
    return row >= 0 && row < m_rows.size() && m_rows.at(row).usable;
}

void PortsModel::tickOnly(int row)
{
    for (int at = 0; at < m_rows.size(); ++at)
        m_rows[at].ticked = at == row && m_rows.at(at).usable;
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, PortColumn), index(int(m_rows.size()) - 1, PortColumn), {Qt::CheckStateRole});
    emit chosenChanged();
}

std::optional<quint16> PortsModel::localOf(const Row &row) const
{
    if (row.local)
        return row.local;
    return row.offered == row.port.number ? std::nullopt : std::optional(row.offered);
}

/// Free, and not what another port would rather have.
quint16 PortsModel::offerFor(const Row &row, const QList<Row> &rows) const
{
    const quint16 usual = suggestedLocalPort(row.port.number, m_firstFreeForAll);
    const auto suits = [&](quint16 port) {
        const bool wanted = std::any_of(rows.cbegin(), rows.cend(), [&](const Row &other) {
            return other.port.number != row.port.number
                && (other.offered == port || other.local == port
                    || suggestedLocalPort(other.port.number, m_firstFreeForAll) == port);
        });
        return (port == usual || !wanted) && (!m_isFree || m_isFree(port));
    };
    return freePortFrom(usual, suits).value_or(usual);
}

QList<Kube::PortArgument> PortsModel::chosen() const
{
    QList<Kube::PortArgument> arguments;
    for (const Row &row : m_rows) {
        if (row.ticked && row.usable)
            arguments << Kube::PortArgument{localOf(row), QString::number(row.port.number)};
    }
    return arguments;
}

} // namespace Fairlead::Ui
