#include "core/kube/config/environmentproxy.h"

#include <QTest>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

class TestEnvironmentProxy : public QObject
{
    Q_OBJECT

private slots:
    void choosesAsGoDoes_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QStringList>("environment");
        QTest::addColumn<QString>("proxy");
        const QString https = u"https://api.example.com:6443"_s;
        const QString set = u"HTTPS_PROXY=http://p:1"_s;

        QTest::addRow("nothing set") << https << QStringList{} << QString();
        QTest::addRow("https server") << https << QStringList{set} << u"http://p:1"_s;
        QTest::addRow("lower case") << https << QStringList{u"https_proxy=http://l:1"_s} << u"http://l:1"_s;
        QTest::addRow("upper case first") << https << QStringList{set, u"https_proxy=http://l:1"_s} << u"http://p:1"_s;
        QTest::addRow("empty is unset") << https << QStringList{u"HTTPS_PROXY="_s, u"https_proxy=http://l:1"_s}
                                        << u"http://l:1"_s;
        QTest::addRow("not for http") << u"http://api.example.com:80"_s << QStringList{set} << QString();
        QTest::addRow("http server") << u"http://api.example.com:80"_s << QStringList{u"HTTP_PROXY=h:2"_s}
                                     << u"http://h:2"_s;
        QTest::addRow("ALL_PROXY is not used") << https << QStringList{u"ALL_PROXY=http://a:1"_s} << QString();
        QTest::addRow("value without a scheme") << https << QStringList{u"HTTPS_PROXY=p:1"_s} << u"http://p:1"_s;
        QTest::addRow("localhost") << u"https://localhost:6443"_s << QStringList{set} << QString();
        QTest::addRow("127.0.0.53") << u"https://127.0.0.53:6443"_s << QStringList{set} << QString();
        QTest::addRow("socks5") << https << QStringList{u"HTTPS_PROXY=socks5://s:1"_s} << u"socks5://s:1"_s;
        QTest::addRow("lower-case no_proxy") << https << QStringList{set, u"no_proxy=example.com"_s} << QString();
        QTest::addRow("upper-case NO_PROXY first")
            << https << QStringList{set, u"NO_PROXY=other.org"_s, u"no_proxy=example.com"_s} << u"http://p:1"_s;
        QTest::addRow("a subdomain of localhost")
            << u"https://kind.localhost:6443"_s << QStringList{set} << u"http://p:1"_s;
        QTest::addRow("::1") << u"https://[::1]:6443"_s << QStringList{set} << QString();

        const auto exempt = [&](const char *rule, const QString &server, bool direct) {
            QTest::addRow("NO_PROXY %s, %s", rule, qPrintable(server))
                << server << QStringList{set, u"NO_PROXY="_s + QString::fromUtf8(rule)}
                << (direct ? QString() : u"http://p:1"_s);
        };
        exempt("*", https, true);
        exempt("example.com", https, true);
        exempt("EXAMPLE.com", https, true);
        exempt("a.com , example.com ", https, true);
        exempt("example.com", u"https://example.com:443"_s, true);
        exempt("example.com", u"https://notexample.com:443"_s, false);
        exempt(".example.com", https, true);
        exempt(".example.com", u"https://example.com:443"_s, false);
        exempt("*.example.com", https, true);
        exempt("*.example.com", u"https://example.com:443"_s, false);
        exempt("api.example.com:6443", https, true);
        exempt("api.example.com:443", https, false);
        exempt("10.1.2.3", u"https://10.1.2.3:6443"_s, true);
        exempt("10.1.2.0/24", u"https://10.1.2.3:6443"_s, true);
        exempt("10.1.3.0/24", u"https://10.1.2.3:6443"_s, false);
        exempt("2001:db8::1", u"https://[2001:db8::1]:6443"_s, true);
        exempt("[2001:db8::1]:6443", u"https://[2001:db8::1]:6443"_s, true);
        exempt("[2001:db8::1]:443", u"https://[2001:db8::1]:6443"_s, false);
        exempt("2001:db8::/32", u"https://[2001:db8::1]:6443"_s, true);
        exempt("3", u"https://10.1.2.3:6443"_s, false);
        exempt("10.1.2.3", https, false);
        exempt(",,", https, false);
        exempt("/", https, false);
        exempt(":6443", https, false);
        exempt("api.example.com:", https, true);
        exempt("*.com", https, true);
        exempt("*", u"https://10.1.2.3:6443"_s, true);
        exempt("a*.example.com", https, false);
        exempt("10.1.2.3:6443", u"https://10.1.2.3:6443"_s, true);
        exempt("10.1.2.3:443", u"https://10.1.2.3:6443"_s, false);
        exempt("::/0", u"https://[2001:db8::1]:6443"_s, true);
        exempt("::/0", u"https://10.1.2.3:6443"_s, false);
        exempt("xn--bcher-kva.example", u"https://api.b\u00fccher.example:6443"_s, true);
        exempt("B\u00dcCHER.example", u"https://api.xn--bcher-kva.example:6443"_s, true);
    }

    void choosesAsGoDoes()
    {
        QFETCH(const QString, server);
        QFETCH(const QStringList, environment);
        QProcessEnvironment variables;
        for (const QString &entry : environment)
            variables.insert(entry.section(u'=', 0, 0), entry.section(u'=', 1));
        QTEST(proxyFromEnvironment(QUrl(server), variables).url, "proxy");
    }

    void namesTheVariable()
    {
        QProcessEnvironment variables;
        variables.insert(u"https_proxy"_s, u"http://p"_s);
        QCOMPARE(proxyFromEnvironment(QUrl(u"https://a.example"_s), variables).variable, u"https_proxy"_s);
    }
};

QTEST_GUILESS_MAIN(TestEnvironmentProxy)
#include "tst_environmentproxy.moc"
