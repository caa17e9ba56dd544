#include "ui/forwards/forwardsmodel.h"

#include <QMimeData>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Forward::ForwardId;

QString ForwardsModel::mimeType()
{
    return u"application/x-fairlead-forwards"_s;
}

QStringList ForwardsModel::mimeTypes() const
{
    return {mimeType()};
}

Qt::ItemFlags ForwardsModel::flags(const QModelIndex &index) const
{
    return QAbstractTableModel::flags(index) | (index.isValid() ? Qt::ItemIsDragEnabled : Qt::NoItemFlags);
}

/// Ids as text: they mean something in this run of the program only.
QMimeData *ForwardsModel::mimeData(const QModelIndexList &indexes) const
{
    QByteArrayList ids;
    for (const QModelIndex &index : indexes) {
        const QByteArray id = QByteArray::number(at(index.row()).id);
        if (!ids.contains(id))
            ids << id;
    }
    auto *data = new QMimeData;
    data->setData(mimeType(), ids.join(' '));
    return data;
}

QList<ForwardId> ForwardsModel::idsIn(const QMimeData &data)
{
    QList<ForwardId> ids;
    for (const QByteArray &id : data.data(mimeType()).split(' ')) {
        if (const ForwardId number = id.toULongLong())
            ids << number;
    }
    return ids;
}

} // namespace Fairlead::Ui
