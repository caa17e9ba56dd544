#include "core/kube/objects/labelselector.h"

#include <QJsonArray>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Requirement {
    QString key;
    QString text;
};

QString joined(QList<Requirement> requirements)
{
    std::stable_sort(requirements.begin(), requirements.end(),
                     [](const Requirement &a, const Requirement &b) { return a.key < b.key; });
    QStringList texts;
    for (const Requirement &requirement : requirements)
        texts.append(requirement.text);
    return texts.join(u',');
}

QList<Requirement> fromMap(const QJsonObject &labels)
{
    QList<Requirement> requirements;
    for (auto label = labels.begin(); label != labels.end(); ++label)
        requirements.append({label.key(), label.key() + u'=' + label.value().toString()});
    return requirements;
}

/// Go's %#v of the values, as it stands in apimachinery's message.
QString goText(const QStringList &values)
{
    QStringList quoted;
    for (const QString &value : values)
        quoted.append(u'"' + value + u'"');
    return "[]string{"_L1 + quoted.join(", "_L1) + u'}';
}

QString wrongValues(const QStringList &values, QLatin1StringView rule)
{
    return "values: Invalid value: "_L1 + goText(values) + ": "_L1 + rule;
}

Result<QString, QString> amongValues(const QString &key, QLatin1StringView word, QStringList values)
{
    if (values.isEmpty())
        return Failure{wrongValues(values, "for 'in', 'notin' operators, values set can't be empty"_L1)};
    values.sort();
    return QString(key + u' ' + word + " ("_L1 + values.join(u',') + u')');
}

Result<QString, QString> withoutValues(const QString &text, const QStringList &values)
{
    if (!values.isEmpty())
        return Failure{wrongValues(values, "values set must be empty for exists and does not exist"_L1)};
    return text;
}

Result<QString, QString> expressionText(const QJsonObject &expression)
{
    const QString key = expression["key"_L1].toString();
    const QString operation = expression["operator"_L1].toString();
    const QStringList values = expression["values"_L1].toVariant().toStringList();
    if (operation == "In"_L1)
        return amongValues(key, "in"_L1, values);
    if (operation == "NotIn"_L1)
        return amongValues(key, "notin"_L1, values);
    if (operation == "Exists"_L1)
        return withoutValues(key, values);
    if (operation == "DoesNotExist"_L1)
        return withoutValues(u'!' + key, values);
    return Failure{u"\"%1\" is not a valid label selector operator"_s.arg(operation)};
}

} // namespace

QString selectorFromMap(const QJsonObject &labels)
{
    return joined(fromMap(labels));
}

Result<QString, QString> selectorFromExpressions(const QJsonObject &labelSelector)
{
    QList<Requirement> requirements = fromMap(labelSelector["matchLabels"_L1].toObject());
    const QJsonArray expressions = labelSelector["matchExpressions"_L1].toArray();
    for (const auto &value : expressions) {
        const QJsonObject expression = value.toObject();
        const auto text = expressionText(expression);
        if (!text)
            return Failure{text.error()};
        requirements.append({expression["key"_L1].toString(), *text});
    }
    return joined(requirements);
}

} // namespace Fairlead::Kube
