#include "core/kube/browse/podcache.h"

#include "core/kube/objects/podtable.h"

namespace Fairlead::Kube {

void PodCache::beginListing()
{
    m_listing = true;
    m_listed.clear();
}

void PodCache::endListing()
{
    const QList<QString> keys = m_rows.keys();
    for (const QString &key : keys) {
        if (!m_listed.contains(key))
            remove(key);
    }
    m_listed.clear();
    m_listing = false;
}

void PodCache::put(const PodRow &row)
{
    const QString key = podKey(row);
    if (m_listing)
        m_listed.insert(key);
    const auto known = m_rows.constFind(key);
    if (known != m_rows.cend() && *known == row)
        return;
    m_rows.insert(key, row);
    m_changed.insert(key);
    m_removed.remove(key);
}

void PodCache::remove(const QString &key)
{
    m_rows.remove(key);
    m_changed.remove(key);
    if (m_told.contains(key))
        m_removed.insert(key);
}

PodCache::Changes PodCache::take(qsizetype maxRows)
{
    Changes changes;
    for (auto it = m_changed.begin(); it != m_changed.end() && changes.rows.size() < maxRows;
         it = m_changed.erase(it)) {
        changes.rows.append(m_rows.value(*it));
        m_told.insert(*it);
    }
    changes.removed = QStringList(m_removed.cbegin(), m_removed.cend());
    m_told.subtract(m_removed);
    m_removed.clear();
    return changes;
}

} // namespace Fairlead::Kube
