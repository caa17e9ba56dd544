#pragma once

#include "core/store/profiles/profile.h"

#include <QSet>

#include <optional>

namespace Fairlead::Store {

/// Reads one mapping of a parsed file, field by field. The first problem is kept with its place, and what is read
/// afterwards does not count. Remembers which keys were asked for, so that rest() is what nobody knows. Holds on to the
/// node and the problem, which have to outlive it.
class Fields final
{
public:
    /// Of a node that is no mapping every field is absent.
    Fields(const Kube::YamlNode &map, std::optional<ProfileError> &problem)
        : m_map(map)
        , m_problem(problem)
    {
    }

    /// Any scalar; empty when absent or null.
    [[nodiscard]] QString text(QLatin1StringView key);
    /// True or false, also in quotes.
    [[nodiscard]] bool flag(QLatin1StringView key, bool otherwise);
    /// A single text counts as a list of one.
    [[nodiscard]] QStringList texts(QLatin1StringView key);
    [[nodiscard]] const QList<Kube::YamlNodePtr> &items(QLatin1StringView key);

    /// One of the words of a table; `otherwise` when absent.
    template <typename Table>
    [[nodiscard]] auto word(QLatin1StringView key, const Table &table, decltype(table.front().first) otherwise)
    {
        const QString typed = text(key);
        if (typed.isEmpty())
            return otherwise;
        QStringList names;
        for (const auto &[value, name] : table) {
            if (typed == name)
                return value;
            names << name;
        }
        complainOfWord(key, names);
        return otherwise;
    }

    [[nodiscard]] const Kube::YamlNode *find(QLatin1StringView key);
    /// The fields that nobody has asked for.
    [[nodiscard]] UnknownFields rest() const;

    void complain(const Kube::YamlNode &node, const QString &words);
    void complainAbout(QLatin1StringView key, const QString &words);

private:
    void complainOfWord(QLatin1StringView key, const QStringList &names);

    const Kube::YamlNode &m_map;
    std::optional<ProfileError> &m_problem;
    QSet<QString> m_known;
};

} // namespace Fairlead::Store
