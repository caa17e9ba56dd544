#include "ui/picker/podquery.h"

#include <algorithm>

namespace Fairlead::Ui {

namespace {

constexpr int kWholeName = 4000;
constexpr int kBeginning = 3000;
constexpr int kBeginningOfPart = 2000;
constexpr int kAnywhere = 1000;
constexpr int kInSecondary = 1;
constexpr int kFarthest = 500; ///< later than this makes no difference; names have at most 253 letters

bool startsPart(const QString &name, qsizetype at)
{
    return at == 0 || !name.at(at - 1).isLetterOrNumber();
}

/// Where `word` stands best: at the beginning of a part if it can, else its first place. -1: nowhere.
qsizetype bestPlace(const QString &name, const QString &word)
{
    const qsizetype first = name.indexOf(word);
    for (qsizetype at = first; at >= 0; at = name.indexOf(word, at + 1)) {
        if (startsPart(name, at))
            return at;
    }
    return first;
}

int scoreOfWord(const QString &name, const QString &word)
{
    const qsizetype at = bestPlace(name, word);
    if (at < 0)
        return -1;
    if (at == 0)
        return name.size() == word.size() ? kWholeName : kBeginning;
    const int base = startsPart(name, at) ? kBeginningOfPart : kAnywhere;
    return base - int(std::min<qsizetype>(at, kFarthest));
}

} // namespace

PodQuery::PodQuery(const QString &typed)
    : m_words(typed.simplified().toLower().split(u' ', Qt::SkipEmptyParts))
{
}

int PodQuery::score(const QString &name) const
{
    return score(name, QString());
}

int PodQuery::score(const QString &name, const QString &secondary) const
{
    int sum = 0;
    for (const QString &word : m_words) {
        int part = scoreOfWord(name, word);
        if (part < 0 && secondary.contains(word))
            part = kInSecondary;
        if (part < 0)
            return -1;
        sum += part;
    }
    return sum;
}

MatchedLetters PodQuery::lettersIn(const QString &name) const
{
    MatchedLetters all;
    for (const QString &word : m_words) {
        if (const qsizetype at = bestPlace(name, word); at >= 0)
            all << LetterRange{int(at), int(word.size())};
    }
    std::sort(all.begin(), all.end(), [](const LetterRange &a, const LetterRange &b) { return a.start < b.start; });
    MatchedLetters joined;
    for (const LetterRange &range : std::as_const(all)) {
        if (!joined.isEmpty() && range.start <= joined.last().start + joined.last().length) {
            LetterRange &last = joined.last();
            last.length = std::max(last.start + last.length, range.start + range.length) - last.start;
        } else {
            joined << range;
        }
    }
    return joined;
}

} // namespace Fairlead::Ui
