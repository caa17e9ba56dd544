#include "core/kube/api/answerstream.h"
#include "core/kube/api/apiclient.h"
#include "tests/support/httpserver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <zlib.h>

using namespace Fairlead::Kube;
using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

namespace {

ConnectionConfig configFor(const QUrl &url)
{
    ConnectionConfig config;
    config.server = url;
    return config;
}

ApiClient::Request get(const QByteArray &path)
{
    ApiClient::Request request;
    request.path = path;
    return request;
}

QByteArray gzip(const QByteArray &plain)
{
    z_stream stream{};
    constexpr int GzipWindow = 15 + 16;
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, GzipWindow, 8, Z_DEFAULT_STRATEGY);
    QByteArray out(qsizetype(deflateBound(&stream, uLong(plain.size()))) + 64, Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.constData()));
    stream.avail_in = uInt(plain.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = uInt(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return out;
}

/// The outcome of one request, waited for by the test.
struct Asked {
    std::optional<ApiClient::Answer> answer;

    void ask(ApiClient &client, const ApiClient::Request &request, QObject *context)
    {
        client.send(request, context, [this](ApiClient::Answer result) { answer = std::move(result); });
    }
    [[nodiscard]] ApiError error() const { return answer && !*answer ? answer->error() : ApiError(); }
};

constexpr int Deadline = 20'000;

} // namespace

class TestApiClient : public QObject
{
    Q_OBJECT

private slots:
    void answersArriveAfterSendReturned()
    {
        HttpServer server([](const HttpRequest &, HttpAnswerer out) { out.respond(200, R"({"ok":1})"); });
        ApiClient client(configFor(server.url()));
        Asked asked;
        asked.ask(client, get("/version"), this);
        QVERIFY(!asked.answer);
        QTRY_VERIFY_WITH_TIMEOUT(asked.answer, Deadline);
        QVERIFY(*asked.answer);
        QCOMPARE(**asked.answer, QByteArray(R"({"ok":1})"));
        QVERIFY(server.requests()[0].field("User-Agent").startsWith("fairlead/"));
        QCOMPARE(server.requests()[0].field("Accept"), "application/json"_ba);
        QVERIFY(server.requests()[0].field("Accept-Encoding").contains("gzip"));
        QCOMPARE(server.requests()[0].field("Authorization"), QByteArray());
    }

    void pathAndQueryArriveAsMeant()
    {
        HttpServer server([](const HttpRequest &, HttpAnswerer out) { out.respond(200, "{}"); });
        ConnectionConfig config = configFor(server.url());
        config.server.setPath(u"/pre%fix"_s, QUrl::DecodedMode);
        ApiClient client(config);
        ApiClient::Request request = get(apiPath(config, {u"api"_s, u"a/b"_s}));
        request.query.addQueryItem(u"labelSelector"_s, u"app=web,x in (a+b)&c"_s);
        Asked asked;
        asked.ask(client, request, this);
        QTRY_VERIFY_WITH_TIMEOUT(asked.answer, Deadline);
        QCOMPARE(server.requests()[0].path, "/pre%25fix/api/a%2Fb"_ba);
        QCOMPARE(server.requests()[0].argument(u"labelSelector"_s), u"app=web,x in (a+b)&c"_s);
    }

    void bodiesAreSent()
    {
        HttpServer server([](const HttpRequest &, HttpAnswerer out) { out.respond(201, "{}"); });
        ApiClient client(configFor(server.url()));
        ApiClient::Request request = get("/apis/x");
        request.verb = "POST";
        request.body = R"({"a":1})";
        Asked asked;
        asked.ask(client, request, this);
        QTRY_VERIFY_WITH_TIMEOUT(asked.answer, Deadline);
        QVERIFY(*asked.answer);
        QCOMPARE(server.requests()[0].verb, "POST"_ba);
        QCOMPARE(server.requests()[0].body, QByteArray(R"({"a":1})"));
        QCOMPARE(server.requests()[0].field("Content-Type"), "application/json"_ba);
    }

