#include "core/kube/objects/portspec.h"

#include <QTest>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

namespace {

PodInfo podP()
{
    PodInfo pod;
    pod.name = u"p"_s;
    pod.ports = {
        {u"web"_s, 8080, u"TCP"_s, u"main"_s},  {u"dns"_s, 53, u"UDP"_s, u"main"_s},
        {u"both-u"_s, 90, u"UDP"_s, u"main"_s}, {u"both-t"_s, 90, u"TCP"_s, u"main"_s},
        {u"sctp"_s, 91, u"SCTP"_s, u"main"_s},  {{}, 7000, u"TCP"_s, u"main"_s},
        {u"web"_s, 9999, u"TCP"_s, u"init"_s},  {u"setup"_s, 81, u"TCP"_s, u"init"_s},
    };
    return pod;
}

ServiceInfo serviceWeb()
{
    ServiceInfo service;
    service.name = u"web"_s;
    service.ports = {
        {u"http"_s, u"TCP"_s, 80, u"8080"_s},  {u"named"_s, u"TCP"_s, 81, u"setup"_s},
        {u"same"_s, u"TCP"_s, 82, {}},         {u"lost"_s, u"TCP"_s, 83, u"nope"_s},
        {u"dns-u"_s, u"UDP"_s, 53, u"5353"_s}, {u"two-u"_s, u"UDP"_s, 90, u"1"_s},
        {u"two-t"_s, u"TCP"_s, 90, u"2"_s},    {u"text"_s, u"TCP"_s, 84, u"8081"_s},
    };
    return service;
}

Fairlead::Result<PortMapping, QString> readForService(const QString &text, bool headless)
{
    const auto argument = parsePortArgument(text);
    if (!argument)
        return Fairlead::Failure{argument.error()};
    ServiceInfo service = serviceWeb();
    service.headless = headless;
    return translatePort(*argument, podP(), service);
}

/// As the command line does it: grammar first, then the pod's ports.
Fairlead::Result<PortMapping, QString> read(const QString &text)
{
    const auto argument = parsePortArgument(text);
    if (!argument)
        return Fairlead::Failure{argument.error()};
    return translatePort(*argument, podP());
}

} // namespace

class TestPortSpec : public QObject
{
    Q_OBJECT

private slots:
    void good_data()
    {
        QTest::addColumn<quint16>("local");
        QTest::addColumn<quint16>("remote");
        QTest::addColumn<QString>("name");
        const auto row = [](const char *spec, int local, int remote, const QString &name = {}) {
            QTest::addRow("%s", spec) << quint16(local) << quint16(remote) << name;
        };
        row("5000", 5000, 5000);
        row("8888:5000", 8888, 5000);
        row(":5000", 0, 5000);
        row("0:5000", 0, 5000);
        row("65535:65535", 65535, 65535);
        row("008080", 8080, 8080, u"web"_s);
        row("080:8080", 80, 8080, u"web"_s);
        row("web", 8080, 8080, u"web"_s);
        row("web:web", 8080, 8080, u"web"_s);
        row("9:web", 9, 8080, u"web"_s);
        row(":web", 0, 8080, u"web"_s);
        row("setup", 81, 81, u"setup"_s);
        row("90", 90, 90, u"both-t"_s);
        row("sctp", 91, 91, u"sctp"_s);
        row("7000", 7000, 7000);
        row("12345", 12345, 12345);
        row("008080:8080", 8080, 8080, u"web"_s);
    }

