#include "core/net/proxy/proxyfailure.h"
#include "core/net/proxy/proxyhandshake.h"
#include "core/protocol/http/message.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fairlead;
using namespace Fairlead::Net;

namespace {

QByteArray hex(const char *text)
{
    return QByteArray::fromHex(text);
}

QString nameOf(ProxyTrouble trouble)
{
    switch (trouble) {
    case ProxyTrouble::PasswordNeeded:
        return u"PasswordNeeded"_s;
    case ProxyTrouble::PasswordRefused:
        return u"PasswordRefused"_s;
    case ProxyTrouble::PasswordUnfit:
        return u"PasswordUnfit"_s;
    case ProxyTrouble::SignInUnknown:
        return u"SignInUnknown"_s;
    case ProxyTrouble::NotAllowed:
        return u"NotAllowed"_s;
    case ProxyTrouble::NoTunnels:
        return u"NoTunnels"_s;
    case ProxyTrouble::ServerUnreachable:
        return u"ServerUnreachable"_s;
    case ProxyTrouble::ServerNameUnfit:
        return u"ServerNameUnfit"_s;
    case ProxyTrouble::OtherAnswer:
        return u"OtherAnswer"_s;
    case ProxyTrouble::WebPage:
        return u"WebPage"_s;
    case ProxyTrouble::NotHttp:
        return u"NotHttp"_s;
    case ProxyTrouble::NotSocks:
        return u"NotSocks"_s;
    default:
        return u"?"_s;
    }
}

/// What a handshake sent, one message a line in hex, and how it ended.
struct Talk {
    QByteArrayList sent;
    QString outcome;
    QString words;
};

/// Plays the proxy's messages: each is given, in slices, once the handshake has answered the one before.
class Player
{
public:
    explicit Player(std::unique_ptr<ProxyHandshake> handshake)
        : m_handshake(std::move(handshake))
    {
        take(m_handshake->start());
    }

    void feed(const QByteArray &bytes, qsizetype slice)
    {
        for (qsizetype at = 0; at < bytes.size() && m_talk.outcome.isEmpty(); at += slice)
            take(m_handshake->feed(QByteArrayView(bytes).sliced(at, std::min(slice, bytes.size() - at))));
    }

    [[nodiscard]] Talk talk() const
    {
        Talk whole = m_talk;
        if (whole.outcome.isEmpty())
            whole.outcome = u"more"_s;
        return whole;
    }

private:
    void take(const ProxyHandshake::Step &step)
    {
        if (const auto *more = std::get_if<ProxyHandshake::NeedMore>(&step)) {
            if (!more->send.isEmpty())
                m_talk.sent << more->send;
        } else if (const auto *refused = std::get_if<ProxyHandshake::Refused>(&step)) {
            m_talk.outcome = nameOf(refused->trouble);
            m_talk.words = refused->words;
        } else {
            m_talk.outcome = u"open"_s;
        }
    }

    std::unique_ptr<ProxyHandshake> m_handshake;
    Talk m_talk;
};

ProxySettings proxyOf(const QString &url)
{
    const auto settings = proxyFromUrl(url);
    return settings ? *settings : ProxySettings{};
}

} // namespace

/// CONNECT and SOCKS5 without sockets: each answer in every slicing.
class TestProxyHandshake : public QObject
{
    Q_OBJECT

private slots:
    void connectSays_data()
    {
        QTest::addColumn<QString>("proxy");
        QTest::addColumn<QString>("host");
        QTest::addColumn<QByteArray>("request");
        const QByteArray plain = "CONNECT api.example.com:6443 HTTP/1.1\r\nHost: api.example.com:6443\r\n"
                                 "User-Agent: fairlead\r\n";
        QTest::addRow("no user") << u"http://p:3128"_s << u"api.example.com"_s << plain + "\r\n";
        // measured from client-go with this very URL
        QTest::addRow("user and password are percent-decoded")
            << u"http://us%40er:pa:ss@p:3128"_s << u"api.example.com"_s
            << plain + "Proxy-Authorization: Basic dXNAZXI6cGE6c3M=\r\n\r\n";
        QTest::addRow("an IPv6 server in brackets")
            << u"http://p:3128"_s << u"2001:db8::1"_s
            << "CONNECT [2001:db8::1]:6443 HTTP/1.1\r\nHost: [2001:db8::1]:6443\r\nUser-Agent: fairlead\r\n\r\n"_ba;
        QTest::addRow("an international name in ASCII")
            << u"https://p"_s << u"bücher.example"_s
            << "CONNECT xn--bcher-kva.example:6443 HTTP/1.1\r\nHost: xn--bcher-kva.example:6443\r\n"
               "User-Agent: fairlead\r\n\r\n"_ba;
        QTest::addRow("a name that would break the line is not sent") << u"http://p"_s << u"a\r\nb"_s << QByteArray();
    }

