#include "support/paperforwards.h"
#include "ui/forwards/describe.h"

#include <QTest>

#include <cerrno>

using namespace Fairlead;
using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;
using Forward::ForwardSnapshot;
using Forward::State;

namespace {

ForwardSnapshot listening(const QString &address, quint16 local, quint16 remote, const QString &name = {})
{
    ForwardSnapshot forward = paperForward(u"x"_s, State::Running, remote);
    forward.ports[0].localPort = local;
    forward.ports[0].name = name;
    forward.ports[0].listeners = {{address, local, {}}};
    return forward;
}

} // namespace

class TestDescribe : public QObject
{
    Q_OBJECT

private slots:
    void aForwardWithoutANameIsCalledAsItsPod()
    {
        Forward::ForwardSpec spec;
        spec.target.name = u"api-0"_s;
        QCOMPARE(forwardName(spec), u"api-0"_s);
        spec.name = u"API"_s;
        QCOMPARE(forwardName(spec), u"API"_s);
    }

    void addressesReadAsTheyAreTyped_data()
    {
        QTest::addColumn<ForwardSnapshot>("forward");
        QTest::addColumn<QString>("text");
        QTest::addRow("IPv4") << listening(u"127.0.0.1"_s, 8080, 80) << u"127.0.0.1:8080"_s;
        QTest::addRow("IPv6 in brackets") << listening(u"::1"_s, 8080, 80) << u"[::1]:8080"_s;

        ForwardSnapshot two = listening(u"127.0.0.1"_s, 15432, 5432);
        two.ports << listening(u"127.0.0.1"_s, 19187, 9187).ports;
        QTest::addRow("a second port on the same host stands alone") << two << u"127.0.0.1:15432, 19187"_s;

        ForwardSnapshot broken = listening(u"127.0.0.1"_s, 8080, 80);
        broken.ports[0].listeners = {{u"127.0.0.1"_s, 8080, u"in use"_s}, {u"::1"_s, 8080, {}}};
        QTest::addRow("the first address that listens") << broken << u"[::1]:8080"_s;

        ForwardSnapshot planned = paperForward(u"x"_s, State::Stopped, 80);
        planned.ports.clear();
        planned.spec.ports = {{quint16(8080), u"web"_s}, {quint16(0), u"81"_s}};
        QTest::addRow("before the first start, what was asked for") << planned << u"127.0.0.1:8080, any free port"_s;
    }

    void addressesReadAsTheyAreTyped()
    {
        QFETCH(const ForwardSnapshot, forward);
        QFETCH(const QString, text);
        QCOMPARE(localText(localEnds(forward)), text);
    }

    void theOtherPortsStandBelowTheFirst()
    {
        ForwardSnapshot forward = listening(u"127.0.0.1"_s, 1, 1);
        QCOMPARE(localSecondLine(localEnds(forward)), QString());
        forward.ports << listening(u"127.0.0.1"_s, 2, 2).ports;
        QCOMPARE(localSecondLine(localEnds(forward)), u"127.0.0.1:2"_s);
        forward.ports << listening(u"127.0.0.1"_s, 3, 3).ports;
        QCOMPARE(localSecondLine(localEnds(forward)), u"2, 3"_s);
        forward.ports << listening(u"0.0.0.0"_s, 4, 4).ports;
        QVERIFY(localSecondLine(localEnds(forward)).startsWith(u"2, 3, 0.0.0.0:4 · "_s));
    }

