#pragma once

#include "core/store/profiles/profilefolder.h"

namespace Fairlead::Store {

/// "FILE, line 3, column 7: what is wrong".
[[nodiscard]] QString placedText(const QString &file, const ProfileError &error);

/// The profile that somebody has named: one of the folder, or, with a slash or the ending of a profile in it, a file.
/// An error is a sentence; for a name that there is not it says which there are.
[[nodiscard]] Result<Profile, QString> lookUpProfile(const QString &which, const ProfileFolder &folder);

/// lookUpProfile() takes it for a file.
[[nodiscard]] bool isProfilePath(const QString &which);

} // namespace Fairlead::Store
