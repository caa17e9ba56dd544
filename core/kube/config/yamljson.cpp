#include "core/kube/config/yamljson.h"

#include "core/kube/config/yamlfields.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

bool isYes(const QString &text)
{
    static const QStringList yes{u"y"_s, u"yes"_s, u"on"_s, u"true"_s};
    return yes.contains(text.toLower());
}

QJsonValue scalarValue(const YamlNode &node)
{
    if (node.quoted)
        return node.text;
    switch (classifyPlainScalar(node.text)) {
    case PlainScalar::Boolean:
        return isYes(node.text);
    case PlainScalar::Number: {
        bool whole = false;
        const qint64 integer = node.text.toLongLong(&whole);
        if (whole)
            return integer;
        bool real = false;
        const double number = node.text.toDouble(&real);
        return real ? QJsonValue(number) : QJsonValue(node.text); // hexadecimal and the like: as it was typed
    }
    case PlainScalar::Text:
        break;
    }
    return node.text;
}

QJsonValue valueOf(const YamlNode &node)
{
    switch (node.kind) {
    case YamlNode::Kind::Null:
        return QJsonValue::Null;
    case YamlNode::Kind::Scalar:
        return scalarValue(node);
    case YamlNode::Kind::List: {
        QJsonArray array;
        for (const YamlNodePtr &item : node.items)
            array.append(valueOf(*item));
        return array;
    }
    case YamlNode::Kind::Map:
        break;
    }
    QJsonObject object;
    for (const auto &[key, unused] : node.fields) {
        if (key != "<<"_L1)
            object.insert(key, valueOf(*node.find(key)));
    }
    return object;
}

} // namespace

QByteArray yamlToJson(const YamlNode &node)
{
    // QJsonDocument holds no scalars, so the value travels in a list whose brackets are cut off.
    return QJsonDocument(QJsonArray{valueOf(node)}).toJson(QJsonDocument::Compact).chopped(1).mid(1);
}

} // namespace Fairlead::Kube
