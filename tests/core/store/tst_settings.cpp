#include "core/store/settings.h"

#include <QFile>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Fairlead::Store;
using namespace Qt::StringLiterals;

class TestSettings : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void startsWithTheDefaults()
    {
        const Settings settings(file());

        QVERIFY(settings.windowGeometry().isEmpty());
        QVERIFY(settings.lastContext().isEmpty());
        QVERIFY(settings.lastNamespace(u"dev"_s).isEmpty());
        QVERIFY(settings.typedNamespaces(u"dev"_s).isEmpty());
        QCOMPARE(settings.colorScheme(), Settings::ColorScheme::System);
        QCOMPARE(settings.carrier(), Settings::Carrier::Automatic);
        QCOMPARE(settings.closing(), Settings::Closing::Ask);
        QCOMPARE(settings.restoreSession(), Restore::Ask);
    }

    void remembersEverythingForTheNextRun()
    {
        const QByteArray state("\0\xff geometry\n", 12);
        {
            Settings settings(file());
            settings.setWindowGeometry(state);
            settings.setWindowState("state");
            settings.setLayoutState(u"forwards"_s, "header");
            settings.setLastContext(u"dev"_s);
            settings.setLastNamespace(u"dev"_s, u"shop"_s);
            settings.rememberNamespace(u"dev"_s, u"shop"_s);
            settings.setColorScheme(Settings::ColorScheme::Dark);
            settings.setCarrier(Settings::Carrier::WebSocket);
            settings.setClosing(Settings::Closing::KeepRunning);
            settings.setRestoreSession(Restore::AsTheyWere);
        }

        const Settings next(file());

        QCOMPARE(next.windowGeometry(), state);
        QCOMPARE(next.windowState(), "state"_ba);
        QCOMPARE(next.layoutState(u"forwards"_s), "header"_ba);
        QCOMPARE(next.layoutState(u"connections"_s), QByteArray());
        QCOMPARE(next.lastContext(), u"dev"_s);
        QCOMPARE(next.lastNamespace(u"dev"_s), u"shop"_s);
        QCOMPARE(next.typedNamespaces(u"dev"_s), QStringList{u"shop"_s});
        QCOMPARE(next.colorScheme(), Settings::ColorScheme::Dark);
        QCOMPARE(next.carrier(), Settings::Carrier::WebSocket);
        QCOMPARE(next.closing(), Settings::Closing::KeepRunning);
        QCOMPARE(next.restoreSession(), Restore::AsTheyWere);
    }

    void keepsContextsApart_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addRow("a slash is part of the name") << u"shop/api:6443/ann"_s << u"shop/api:6443/bob"_s;
        QTest::addRow("one name is the start of the other") << u"shop"_s << u"shop/lastNamespace"_s;
        QTest::addRow("case matters") << u"Dev"_s << u"dev"_s;
        QTest::addRow("letters of any script") << u"prüfung ☸"_s << u"prufung"_s;
        QTest::addRow("a percent sign is no escape") << u"a%2Fb"_s << u"a/b"_s;
    }

    void keepsContextsApart()
    {
        QFETCH(const QString, one);
        QFETCH(const QString, other);
        {
            Settings settings(file());
            settings.setLastNamespace(one, u"first"_s);
            settings.setLastNamespace(other, u"second"_s);
        }

        const Settings next(file());

        QCOMPARE(next.lastNamespace(one), u"first"_s);
        QCOMPARE(next.lastNamespace(other), u"second"_s);
    }

    void marksBelongToNameAndServer()
    {
        using Mark = Settings::ContextMark;
        using Color = Settings::ContextColor;
        const QString name = u"default/api-host:6443/kube:admin"_s;
        const QString server = u"https://api.host:6443"_s;
        const Mark mark{Color::Red, true};
        {
            Settings settings(m_folder->filePath(u"s.ini"_s));
            QSignalSpy changed(&settings, &Settings::contextMarksChanged);
            settings.setContextMark(name, server, mark);
            settings.setContextMark(name, server, mark);
            QCOMPARE(changed.count(), 1);
            settings.setAddedKubeconfigs({u"/a, b/c"_s, u"/d"_s});
        }
        Settings settings(m_folder->filePath(u"s.ini"_s));
        QCOMPARE(settings.addedKubeconfigs(), QStringList({u"/a, b/c"_s, u"/d"_s}));
        QCOMPARE(settings.contextMark(name, server), mark);
        QCOMPARE(settings.contextMark(name, u"https://elsewhere:6443"_s), Mark());
        QCOMPARE(settings.contextMark(u"default"_s, server), Mark());
        for (const auto color : {Color::Orange, Color::Green, Color::Blue, Color::Purple, Color::Grey, Color::None}) {
            settings.setContextMark(name, server, {color, false});
            QCOMPARE(settings.contextMark(name, server), (Mark{color, false}));
        }
    }

    void typedNamespacesAreNewestFirstEachOnceAndTwentyAtMost()
    {
        Settings settings(file());
        for (int i = 0; i < 25; ++i)
            settings.rememberNamespace(u"dev"_s, u"ns-%1"_s.arg(i));
        settings.rememberNamespace(u"dev"_s, u"ns-10"_s);
        settings.rememberNamespace(u"dev"_s, QString());

        const QStringList names = settings.typedNamespaces(u"dev"_s);

        QCOMPARE(names.size(), 20);
        QCOMPARE(names.mid(0, 3), (QStringList{u"ns-10"_s, u"ns-24"_s, u"ns-23"_s}));
        QCOMPARE(names.count(u"ns-10"_s), 1);
    }

    void aWordInTheFileThatMeansNothingIsTheDefault()
    {
        QFile broken(file());
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("[appearance]\ncolorScheme=purple\n[forwards]\ncarrier=pigeon\n[contexts\nnonsense");
        broken.close();

        const Settings settings(file());

        QCOMPARE(settings.colorScheme(), Settings::ColorScheme::System);
        QCOMPARE(settings.carrier(), Settings::Carrier::Automatic);
        QCOMPARE(settings.closing(), Settings::Closing::Ask);
        QCOMPARE(settings.restoreSession(), Restore::Ask);
    }

    void whoDidNotWantToBeAskedIsNotAsked()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"s.ini"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[behaviour]\nconfirmClose=false\n"); // as versions before 0.2 wrote it
        file.close();
        Settings settings(file.fileName());
        QCOMPARE(settings.closing(), Settings::Closing::Quit);
        settings.setClosing(Settings::Closing::Ask);
        QCOMPARE(settings.closing(), Settings::Closing::Ask);
    }

    void tellsOfANewColorSchemeOnce()
    {
        Settings settings(file());
        const QSignalSpy changes(&settings, &Settings::colorSchemeChanged);

        settings.setColorScheme(Settings::ColorScheme::System);
        QCOMPARE(changes.count(), 0);
        settings.setColorScheme(Settings::ColorScheme::Light);
        settings.setColorScheme(Settings::ColorScheme::Light);
        QCOMPARE(changes.count(), 1);
        settings.setColorScheme(Settings::ColorScheme::System);
        QCOMPARE(changes.count(), 2);
        QCOMPARE(settings.colorScheme(), Settings::ColorScheme::System);
    }

    void tellsOfANewCarrierOnce()
    {
        Settings settings(file());
        const QSignalSpy changes(&settings, &Settings::carrierChanged);
        for (const auto carrier : {Settings::Carrier::Automatic, Settings::Carrier::Spdy, Settings::Carrier::Spdy,
                                   Settings::Carrier::Automatic}) {
            settings.setCarrier(carrier);
            QCOMPARE(settings.carrier(), carrier);
        }
        QCOMPARE(changes.count(), 2);
    }

    void numbersOfHeldConnectionsStayInTheirBounds_data()
    {
        QTest::addColumn<QByteArray>("lines"); // in the file
        QTest::addColumn<int>("seconds");
        QTest::addColumn<int>("connections");
        QTest::addRow("nothing") << ""_ba << 30 << 64;
        QTest::addRow("the least") << "connectionWaitSeconds=1\nmaxWaiting=0\n"_ba << 1 << 0;
        QTest::addRow("the most") << "connectionWaitSeconds=3600\nmaxWaiting=1000\n"_ba << 3'600 << 1'000;
        QTest::addRow("less than the least") << "connectionWaitSeconds=0\nmaxWaiting=-1\n"_ba << 30 << 64;
        QTest::addRow("more than the most") << "connectionWaitSeconds=3601\nmaxWaiting=1001\n"_ba << 30 << 64;
        QTest::addRow("no numbers") << "connectionWaitSeconds=long\nmaxWaiting=\n"_ba << 30 << 64;
    }

    void numbersOfHeldConnectionsStayInTheirBounds()
    {
        QFETCH(const QByteArray, lines);
        QFile written(file());
        QVERIFY(written.open(QIODevice::WriteOnly));
        written.write("[forwards]\n" + lines);
        written.close();

        const Settings settings(file());

        QTEST(settings.connectionWaitSeconds(), "seconds");
        QTEST(settings.maxWaiting(), "connections");
    }

    void tellsOnceOfOtherNumbersOfHeldConnections()
    {
        {
            Settings settings(file());
            const QSignalSpy changes(&settings, &Settings::waitingChanged);
            settings.setWaiting(30, 64);
            QCOMPARE(changes.count(), 0);
            settings.setWaiting(120, 200);
            settings.setWaiting(120, 200);
            QCOMPARE(changes.count(), 1);
            settings.setWaiting(100'000, -5);
            QCOMPARE(settings.connectionWaitSeconds(), 3'600);
            QCOMPARE(settings.maxWaiting(), 0);
            settings.setWaiting(45, 64);
        }
        const Settings next(file());
        QCOMPARE(next.connectionWaitSeconds(), 45);
        QCOMPARE(next.maxWaiting(), 64);
    }

    void withoutAPathItIsTheUsersOwnFile()
    {
        const QString own = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + u"/fairlead.ini"_s;
        QFile::remove(own);
        {
            Settings settings;
            settings.setLastContext(u"dev"_s);
        }
        QVERIFY(QFile::exists(own));
        QFile::remove(own);
    }

private:
    [[nodiscard]] QString file() const { return m_folder->filePath(u"settings.ini"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