    void connectSays()
    {
        QFETCH(const QString, proxy);
        QFETCH(const QString, host);
        QFETCH(const QByteArray, request);
        const Talk talk = Player(makeProxyHandshake(proxyOf(proxy), host, 6443)).talk();
        QCOMPARE(talk.sent.value(0), request);
        QCOMPARE(talk.outcome, request.isEmpty() ? u"ServerNameUnfit"_s : u"more"_s);
    }

    void connectAnswers_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("outcomeWithPassword");
        const auto row = [](const char *rule, const QByteArray &answer, const char *outcome, const char *words = "",
                            const char *withPassword = nullptr) {
            QTest::addRow("%s", rule) << answer << QString::fromLatin1(outcome) << QString::fromLatin1(words)
                                      << QString::fromLatin1(withPassword ? withPassword : outcome);
        };
        row("200", "HTTP/1.1 200 Connection established\r\n\r\n", "open");
        row("any 2xx", "HTTP/1.0 204 Fine\r\n\r\n", "open");
        row("a length of a 2xx means nothing", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "open");
        row("an interim answer first", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", "open");
        row("407", "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"a, b\"\r\n\r\n",
            "PasswordNeeded", "407 Proxy Authentication Required", "PasswordRefused");
        row("407 without a challenge", "HTTP/1.1 407 No\r\n\r\n", "PasswordNeeded", "407 No", "PasswordRefused");
        row("407, Basic among others",
            "HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: basic realm=x\r\n\r\n",
            "PasswordNeeded", "407 No", "PasswordRefused");
        row("407, Negotiate and NTLM alone",
            "HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n\r\n", "SignInUnknown",
            "Negotiate, NTLM");
        row("407, Digest alone", "HTTP/1.1 407 No\r\nProxy-Authenticate: Digest realm=\"x\", qop=\"auth\"\r\n\r\n",
            "SignInUnknown", "Digest");
        row("403 with squid's reason", "HTTP/1.1 403 Forbidden\r\nX-Squid-Error: ERR_ACCESS_DENIED 0\r\n\r\n",
            "NotAllowed", "403 Forbidden, ERR_ACCESS_DENIED 0");
        row("405", "HTTP/1.1 405 Method Not Allowed\r\n\r\n", "NoTunnels", "405 Method Not Allowed");
        row("502", "HTTP/1.1 502 Bad Gateway\r\n\r\n", "ServerUnreachable", "502 Bad Gateway");
        row("503 with HTML", "HTTP/1.1 503 Busy\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
            "ServerUnreachable", "503 Busy");
        row("a redirect to a sign-in page", "HTTP/1.1 302 Found\r\nLocation: http://portal/\r\n\r\n", "OtherAnswer",
            "302 Found");
        row("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n", "NotHttp", "The start line is wrong.");
        row("a SOCKS5 proxy's answer", QByteArray("\x05\xff", 2), "NotHttp", "The start line is wrong.");
        row("half an answer", "HTTP/1.1 200 Conn", "more");
    }

    void connectAnswers()
    {
        QFETCH(const QByteArray, answer);
        for (qsizetype slice = 1; slice <= answer.size(); ++slice) {
            for (const bool hasPassword : {false, true}) {
                Player player(
                    makeProxyHandshake(proxyOf(hasPassword ? u"http://u:SECRET@p:1"_s : u"http://p:1"_s), u"api"_s, 1));
                player.feed(answer, slice);
                const Talk talk = player.talk();
                QTEST(talk.outcome, hasPassword ? "outcomeWithPassword" : "outcome");
                if (talk.outcome != "NotHttp"_L1)
                    QTEST(talk.words, "words");
                QVERIFY(!talk.words.contains("SECRET"_L1));
            }
        }
    }

    void aPageBehindA200IsNotTheServer()
    {
        Player player(makeProxyHandshake(proxyOf(u"http://p:1"_s), u"api"_s, 1));
        const QByteArray answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Sign in</html>";
        player.feed(answer, answer.size());
        QCOMPARE(player.talk().outcome, u"WebPage"_s);
    }

