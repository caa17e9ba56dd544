#pragma once

#include "core/kube/objects/objects.h"

#include <QDateTime>
#include <QList>

namespace Fairlead::Test {

inline Kube::PodRow podRow(const QString &name, const QString &status = QStringLiteral("Running"),
                           const QString &namespaceName = QStringLiteral("shop"))
{
    Kube::PodRow row;
    row.namespaceName = namespaceName;
    row.name = name;
    row.uid = QStringLiteral("uid-") + name;
    row.ready = status == QStringLiteral("Running") ? QStringLiteral("1/1") : QStringLiteral("0/1");
    row.status = status;
    row.restarts = QStringLiteral("0");
    row.created = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC);
    return row;
}

/// Names as replica sets make them, in an order that is not sorted.
inline QList<Kube::PodRow> manyPods(int count)
{
    QList<Kube::PodRow> rows;
    rows.reserve(count);
    for (int i = 0; i < count; ++i) {
        const QString hash = QString::number((i * 2654435761U) % 0xffffffU, 36);
        rows << podRow(QStringLiteral("%1-%2-%3")
                           .arg(i % 3 ? QStringLiteral("billing-api") : QStringLiteral("orders"))
                           .arg(hash)
                           .arg(i));
    }
    return rows;
}

} // namespace Fairlead::Test
