#pragma once

#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

namespace Fairlead::Ui {

/// Letters of a name that were typed.
struct LetterRange {
    int start = 0;
    int length = 0;

    bool operator==(const LetterRange &) const = default;
};
using MatchedLetters = QList<LetterRange>;

/// What was typed into the filter: words in any order, each to be found somewhere in the name, case aside: names of
/// Kubernetes have small letters only (RFC 1123), what was typed is made so.
class PodQuery
{
public:
    PodQuery() = default;
    explicit PodQuery(const QString &typed);

    [[nodiscard]] bool isEmpty() const { return m_words.isEmpty(); }
    /// -1: no match. Else the higher the better: whole names, then beginnings, then beginnings of a part ("api" in
    /// "billing-api"), then the rest; early before late.
    [[nodiscard]] int score(const QString &name) const;
    /// The same for a name with a second text behind it (the namespace) in which words may be found too, at less
    /// weight.
    [[nodiscard]] int score(const QString &name, const QString &secondary) const;
    /// For bold print: sorted, not overlapping, not adjacent.
    [[nodiscard]] MatchedLetters lettersIn(const QString &name) const;

private:
    QStringList m_words;
};

} // namespace Fairlead::Ui

Q_DECLARE_METATYPE(Fairlead::Ui::MatchedLetters)
