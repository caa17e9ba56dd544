#include "core/net/proxy/proxysettings.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fairlead::Net;

class TestProxySettings : public QObject
{
    Q_OBJECT

private slots:
    void reads_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("text"); ///< empty: refused
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<QByteArray>("password");
        const auto row = [](const char *url, const char *text, const QByteArray &user = {},
                            const QByteArray &password = {}) {
            QTest::addRow("%s", url) << QString::fromUtf8(url) << QString::fromUtf8(text) << user << password;
        };
        row("http://p:3128", "http://p:3128");
        row("http://p", "http://p:80");
        row("https://p/", "https://p:443");
        row("socks5://p", "socks5://p:1080");
        row("socks5h://p:9050", "socks5://p:9050");
        row("HTTP://p:1", "http://p:1");
        row("http://[2001:db8::1]:3128", "http://[2001:db8::1]:3128");
        row("http://joe@p:1", "http://p:1", "joe");
        row("http://joe:pw@p:1", "http://p:1", "joe", "pw");
        row("http://us%40er:pa:ss@p:1", "http://p:1", "us@er", "pa:ss");
        row("http://u:a%2Fb%23%25c@p:1", "http://p:1", "u", "a/b#%c");
        row("http://u:caf%C3%A9%FF@p:1", "http://p:1", "u", "caf\xc3\xa9\xff");
        row("socks4://p:1", "");
        row("ftp://p:1", "");
        row("p:3128", "");
        row("http://", "");
        row("http://p:99999", "");
        row("http://joe:a/b@p:1", "");
        row("http://joe:a b@p:1", "");
    }

    void reads()
    {
        QFETCH(const QString, url);
        QFETCH(const QString, text);
        const auto proxy = proxyFromUrl(url);
        QCOMPARE(proxy.hasValue(), !text.isEmpty());
        if (!proxy) {
            QVERIFY2(!proxy.error().contains("a/b"_L1) && !proxy.error().contains("a b"_L1), qPrintable(proxy.error()));
            return;
        }
        QCOMPARE(proxy->text(), text);
        QTEST(proxy->user, "user");
        QTEST(proxy->password, "password");
    }

    void nothingIsNoProxy() { QVERIFY(!proxyFromUrl(QString())->isUsed()); }

    void namesItsSource()
    {
        QCOMPARE(proxyFromUrl(u"http://joe:pw@p:1"_s, u"HTTPS_PROXY"_s)->named(), u"http://p:1 (from HTTPS_PROXY)"_s);
        QCOMPARE(proxyFromUrl(u"http://p:1"_s)->named(), u"http://p:1"_s);
    }

    void hidesPasswords_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *url, const char *shown) {
            QTest::addRow("%s", url) << QString::fromLatin1(url) << QString::fromLatin1(shown);
        };
        row("http://p:3128", "http://p:3128");
        row("http://joe@p:3128", "http://joe@p:3128");
        row("http://joe:pw@p:3128", "http://joe@p:3128");
        row("http://joe:p/w@p:3128", "http://joe@p:3128");
        row("http://joe:p@w#@p:3128", "http://joe@p:3128");
        row("joe:pw@p:3128", "joe@p:3128");
        row("http://:pw@p", "http://@p");
        row("http://joe:a://b@p", "http://joe@p");
    }

    void hidesPasswords()
    {
        QFETCH(const QString, url);
        QTEST(withoutProxyPassword(url), "shown");
    }
};

QTEST_GUILESS_MAIN(TestProxySettings)
#include "tst_proxysettings.moc"
