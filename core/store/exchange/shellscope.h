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
    /// Takes note of a command, and takes the words off its front that only structure the script. Answers whether
    /// anything is left of it.
    bool enter(ShellCommand &command);

    [[nodiscard]] std::optional<QString> value(const QString &variable) const;

private:
    bool takeKeyword(ShellCommand &command);
    void forgetBranch();
    void close();
    void forget(const QString &variable);
    void assign(const ShellWord &word);

    QHash<QString, QString> m_variables;
    QSet<QString> m_assignedInside; ///< since the outermost loop or branch began
    QList<bool> m_open; ///< loops (true) and branches, outermost first
};

} // namespace Fairlead::Store
