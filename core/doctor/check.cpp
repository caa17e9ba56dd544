#include "core/doctor/check.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Doctor {

QString outcomeWord(Check::Outcome outcome)
{
    switch (outcome) {
    case Check::Outcome::Good:
        return u"good"_s;
    case Check::Outcome::Warning:
        return u"warning"_s;
    case Check::Outcome::Bad:
        return u"bad"_s;
    case Check::Outcome::Skipped:
        return u"skipped"_s;
    }
    return {};
}

QString outcomeMark(Check::Outcome outcome)
{
    switch (outcome) {
    case Check::Outcome::Good:
        return u"✓"_s;
    case Check::Outcome::Warning:
        return u"!"_s;
    case Check::Outcome::Bad:
        return u"✗"_s;
    case Check::Outcome::Skipped:
        return u"–"_s;
    }
    return {};
}

QString checkText(const Check &check, qsizetype titleWidth)
{
    const QString lineBreak = u'\n' + QString(titleWidth + 4, u' ');
    QString text = outcomeMark(check.outcome) + u' ' + check.title.leftJustified(titleWidth) + "  "_L1
        + QString(check.text).replace(u'\n', lineBreak);
    if (check.ms)
        text += QCoreApplication::translate("Doctor", " (%1 ms)", "how long it took").arg(*check.ms);
    if (!check.text.contains(check.detail)) // nothing twice
        text += lineBreak + QString(check.detail).replace(u'\n', lineBreak);
    if (!check.advice.isEmpty())
        text += lineBreak + u"→ "_s + QString(check.advice).replace(u'\n', lineBreak + "  "_L1);
    return text + u'\n';
}

QString reportText(const QList<Check> &checks)
{
    qsizetype width = 0;
    for (const Check &check : checks)
        width = std::max(width, check.title.size());
    QString report;
    for (const Check &check : checks)
        report += checkText(check, width);
    return report;
}

bool isHealthy(const QList<Check> &checks)
{
    return std::none_of(checks.begin(), checks.end(),
                        [](const Check &check) { return check.outcome == Check::Outcome::Bad; });
}

} // namespace Fairlead::Doctor
