#pragma once

#include <QString>
#include <QStringList>

namespace Fairlead::Kube {

/// Where a sign-in plugin is, and the PATH it should see: its helpers live next to it.
struct FoundProgram {
    QString path; ///< absolute; empty: not found
    QString searchPath; ///< value for PATH
};

/// Looks for `command` in the folders of `searchPath` (as PATH is written), never in the working directory; a command
/// with a slash is taken as it stands. Executable files only.
[[nodiscard]] FoundProgram findProgram(const QString &command, const QString &searchPath);

/// `searchPath`, then those folders of `more` that are not in it.
[[nodiscard]] QString joinSearchPaths(const QString &searchPath, const QStringList &more);

/// Folders where people's installers put plugins although a desktop session may not know them.
[[nodiscard]] QStringList usualProgramFolders(const QString &home);

/// PATH as the user's login shell sets it, which programs started from a desktop's launcher do not inherit. Runs the
/// shell, once in the life of this program, and waits for up to 5 s: not for the window's thread. Empty: no shell said.
[[nodiscard]] QString loginShellPath();

/// PATH out of what `env` prints, whatever the shell's start files print around it.
[[nodiscard]] QString pathFromEnvOutput(const QByteArray &output);

} // namespace Fairlead::Kube
