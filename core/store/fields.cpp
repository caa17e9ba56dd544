#include "core/store/fields.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

using Kube::YamlNode;
using Kube::YamlNodePtr;

class Text
{
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Store::Profile)
};

} // namespace

QString Fields::text(QLatin1StringView key)
{
    const YamlNode *node = find(key);
    if (!node || node->kind == YamlNode::Kind::Null)
        return {};
    if (node->kind != YamlNode::Kind::Scalar) {
        complain(*node, Text::tr("\"%1\" has to be a text.").arg(key));
        return {};
    }
    return node->text;
}

bool Fields::flag(QLatin1StringView key, bool otherwise)
{
    const QString word = text(key);
    if (word.isEmpty() || word == "true"_L1 || word == "false"_L1)
        return word.isEmpty() ? otherwise : word == "true"_L1;
    complain(*find(key), Text::tr("\"%1\" has to be true or false.").arg(key));
    return otherwise;
}

QStringList Fields::texts(QLatin1StringView key)
{
    const YamlNode *node = find(key);
    if (!node || node->kind == YamlNode::Kind::Null)
        return {};
    if (node->kind == YamlNode::Kind::Scalar)
        return {node->text};
    QStringList result;
    for (const YamlNodePtr &item : node->items) {
        if (item->kind == YamlNode::Kind::Scalar)
            result << item->text;
    }
    if (node->kind != YamlNode::Kind::List || result.size() != node->items.size())
        complain(*node, Text::tr("\"%1\" has to be a list of texts.").arg(key));
    return result;
}

const QList<YamlNodePtr> &Fields::items(QLatin1StringView key)
{
    static const QList<YamlNodePtr> none;
    const YamlNode *node = find(key);
    if (!node || node->kind == YamlNode::Kind::Null)
        return none;
    if (node->kind == YamlNode::Kind::List)
        return node->items;
    complain(*node, Text::tr("\"%1\" has to be a list.").arg(key));
    return none;
}

const YamlNode *Fields::find(QLatin1StringView key)
{
    m_known.insert(key);
    return m_map.find(key);
}

UnknownFields Fields::rest() const
{
    UnknownFields result;
    for (const auto &field : m_map.fields) {
        if (!m_known.contains(field.first))
            result.append(field);
    }
    return result;
}

void Fields::complain(const YamlNode &node, const QString &words)
{
    if (!m_problem)
        m_problem = ProfileError{node.line, node.column, words};
}

void Fields::complainAbout(QLatin1StringView key, const QString &words)
{
    const YamlNode *node = find(key);
    complain(node ? *node : m_map, words);
}

void Fields::complainOfWord(QLatin1StringView key, const QStringList &names)
{
    complain(*find(key), Text::tr("\"%1\" has to be one of these: %2.").arg(key, names.join(u", "_s)));
}

} // namespace Fairlead::Store
