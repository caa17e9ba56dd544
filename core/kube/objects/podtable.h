#pragma once

#include "core/kube/objects/objects.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>

namespace Fairlead::Kube {

/// Reads rows of pods from what a server answers to a request for a Table: meta.k8s.io Tables with metadata, or, from
/// servers and proxies that do not know Tables, a PodList or a Pod (then the words are computed here). No I/O.
///
/// Keeps the columns, since a watch names them only in its first event; cells are found by the column's name, since
/// servers differ in order and number. Table of one list and its watches; use from one thread at a time.
class PodTable
{
public:
    /// The pods of a list answer or of an event's object.
    [[nodiscard]] QList<PodRow> rowsOf(const QJsonObject &object, const QDateTime &now);

private:
    struct Columns {
        int name = -1;
        int ready = -1;
        int status = -1;
        int restarts = -1;
    };

    void readColumns(const QJsonArray &definitions);
    [[nodiscard]] PodRow rowOf(const QJsonObject &row) const;

    Columns m_columns;
};

/// "namespace/name".
[[nodiscard]] QString podKey(const PodRow &row);

/// resourceVersion of a list, of an event's object or of a bookmark, in whichever of the forms above.
[[nodiscard]] QString resourceVersionOf(const QJsonObject &object);

} // namespace Fairlead::Kube
