#include "core/store/profiles/profilefile.h"

#include "core/store/profiles/profilereader.h"
#include "core/store/profiles/profilewriter.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>

#include <optional>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

class Text
{
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Store::ProfileFile)
};

// Another instance holds the lock for the time of one write.
constexpr int LockWaitMs = 3'000;

/// The file's bytes; empty if there is none.
Result<QByteArray, ProfileError> bytesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Failure{ProfileError{0, 0, Text::tr("%1 cannot be read: %2.").arg(path, file.errorString())}};
    // One byte more than is allowed tells that there are more.
    return file.read(MaxProfileBytes + 1);
}

bool isStill(const QString &path, const QByteArray &known)
{
    if (!QFileInfo::exists(path))
        return known.isEmpty();
    const auto now = bytesOf(path);
    return now && *now == known;
}

SaveError notWritten(const QString &path, const QString &reason)
{
    return {SaveError::Kind::NotWritten,
            Text::tr("%1 could not be written: %2. What was there before is unchanged.").arg(path, reason)};
}

Result<QByteArray, SaveError> write(const QString &path, const Profile &profile, std::optional<QByteArray> known)
{
    const QFileInfo info(path);
    if (!QDir().mkpath(info.path()))
        return Failure{notWritten(path, Text::tr("its folder cannot be made"))};
    QLockFile lock(info.path() + u"/."_s + info.fileName() + u".lock"_s);
    if (!lock.tryLock(LockWaitMs) && lock.error() == QLockFile::LockFailedError)
        return Failure{notWritten(path, Text::tr("another program is writing it"))};
    const QByteArray bytes = writeProfile(profile);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(bytes) != bytes.size() || !file.flush())
        return Failure{notWritten(path, file.errorString())};
    // An editor knows nothing of the lock: the last moment to see what it wrote is just before the new file takes over.
    if (known && !isStill(path, *known))
        return Failure{SaveError{SaveError::Kind::ChangedOutside,
                                 Text::tr("%1 was changed by another program. Nothing was written.").arg(path)}};
    if (!file.commit())
        return Failure{notWritten(path, file.errorString())};
    return bytes;
}

} // namespace

Result<ProfileFile, ProfileError> loadProfile(const QString &path)
{
    const auto bytes = bytesOf(path);
    if (!bytes)
        return Failure{bytes.error()};
    auto profile = readProfile(*bytes);
    if (!profile)
        return Failure{profile.error()};
    return ProfileFile{std::move(profile).value(), *bytes};
}

Result<QByteArray, SaveError> saveProfile(const QString &path, const Profile &profile, const QByteArray &known)
{
    return write(path, profile, known);
}

Result<QByteArray, SaveError> overwriteProfile(const QString &path, const Profile &profile)
{
    return write(path, profile, {});
}

} // namespace Fairlead::Store
