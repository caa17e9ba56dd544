#pragma once

#include <QString>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>

namespace Fairlead::Demo {

/// All resource versions are above this one: a number of the size that people see on real clusters.
constexpr quint64 FirstVersion = 100000;

/// One change of an object, as watches see it.
template <typename T>
struct Change {
    enum class Type { Added, Modified, Deleted };
    Type type;
    quint64 resourceVersion;
    T object;
    std::optional<T> before; ///< for selectors: an object may leave or enter what a watch selects
};

/// The key under which etcd would keep an object; lists are in this order and continue tokens hold it.
[[nodiscard]] inline QString storeKey(const QString &nameSpace, const QString &name)
{
    return nameSpace.isEmpty() ? name : nameSpace + u'/' + name;
}

/// All objects of one kind with the log of their last changes. Written by the ObjectStore only, which gives out the
/// versions. T has a member resourceVersion.
template <typename T>
class Collection final
{
public:
    [[nodiscard]] const T *find(const QString &key) const
    {
        const auto found = m_objects.find(key);
        return found == m_objects.end() ? nullptr : &found->second;
    }
    [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_objects.size()); }

    /// Calls `visit` with each object of the namespace (empty: of all) behind the key `after`, in order, while it
    /// answers true. The collection must not change meanwhile.
    template <typename Visit>
    void visit(const QString &nameSpace, const QString &after, Visit visit) const
    {
        const QString prefix = nameSpace.isEmpty() ? QString() : nameSpace + u'/';
        auto it = after > prefix ? m_objects.upper_bound(after) : m_objects.lower_bound(prefix);
        for (; it != m_objects.end() && it->first.startsWith(prefix); ++it) {
            if (!visit(it->second))
                return;
        }
    }

    [[nodiscard]] const std::deque<Change<T>> &log() const { return m_log; }
    /// The version of the newest change that the log has lost; watches resume from this one or later.
    [[nodiscard]] quint64 oldestResumable() const { return m_oldestResumable; }

    void put(const QString &key, T object, std::size_t logSize)
    {
        Change<T> change{Change<T>::Type::Added, object.resourceVersion, object, {}};
        if (const auto found = m_objects.find(key); found != m_objects.end()) {
            change.type = Change<T>::Type::Modified;
            change.before = std::exchange(found->second, std::move(object));
        } else {
            m_objects.emplace(key, std::move(object));
        }
        append(std::move(change), logSize);
    }

    /// `last` is the object with the version of its deletion.
    void remove(const QString &key, T last, std::size_t logSize)
    {
        m_objects.erase(key);
        Change<T> change{Change<T>::Type::Deleted, last.resourceVersion, last, last};
        append(std::move(change), logSize);
    }

private:
    void append(Change<T> change, std::size_t logSize)
    {
        m_log.push_back(std::move(change));
        while (m_log.size() > logSize) {
            m_oldestResumable = m_log.front().resourceVersion;
            m_log.pop_front();
        }
    }

    std::map<QString, T> m_objects;
    std::deque<Change<T>> m_log;
    quint64 m_oldestResumable = FirstVersion;
};

} // namespace Fairlead::Demo
