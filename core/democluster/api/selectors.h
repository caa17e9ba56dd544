#pragma once

#include "core/democluster/state/pod.h"
#include "core/support/result.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace Fairlead::Demo {

/// A label selector as it stands in a query: `app=web,tier!=db,env in (a, b),x notin (y),z,!w`.
class LabelSelector final
{
public:
    /// The selector or the sentence of a 400 answer. An empty text selects everything.
    [[nodiscard]] static Result<LabelSelector, QString> parse(const QString &text);

    /// A selector of an owner: {matchLabels: {...}, matchExpressions: [{key, operator, values}]}. What is not of that
    /// form is a sentence.
    [[nodiscard]] static Result<LabelSelector, QString> fromObject(const QJsonObject &selector);

    [[nodiscard]] bool matches(const Labels &labels) const;
    [[nodiscard]] bool isEmpty() const { return m_requirements.isEmpty(); }

private:
    enum class Operator { Exists, DoesNotExist, In, NotIn };
    struct Requirement {
        QString key;
        Operator op;
        QStringList values;
    };
    [[nodiscard]] static Result<Requirement, QString> parseRequirement(const QString &text);
    [[nodiscard]] static Result<Requirement, QString> readExpression(const QJsonObject &expression);
    [[nodiscard]] static bool holds(const Requirement &requirement, const Labels &labels);

    QList<Requirement> m_requirements;
};

/// A field selector: `metadata.name=x,status.phase!=Running`. Which fields exist depends on the resource.
class FieldSelector final
{
public:
    [[nodiscard]] static Result<FieldSelector, QString> parse(const QString &text, const QStringList &knownFields);

    /// `fields` holds a value for each of the known fields.
    [[nodiscard]] bool matches(const QMap<QString, QString> &fields) const;
    [[nodiscard]] bool isEmpty() const { return m_requirements.isEmpty(); }

private:
    struct Requirement {
        QString field;
        bool equal;
        QString value;
    };
    QList<Requirement> m_requirements;
};

} // namespace Fairlead::Demo
