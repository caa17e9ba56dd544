#pragma once

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace Fairlead::Bench {

/// What a number is, and where it stands.
struct Figure {
    QString section;
    QString what; ///< the case: "down, 8 connections"
    QString unit; ///< "MB/s"
    QString client;

    bool operator==(const Figure &) const = default;
    bool operator<(const Figure &other) const;
};

/// A figure that has to be so good. `got` is empty when something was missing to compute it.
struct Verdict {
    QString ratio; ///< a sentence: what by what
    QString wanted; ///< "<= 0.50"
    std::optional<double> got;
    bool passed = false;
};

/// Collects samples; several of one figure are rounds. Median and spread are all that is ever shown of them.
class Report final
{
public:
    void add(const Figure &figure, double value);
    void note(const QString &sentence);
    /// A figure at most, or at least, so much.
    void requireAtMost(const QString &ratio, std::optional<double> got, double limit);
    void requireAtLeast(const QString &ratio, std::optional<double> got, double limit);

    [[nodiscard]] bool has(const QString &section) const;
    [[nodiscard]] std::optional<double> median(const Figure &figure) const;

    /// A table for each section, a line for each verdict.
    [[nodiscard]] QString markdown(const QJsonObject &conditions) const;
    [[nodiscard]] QJsonObject json(const QJsonObject &conditions) const;
    [[nodiscard]] bool allPassed() const;

private:
    struct Row {
        QString section;
        QString what;
        QString unit;
        bool operator==(const Row &) const = default;
    };
    [[nodiscard]] QString cell(const Figure &figure) const;
    [[nodiscard]] QString table(const QString &section) const;

    QMap<Figure, QList<double>> m_samples;
    QList<Row> m_rows; ///< in the order in which they came
    QStringList m_clients;
    QStringList m_notes;
    QList<Verdict> m_verdicts;
};

/// a / b; nothing if either is missing or b is 0.
[[nodiscard]] std::optional<double> ratioOf(std::optional<double> a, std::optional<double> b);

} // namespace Fairlead::Bench
