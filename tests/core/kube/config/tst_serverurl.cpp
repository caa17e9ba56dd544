#include "core/kube/config/serverurl.h"

#include <QTest>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

class TestServerUrl : public QObject
{
    Q_OBJECT

private slots:
    void makesOneFormOfMany_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<bool>("wantsTls");
        QTest::addColumn<QString>("url");
        QTest::addColumn<int>("notes");
        QTest::addRow("as it should be") << u"https://a:6443"_s << false << u"https://a:6443"_s << 0;
        QTest::addRow("https port") << u"https://a"_s << false << u"https://a:443"_s << 0;
        QTest::addRow("http port") << u"http://a"_s << false << u"http://a:80"_s << 0;
        QTest::addRow("upper case") << u"HTTPS://A.Example"_s << false << u"https://a.example:443"_s << 0;
        QTest::addRow("IPv6") << u"https://[2001:DB8::1]"_s << false << u"https://[2001:db8::1]:443"_s << 0;
        QTest::addRow("prefix") << u"https://a/x/y"_s << false << u"https://a:443/x/y"_s << 0;
        QTest::addRow("doubled and trailing slashes")
            << u"https://a//x///y//"_s << false << u"https://a:443/x/y"_s << 0;
        QTest::addRow("encoded slash in the prefix stays encoded")
            << u"https://a/x%2Fy/z%20"_s << false << u"https://a:443/x%2Fy/z%20"_s << 0;
        QTest::addRow("query and fragment go") << u"https://a/x?y=1#z"_s << false << u"https://a:443/x"_s << 1;
        QTest::addRow("user goes") << u"https://joe:pw@a"_s << false << u"https://a:443"_s << 1;
        QTest::addRow("blanks around go") << u" https://a\n"_s << false << u"https://a:443"_s << 1;
        QTest::addRow("no scheme, 443") << u"a:443"_s << false << u"https://a:443"_s << 1;
        QTest::addRow("no scheme, 6443") << u"a:6443"_s << false << u"https://a:6443"_s << 1;
        QTest::addRow("no scheme, 8443") << u"a:8443"_s << false << u"https://a:8443"_s << 1;
        QTest::addRow("no scheme, other port") << u"a:8080"_s << false << u"http://a:8080"_s << 1;
        QTest::addRow("no scheme, other port, but a CA") << u"a:8080"_s << true << u"https://a:8080"_s << 1;
        QTest::addRow("no scheme, no port") << u"a"_s << false << u"http://a:80"_s << 1;
        QTest::addRow("no scheme, IPv6") << u"[::1]:6443"_s << false << u"https://[::1]:6443"_s << 1;
    }

    void makesOneFormOfMany()
    {
        QFETCH(const QString, server);
        QFETCH(const bool, wantsTls);
        const auto result = normalizeServerUrl(server, wantsTls);
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        QTEST(result->url.toString(QUrl::FullyEncoded), "url");
        QTEST(int(result->notes.size()), "notes");
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addRow("path without scheme") << u"a/b"_s;
        QTest::addRow("another scheme") << u"ftp://a"_s;
        QTest::addRow("no host") << u"https://"_s;
        QTest::addRow("no host, only a port") << u"https://:6443"_s;
        QTest::addRow("port too large") << u"https://a:65536"_s;
        QTest::addRow("port is a word") << u"https://a:b"_s;
        QTest::addRow("blank inside") << u"https://a b"_s;
        QTest::addRow("bracket left open") << u"https://[::1"_s;
        QTest::addRow("only a colon") << u":"_s;
    }

    void refuses()
    {
        QFETCH(const QString, server);
        for (const bool wantsTls : {false, true}) {
            const auto result = normalizeServerUrl(server, wantsTls);
            QVERIFY(!result.hasValue());
            QVERIFY(!result.error().message.isEmpty() && !result.error().clientGo.isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(TestServerUrl)
#include "tst_serverurl.moc"
