#pragma once

#include <QLatin1StringView>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <array>
#include <optional>

namespace Fairlead::App {

/// One of the words that a flag takes, and what it stands for.
template <typename T>
struct Choice {
    QLatin1StringView word;
    T value;
};

template <typename T, std::size_t N>
[[nodiscard]] std::optional<T> chosen(const std::array<Choice<T>, N> &choices, const QString &word)
{
    const auto found =
        std::find_if(choices.begin(), choices.end(), [&](const Choice<T> &choice) { return choice.word == word; });
    return found == choices.end() ? std::nullopt : std::optional(found->value);
}

/// For ArgumentOption::check: "must be a, b or c". Flags are not translated, nor are complaints about them.
template <typename T, std::size_t N>
[[nodiscard]] QString checkChoice(const std::array<Choice<T>, N> &choices, const QString &word)
{
    static_assert(N > 1);
    if (chosen(choices, word))
        return {};
    QStringList words;
    for (const Choice<T> &choice : choices)
        words << choice.word;
    const QString last = words.takeLast();
    return QStringLiteral("must be %1 or %2").arg(words.join(QStringLiteral(", ")), last);
}

} // namespace Fairlead::App
