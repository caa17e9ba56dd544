#include "core/forward/portowner.h"

#include <QDir>
#include <QFile>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Fairlead::Forward {

namespace {

// Columns of /proc/net/tcp: 1 local address (hex ADDRESS:PORT), 3 state, 9 inode.
constexpr qsizetype LocalColumn = 1;
constexpr qsizetype StateColumn = 3;
constexpr qsizetype InodeColumn = 9;

void collectListeners(const QString &table, quint16 port, QSet<QByteArray> &inodes)
{
    QFile file(table);
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QByteArray wanted = ':' + QByteArray::number(port, 16).rightJustified(4, '0').toUpper();
    for (const QByteArray &line : file.readAll().split('\n')) {
        const QList<QByteArray> columns = line.simplified().split(' ');
        if (columns.size() > InodeColumn && columns.at(StateColumn) == "0A" && columns.at(LocalColumn).endsWith(wanted))
            inodes.insert("socket:[" + columns.at(InodeColumn) + ']');
    }
}

bool holdsOne(const QString &fdFolder, const QSet<QByteArray> &inodes)
{
    const QStringList entries = QDir(fdFolder).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot);
    for (const QString &entry : entries) {
        // symLinkTarget() would make "socket:[1]" a path of the folder.
        const QString link = QFile::symLinkTarget(fdFolder + u'/' + entry);
        if (inodes.contains(link.mid(link.lastIndexOf(u'/') + 1).toLatin1()))
            return true;
    }
    return false;
}

} // namespace

std::optional<PortOwner> findPortOwner(quint16 port)
{
    QSet<QByteArray> inodes;
    collectListeners(u"/proc/net/tcp"_s, port, inodes);
    collectListeners(u"/proc/net/tcp6"_s, port, inodes);
    if (inodes.isEmpty())
        return std::nullopt;
    const QStringList processes = QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs);
    for (const QString &pid : processes) {
        if (!holdsOne(u"/proc/%1/fd"_s.arg(pid), inodes))
            continue;
        QFile name(u"/proc/%1/comm"_s.arg(pid));
        const QString program = name.open(QIODevice::ReadOnly) ? QString::fromLocal8Bit(name.readAll()).trimmed() : pid;
        return PortOwner{program, pid.toLongLong()};
    }
    return std::nullopt;
}

} // namespace Fairlead::Forward