    /// Lists of similar objects shrink by more than 1:40, where Qt sees an attack by default.
    void wellCompressedListsAreRead()
    {
        const QByteArray body = "{\"items\":\"" + QByteArray(20'000'000, 'x') + "\"}";
        const QByteArray packed = gzip(body);
        QVERIFY(packed.size() * 40 < body.size());
        HttpServer server([&packed](const HttpRequest &, HttpAnswerer out) {
            out.respond(200, packed, "application/json", "Content-Encoding: gzip\r\n");
        });
        ApiClient client(configFor(server.url()));
        Asked asked;
        asked.ask(client, get("/x"), this);
        QTRY_VERIFY_WITH_TIMEOUT(asked.answer, Deadline);
        QVERIFY2(*asked.answer, qPrintable(asked.error().message));
        QCOMPARE((*asked.answer)->size(), body.size());
    }

    void compressionCanBeSwitchedOff()
    {
        HttpServer server([](const HttpRequest &, HttpAnswerer out) { out.respond(200, "{}"); });
        ConnectionConfig config = configFor(server.url());
        config.disableCompression = true;
        ApiClient client(config);
        Asked asked;
        asked.ask(client, get("/x"), this);
        QTRY_VERIFY_WITH_TIMEOUT(asked.answer, Deadline);
        QCOMPARE(server.requests()[0].field("Accept-Encoding"), "identity"_ba);
    }

    void hugeAnswersAreNotKept()
    {
        const QByteArray body(65 * 1024 * 1024, ' ');
        HttpServer server([&body](const HttpRequest &, HttpAnswerer out) { out.respond(200, body); });
        ApiClient client(configFor(server.url()));
        Asked asked;
        asked.ask(client, get("/x"), this);
        QTRY_VERIFY_WITH_TIMEOUT(asked.answer, Deadline);
        QCOMPARE(asked.error().kind, ApiError::Kind::BadAnswer);
        QVERIFY(asked.error().message.contains(u"64 MiB"_s));
    }