    void connectBuffersNoMoreThanAHead()
    {
        const auto handshake = makeProxyHandshake(proxyOf(u"http://p:1"_s), u"api"_s, 1);
        (void)handshake->start();
        const QByteArray line = "X-Filler: " + QByteArray(1000, 'x') + "\r\n";
        ProxyHandshake::Step step = handshake->feed("HTTP/1.1 200 OK\r\n");
        qsizetype fed = 0;
        while (std::holds_alternative<ProxyHandshake::NeedMore>(step) && fed < 2 * Http::MaxHeadBytes) {
            step = handshake->feed(line);
            fed += line.size();
        }
        QVERIFY(std::holds_alternative<ProxyHandshake::Refused>(step));
        QVERIFY(fed <= Http::MaxHeadBytes + line.size());
    }

    void connectDoesNotFollowInterimAnswersForEver()
    {
        const auto handshake = makeProxyHandshake(proxyOf(u"http://p:1"_s), u"api"_s, 1);
        (void)handshake->start();
        const auto step = handshake->feed(QByteArray("HTTP/1.1 100 Continue\r\n\r\n").repeated(100));
        QVERIFY(std::holds_alternative<ProxyHandshake::Refused>(step));
    }

    void socks5_data()
    {
        QTest::addColumn<QString>("proxy");
        QTest::addColumn<QString>("host");
        QTest::addColumn<QByteArrayList>("answers");
        QTest::addColumn<QByteArrayList>("sent");
        QTest::addColumn<QString>("outcome");
        const QString open = u"socks5://p"_s;
        const QString signedIn = u"socks5h://us%40er:p%3Aw@p"_s;
        const QByteArray hello = hex("050100");
        const QByteArray helloWithUser = hex("05020002"); // the order that client-go was seen to send
        const QByteArray askName = hex("05010003") + char(3) + "api" + hex("192b");
        const QByteArray signIn = hex("01") + char(5) + "us@er" + char(3) + "p:w";
        const QByteArray good = hex("05000001 00000000 0000");
        const auto row = [](const char *rule, const QString &proxy, const QString &host, const QByteArrayList &answers,
                            const QByteArrayList &sent, const char *outcome) {
            QTest::addRow("%s", rule) << proxy << host << answers << sent << QString::fromLatin1(outcome);
        };
        row("a name stays a name", open, u"api"_s, {hex("0500"), good}, {hello, askName}, "open");
        row("an IPv4 address as such", open, u"10.1.2.3"_s, {hex("0500"), good}, {hello, hex("05010001 0a010203 192b")},
            "open");
        row("an IPv6 address as such", open, u"2001:db8::1"_s, {hex("0500"), good},
            {hello, hex("05010004 20010db8000000000000000000000001 192b")}, "open");
        row("an international name in ASCII", open, u"bücher"_s, {hex("0500"), good},
            {hello, hex("05010003") + char(13) + "xn--bcher-kva" + hex("192b")}, "open");
        row("bound to a name", open, u"api"_s, {hex("0500"), hex("05000003 03 616263 0001")}, {hello, askName}, "open");
        row("bound to IPv6", open, u"api"_s, {hex("0500"), hex("05000004 20010db8000000000000000000000001 0001")},
            {hello, askName}, "open");
        row("sign-in", signedIn, u"api"_s, {hex("0502"), hex("0100"), good}, {helloWithUser, signIn, askName}, "open");
        row("sign-in that nobody wants", signedIn, u"api"_s, {hex("0500"), good}, {helloWithUser, askName}, "open");
        row("wrong password", signedIn, u"api"_s, {hex("0502"), hex("0101")}, {helloWithUser, signIn},
            "PasswordRefused");
        row("no method fits, none given", open, u"api"_s, {hex("05ff")}, {hello}, "PasswordNeeded");
        row("no method fits, one given", signedIn, u"api"_s, {hex("05ff")}, {helloWithUser}, "PasswordRefused");
        row("a password that was not offered", open, u"api"_s, {hex("0502")}, {hello}, "PasswordNeeded");
        row("GSSAPI", open, u"api"_s, {hex("0501")}, {hello}, "SignInUnknown");
        row("general failure, cut short", open, u"api"_s, {hex("0500"), hex("0501")}, {hello, askName},
            "ServerUnreachable");
        row("not allowed", open, u"api"_s, {hex("0500"), hex("0502")}, {hello, askName}, "NotAllowed");
        row("host unreachable", open, u"api"_s, {hex("0500"), hex("0504")}, {hello, askName}, "ServerUnreachable");
        row("connection refused", open, u"api"_s, {hex("0500"), hex("0505")}, {hello, askName}, "ServerUnreachable");
        row("command unknown", open, u"api"_s, {hex("0500"), hex("0507")}, {hello, askName}, "NoTunnels");
        row("a number that is none", open, u"api"_s, {hex("0500"), hex("05fe")}, {hello, askName}, "OtherAnswer");
        row("an address type that is none", open, u"api"_s, {hex("0500"), hex("05000009000000000000")},
            {hello, askName}, "NotSocks");
        row("an HTTP proxy", open, u"api"_s, {"HTTP/1.1 400 Bad Request\r\n\r\n"}, {hello}, "NotSocks");
        row("SOCKS4", open, u"api"_s, {hex("005b")}, {hello}, "NotSocks");
        row("another version in the sign-in", signedIn, u"api"_s, {hex("0502"), hex("0500")}, {helloWithUser, signIn},
            "NotSocks");
        row("half an answer", open, u"api"_s, {hex("0500"), hex("050000")}, {hello, askName}, "more");
        row("a name too long", open, QString(256, u'a'), {hex("0500")}, {hello}, "ServerNameUnfit");
        row("a user too long", u"socks5://%1@p"_s.arg(QString(256, u'u')), u"api"_s, {}, {}, "PasswordUnfit");
        row("a password without a user", u"socks5://:pw@p"_s, u"api"_s, {}, {}, "PasswordUnfit");
    }

