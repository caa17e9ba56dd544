#include "core/control/engineplace.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Fairlead::Control {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Control::EnginePlace)
};

constexpr mode_t OwnerOnly = 0700;
constexpr mode_t OthersBits = 0077;

/// Owned by this user and closed to others, not by way of a link.
bool isPrivate(const QByteArray &path)
{
    struct stat facts = {};
    return ::lstat(path.constData(), &facts) == 0 && S_ISDIR(facts.st_mode) && facts.st_uid == ::geteuid()
        && (facts.st_mode & OthersBits) == 0;
}

QString runtimeFolder()
{
    const QString told = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (QDir::isAbsolutePath(told)) // the specification wants anything else ignored
        return told + u"/fairlead"_s;
    const QString usual = u"/run/user/%1"_s.arg(::geteuid());
    if (isPrivate(QFile::encodeName(usual)))
        return usual + u"/fairlead"_s;
    return QDir::tempPath() + u"/fairlead-%1"_s.arg(::geteuid());
}

} // namespace

Result<EnginePlace, QString> enginePlaceAt(const QString &folder)
{
    const QByteArray path = QFile::encodeName(folder);
    if (::mkdir(path.constData(), OwnerOnly) != 0 && errno != EEXIST) {
        const QString words = QString::fromLocal8Bit(std::strerror(errno));
        return Failure{Text::tr("The folder %1 for the engine's socket cannot be made: %2.").arg(folder, words)};
    }
    if (!isPrivate(path))
        return Failure{Text::tr("The folder %1 for the engine's socket has to belong to this user and be closed to "
                                "others (mode 0700).")
                           .arg(folder)};
    return EnginePlace{folder};
}

Result<EnginePlace, QString> enginePlace()
{
    return enginePlaceAt(runtimeFolder());
}

} // namespace Fairlead::Control
