#include "ui/portalcolorscheme.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;
using Preference = PortalColorScheme::Preference;

/// What a desktop's portal does with the one setting that we ask for.
class FakePortal final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    uint scheme = 0;

public slots:
    // The names are those of the interface. The answer is wrapped twice, as real portals do.
    QDBusVariant Read(const QString &, const QString &) // NOLINT(readability-identifier-naming)
    {
        return QDBusVariant(QVariant::fromValue(QDBusVariant(scheme)));
    }
};

class TestPortalColorScheme : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const QString program = QStandardPaths::findExecutable(u"dbus-daemon"_s);
        if (program.isEmpty())
            QSKIP("dbus-daemon is not installed");
        m_bus.start(program, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
        QVERIFY(m_bus.waitForReadyRead());
        const QByteArray address = m_bus.readLine().trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
        QDBusConnection connection = QDBusConnection::connectToBus(QString::fromLatin1(address), u"portal"_s);
        QVERIFY(connection.registerObject(u"/org/freedesktop/portal/desktop"_s, &m_portal,
                                          QDBusConnection::ExportAllSlots));
        QVERIFY(connection.registerService(u"org.freedesktop.portal.Desktop"_s));
    }

    void cleanupTestCase()
    {
        QDBusConnection::disconnectFromBus(u"portal"_s);
        m_bus.terminate();
        m_bus.waitForFinished();
    }

    void asksAndFollows()
    {
        m_portal.scheme = 1;
        const PortalColorScheme scheme;
        const QSignalSpy changed(&scheme, &PortalColorScheme::changed);
        QCOMPARE(scheme.preference(), Preference::None); // nothing waits for the answer
        QTRY_COMPARE(scheme.preference(), Preference::Dark);
        QCOMPARE(changed.count(), 1);

        announce(u"org.freedesktop.appearance"_s, u"accent-color"_s, 2);
        announce(u"org.gnome.desktop.interface"_s, u"color-scheme"_s, 2);
        announce(u"org.freedesktop.appearance"_s, u"color-scheme"_s, 2);
        QTRY_COMPARE(scheme.preference(), Preference::Light);
        QCOMPARE(changed.count(), 2);

        announce(u"org.freedesktop.appearance"_s, u"color-scheme"_s, 0);
        QTRY_COMPARE(scheme.preference(), Preference::None);
        QCOMPARE(changed.count(), 3);
    }

private:
    static void announce(const QString &group, const QString &key, uint value)
    {
        QDBusMessage signal = QDBusMessage::createSignal(u"/org/freedesktop/portal/desktop"_s,
                                                         u"org.freedesktop.portal.Settings"_s, u"SettingChanged"_s);
        signal << group << key << QVariant::fromValue(QDBusVariant(value));
        QVERIFY(QDBusConnection(u"portal"_s).send(signal));
    }

    QProcess m_bus;
    FakePortal m_portal;
};

QTEST_GUILESS_MAIN(TestPortalColorScheme)
#include "tst_portalcolorscheme.moc"