    void socks5()
    {
        QFETCH(const QString, proxy);
        QFETCH(const QString, host);
        QFETCH(const QByteArrayList, answers);
        for (qsizetype slice = 1; slice <= 24; ++slice) {
            Player player(makeProxyHandshake(proxyOf(proxy), host, 6443));
            for (const QByteArray &answer : answers)
                player.feed(answer, slice);
            QTEST(player.talk().sent, "sent");
            QTEST(player.talk().outcome, "outcome");
        }
    }

    void socksAnswersInOnePieceAreTheSame()
    {
        Player player(makeProxyHandshake(proxyOf(u"socks5://u:p@p"_s), u"api"_s, 6443));
        player.feed(hex("0502 0100 05000001000000000000"), 100);
        QCOMPARE(player.talk().outcome, u"open"_s);
    }

    void bytesBehindTheReplyAreNotTheServers()
    {
        Player player(makeProxyHandshake(proxyOf(u"socks5://p"_s), u"api"_s, 6443));
        player.feed(hex("0500"), 2);
        player.feed(hex("05000001000000000000") + "x", 100);
        QCOMPARE(player.talk().outcome, u"WebPage"_s);
    }

    void everyTroubleHasItsSentence()
    {
        ProxySettings proxy = proxyOf(u"http://joe:SECRET@proxy.example:3128"_s);
        proxy.source = u"HTTPS_PROXY"_s;
        QSet<QString> seen;
        for (int i = 0; i <= int(ProxyTrouble::NotSocks); ++i) {
            for (const auto kind : {ProxySettings::Kind::Http, ProxySettings::Kind::Socks5}) {
                proxy.kind = kind;
                const auto failure = describeProxyTrouble(ProxyTrouble(i), proxy, u"api:6443"_s, u"says %1 %2 %3"_s);
                QVERIFY2(failure.text.contains("proxy.example:3128 (from HTTPS_PROXY)"_L1), qPrintable(failure.text));
                for (const QString &text : {failure.text, failure.detail})
                    QVERIFY2(!text.contains("SECRET"_L1) && !text.contains("joe"_L1), qPrintable(text));
                QVERIFY(!failure.detail.isEmpty());
                if (kind == ProxySettings::Kind::Http) {
                    QVERIFY2(!seen.contains(failure.text), qPrintable(failure.text));
                    seen << failure.text;
                }
            }
        }
    }

    void whatTheProxySaysIsNotAPattern()
    {
        const auto failure =
            describeProxyTrouble(ProxyTrouble::ServerUnreachable, proxyOf(u"http://p:1"_s), u"api:1"_s, u"50%2 %1"_s);
        QVERIFY2(failure.text.contains("(50%2 %1)"_L1), qPrintable(failure.text));
    }
};

QTEST_GUILESS_MAIN(TestProxyHandshake)
#include "tst_proxyhandshake.moc"