    void refusalsInWords_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("kubectl");
        QTest::addColumn<QString>("inMessage");
        const auto status = [](const char *reason, const char *message, int code) {
            const QJsonObject object{{u"kind"_s, u"Status"_s},
                                     {u"reason"_s, QString::fromLatin1(reason)},
                                     {u"message"_s, QString::fromLatin1(message)},
                                     {u"code"_s, code}};
            return QJsonDocument(object).toJson();
        };
        const QByteArray json = "application/json";
        const QByteArray html = "text/html; charset=utf-8";
        using K = ApiError::Kind;
        QTest::addRow("401") << 401 << json << status("Unauthorized", "Unauthorized", 401) << int(K::Unauthorized)
                             << u"error: You must be logged in to the server (Unauthorized)"_s << u"Unauthorized"_s;
        QTest::addRow("401 without Status")
            << 401 << html << "no"_ba << int(K::Unauthorized)
            << u"error: You must be logged in to the server (the server has asked for the client to provide credentials)"_s
            << u"web page"_s;
        QTest::addRow("403") << 403 << json << status("Forbidden", "pods is forbidden", 403) << int(K::Forbidden)
                             << u"Error from server (Forbidden): pods is forbidden"_s << u"pods is forbidden"_s;
        QTest::addRow("404") << 404 << json << status("NotFound", "pods \"x\" not found", 404) << int(K::NotFound)
                             << u"Error from server (NotFound): pods \"x\" not found"_s << u"pods \"x\" not found"_s;
        QTest::addRow("404 without Status")
            << 404 << "text/plain"_ba
            << "404 page not found"_ba << int(K::NotFound)
            << u"Error from server (NotFound): the server could not find the requested resource"_s
            << u"404 page not found"_s;
        QTest::addRow("410") << 410 << json << status("Expired", "too old", 410) << int(K::Gone)
                             << u"Error from server (Expired): too old"_s << u"read again"_s;
        QTest::addRow("422") << 422 << json << status("Invalid", "bad", 422) << int(K::Refused)
                             << u"Error from server (Invalid): bad"_s << u"bad"_s;
        QTest::addRow("Status without reason") << 418 << json << status("", "teapot", 418) << int(K::Refused)
                                               << u"Error from server: teapot"_s << u"teapot"_s;
        QTest::addRow("502 with a web page")
            << 502 << html << "<html>Bad Gateway</html>"_ba << int(K::Server)
            << u"Error from server (InternalError): an error on the server (\"<html>Bad Gateway</html>\") has prevented the request from succeeding"_s
            << u"web page (status 502)"_s;
        QTest::addRow("503, empty")
            << 503 << json << ""_ba << int(K::Server)
            << u"Error from server (ServiceUnavailable): the server is currently unable to handle the request"_s
            << u"unable to handle"_s;
        QTest::addRow("504") << 504 << json << status("Timeout", "late", 504) << int(K::Server)
                             << u"Error from server (Timeout): late"_s << u"late"_s;
        QTest::addRow("200 with a sign-in page") << 200 << html << "<!doctype html><p>Hello"_ba << int(K::BadAnswer)
                                                 << u"error: the server at "_s << u"web page (status 200)"_s;
        QTest::addRow("200 with rubbish") << 200 << json << "rubbish"_ba << int(K::BadAnswer)
                                          << u"error: the server at "_s << u"not the Kubernetes API"_s;
    }

    void refusalsInWords()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, type);
        QFETCH(const QByteArray, body);
        QFETCH(const int, kind);
        QFETCH(const QString, kubectl);
        QFETCH(const QString, inMessage);
        HttpServer server([&](const HttpRequest &, HttpAnswerer out) {
            out.respond(status, body, type, "WWW-Authenticate: Bearer realm=\"x\"\r\n");
        });
        ApiClient client(configFor(server.url()));
        Asked asked;
        asked.ask(client, get("/x"), this);
        QTRY_VERIFY_WITH_TIMEOUT(asked.answer, Deadline);
        QCOMPARE(int(asked.error().kind), kind);
        QCOMPARE(asked.error().httpStatus, status);
        QVERIFY2(asked.error().kubectlText.startsWith(kubectl), qPrintable(asked.error().kubectlText));
        QVERIFY2(asked.error().message.contains(inMessage), qPrintable(asked.error().message));
        if (asked.error().message.contains(u"web page"_s))
            QVERIFY2(asked.error().message.contains(client.hostText()), qPrintable(asked.error().message));
    }

    void retryAfterIsRead()
    {
        HttpServer server([](const HttpRequest &, HttpAnswerer out) {
            out.respond(429, "slow down", "text/plain", "Retry-After: 7\r\n");
        });
        ApiClient client(configFor(server.url()));
        Asked asked;
        asked.ask(client, get("/x"), this);
        QTRY_VERIFY_WITH_TIMEOUT(asked.answer, Deadline);
        QCOMPARE(asked.error().kind, ApiError::Kind::Busy);
        QCOMPARE(asked.error().retryAfterSeconds, 7);
    }

    void redirectsAreNotFollowed()
    {
        HttpServer elsewhere([](const HttpRequest &, HttpAnswerer out) { out.respond(200, "{}"); });
        const QByteArray location = "Location: " + elsewhere.url().toEncoded() + "/login?secret=1\r\n";
        HttpServer server([&](const HttpRequest &, HttpAnswerer out) { out.respond(302, "", "text/html", location); });
        ApiClient client(configFor(server.url()));
        Asked asked;
        asked.ask(client, get("/x"), this);
        QTRY_VERIFY_WITH_TIMEOUT(asked.answer, Deadline);
        QCOMPARE(asked.error().httpStatus, 302);
        QVERIFY(asked.error().message.contains(u"sign-in page"_s));
        QVERIFY(!asked.error().detail.contains(u"secret"_s));
        QCOMPARE(elsewhere.requests().size(), 0);
    }

    void aRefusedConnectionIsNamed()
    {
        QUrl url;
        {
            const HttpServer gone([](const HttpRequest &, HttpAnswerer) {});
            url = gone.url();
        }
        ApiClient client(configFor(url));
        Asked asked;
        asked.ask(client, get("/x"), this);
        QTRY_VERIFY_WITH_TIMEOUT(asked.answer, Deadline);
        QCOMPARE(asked.error().kind, ApiError::Kind::Network);
        QCOMPARE(asked.error().kubectlText,
                 u"The connection to the server %1 was refused - did you specify the right host or port?"_s.arg(
                     client.hostText()));
    }

    void silenceEndsAtTheDeadline()
    {
        HttpServer server([](const HttpRequest &, HttpAnswerer) {});
        ApiClient client(configFor(server.url()));
        ApiClient::Request request = get("/x");
        request.timeoutMs = 50;
        Asked asked;
        asked.ask(client, request, this);
        QTRY_VERIFY_WITH_TIMEOUT(asked.answer, Deadline);
        QCOMPARE(asked.error().kind, ApiError::Kind::Network);
        QVERIFY(asked.error().kubectlText.contains(u"Client.Timeout exceeded"_s));
    }

    /// A drip of bytes is not an answer: the deadline counts from the start.
    void aDripDoesNotMoveTheDeadline()
    {
        QTimer drip;
        std::optional<HttpAnswerer> open;
        HttpServer server([&](const HttpRequest &, HttpAnswerer out) {
            open = out;
            open->begin();
        });
        connect(&drip, &QTimer::timeout, this, [&] {
            if (open)
                open->chunk(" ");
        });
        drip.start(10);
        ApiClient client(configFor(server.url()));
        ApiClient::Request request = get("/x");
        request.timeoutMs = 200;
        Asked asked;
        asked.ask(client, request, this);
        QTRY_VERIFY_WITH_TIMEOUT(asked.answer, Deadline);
        QCOMPARE(asked.error().kind, ApiError::Kind::Network);
    }

    void aGetIsRepeatedWhenAnIdleConnectionDies()
    {
        int served = 0;
        HttpServer server([&](const HttpRequest &request, HttpAnswerer out) {
            if (request.connection == 0 && served++ == 1)
                out.close(); // the second request on the kept connection meets its end
            else
                out.respond(200, "{}");
        });
        ApiClient client(configFor(server.url()));
        for (int i = 0; i < 2; ++i) {
            Asked asked;
            asked.ask(client, get("/x"), this);
            QTRY_VERIFY_WITH_TIMEOUT(asked.answer, Deadline);
            QVERIFY2(*asked.answer, qPrintable(asked.error().message));
        }
        QVERIFY(server.connections() >= 2);
    }

    void aServerThatAlwaysClosesIsGivenUp()
    {
        HttpServer server([](const HttpRequest &, HttpAnswerer out) { out.close(); });
        ApiClient client(configFor(server.url()));
        Asked asked;
        asked.ask(client, get("/x"), this);
        QTRY_VERIFY_WITH_TIMEOUT(asked.answer, Deadline);
        QCOMPARE(asked.error().kind, ApiError::Kind::Network);
        QVERIFY(asked.error().message.contains(u"closed the connection"_s));
    }

    void aCutAnswerIsAnError()
    {
        HttpServer server([](const HttpRequest &, HttpAnswerer out) {
            out.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"items\":[]");
            out.close();
        });
        ApiClient client(configFor(server.url()));
        Asked asked;
        asked.ask(client, get("/x"), this);
        QTRY_VERIFY_WITH_TIMEOUT(asked.answer, Deadline);
        QVERIFY(!*asked.answer);
        QCOMPARE(asked.error().kind, ApiError::Kind::Network);
    }

    void nobodyIsCalledWhenTheContextDied()
    {
        std::optional<HttpAnswerer> held;
        HttpServer server([&](const HttpRequest &request, HttpAnswerer out) {
            if (request.path == "/held")
                held = out;
            else
                out.respond(200, "{}");
        });
        ApiClient client(configFor(server.url()));
        auto context = std::make_unique<QObject>();
        Asked dead;
        dead.ask(client, get("/held"), context.get());
        QTRY_VERIFY_WITH_TIMEOUT(held, Deadline);
        context.reset();
        held->respond(200, "{}");
        Asked alive;
        alive.ask(client, get("/x"), this);
        QTRY_VERIFY_WITH_TIMEOUT(alive.answer, Deadline);
        QVERIFY(!dead.answer);
        QTRY_VERIFY_WITH_TIMEOUT(!held->isOpen(), Deadline); // the request was taken back
    }

    void aDestroyedClientCallsNobody()
    {
        std::optional<HttpAnswerer> held;
        HttpServer server([&](const HttpRequest &, HttpAnswerer out) { held = out; });
        auto client = std::make_unique<ApiClient>(configFor(server.url()));
        Asked asked;
        asked.ask(*client, get("/x"), this);
        QTRY_VERIFY_WITH_TIMEOUT(held, Deadline);
        client.reset();
        QTRY_VERIFY_WITH_TIMEOUT(!held->isOpen(), Deadline);
        QVERIFY(!asked.answer);
    }

    void unsupportedAsksNobody()
    {
        HttpServer server([](const HttpRequest &, HttpAnswerer out) { out.respond(200, "{}"); });
        ConnectionConfig config = configFor(server.url());
        config.unsupported = {u"This user signs in with a plugin."_s};
        ApiClient client(config);
        Asked asked;
        asked.ask(client, get("/x"), this);
        QVERIFY(!asked.answer);
        QTRY_VERIFY_WITH_TIMEOUT(asked.answer, Deadline);
        QCOMPARE(asked.error().kind, ApiError::Kind::Unsupported);
        QCOMPARE(asked.error().message, config.unsupported[0]);
        const std::unique_ptr<AnswerStream> stream(client.stream(get("/x"), nullptr));
        QSignalSpy failed(stream.get(), &AnswerStream::failed);
        stream->open();
        QCOMPARE(failed.size(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, Deadline);
        QCOMPARE(failed[0][0].value<ApiError>().message, config.unsupported[0]);
        QCOMPARE(server.connections(), 0);
    }

    void podsAreParsed()
    {
        HttpServer server([](const HttpRequest &request, HttpAnswerer out) {
            if (request.path.endsWith("/good"))
                out.respond(
                    200, R"({"kind":"Pod","metadata":{"name":"good","namespace":"ns"},"status":{"phase":"Running"}})");
            else
                out.respond(200, R"({"kind":"Surprise"})");
        });
        ApiClient client(configFor(server.url()));
        std::optional<Fairlead::Result<PodInfo, ApiError>> good;
        std::optional<Fairlead::Result<PodInfo, ApiError>> odd;
        client.getPod(u"n/s"_s, u"good"_s, this, [&](const auto &answer) { good = answer; });
        client.getPod(u"ns"_s, u"odd"_s, this, [&](const auto &answer) { odd = answer; });
        QTRY_VERIFY_WITH_TIMEOUT(good && odd, Deadline);
        QCOMPARE(server.count("/api/v1/namespaces/n%2Fs/pods/good"), 1);
        QVERIFY(*good);
        QCOMPARE((*good)->phase, u"Running"_s);
        QCOMPARE(odd->error().kind, ApiError::Kind::BadAnswer);
    }

    void streamsAreReadAsTheyCome()
    {
        std::optional<HttpAnswerer> open;
        HttpServer server([&](const HttpRequest &, HttpAnswerer out) {
            open = out;
            open->begin();
            open->chunk("one\n");
        });
        ApiClient client(configFor(server.url()));
        const std::unique_ptr<AnswerStream> stream(client.stream(get("/watch"), nullptr));
        QByteArrayList arrived;
        connect(stream.get(), &AnswerStream::arrived, this, [&](const QByteArray &bytes) { arrived << bytes; });
        QSignalSpy ended(stream.get(), &AnswerStream::ended);
        stream->open();
        QTRY_COMPARE_WITH_TIMEOUT(arrived, QByteArrayList({"one\n"}), Deadline);
        QCOMPARE(ended.size(), 0);
        open->chunk("two\n");
        open->end();
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, Deadline);
        QCOMPARE(arrived, QByteArrayList({"one\n", "two\n"}));
        QCOMPARE(server.requests()[0].field("Accept-Encoding"), "identity"_ba);
    }
};

QTEST_GUILESS_MAIN(TestApiClient)
#include "tst_apiclient.moc"
