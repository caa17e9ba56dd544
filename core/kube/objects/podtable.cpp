#include "core/kube/objects/podtable.h"

#include "core/kube/objects/podparser.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

/// Old servers print RESTARTS as a number.
QString cellText(const QJsonArray &cells, int column)
{
    return column < 0 ? QString() : cells.at(column).toVariant().toString();
}

} // namespace

QList<PodRow> PodTable::rowsOf(const QJsonObject &object, const QDateTime &now)
{
    QList<PodRow> rows;
    const QString kind = object["kind"_L1].toString();
    if (kind == "Table"_L1) {
        readColumns(object["columnDefinitions"_L1].toArray());
        const QJsonArray tableRows = object["rows"_L1].toArray();
        rows.reserve(tableRows.size());
        for (const auto &value : tableRows)
            rows.append(rowOf(value.toObject()));
    } else if (kind == "Pod"_L1) {
        rows.append(podRowFrom(object, now));
    } else {
        const QJsonArray items = object["items"_L1].toArray();
        rows.reserve(items.size());
        for (const auto &value : items)
            rows.append(podRowFrom(value.toObject(), now));
    }
    // What has no name can be neither shown nor asked for.
    rows.removeIf([](const PodRow &row) { return row.name.isEmpty(); });
    return rows;
}

void PodTable::readColumns(const QJsonArray &definitions)
{
    if (definitions.isEmpty())
        return;
    m_columns = {};
    for (int i = 0; i < int(definitions.size()); ++i) {
        const QString name = definitions[i].toObject()["name"_L1].toString();
        if (name.compare("Name"_L1, Qt::CaseInsensitive) == 0)
            m_columns.name = i;
        else if (name.compare("Ready"_L1, Qt::CaseInsensitive) == 0)
            m_columns.ready = i;
        else if (name.compare("Status"_L1, Qt::CaseInsensitive) == 0)
            m_columns.status = i;
        else if (name.compare("Restarts"_L1, Qt::CaseInsensitive) == 0)
            m_columns.restarts = i;
    }
}

PodRow PodTable::rowOf(const QJsonObject &row) const
{
    const QJsonArray cells = row["cells"_L1].toArray();
    const QJsonObject metadata = row["object"_L1].toObject()["metadata"_L1].toObject();
    PodRow pod;
    pod.namespaceName = metadata["namespace"_L1].toString();
    pod.name = metadata["name"_L1].toString(cellText(cells, m_columns.name));
    pod.uid = metadata["uid"_L1].toString();
    pod.created = timeFrom(metadata["creationTimestamp"_L1]);
    pod.ready = cellText(cells, m_columns.ready);
    pod.status = cellText(cells, m_columns.status);
    pod.restarts = cellText(cells, m_columns.restarts);
    return pod;
}

QString podKey(const PodRow &row)
{
    return row.namespaceName + u'/' + row.name;
}

QString resourceVersionOf(const QJsonObject &object)
{
    const QString own = object["metadata"_L1].toObject()["resourceVersion"_L1].toString();
    if (!own.isEmpty())
        return own;
    const QJsonObject row = object["rows"_L1].toArray().first().toObject();
    return row["object"_L1].toObject()["metadata"_L1].toObject()["resourceVersion"_L1].toString();
}

} // namespace Fairlead::Kube
