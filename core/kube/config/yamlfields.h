#pragma once

#include "core/kube/config/kubeconfigentries.h"
#include "core/kube/config/yamltree.h"

namespace Fairlead::Kube {

/// Reads the fields of one entry's mapping into values, and writes down in the entry what is odd about them. A field
/// that is absent or null is empty. Numbers and switches where text is expected are taken as the text that was typed,
/// with a warning, for kubectl refuses them. Keeps references; use it and throw it away.
class YamlFields final
{
public:
    /// `place` is how messages name the entry (entryPlace()). `map` may be nullptr: then every field is empty.
    YamlFields(const YamlNode *map, QString place, ConfigEntry &entry);

    [[nodiscard]] QString text(QLatin1StringView name);
    [[nodiscard]] bool boolean(QLatin1StringView name);
    [[nodiscard]] QByteArray base64(QLatin1StringView name);
    [[nodiscard]] QStringList textList(QLatin1StringView name);
    [[nodiscard]] QMap<QString, QString> textMap(QLatin1StringView name);
    [[nodiscard]] QMap<QString, QStringList> textListMap(QLatin1StringView name);
    /// A mapping below this one, nullptr if absent or not a mapping (then a problem is noted).
    [[nodiscard]] const YamlNode *map(QLatin1StringView name) { return child(name, YamlNode::Kind::Map); }
    [[nodiscard]] const YamlNode *list(QLatin1StringView name) { return child(name, YamlNode::Kind::List); }

private:
    [[nodiscard]] const YamlNode *child(QLatin1StringView name, YamlNode::Kind kind);
    [[nodiscard]] QString scalar(const YamlNode &node, const QString &name);
    void wrongKind(const YamlNode &node, const QString &name, YamlNode::Kind expected);

    const YamlNode *m_map;
    QString m_place;
    ConfigEntry &m_entry;
};

/// What YAML 1.1, which Go's parser follows, makes of an unquoted scalar.
enum class PlainScalar { Text, Number, Boolean };
[[nodiscard]] PlainScalar classifyPlainScalar(const QString &text);

/// Go's name for a node's JSON type, as its error messages use it: "object", "array", "string"...
[[nodiscard]] QString goJsonType(const YamlNode &node);

} // namespace Fairlead::Kube
