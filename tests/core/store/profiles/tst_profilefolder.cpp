#include "core/store/profiles/profilefolder.h"

#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace Fairlead;
using namespace Fairlead::Store;
using namespace Qt::StringLiterals;

namespace {

Profile profileWith(const QString &name, int forwards)
{
    Profile profile{name, Profile::Restore::Nothing, {}, {}};
    for (int i = 0; i < forwards; ++i) {
        SavedForward forward;
        forward.spec.target = {Kube::TargetRef::Kind::Service, u"web-%1"_s.arg(i)};
        forward.spec.ports = {{quint16(20'000 + i), u"80"_s}};
        profile.forwards.append(forward);
    }
    return profile;
}

/// Writes as an editor does: without our lock.
void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray fileBytes(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// While it lives, no file of this process may become larger, as on a full disk.
class FullDisk
{
public:
    explicit FullDisk(rlim_t bytes)
    {
        signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit small{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    FullDisk(const FullDisk &) = delete;
    FullDisk &operator=(const FullDisk &) = delete;

private:
    rlimit m_before{};
};

/// While it lives, nothing can be written in a folder, not by root either: root is somebody else meanwhile.
class ReadOnlyFolder
{
public:
    ReadOnlyFolder(const QString &above, const QString &folder)
        : m_above(QFile::encodeName(above))
        , m_folder(QFile::encodeName(folder))
    {
        m_good = ::chmod(m_above.constData(), 0755) == 0 && ::chmod(m_folder.constData(), 0555) == 0
            && (::geteuid() != 0 || ::seteuid(Nobody) == 0);
    }
    ~ReadOnlyFolder()
    {
        m_good = m_good && ::seteuid(::getuid()) == 0 && ::chmod(m_folder.constData(), 0755) == 0;
        if (!m_good)
            qFatal("the folder's rights could not be changed");
    }
    ReadOnlyFolder(const ReadOnlyFolder &) = delete;
    ReadOnlyFolder &operator=(const ReadOnlyFolder &) = delete;

private:
    static constexpr uid_t Nobody = 65'534;
    QByteArray m_above;
    QByteArray m_folder;
    bool m_good = false;
};

} // namespace

class TestProfileFolder : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"data/profiles"_s);
    }

    void savedProfilesAreThereNextTime()
    {
        {
            ProfileFolder folder(m_path);
            QSignalSpy changed(&folder, &ProfileFolder::changed);
            QVERIFY(!folder.save(profileWith(u"Team A: staging"_s, 12)));
            QCOMPARE(changed.size(), 1);
        }
        const ProfileFolder next(m_path);
        QCOMPARE(next.entries().size(), 1);
        const auto *entry = next.find(u"Team A: staging"_s);
        QVERIFY(entry);
        QCOMPARE(entry->profile.forwards.size(), 12);
        QCOMPARE(QFileInfo(entry->file).fileName(), u"team-a-staging.yaml"_s);
        QCOMPARE(QFile::permissions(entry->file) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void namesThatMakeOneFileNameAreKeptApart()
    {
        ProfileFolder folder(m_path);
        QVERIFY(!folder.save(profileWith(u"a b"_s, 1)));
        QVERIFY(!folder.save(profileWith(u"A-B"_s, 2)));
        QVERIFY(!folder.save(profileWith(u"///"_s, 3)));

        QCOMPARE(folder.entries().size(), 3);
        QCOMPARE(folder.find(u"a b"_s)->profile.forwards.size(), 1);
        QCOMPARE(folder.find(u"A-B"_s)->profile.forwards.size(), 2);
        QCOMPARE(folder.find(u"///"_s)->profile.forwards.size(), 3);
    }

    void namesAreSortedAsPeopleDo()
    {
        ProfileFolder folder(m_path);
        for (const auto &name : {u"team 10"_s, u"Team 9"_s, u"alpha"_s})
            QVERIFY(!folder.save(profileWith(name, 1)));
        QStringList names;
        for (const auto &entry : folder.entries())
            names << entry.name;
        QCOMPARE(names, (QStringList{u"alpha"_s, u"Team 9"_s, u"team 10"_s}));
    }

    void aFileThatCannotBeReadCostsNothingElse()
    {
        QVERIFY(QDir().mkpath(m_path));
        const QByteArray broken = "fairleadProfile: 1\nname: x\nforwards: 7\n";
        writeFile(m_path + u"/broken.yaml"_s, broken);
        ProfileFolder folder(m_path);
        QVERIFY(!folder.save(profileWith(u"good"_s, 1)));

        QCOMPARE(folder.entries().size(), 2);
        const auto &entry = folder.entries().first();
        QCOMPARE(entry.name, u"broken"_s);
        QVERIFY(entry.error);
        QCOMPARE(entry.error->line, 3);
        QCOMPARE(entry.error->column, 11);
        QVERIFY(folder.find(u"good"_s));
        QCOMPARE(fileBytes(entry.file), broken);
    }

    void oneNameInTwoFilesIsAnError()
    {
        ProfileFolder folder(m_path);
        QVERIFY(!folder.save(profileWith(u"same"_s, 1)));
        writeFile(m_path + u"/z.yaml"_s, fileBytes(folder.find(u"same"_s)->file));
        folder.reload();

        QCOMPARE(folder.entries().size(), 2);
        const auto errors = std::count_if(folder.entries().begin(), folder.entries().end(),
                                          [](const auto &entry) { return entry.error.has_value(); });
        QCOMPARE(errors, 1);
        QVERIFY(folder.find(u"same"_s)->file.endsWith("same.yaml"_L1));
    }

    void whatOthersWriteIsSeen()
    {
        ProfileFolder folder(m_path);
        QVERIFY(!folder.save(profileWith(u"mine"_s, 1)));
        QSignalSpy changed(&folder, &ProfileFolder::changed);
        ProfileFolder other(m_path);

        QVERIFY(!other.save(profileWith(u"theirs"_s, 2)));
        QTRY_VERIFY(folder.find(u"theirs"_s));
        QVERIFY(!other.save(profileWith(u"mine"_s, 5)));
        QTRY_COMPARE(folder.find(u"mine"_s)->profile.forwards.size(), 5);
        QVERIFY(other.remove(u"theirs"_s));
        QTRY_VERIFY(!folder.find(u"theirs"_s));
        QVERIFY(changed.size() >= 3);
    }

    void aFolderThatIsMadeLaterIsSeen()
    {
        QVERIFY(QDir().mkpath(QFileInfo(m_path).path()));
        ProfileFolder folder(m_path);
        ProfileFolder other(m_path);
        QVERIFY(!other.save(profileWith(u"first"_s, 1)));
        QTRY_VERIFY(folder.find(u"first"_s));
    }

    void whatChangedOutsideIsNotOverwritten()
    {
        ProfileFolder folder(m_path);
        QVERIFY(!folder.save(profileWith(u"a"_s, 1)));
        const QString file = folder.find(u"a"_s)->file;
        const QByteArray edited = fileBytes(file) + "# by hand\n";
        writeFile(file, edited);

        const auto error = folder.save(profileWith(u"a"_s, 2));

        QVERIFY(error);
        QCOMPARE(error->kind, SaveError::Kind::ChangedOutside);
        QCOMPARE(fileBytes(file), edited);
        QVERIFY(!folder.overwrite(profileWith(u"a"_s, 3)));
        QCOMPARE(folder.find(u"a"_s)->profile.forwards.size(), 3);
    }

    void whatWasRemovedOutsideIsNotMadeAnew()
    {
        ProfileFolder folder(m_path);
        QVERIFY(!folder.save(profileWith(u"a"_s, 1)));
        QVERIFY(QFile::remove(folder.find(u"a"_s)->file));

        const auto error = folder.save(profileWith(u"a"_s, 2));

        QVERIFY(error);
        QCOMPARE(error->kind, SaveError::Kind::ChangedOutside);
    }

    void aFullDiskLeavesTheOldFile()
    {
        ProfileFolder folder(m_path);
        QVERIFY(!folder.save(profileWith(u"a"_s, 3)));
        const QString file = folder.find(u"a"_s)->file;
        const QByteArray before = fileBytes(file);

        std::optional<SaveError> error;
        {
            const FullDisk full(1'000);
            error = folder.save(profileWith(u"a"_s, 1'000));
        }

        QVERIFY(error);
        QCOMPARE(error->kind, SaveError::Kind::NotWritten);
        QCOMPARE(fileBytes(file), before);
        QCOMPARE(folder.find(u"a"_s)->profile.forwards.size(), 3);
        QVERIFY(!folder.save(profileWith(u"a"_s, 4)));
    }

    void aReadOnlyFolderLeavesTheOldFile()
    {
        ProfileFolder folder(m_path);
        QVERIFY(!folder.save(profileWith(u"a"_s, 3)));
        const QString file = folder.find(u"a"_s)->file;
        const QByteArray before = fileBytes(file);

        std::optional<SaveError> error;
        std::optional<SaveError> errorOfNew;
        {
            const ReadOnlyFolder readOnly(m_folder->path(), m_path);
            error = folder.save(profileWith(u"a"_s, 4));
            errorOfNew = folder.save(profileWith(u"b"_s, 1));
        }

        QVERIFY(error);
        QCOMPARE(error->kind, SaveError::Kind::NotWritten);
        QVERIFY(errorOfNew);
        QCOMPARE(errorOfNew->kind, SaveError::Kind::NotWritten);
        QCOMPARE(fileBytes(file), before);
        QVERIFY(!folder.save(profileWith(u"a"_s, 5)));
    }

    void aFolderThatCannotBeMadeIsSaid()
    {
        writeFile(m_folder->filePath(u"data"_s), "a file where the folder should be");
        ProfileFolder folder(m_path);
        const auto error = folder.save(profileWith(u"a"_s, 1));
        QVERIFY(error);
        QCOMPARE(error->kind, SaveError::Kind::NotWritten);
        QVERIFY(error->text.contains(m_path));
    }

    void twoInstancesTakeTurns()
    {
        ProfileFolder folder(m_path);
        QVERIFY(!folder.save(profileWith(u"a"_s, 1)));
        const QFileInfo info(folder.find(u"a"_s)->file);
        QLockFile other(info.path() + u"/."_s + info.fileName() + u".lock"_s);
        QVERIFY(other.lock());

        const auto refused = folder.save(profileWith(u"a"_s, 2));
        QVERIFY(refused);
        QVERIFY2(refused->text.contains(u"another program"_s), qPrintable(refused->text));

        other.unlock();
        QVERIFY(!folder.save(profileWith(u"a"_s, 2)));
    }

    /// Whoever finds the file changed reads it again; then no version of anybody is lost.
    void nothingIsLostWhereManyWrite()
    {
        constexpr int Writers = 3;
        constexpr int Times = 8;
        const QString path = m_folder->filePath(u"shared.yaml"_s);
        QVERIFY(saveProfile(path, profileWith(u"shared"_s, 0), {}).hasValue());
        std::vector<std::thread> writers;
        for (int writer = 0; writer < Writers; ++writer)
            writers.emplace_back([path] {
                for (int done = 0; done < Times;) {
                    auto file = loadProfile(path);
                    if (!file)
                        continue;
                    file->profile.forwards += profileWith({}, 1).forwards;
                    done += saveProfile(path, file->profile, file->bytes).hasValue();
                }
            });
        for (std::thread &writer : writers)
            writer.join();
        QCOMPARE(loadProfile(path)->profile.forwards.size(), Writers * Times);
    }

    void renamingKeepsTheFileAndItsForwards()
    {
        ProfileFolder folder(m_path);
        QVERIFY(!folder.save(profileWith(u"old"_s, 2)));
        QVERIFY(!folder.save(profileWith(u"taken"_s, 1)));
        const QString file = folder.find(u"old"_s)->file;

        QVERIFY(folder.rename(u"old"_s, u"taken"_s));
        QVERIFY(folder.rename(u"nobody"_s, u"x"_s));
        QVERIFY(!folder.rename(u"old"_s, u"new"_s));

        QVERIFY(!folder.find(u"old"_s));
        QCOMPARE(folder.find(u"new"_s)->file, file);
        QCOMPARE(folder.find(u"new"_s)->profile.forwards.size(), 2);
    }

    void whatWasRemovedCanBePutBack()
    {
        ProfileFolder folder(m_path);
        QVERIFY(!folder.save(profileWith(u"a"_s, 2)));
        const QByteArray before = fileBytes(folder.find(u"a"_s)->file);

        const auto removed = folder.remove(u"a"_s);
        QVERIFY(removed);
        QVERIFY(folder.entries().isEmpty());
        QVERIFY(folder.putBack(*removed));

        QCOMPARE(fileBytes(folder.find(u"a"_s)->file), before);
        QVERIFY(!folder.putBack(*removed)); // what is there now is somebody's
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestProfileFolder)

#include "tst_profilefolder.moc"
