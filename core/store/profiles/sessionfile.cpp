#include "core/store/profiles/sessionfile.h"

#include "core/store/profiles/profilewriter.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Store::SessionFile)
};

QString userFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/last-session.yaml"_s;
}

} // namespace

SessionFile::SessionFile(const QString &path)
    : m_path(path.isEmpty() ? userFile() : path)
{
}

std::optional<Profile> SessionFile::load(QString *problem) const
{
    if (!QFileInfo::exists(m_path))
        return std::nullopt;
    auto loaded = loadProfile(m_path);
    if (loaded)
        return std::move(loaded).value().profile;
    const QString aside = m_path + QDateTime::currentDateTime().toString(u"'.'yyyyMMdd-HHmmss'.broken'"_s);
    QFile::rename(m_path, aside);
    *problem = Text::tr("%1 It was put aside as %2.").arg(loaded.error().text, aside);
    return std::nullopt;
}

std::optional<QString> SessionFile::save(const QList<SavedForward> &forwards)
{
    const Profile profile{u"last session"_s, {}, forwards, {}};
    const QByteArray bytes = writeProfile(profile);
    if (bytes == m_written)
        return std::nullopt;
    const auto written = overwriteProfile(m_path, profile);
    if (!written)
        return written.error().text;
    m_written = bytes;
    return std::nullopt;
}

} // namespace Fairlead::Store