    void listeningForOthersIsMarked_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("marked");
        QTest::addRow("IPv4 loopback") << u"127.0.0.1"_s << false;
        QTest::addRow("another loopback address") << u"127.0.0.7"_s << false;
        QTest::addRow("IPv6 loopback") << u"::1"_s << false;
        QTest::addRow("every interface") << u"0.0.0.0"_s << true;
        QTest::addRow("every IPv6 interface") << u"::"_s << true;
        QTest::addRow("one interface") << u"192.0.2.7"_s << true;
    }

    void listeningForOthersIsMarked()
    {
        QFETCH(const QString, address);
        QFETCH(const bool, marked);
        QCOMPARE(!localWarning(localEnds(listening(address, 8080, 80))).isEmpty(), marked);
    }

    void anotherProgramOnOneOfTheAddressesIsTold()
    {
        ForwardSnapshot forward = listening(u"::1"_s, 8080, 80);
        QList<Forward::ListenerStatus> &listeners = forward.ports.first().listeners;
        listeners.prepend({u"127.0.0.1"_s, 0, u"Local port 8080 is used by java (pid 4312)."_s, EADDRINUSE});
        QCOMPARE(localText(localEnds(forward)), u"[::1]:8080"_s);
        QCOMPARE(localWarning(localEnds(forward)), u"taken on 127.0.0.1"_s);
        QCOMPARE(localSecondLine(localEnds(forward)), u"taken on 127.0.0.1"_s);
        QCOMPARE(browserUrl(localEnds(forward).first()), QUrl(u"http://[::1]:8080/"_s));

        listeners.first().systemError = EADDRNOTAVAIL; // a computer without that protocol
        QCOMPARE(localWarning(localEnds(forward)), QString());
        listeners = {{u"127.0.0.1"_s, 0, u"Local port 8080 is used by java (pid 4312)."_s, EADDRINUSE}};
        QCOMPARE(localWarning(localEnds(forward)), QString()); // the forward has failed
    }

    void browsersGetTheSchemeOfThePort_data()
    {
        QTest::addColumn<ForwardSnapshot>("forward");
        QTest::addColumn<QUrl>("url");
        QTest::addRow("plain") << listening(u"127.0.0.1"_s, 8080, 80) << QUrl(u"http://localhost:8080/"_s);
        QTest::addRow("443") << listening(u"127.0.0.1"_s, 9443, 443) << QUrl(u"https://localhost:9443/"_s);
        QTest::addRow("named https") << listening(u"127.0.0.1"_s, 9000, 9000, u"https-ui"_s)
                                     << QUrl(u"https://localhost:9000/"_s);
        QTest::addRow("IPv6") << listening(u"::1"_s, 8080, 80) << QUrl(u"http://localhost:8080/"_s);
        QTest::addRow("any interface is reached as localhost")
            << listening(u"0.0.0.0"_s, 8080, 80) << QUrl(u"http://localhost:8080/"_s);
        QTest::addRow("another loopback address is not localhost")
            << listening(u"127.0.0.7"_s, 8080, 80) << QUrl(u"http://127.0.0.7:8080/"_s);
        QTest::addRow("no port yet") << listening(u"127.0.0.1"_s, 0, 80) << QUrl();
    }

    void browsersGetTheSchemeOfThePort()
    {
        QFETCH(const ForwardSnapshot, forward);
        QFETCH(const QUrl, url);
        QCOMPARE(browserUrl(localEnds(forward).value(0)), url);
    }

    void browsersGetWhatIsWrittenDown_data()
    {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QUrl>("url");
        QTest::addRow("nothing") << QString() << QUrl(u"http://localhost:8080/"_s);
        QTest::addRow("a path") << u"/login?a=b#c"_s << QUrl(u"http://localhost:8080/login?a=b#c"_s);
        QTest::addRow("a whole address") << u"https://shop.example/x"_s << QUrl(u"https://shop.example/x"_s);
        QTest::addRow("a host") << u"shop.example"_s << QUrl(u"http://shop.example"_s);
        QTest::addRow("a file is not opened") << u"file:///etc/passwd"_s << QUrl();
        QTest::addRow("no other program is started") << u"ssh://somewhere"_s << QUrl();
        QTest::addRow("nonsense") << u"http://"_s << QUrl();
    }

    void browsersGetWhatIsWrittenDown()
    {
        QFETCH(const QString, written);
        QFETCH(const QUrl, url);
        ForwardSnapshot forward = listening(u"127.0.0.1"_s, 8080, 80);
        forward.spec.about.url = written;
        QCOMPARE(browserUrl(forward), url);
    }

    void theNextTryIsCountedDown()
    {
        const QDateTime now = QDateTime::currentDateTime();
        Forward::Reason reason = because(u"Timed out"_s, {}, now, now.addSecs(8));
        QVERIFY(reasonText(reason, now).contains(u"8"_s));
        QVERIFY(reasonText(reason, now.addSecs(60)).contains(u"0"_s));
        reason.nextTry.reset();
        QCOMPARE(reasonText(reason, now), u"Timed out"_s);
    }

    void theFactsHoldWhatAColleagueNeeds()
    {
        ForwardSnapshot forward = listening(u"127.0.0.1"_s, 8080, 80);
        forward.state = State::Failed;
        forward.reason = because(u"Local port 8080 is in use"_s, u"bind: EADDRINUSE"_s);
        const QString text = factsText(forward);
        for (const QString &fact : {u"127.0.0.1:8080 → 80"_s, u"okd-dev"_s, u"shop"_s, u"bind: EADDRINUSE"_s,
                                    u"Local port 8080 is in use"_s, u"kubectl"_s})
            QVERIFY2(text.contains(fact), qPrintable(fact));
    }
};

QTEST_MAIN(TestDescribe)
#include "tst_describe.moc"
