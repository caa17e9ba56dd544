#include "core/democluster/api/selectors.h"

#include <QHash>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

/// Cuts at commas that stand outside of parentheses.
QStringList splitRequirements(const QString &text)
{
    QStringList parts;
    int depth = 0;
    qsizetype start = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) == u'(')
            ++depth;
        else if (text.at(i) == u')')
            --depth;
        else if (text.at(i) == u',' && depth == 0) {
            parts << text.mid(start, i - start);
            start = i + 1;
        }
    }
    parts << text.mid(start);
    return parts;
}

QString unparsable(const QString &text)
{
    return u"unable to parse requirement: found '%1', expected: a label selector requirement"_s.arg(text);
}

} // namespace

Result<LabelSelector::Requirement, QString> LabelSelector::parseRequirement(const QString &text)
{
    static const QString key = u"([A-Za-z0-9][-A-Za-z0-9_./]*)"_s;
    static const QRegularExpression exists(u"^\\s*(!?)\\s*%1\\s*$"_s.arg(key));
    static const QRegularExpression equality(u"^\\s*%1\\s*(==|=|!=)\\s*([-A-Za-z0-9_.]*)\\s*$"_s.arg(key));
    static const QRegularExpression set(u"^\\s*%1\\s+(in|notin)\\s*\\(([-A-Za-z0-9_.,\\s]*)\\)\\s*$"_s.arg(key));
    if (const auto match = exists.match(text); match.hasMatch()) {
        const bool absent = !match.captured(1).isEmpty();
        return Requirement{match.captured(2), absent ? Operator::DoesNotExist : Operator::Exists, {}};
    }
    if (const auto match = equality.match(text); match.hasMatch()) {
        const bool unequal = match.captured(2) == "!="_L1;
        return Requirement{match.captured(1), unequal ? Operator::NotIn : Operator::In, {match.captured(3)}};
    }
    if (const auto match = set.match(text); match.hasMatch()) {
        QStringList values = match.captured(3).split(u',');
        for (QString &value : values)
            value = value.trimmed();
        return Requirement{match.captured(1), match.captured(2) == "in"_L1 ? Operator::In : Operator::NotIn, values};
    }
    return Failure{unparsable(text)};
}

Result<LabelSelector, QString> LabelSelector::parse(const QString &text)
{
    LabelSelector selector;
    if (text.trimmed().isEmpty())
        return selector;
    for (const QString &part : splitRequirements(text)) {
        Result<Requirement, QString> requirement = parseRequirement(part);
        if (!requirement)
            return Failure{requirement.error()};
        selector.m_requirements << std::move(*requirement);
    }
    return selector;
}

Result<LabelSelector::Requirement, QString> LabelSelector::readExpression(const QJsonObject &expression)
{
    static const QHash<QString, Operator> operators{{u"In"_s, Operator::In},
                                                    {u"NotIn"_s, Operator::NotIn},
                                                    {u"Exists"_s, Operator::Exists},
                                                    {u"DoesNotExist"_s, Operator::DoesNotExist}};
    const QString word = expression.value("operator"_L1).toString();
    const auto op = operators.constFind(word);
    const QString key = expression.value("key"_L1).toString();
    if (op == operators.cend() || key.isEmpty())
        return Failure{u"\"%1\" is not a valid label selector operator"_s.arg(word)};
    QStringList values;
    for (const QJsonValue value : expression.value("values"_L1).toArray())
        values << value.toString();
    const bool takesValues = *op == Operator::In || *op == Operator::NotIn;
    if (takesValues == values.isEmpty())
        return Failure{takesValues ? u"for 'in', 'notin' operators, values set can't be empty"_s
                                   : u"values set must be empty for exists and does not exist"_s};
    return Requirement{key, *op, values};
}

Result<LabelSelector, QString> LabelSelector::fromObject(const QJsonObject &object)
{
    LabelSelector selector;
    const QJsonObject labels = object.value("matchLabels"_L1).toObject();
    for (auto it = labels.constBegin(); it != labels.constEnd(); ++it)
        selector.m_requirements << Requirement{it.key(), Operator::In, {it.value().toString()}};
    for (const QJsonValue expression : object.value("matchExpressions"_L1).toArray()) {
        Result<Requirement, QString> requirement = readExpression(expression.toObject());
        if (!requirement)
            return Failure{requirement.error()};
        selector.m_requirements << std::move(*requirement);
    }
    return selector;
}

bool LabelSelector::holds(const Requirement &requirement, const Labels &labels)
{
    const auto label = labels.constFind(requirement.key);
    const bool present = label != labels.cend();
    switch (requirement.op) {
    case Operator::Exists:
        return present;
    case Operator::DoesNotExist:
        return !present;
    case Operator::In:
        return present && requirement.values.contains(*label);
    case Operator::NotIn: // a missing label differs from every value
        return !present || !requirement.values.contains(*label);
    }
    return false;
}

bool LabelSelector::matches(const Labels &labels) const
{
    return std::all_of(m_requirements.begin(), m_requirements.end(),
                       [&](const Requirement &requirement) { return holds(requirement, labels); });
}

Result<FieldSelector, QString> FieldSelector::parse(const QString &text, const QStringList &knownFields)
{
    static const QRegularExpression form(u"^\\s*([^=!]+?)\\s*(==|=|!=)\\s*(.*?)\\s*$"_s);
    FieldSelector selector;
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts)) {
        const auto match = form.match(part);
        if (!match.hasMatch())
            return Failure{u"invalid selector: '%1'; can't understand '%2'"_s.arg(text, part)};
        if (!knownFields.contains(match.captured(1)))
            return Failure{u"field label not supported: %1"_s.arg(match.captured(1))};
        selector.m_requirements << Requirement{match.captured(1), match.captured(2) != "!="_L1, match.captured(3)};
    }
    return selector;
}

bool FieldSelector::matches(const QMap<QString, QString> &fields) const
{
    return std::all_of(m_requirements.begin(), m_requirements.end(), [&](const Requirement &requirement) {
        return (fields.value(requirement.field) == requirement.value) == requirement.equal;
    });
}

} // namespace Fairlead::Demo
