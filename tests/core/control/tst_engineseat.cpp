#include "core/control/controlserver.h"
#include "core/control/engineseat.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace Fairlead;
using namespace Fairlead::Control;
using namespace Qt::StringLiterals;

namespace {

EnginePlace placeIn(const QTemporaryDir &folder)
{
    return enginePlaceAt(folder.filePath(u"fairlead"_s)).value();
}

bool isMine(const EngineSeat &seat)
{
    return std::holds_alternative<EngineLock>(seat);
}

} // namespace

class TestEngineSeat : public QObject
{
    Q_OBJECT

private slots:
    void theFolderIsForItsOwnerAlone()
    {
        QTemporaryDir folder;
        const EnginePlace place = placeIn(folder);
        struct stat facts = {};
        QCOMPARE(::stat(QFile::encodeName(place.folder).constData(), &facts), 0);
        QCOMPARE(facts.st_mode & 0777, mode_t(0700));
        QVERIFY(enginePlaceAt(place.folder).hasValue()); // again
    }

    void aFolderThatOthersCanEnterIsRefused_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addRow("others may look") << 0701;
        QTest::addRow("the group may enter") << 0710;
        QTest::addRow("anybody may do anything") << 0777;
    }
    void aFolderThatOthersCanEnterIsRefused()
    {
        QFETCH(const int, mode);
        QTemporaryDir folder;
        const QString path = folder.filePath(u"fairlead"_s);
        QCOMPARE(::mkdir(QFile::encodeName(path).constData(), 0700), 0);
        QCOMPARE(::chmod(QFile::encodeName(path).constData(), mode_t(mode)), 0);
        QVERIFY(!enginePlaceAt(path).hasValue());
    }

    void aLinkIsNoFolder()
    {
        QTemporaryDir folder;
        const EnginePlace place = placeIn(folder);
        const QString link = folder.filePath(u"link"_s);
        QVERIFY(QFile::link(place.folder, link));
        QVERIFY(!enginePlaceAt(link).hasValue());
    }

    void theEnvironmentSaysWhere()
    {
        QTemporaryDir folder;
        qputenv("XDG_RUNTIME_DIR", folder.path().toUtf8());
        QCOMPARE(enginePlace().value().folder, folder.filePath(u"fairlead"_s));
        qputenv("XDG_RUNTIME_DIR", "relative"); // which the specification wants ignored
        QVERIFY(!enginePlace().hasValue() || QFileInfo(enginePlace()->folder).isAbsolute());
        qunsetenv("XDG_RUNTIME_DIR");
    }

    void theLockIsTakenOnce()
    {
        QTemporaryDir folder;
        const EnginePlace place = placeIn(folder);
        {
            const auto first = EngineLock::take(place.lock());
            QVERIFY(first);
            QVERIFY(!EngineLock::take(place.lock()));
        }
        QVERIFY(EngineLock::take(place.lock())); // who had it is gone
    }

    void ofManyThatStartAtOnceOneIsTheEngine()
    {
        QTemporaryDir folder;
        const EnginePlace place = placeIn(folder);
        constexpr int Starts = 20;
        for (int round = 0; round < 20; ++round) {
            std::atomic<int> winners = 0;
            std::atomic<int> asked = 0;
            std::vector<std::thread> threads;
            for (int i = 0; i < Starts; ++i)
                threads.emplace_back([&] {
                    const auto lock = EngineLock::take(place.lock());
                    winners += lock ? 1 : 0;
                    ++asked;
                    while (asked < Starts) // nobody lets go before all have asked
                        std::this_thread::yield();
                });
            for (std::thread &thread : threads)
                thread.join();
            QCOMPARE(winners.load(), 1);
        }
    }

    void theSocketOfAKilledEngineIsTakenOver()
    {
        QTemporaryDir folder;
        const EnginePlace place = placeIn(folder);
        QFile left(place.socket()); // kill -9 leaves a name that nobody listens at
        QVERIFY(left.open(QIODevice::WriteOnly));
        left.close();
        EngineSeat seat = takeSeat(place);
        QVERIFY(isMine(seat));
        ControlServer server([](const Request &) { return QJsonObject(); });
        const auto listens = server.listen(place);
        QVERIFY2(listens.hasValue(), qPrintable(listens.hasValue() ? QString() : listens.error()));
        QCOMPARE(QFileInfo(place.socket()).permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
    }

    void theSecondFindsTheFirst()
    {
        QTemporaryDir folder;
        const EnginePlace place = placeIn(folder);
        const EngineSeat first = takeSeat(place);
        QVERIFY(isMine(first));
        ControlServer server([](const Request &) { return QJsonObject(); });
        QVERIFY(server.listen(place).hasValue());

        const EngineSeat second = takeSeat(place);

        QVERIFY(std::holds_alternative<std::unique_ptr<EngineClient>>(second));
    }
};

QTEST_GUILESS_MAIN(TestEngineSeat)

#include "tst_engineseat.moc"
