#pragma once

#include "core/store/profiles/profile.h"
#include "core/support/result.h"

#include <QByteArray>

namespace Fairlead::Store {

/// A file's profile, and what its bytes were: by them a later look tells whether somebody else has written.
struct ProfileFile {
    Profile profile;
    QByteArray bytes;
};

/// Reads one file. An error without a line is the file system's.
[[nodiscard]] Result<ProfileFile, ProfileError> loadProfile(const QString &path);

struct SaveError {
    enum class Kind {
        NotWritten, ///< disk full, read-only folder, ...: the old file is whole
        ChangedOutside ///< somebody else wrote it since; nothing was written
    };
    Kind kind = Kind::NotWritten;
    QString text; ///< sentence
};

/// Writes all or nothing (QSaveFile), readable for this user only. Gives the bytes that were written. `known` is what
/// the file was when the caller last looked (empty: there was none); when it is something else now, the save is
/// refused. Two instances take turns by a lock file beside it. Creates the folder.
[[nodiscard]] Result<QByteArray, SaveError> saveProfile(const QString &path, const Profile &profile,
                                                        const QByteArray &known);
/// The same, whatever is there now.
[[nodiscard]] Result<QByteArray, SaveError> overwriteProfile(const QString &path, const Profile &profile);

} // namespace Fairlead::Store
