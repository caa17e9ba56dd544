#include "core/store/profiles/profilefolder.h"

#include "core/store/profiles/profilereader.h"

#include <QCollator>
#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QLocale>
#include <QSaveFile>
#include <QSet>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

// Editors write a file in several steps.
constexpr int SettleMs = 100;
constexpr qsizetype LongestFileName = 60;

QString userFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/profiles"_s;
}

/// "Team A: staging" becomes "team-a-staging": a name that every file system takes.
QString fileNameFor(const QString &name)
{
    QString result;
    for (const QChar c : name.toLower()) {
        if (c.isLetterOrNumber())
            result += c;
        else if (!result.isEmpty() && !result.endsWith(u'-'))
            result += u'-';
    }
    result.truncate(LongestFileName);
    while (result.endsWith(u'-'))
        result.chop(1);
    return result.isEmpty() ? u"profile"_s : result;
}

} // namespace

ProfileFolder::ProfileFolder(const QString &path, QObject *parent)
    : QObject(parent)
    , m_path(path.isEmpty() ? userFolder() : path)
    , m_watcher(new QFileSystemWatcher(this))
    , m_reloadTimer(new QTimer(this))
{
    m_reloadTimer->setSingleShot(true);
    m_reloadTimer->setInterval(SettleMs);
    connect(m_watcher, &QFileSystemWatcher::directoryChanged, m_reloadTimer, qOverload<>(&QTimer::start));
    connect(m_watcher, &QFileSystemWatcher::fileChanged, m_reloadTimer, qOverload<>(&QTimer::start));
    connect(m_reloadTimer, &QTimer::timeout, this, &ProfileFolder::reload);
    reload();
}

ProfileFolder::~ProfileFolder() = default;

const ProfileFolder::Entry *ProfileFolder::find(const QString &name) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry &entry) { return !entry.error && entry.name == name; });
    return found == m_entries.end() ? nullptr : &*found;
}

void ProfileFolder::reload()
{
    const auto before = std::exchange(m_bytes, {});
    QStringList filesBefore;
    for (const Entry &entry : std::as_const(m_entries))
        filesBefore << entry.file;
    m_entries.clear();
    QSet<QString> names;
    const QFileInfoList files = QDir(m_path).entryInfoList({u"*.yaml"_s, u"*.yml"_s}, QDir::Files, QDir::Name);
    for (const QFileInfo &info : files) {
        const QString file = info.absoluteFilePath();
        Entry entry{file, info.completeBaseName(), {}, {}};
        auto loaded = loadProfile(file);
        if (!loaded) {
            entry.error = loaded.error();
        } else if (names.contains(loaded->profile.name)) {
            entry.error =
                ProfileError{0, 0, tr("Another file has a profile named \"%1\" already.").arg(loaded->profile.name)};
        } else {
            m_bytes.insert(file, loaded->bytes);
            entry.profile = std::move(loaded->profile);
            entry.name = entry.profile.name;
            names.insert(entry.name);
        }
        m_entries.append(entry);
    }
    // The C locale sorts bytes, which puts 10 before 9.
    const QLocale people;
    QCollator collator(people.language() == QLocale::C ? QLocale(QLocale::English) : people);
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::sort(m_entries.begin(), m_entries.end(),
              [&](const Entry &a, const Entry &b) { return collator.compare(a.name, b.name) < 0; });
    watch();
    QStringList filesNow;
    for (const Entry &entry : std::as_const(m_entries))
        filesNow << entry.file;
    if (before != m_bytes || filesBefore != filesNow)
        emit changed();
}

/// A folder that does not exist yet is found by its parent.
void ProfileFolder::watch()
{
    const QStringList old = m_watcher->files() + m_watcher->directories();
    QStringList now;
    for (const Entry &entry : std::as_const(m_entries))
        now << entry.file;
    now << (QFileInfo::exists(m_path) ? m_path : QFileInfo(m_path).path());
    for (const QString &path : now) {
        if (!old.contains(path) && QFileInfo::exists(path))
            m_watcher->addPath(path);
    }
    for (const QString &path : old) {
        if (!now.contains(path))
            m_watcher->removePath(path);
    }
}

QString ProfileFolder::fileFor(const QString &name) const
{
    if (const Entry *known = find(name))
        return known->file;
    const QString base = m_path + u'/' + fileNameFor(name);
    QString file = base + u".yaml"_s;
    for (int i = 2; QFileInfo::exists(file); ++i)
        file = base + u'-' + QString::number(i) + u".yaml"_s;
    return file;
}

std::optional<SaveError> ProfileFolder::save(const Profile &profile)
{
    const QString file = fileFor(profile.name);
    return took(saveProfile(file, profile, m_bytes.value(file)));
}

std::optional<SaveError> ProfileFolder::overwrite(const Profile &profile)
{
    return took(overwriteProfile(fileFor(profile.name), profile));
}

std::optional<SaveError> ProfileFolder::took(const Result<QByteArray, SaveError> &written)
{
    if (!written)
        return written.error();
    reload();
    return {};
}

std::optional<SaveError> ProfileFolder::rename(const QString &from, const QString &to)
{
    const Entry *known = find(from);
    if (!known)
        return SaveError{SaveError::Kind::NotWritten, tr("There is no profile named \"%1\".").arg(from)};
    if (from != to && find(to))
        return SaveError{SaveError::Kind::NotWritten, tr("There is a profile named \"%1\" already.").arg(to)};
    const QString oldFile = known->file;
    Profile renamed = known->profile;
    renamed.name = to;
    return took(saveProfile(oldFile, renamed, m_bytes.value(oldFile)));
}

std::optional<ProfileFolder::Removed> ProfileFolder::remove(const QString &name)
{
    const Entry *known = find(name);
    if (!known)
        return {};
    QFile file(known->file);
    Removed removed{known->file, {}};
    if (!file.open(QIODevice::ReadOnly))
        return {};
    removed.bytes = file.readAll();
    file.close();
    if (!file.remove())
        return {};
    reload();
    return removed;
}

std::optional<ProfileFolder::Removed> ProfileFolder::copyOf(const QString &name) const
{
    const Entry *known = find(name);
    return known ? std::optional(Removed{known->file, m_bytes.value(known->file)}) : std::nullopt;
}

bool ProfileFolder::revert(const Removed &before)
{
    const auto profile = readProfile(before.bytes);
    QFile now(before.file);
    if (!profile || !now.open(QIODevice::ReadOnly) || now.readAll() != m_bytes.value(before.file))
        return false;
    now.close();
    QSaveFile file(before.file);
    const bool written =
        file.open(QIODevice::WriteOnly) && file.write(before.bytes) == before.bytes.size() && file.commit();
    reload();
    return written;
}

bool ProfileFolder::putBack(const Removed &removed)
{
    QSaveFile file(removed.file);
    const bool written = !QFileInfo::exists(removed.file) && file.open(QIODevice::WriteOnly)
        && file.write(removed.bytes) == removed.bytes.size() && file.commit();
    reload();
    return written;
}

} // namespace Fairlead::Store