    void good()
    {
        QFETCH(const quint16, local);
        QFETCH(const quint16, remote);
        QFETCH(const QString, name);
        const auto outcome = read(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error()));
        QCOMPARE(*outcome, (PortMapping{local, remote, name}));
    }

    /// What is shown and saved means the same when it is read again.
    void whatIsWrittenReadsBack_data()
    {
        QTest::addColumn<QString>("written");
        QTest::addRow("80") << u"80"_s;
        QTest::addRow("80:80") << u"80"_s;
        QTest::addRow("0080:80") << u"80"_s;
        QTest::addRow("080:8080") << u"80:8080"_s;
        QTest::addRow("0:80") << u":80"_s;
        QTest::addRow("web:web") << u"web"_s;
        QTest::addRow("9:web") << u"9:web"_s;
    }

    void whatIsWrittenReadsBack()
    {
        QFETCH(const QString, written);
        const auto argument = parsePortArgument(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(argument);
        QCOMPARE(portText(*argument), written);
        QCOMPARE(*parsePortArgument(written), *argument);
    }

    void bad_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        const auto row = [](const QString &text, const QString &message) {
            QTest::addRow("'%s'", qPrintable(text)) << text << message;
        };
        row(u"0"_s, u"remote port must be > 0"_s);
        row(u":0"_s, u"remote port must be > 0"_s);
        row(u"80:0"_s, u"remote port must be > 0"_s);
        row(u"70000"_s,
            u"error parsing local port '70000': strconv.ParseUint: parsing \"70000\": value out of range"_s);
        row(u"70000:80"_s,
            u"error parsing local port '70000': strconv.ParseUint: parsing \"70000\": value out of range"_s);
        row(u"80:70000"_s,
            u"error parsing remote port '70000': strconv.ParseUint: parsing \"70000\": value out of range"_s);
        row(u"80:+90"_s, u"error parsing remote port '+90': strconv.ParseUint: parsing \"+90\": invalid syntax"_s);
        row(u"+80"_s, u"error parsing local port '+80': strconv.ParseUint: parsing \"+80\": invalid syntax"_s);
        row(u"-5"_s, u"error parsing local port '-5': strconv.ParseUint: parsing \"-5\": invalid syntax"_s);
        row(u"x:80"_s, u"error parsing local port 'x': strconv.ParseUint: parsing \"x\": invalid syntax"_s);
        row(u"\":80"_s, u"error parsing local port '\"': strconv.ParseUint: parsing \"\\\"\": invalid syntax"_s);
        row(u"8080:"_s, u"remote port cannot be empty"_s);
        row(u":"_s, u"remote port cannot be empty"_s);
        row({}, u"remote port cannot be empty"_s);
        row(u"1:2:3"_s, u"invalid port format '1:2:3'"_s);
        row(u"1::3"_s, u"invalid port format '1::3'"_s);
        row(u"abc"_s, u"Pod 'p' does not have a named port 'abc'"_s);
        row(u"80:abc"_s, u"Pod 'p' does not have a named port 'abc'"_s);
        row(u"0x50"_s, u"Pod 'p' does not have a named port '0x50'"_s);
        row(u" 80"_s, u"Pod 'p' does not have a named port ' 80'"_s);
        row(u"80\n"_s, u"Pod 'p' does not have a named port '80\n'"_s);
        row(u"99999999999999999999"_s, u"Pod 'p' does not have a named port '99999999999999999999'"_s);
        row(u"53"_s, u"UDP protocol is not supported for 53"_s);
        row(u"dns"_s, u"UDP protocol is not supported for dns"_s);
        row(u"8053:dns"_s, u"UDP protocol is not supported for dns"_s);
    }

    void bad()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, message);
        const auto outcome = read(text);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error(), message);
    }

    void throughAService_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<bool>("headless");
        QTest::addColumn<PortMapping>("mapping");
        const auto row = [](const char *rule, const QString &spec, const PortMapping &mapping, bool headless = false) {
            QTest::newRow(rule) << spec << headless << mapping;
        };
        row("LOCAL defaults to the service's port", u"80"_s, {80, 8080, u"http"_s});
        row("LOCAL given", u"9000:80"_s, {9000, 8080, u"http"_s});
        row("any LOCAL", u":80"_s, {0, 8080, u"http"_s});
        row("LOCAL is what the pod has", u"8080:80"_s, {8080, 8080, u"http"_s});
        row("name of the service's port", u"http"_s, {80, 8080, u"http"_s});
        row("name with LOCAL", u"7:http"_s, {7, 8080, u"http"_s});
        row("targetPort is a name in the pod", u"81"_s, {81, 81, u"named"_s});
        row("no targetPort", u"82"_s, {82, 82, u"same"_s});
        row("a service's name wins over the pod's", u"named"_s, {81, 81, u"named"_s});
        row("TCP and UDP of one number: the first entry", u"90"_s, {90, 1, u"two-u"_s});
        row("headless: targetPort does not count", u"80"_s, {80, 80, u"http"_s}, true);
        row("headless: a targetPort that is missing does no harm", u"83"_s, {83, 83, u"lost"_s}, true);
        row("headless by name", u"http"_s, {80, 80, u"http"_s}, true);
    }

    void throughAService()
    {
        QFETCH(const QString, spec);
        QFETCH(const bool, headless);
        const auto mapping = readForService(spec, headless);
        QVERIFY2(mapping, mapping ? "" : qPrintable(mapping.error()));
        QTEST(*mapping, "mapping");
    }

    void refusedByAService_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<bool>("headless");
        QTest::addColumn<QString>("error");
        QTest::newRow("undeclared number") << u"7"_s << false << u"Service web does not have a service port 7"_s;
        QTest::newRow("the pod's number is not the service's")
            << u"8080"_s << false << u"Service web does not have a service port 8080"_s;
        QTest::newRow("undeclared number, headless")
            << u"7"_s << true << u"Service web does not have a service port 7"_s;
        QTest::newRow("unknown name") << u"x"_s << false << u"Service 'web' does not have a named port 'x'"_s;
        QTest::newRow("the pod's name is not the service's")
            << u"web"_s << false << u"Service 'web' does not have a named port 'web'"_s;
        QTest::newRow("targetPort's name is missing in the pod")
            << u"83"_s << false << u"Pod 'p' does not have a named port 'nope'"_s;
        QTest::newRow("UDP by number") << u"53"_s << false << u"UDP protocol is not supported for 53"_s;
        QTest::newRow("UDP by name") << u"dns-u"_s << false << u"UDP protocol is not supported for dns-u"_s;
        QTest::newRow("UDP, headless") << u"53"_s << true << u"UDP protocol is not supported for 53"_s;
    }

    void refusedByAService()
    {
        QFETCH(const QString, spec);
        QFETCH(const bool, headless);
        const auto mapping = readForService(spec, headless);
        QVERIFY(!mapping);
        QTEST(mapping.error(), "error");
    }
};

QTEST_GUILESS_MAIN(TestPortSpec)
#include "tst_portspec.moc"
