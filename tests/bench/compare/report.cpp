#include "tests/bench/compare/report.h"

#include <QJsonArray>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace Fairlead::Bench {
namespace {

double medianOf(QList<double> values)
{
    std::sort(values.begin(), values.end());
    const qsizetype half = values.size() / 2;
    return values.size() % 2 == 1 ? values.at(half) : (values.at(half - 1) + values.at(half)) / 2;
}

/// Three digits that mean something.
QString number(double value)
{
    const double size = qAbs(value);
    return QString::number(value, 'f', size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

} // namespace

std::optional<double> ratioOf(std::optional<double> a, std::optional<double> b)
{
    if (!a || !b || qFuzzyIsNull(*b))
        return std::nullopt;
    return *a / *b;
}

bool Figure::operator<(const Figure &other) const
{
    return std::tie(section, what, unit, client) < std::tie(other.section, other.what, other.unit, other.client);
}

void Report::add(const Figure &figure, double value)
{
    m_samples[figure] << value;
    if (const Row row{figure.section, figure.what, figure.unit}; !m_rows.contains(row))
        m_rows << row;
    if (!m_clients.contains(figure.client))
        m_clients << figure.client;
}

void Report::note(const QString &sentence)
{
    if (!m_notes.contains(sentence))
        m_notes << sentence;
}

void Report::requireAtMost(const QString &ratio, std::optional<double> got, double limit)
{
    m_verdicts << Verdict{ratio, u"<= %1"_s.arg(number(limit)), got, got && *got <= limit};
}

void Report::requireAtLeast(const QString &ratio, std::optional<double> got, double limit)
{
    m_verdicts << Verdict{ratio, u">= %1"_s.arg(number(limit)), got, got && *got >= limit};
}

bool Report::has(const QString &section) const
{
    return std::any_of(m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.section == section; });
}

std::optional<double> Report::median(const Figure &figure) const
{
    const QList<double> samples = m_samples.value(figure);
    return samples.isEmpty() ? std::nullopt : std::optional(medianOf(samples));
}

QString Report::cell(const Figure &figure) const
{
    const QList<double> samples = m_samples.value(figure);
    if (samples.isEmpty())
        return u"–"_s;
    if (samples.size() == 1)
        return number(samples.first());
    const auto [least, most] = std::minmax_element(samples.begin(), samples.end());
    return u"%1 [%2..%3]"_s.arg(number(medianOf(samples)), number(*least), number(*most));
}

QString Report::table(const QString &section) const
{
    const auto hasColumn = [&](const QString &client) {
        return std::any_of(m_samples.keyBegin(), m_samples.keyEnd(),
                           [&](const Figure &figure) { return figure.section == section && figure.client == client; });
    };
    QStringList columns;
    std::copy_if(m_clients.begin(), m_clients.end(), std::back_inserter(columns), hasColumn);
    QString text = u"\n### %1\n\n| | unit | %2 |\n|---|---|%3\n"_s.arg(section, columns.join(u" | "_s),
                                                                       u"---|"_s.repeated(columns.size()));
    for (const Row &row : m_rows) {
        if (row.section != section)
            continue;
        QStringList cells{row.what, row.unit};
        for (const QString &client : std::as_const(columns))
            cells << cell({row.section, row.what, row.unit, client});
        text += u"| %1 |\n"_s.arg(cells.join(u" | "_s));
    }
    return text;
}

QString Report::markdown(const QJsonObject &conditions) const
{
    QString text = u"## Conditions\n\n"_s;
    for (auto it = conditions.begin(); it != conditions.end(); ++it)
        text += u"- %1: %2\n"_s.arg(it.key(), it.value().toVariant().toString());
    for (const QString &sentence : m_notes)
        text += u"- Note: %1\n"_s.arg(sentence);
    QStringList sections;
    for (const Row &row : m_rows)
        if (!sections.contains(row.section))
            sections << row.section;
    for (const QString &section : std::as_const(sections))
        text += table(section);
    text += u"\n### To beat\n\n| ratio | wanted | got | |\n|---|---|---|---|\n"_s;
    for (const Verdict &verdict : m_verdicts) {
        text +=
            u"| %1 | %2 | %3 | %4 |\n"_s.arg(verdict.ratio, verdict.wanted, verdict.got ? number(*verdict.got) : u"–"_s,
                                             !verdict.got         ? u"not measured"_s
                                                 : verdict.passed ? u"PASS"_s
                                                                  : u"MISS"_s);
    }
    return text;
}

QJsonObject Report::json(const QJsonObject &conditions) const
{
    QJsonArray results;
    for (auto it = m_samples.begin(); it != m_samples.end(); ++it) {
        QJsonArray samples;
        for (const double value : it.value())
            samples.append(value);
        const auto [least, most] = std::minmax_element(it.value().begin(), it.value().end());
        results.append(QJsonObject{{u"section"_s, it.key().section},
                                   {u"case"_s, it.key().what},
                                   {u"unit"_s, it.key().unit},
                                   {u"client"_s, it.key().client},
                                   {u"median"_s, medianOf(it.value())},
                                   {u"min"_s, *least},
                                   {u"max"_s, *most},
                                   {u"samples"_s, samples}});
    }
    QJsonArray verdicts;
    for (const Verdict &verdict : m_verdicts) {
        verdicts.append(QJsonObject{{u"ratio"_s, verdict.ratio},
                                    {u"wanted"_s, verdict.wanted},
                                    {u"got"_s, verdict.got ? QJsonValue(*verdict.got) : QJsonValue()},
                                    {u"passed"_s, verdict.passed}});
    }
    return {{u"conditions"_s, conditions},
            {u"notes"_s, QJsonArray::fromStringList(m_notes)},
            {u"results"_s, results},
            {u"verdicts"_s, verdicts}};
}

bool Report::allPassed() const
{
    return std::all_of(m_verdicts.begin(), m_verdicts.end(), [](const Verdict &one) { return !one.got || one.passed; });
}

} // namespace Fairlead::Bench
