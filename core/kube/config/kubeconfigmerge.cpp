#include "core/kube/config/kubeconfigmerge.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Kubeconfig)
};

template <typename Entry>
const Entry *findByName(const QList<Entry> &entries, const QString &name)
{
    const auto found = std::ranges::find(entries, name, &Entry::name);
    return found == entries.end() ? nullptr : &*found;
}

/// The entries of one kind, with an index so that hundreds of clusters do not cost hundreds of thousands of compares.
template <typename Entry>
class EntryMerger
{
public:
    EntryMerger(QList<Entry> &merged, QLatin1StringView kind)
        : m_merged(merged)
        , m_kind(kind)
    {
    }

    void add(const QList<Entry> &entries)
    {
        for (const Entry &entry : entries) {
            const auto known = m_index.constFind(entry.name);
            if (known == m_index.constEnd()) {
                m_index.insert(entry.name, m_merged.size());
                m_merged.append(entry);
            } else {
                warn(m_merged[*known], entry);
            }
        }
    }

private:
    void warn(Entry &winner, const Entry &shadowed)
    {
        winner.warnings += Text::tr("%1: ignored, because %2 also has a %3 of that name and comes first.",
                                    "%1 file and entry, %2 file, %3 cluster, user or context")
                               .arg(entryPlace(shadowed.file, m_kind, shadowed.name), winner.file, m_kind);
    }

    QList<Entry> &m_merged;
    QLatin1StringView m_kind;
    QHash<QString, qsizetype> m_index;
};

} // namespace

const ClusterEntry *MergedKubeconfig::cluster(const QString &name) const
{
    return findByName(clusters, name);
}

const UserEntry *MergedKubeconfig::user(const QString &name) const
{
    return findByName(users, name);
}

const ContextEntry *MergedKubeconfig::context(const QString &name) const
{
    return findByName(contexts, name);
}

MergedKubeconfig mergeKubeconfigs(const QList<KubeconfigFile> &files)
{
    MergedKubeconfig merged;
    EntryMerger clusters(merged.clusters, "cluster"_L1);
    EntryMerger users(merged.users, "user"_L1);
    EntryMerger contexts(merged.contexts, "context"_L1);
    for (const KubeconfigFile &file : files) {
        clusters.add(file.clusters);
        users.add(file.users);
        contexts.add(file.contexts);
        merged.warnings += file.warnings;
        if (merged.currentContext.isEmpty() && !file.currentContext.isEmpty()) {
            merged.currentContext = file.currentContext;
            merged.currentContextFile = file.path;
        }
    }
    return merged;
}

} // namespace Fairlead::Kube
