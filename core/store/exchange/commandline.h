#pragma once

#include "core/store/exchange/shelltext.h"

#include <QHash>
#include <QStringList>

namespace Fairlead::Store {

/// Which flags of a program take a value: "context" for --context, "n" for -n.
struct CommandFlags {
    QStringList withValue;
    QStringList switches;
    QHash<QString, QString> longNames = {}; ///< of short ones
};

/// A command's words by what they are.
struct CommandLine {
    QList<ShellWord> positionals; ///< the verb first
    QHash<QString, ShellWord> flags; ///< by long name; of one that is given twice the last
    QStringList unknownFlags; ///< taken for switches
};

/// As kubectl and its kin take them: --flag value, --flag=value, -f value, -fvalue, -f=value, all before "--".
[[nodiscard]] CommandLine readCommandLine(const QList<ShellWord> &words, const CommandFlags &flags);

/// Where in a command the program of one of these names is started, behind assignments and what only starts other
/// programs (nohup, sudo, env, ...); -1 if it is not.
[[nodiscard]] qsizetype findProgram(const ShellCommand &command, const QStringList &names);

} // namespace Fairlead::Store
