#include "app/cli/goduration.h"

#include <QRegularExpression>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::App {
namespace {

double nanosecondsIn(const QString &unit)
{
    static const std::array<std::pair<QString, double>, 8> units{{
        {u"ns"_s, 1.0},
        {u"us"_s, 1e3},
        {u"\u00b5s"_s, 1e3},
        {u"\u03bcs"_s, 1e3},
        {u"ms"_s, 1e6},
        {u"s"_s, 1e9},
        {u"m"_s, 60e9},
        {u"h"_s, 3600e9},
    }};
    for (const auto &[name, size] : units) {
        if (name == unit)
            return size;
    }
    return 0;
}

} // namespace

std::optional<std::chrono::nanoseconds> parseGoDuration(const QString &text)
{
    const bool negative = text.startsWith(u'-');
    const QString digits = negative || text.startsWith(u'+') ? text.mid(1) : text;
    if (digits == u"0"_s)
        return std::chrono::nanoseconds(0);

    static const QRegularExpression part(u"\\G([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)"_s);
    constexpr double Limit = 9.2e18; // what fits into 64 bits, 292 years
    double total = 0;
    qsizetype at = 0;
    while (at < digits.size()) {
        const QRegularExpressionMatch match = part.match(digits, at);
        if (!match.hasMatch())
            return std::nullopt;
        total += match.captured(1).toDouble() * nanosecondsIn(match.captured(2));
        at = match.capturedEnd();
    }
    if (at == 0 || total > Limit)
        return std::nullopt;
    return std::chrono::nanoseconds(static_cast<qint64>(negative ? -total : total));
}

} // namespace Fairlead::App
