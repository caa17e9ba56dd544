#pragma once

#include <QList>
#include <QString>

#include <functional>

namespace Fairlead::Store {

/// A word of a command, quotes taken off and known variables put in.
struct ShellWord {
    QString text;
    QString unknown; ///< what only a running shell knows: "$1", "$(date)"; empty: the text is all there is to it
    QString command; ///< the word is nothing but what this command prints
    qsizetype plainPrefix = 0; ///< so many characters at the front were neither quoted nor put in

    /// "NAME=value" as a shell takes it for an assignment: its NAME, else empty.
    [[nodiscard]] QString assignedName() const;
};

/// A simple command: the words between separators, redirections left out.
struct ShellCommand {
    int line = 1;
    int column = 1;
    QList<ShellWord> words; ///< without what structures the script around it ("if", "do", "{")
    QString source; ///< as written
    bool inLoop = false;
};

/// Reads a script as far as it says the same at every run: comments, quotes, line continuations, here documents,
/// variables that are assigned plainly, separators, redirections, and where loops and branches begin and end. Nothing
/// is run. What depends on the moment (arguments, output of commands, variables that a loop or branch has set) is
/// marked as unknown in its word. Values are bounded, so that no script can grow in memory. Never fails: what is no
/// shell text gives words without meaning.
void readShell(const QString &text, const std::function<void(const ShellCommand &)> &visit);

} // namespace Fairlead::Store
