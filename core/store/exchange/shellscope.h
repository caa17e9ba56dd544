#pragma once

#include "core/store/exchange/shelltext.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace Fairlead::Store {

/// What a script has said up to a place: its variables, and which loops and branches are open.
class ShellScope final
{
public:
    /// The word structures the script and is no part of the command behind it, which may depend on it: a command of
    /// its own, for enter().
    [[nodiscard]] static bool standsAlone(const ShellWord &word);
    /// Takes note of a command, and says in it whether it is in a loop. Answers whether it is one that is run.
    bool enter(ShellCommand &command);
    /// Of several branches the next one begins.
    void beginBranch();

    [[nodiscard]] std::optional<QString> value(const QString &variable) const;

private:
    bool takeKeyword(const ShellCommand &command);
    void close();
    void forget(const QString &variable);
    void assign(const ShellWord &word);

    QHash<QString, QString> m_variables;
    QSet<QString> m_assignedInside; ///< since the outermost loop or branch began
    QList<bool> m_open; ///< loops (true) and branches, outermost first
};

} // namespace Fairlead::Store
