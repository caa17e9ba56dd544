#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Fairlead::Doctor {

/// What one step of checking a connection found. Holds no secret: names of users, servers and files, no credentials.
struct Check {
    enum class Outcome {
        Good,
        Warning, ///< may be in the way later, or not; the next steps tell
        Bad, ///< this is what is wrong
        Skipped ///< not tried, since it could tell nothing
    };

    QString id; ///< "tls"; never translated
    QString title; ///< "TLS"
    Outcome outcome = Outcome::Skipped;
    QString text; ///< a sentence, or what was found
    QString detail; ///< the server's or the system's own words
    QString advice; ///< what to do, if there is something
    std::optional<qint64> ms; ///< how long it took, where that says something about the way to the server
};

/// "Good", "Warning", ... for programs. Not translated.
[[nodiscard]] QString outcomeWord(Check::Outcome outcome);

/// "✓", "!", "✗" or "–", for people.
[[nodiscard]] QString outcomeMark(Check::Outcome outcome);

/// One check as a line of text, or several; titles take `titleWidth` letters.
[[nodiscard]] QString checkText(const Check &check, qsizetype titleWidth);

/// The checks as lines of text, for a terminal or a clipboard.
[[nodiscard]] QString reportText(const QList<Check> &checks);

/// No step found anything bad.
[[nodiscard]] bool isHealthy(const QList<Check> &checks);

} // namespace Fairlead::Doctor

Q_DECLARE_METATYPE(Fairlead::Doctor::Check)
