#include "core/kube/config/yamlfields.h"

#include "core/kube/config/base64data.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Kubeconfig)
};

const QStringList &trueWords()
{
    static const QStringList words{u"y"_s,  u"Y"_s,  u"yes"_s,  u"Yes"_s,  u"YES"_s, u"on"_s,
                                   u"On"_s, u"ON"_s, u"true"_s, u"True"_s, u"TRUE"_s};
    return words;
}

const QStringList &falseWords()
{
    static const QStringList words{u"n"_s,   u"N"_s,   u"no"_s,    u"No"_s,    u"NO"_s,   u"off"_s,
                                   u"Off"_s, u"OFF"_s, u"false"_s, u"False"_s, u"FALSE"_s};
    return words;
}

} // namespace

PlainScalar classifyPlainScalar(const QString &text)
{
    static const QRegularExpression number(u"^[-+]?(0b[01_]+|0x[0-9a-fA-F_]+|0o?[0-7_]+|[0-9][0-9_]*|(\\.[0-9]+|[0-9]["
                                           u"0-9_]*(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
                                           "|\\.(inf|Inf|INF))$|^\\.(nan|NaN|NAN)$"_s);
    if (trueWords().contains(text) || falseWords().contains(text))
        return PlainScalar::Boolean;
    return number.match(text).hasMatch() ? PlainScalar::Number : PlainScalar::Text;
}

QString goJsonType(const YamlNode &node)
{
    switch (node.kind) {
    case YamlNode::Kind::Null:
        return u"null"_s;
    case YamlNode::Kind::List:
        return u"array"_s;
    case YamlNode::Kind::Map:
        return u"object"_s;
    case YamlNode::Kind::Scalar:
        break;
    }
    const PlainScalar plain = node.quoted ? PlainScalar::Text : classifyPlainScalar(node.text);
    return plain == PlainScalar::Text ? u"string"_s : plain == PlainScalar::Number ? u"number"_s : u"bool"_s;
}

YamlFields::YamlFields(const YamlNode *map, QString place, ConfigEntry &entry)
    : m_map(map && map->kind == YamlNode::Kind::Map ? map : nullptr)
    , m_place(std::move(place))
    , m_entry(entry)
{
}

QString YamlFields::text(QLatin1StringView name)
{
    const YamlNode *node = child(name, YamlNode::Kind::Scalar);
    return node ? scalar(*node, name) : QString();
}

bool YamlFields::boolean(QLatin1StringView name)
{
    const YamlNode *node = child(name, YamlNode::Kind::Scalar);
    if (!node)
        return false;
    if (trueWords().contains(node->text) || falseWords().contains(node->text)) {
        if (node->quoted)
            m_entry.warnings += Text::tr("%1: %2 is written in quotes; kubectl refuses that. Remove the quotes.",
                                         "%1 file and entry, %2 field")
                                    .arg(m_place, name);
        return trueWords().contains(node->text);
    }
    m_entry.problems += ConfigProblem{
        ConfigProblem::Stage::Load,
        Text::tr("%1: %2 is \"%3\", but must be true or false.", "%1 file and entry, %2 field, %3 what was found")
            .arg(m_place, name, node->text),
        u"json: cannot unmarshal %1 into Go struct field %2 of type bool"_s.arg(goJsonType(*node), name)};
    return false;
}

QByteArray YamlFields::base64(QLatin1StringView name)
{
    const QString written = text(name);
    const auto decoded = decodeBase64(written);
    if (!decoded) {
        m_entry.problems += ConfigProblem{
            ConfigProblem::Stage::Load,
            Text::tr("%1: %2 is not base64: byte %3 cannot stand there. Copy the value again, or use a file instead.",
                     "%1 file and entry, %2 field, %3 position from 0")
                .arg(m_place, name)
                .arg(decoded.error()),
            u"illegal base64 data at input byte %1"_s.arg(decoded.error())};
        return {};
    }
    if (decoded->paddingMissing)
        m_entry.warnings +=
            Text::tr("%1: %2 lacks the \"=\" at its end; kubectl refuses that.", "%1 file and entry, %2 field")
                .arg(m_place, name);
    return decoded->bytes;
}

QStringList YamlFields::textList(QLatin1StringView name)
{
    QStringList texts;
    if (const YamlNode *node = list(name)) {
        for (const YamlNodePtr &item : node->items)
            texts += scalar(*item, name);
    }
    return texts;
}

QMap<QString, QString> YamlFields::textMap(QLatin1StringView name)
{
    QMap<QString, QString> texts;
    if (const YamlNode *node = map(name)) {
        for (const auto &[key, value] : node->fields)
            texts.insert(key, scalar(*value, u"%1.%2"_s.arg(name, key)));
    }
    return texts;
}

QMap<QString, QStringList> YamlFields::textListMap(QLatin1StringView name)
{
    QMap<QString, QStringList> lists;
    const YamlNode *node = map(name);
    if (!node)
        return lists;
    for (const auto &[key, value] : node->fields) {
        QStringList &texts = lists[key];
        if (value->kind == YamlNode::Kind::Map || value->kind == YamlNode::Kind::Scalar)
            wrongKind(*value, u"%1.%2"_s.arg(name, key), YamlNode::Kind::List);
        for (const YamlNodePtr &item : value->items)
            texts += scalar(*item, u"%1.%2"_s.arg(name, key));
    }
    return lists;
}

const YamlNode *YamlFields::child(QLatin1StringView name, YamlNode::Kind kind)
{
    const YamlNode *node = m_map ? m_map->find(name) : nullptr;
    if (!node || node->kind == YamlNode::Kind::Null)
        return nullptr;
    if (node->kind == kind)
        return node;
    wrongKind(*node, name, kind);
    return nullptr;
}

QString YamlFields::scalar(const YamlNode &node, const QString &name)
{
    if (node.kind == YamlNode::Kind::Null)
        return {};
    if (node.kind != YamlNode::Kind::Scalar) {
        wrongKind(node, name, YamlNode::Kind::Scalar);
        return {};
    }
    if (!node.quoted && classifyPlainScalar(node.text) != PlainScalar::Text)
        m_entry.warnings += Text::tr("%1: %2 is not in quotes and reads as a number or a switch; Fairlead takes it as "
                                     "text, kubectl refuses it. Put it in quotes.",
                                     "%1 file and entry, %2 field")
                                .arg(m_place, name);
    return node.text;
}

void YamlFields::wrongKind(const YamlNode &node, const QString &name, YamlNode::Kind expected)
{
    const QString expectedWord = expected == YamlNode::Kind::Map ? Text::tr("a mapping")
        : expected == YamlNode::Kind::List                       ? Text::tr("a list")
                                                                 : Text::tr("a text");
    const QString goType = expected == YamlNode::Kind::Map ? u"map[string]string"_s
        : expected == YamlNode::Kind::List                 ? u"[]string"_s
                                                           : u"string"_s;
    m_entry.problems += ConfigProblem{
        ConfigProblem::Stage::Load,
        Text::tr("%1: %2 in line %3 must be %4.", "%1 file and entry, %2 field, %4 e.g. \"a list\"")
            .arg(m_place, name)
            .arg(node.line)
            .arg(expectedWord),
        u"json: cannot unmarshal %1 into Go struct field %2 of type %3"_s.arg(goJsonType(node), name, goType)};
}

} // namespace Fairlead::Kube
