#pragma once

#include "core/kube/objects/objects.h"

#include <QHash>
#include <QList>
#include <QSet>
#include <QStringList>

namespace Fairlead::Kube {

/// The pods as last heard of, and what changed since somebody was told. Many changes of one row become one; a row that
/// came and went in between is not mentioned. A new listing is compared with the old rows: only differences come out.
/// No I/O; use from one thread at a time.
class PodCache
{
public:
    struct Changes {
        QList<PodRow> rows;
        QStringList removed; ///< "namespace/name"

        [[nodiscard]] bool isEmpty() const { return rows.isEmpty() && removed.isEmpty(); }
    };

    void beginListing();
    /// Rows that were not put since beginListing() are gone.
    void endListing();
    void put(const PodRow &row);
    void remove(const QString &key);

    [[nodiscard]] int size() const { return int(m_rows.size()); }
    [[nodiscard]] bool hasChanges() const { return !m_changed.isEmpty() || !m_removed.isEmpty(); }
    /// At most `maxRows` rows; ask again for the rest.
    [[nodiscard]] Changes take(qsizetype maxRows);

private:
    QHash<QString, PodRow> m_rows;
    QSet<QString> m_told; ///< keys that the other side has
    QSet<QString> m_changed; ///< keys in m_rows to tell
    QSet<QString> m_removed; ///< keys in m_told to take back
    QSet<QString> m_listed;
    bool m_listing = false;
};

} // namespace Fairlead::Kube
