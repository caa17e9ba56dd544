#include "core/kube/api/answerstream.h"
#include "core/kube/api/apiclient.h"
#include "core/kube/signin/credentialsource.h"
#include "tests/core/kube/signin/scriptplugin.h"
#include "tests/support/httpserver.h"
#include "tests/support/tlsserverconfig.h"

#include <QTest>
#include <QThread>

using namespace Fairlead;
using namespace Fairlead::Kube;
using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

namespace {

/// A server over TLS that lets one token in and tells who came with which.
class Gatekeeper
{
public:
    Gatekeeper()
        : authority(makeAuthority())
        , server(
              [this](const HttpRequest &request, HttpAnswerer out) {
                  seen.append(request.field("Authorization"));
                  if (seen.last() == "Bearer " + accepted)
                      out.respond(200, R"({"kind":"Status","status":"ok"})");
                  else
                      out.respond(401,
                                  R"({"kind":"Status","status":"Failure","reason":"Unauthorized","code":401,)"
                                  R"("message":"Unauthorized"})");
              },
              tlsServerConfiguration(Identity(serverWish(), authority)))
    {
    }

    [[nodiscard]] ConnectionConfig config(const ExecPlugin &plugin) const
    {
        ConnectionConfig result;
        result.server = server.url();
        result.tls.caPem = authority.certificatePem();
        result.exec = plugin;
        return result;
    }

    QByteArray accepted = "good";
    QByteArrayList seen;
    Identity authority;
    HttpServer server;
};

/// Sends one request and waits for its answer.
ApiClient::Answer get(ApiClient &client)
{
    std::optional<ApiClient::Answer> answer;
    ApiClient::Request request;
    request.path = apiPath(client.config(), {u"version"_s});
    client.send(request, nullptr, [&](const ApiClient::Answer &got) { answer = got; });
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, 30'000))
        return Failure{ApiError{.message = u"no answer"_s}};
    return *answer;
}

} // namespace

class TestCredentialSource : public QObject
{
    Q_OBJECT

private slots:
    void manyClientsRunItOnce()
    {
        Gatekeeper gate;
        const ScriptPlugin plugin("sleep 0.3\n" + printStatus(R"({"token":"good"})"));
        std::vector<std::unique_ptr<ApiClient>> clients;
        int answered = 0;
        for (int i = 0; i < 20; ++i) {
            clients.push_back(std::make_unique<ApiClient>(gate.config(plugin.settings())));
            ApiClient::Request request;
            request.path = "/version";
            clients.back()->send(request, nullptr,
                                 [&](const ApiClient::Answer &answer) { answered += answer.hasValue(); });
        }
        QTRY_COMPARE_WITH_TIMEOUT(answered, 20, 30'000);
        QCOMPARE(plugin.runs(), 1);
    }

    void anotherPluginHasItsOwnRun()
    {
        Gatekeeper gate;
        const ScriptPlugin plugin(printStatus(R"({"token":"good"})"));
        ExecPlugin other = plugin.settings();
        other.arguments = {u"--profile=b"_s};
        QVERIFY(credentialSourceFor(gate.config(other)) != credentialSourceFor(gate.config(plugin.settings())));
        ConnectionConfig elsewhere = gate.config(plugin.settings());
        elsewhere.server = QUrl(u"https://other:6443"_s);
        QCOMPARE(credentialSourceFor(elsewhere), credentialSourceFor(gate.config(plugin.settings())));
        elsewhere.exec->provideClusterInfo = true; // then it may answer to each cluster differently
        ConnectionConfig here = gate.config(*elsewhere.exec);
        QVERIFY(credentialSourceFor(elsewhere) != credentialSourceFor(here));
    }

    void oneMoreRunAfterA401()
    {
        Gatekeeper gate;
        const ScriptPlugin plugin("[ $RUNS = 1 ] && T=old || T=good\n" + printStatus(R"({"token":"$T"})"));
        ApiClient client(gate.config(plugin.settings()));
        QVERIFY(get(client).hasValue());
        QCOMPARE(gate.seen, QByteArrayList({"Bearer old", "Bearer good"}));
        QCOMPARE(plugin.runs(), 2);
    }

    void neverInALoop()
    {
        Gatekeeper gate;
        gate.accepted = "nobody's";
        const ScriptPlugin plugin(printStatus(R"({"token":"t$RUNS"})"));
        ApiClient client(gate.config(plugin.settings()));
        QCOMPARE(get(client).error().kind, ApiError::Kind::Unauthorized);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(get(client).error().kind, ApiError::Kind::SignInNeeded);
        QCOMPARE(plugin.runs(), 2);
        QCOMPARE(gate.seen, QByteArrayList({"Bearer t1", "Bearer t2"}));

        gate.accepted = "t3"; // the user signs in
        credentialSourceFor(client.config())->forgive(SystemClock::instance().monotonicMs());
        QVERIFY(get(client).hasValue());
        QCOMPARE(plugin.runs(), 3);
    }

    void aFailedPluginIsNotRunAgainUnattended()
    {
        Gatekeeper gate;
        const ScriptPlugin plugin("echo 'log in first' >&2; exit 1");
        ApiClient client(gate.config(plugin.settings()));
        for (int i = 0; i < 3; ++i) {
            const ApiClient::Answer answer = get(client);
            QCOMPARE(answer.error().kind, ApiError::Kind::SignInNeeded);
            QCOMPARE(answer.error().detail, u"log in first"_s);
            QCOMPARE(
                answer.error().kubectlText,
                u"Unable to connect to the server: getting credentials: exec: executable %1 failed with exit code 1"_s
                    .arg(plugin.path()));
        }
        QCOMPARE(plugin.runs(), 1);
        QCOMPARE(gate.server.connections(), 0);
    }

    void watchesSignInToo()
    {
        Gatekeeper gate;
        const ScriptPlugin plugin(printStatus(R"({"token":"good"})"));
        ApiClient client(gate.config(plugin.settings()));
        ApiClient::Request request;
        request.path = "/api/v1/pods";
        AnswerStream *stream = client.stream(request, &client);
        bool answered = false;
        connect(stream, &AnswerStream::answered, this, [&] { answered = true; });
        stream->open();
        QTRY_VERIFY_WITH_TIMEOUT(answered, 30'000);
        QCOMPARE(gate.seen, QByteArrayList{"Bearer good"});
    }

    void aPluginsCertificateIsShownToTheServer()
    {
        const Identity authority = makeAuthority();
        QByteArrayList subjects;
        HttpServer server([&](const HttpRequest &, HttpAnswerer out) { out.respond(200, R"({"kind":"Status"})"); },
                          tlsServerConfiguration(Identity(serverWish(), authority), &authority));
        CertificateWish wish;
        wish.commonName = u"joe"_s;
        const Identity joe(wish, authority);
        const auto escaped = [](QByteArray pem) { return pem.replace("\n", "\\\\n"); };
        const ScriptPlugin plugin(printStatus("{\"clientCertificateData\":\"" + escaped(joe.certificatePem())
                                              + "\",\"clientKeyData\":\"" + escaped(joe.keyPem()) + "\"}"));
        ConnectionConfig config;
        config.server = server.url();
        config.tls.caPem = authority.certificatePem();
        ApiClient anonymous(config);
        QVERIFY(!get(anonymous)); // the server insists on one
        config.exec = plugin.settings();
        ApiClient client(config);
        QVERIFY(get(client).hasValue());
        AnswerStream *stream = client.stream({.path = "/version"}, &client);
        bool answered = false;
        connect(stream, &AnswerStream::answered, this, [&] { answered = true; });
        stream->open();
        QTRY_VERIFY_WITH_TIMEOUT(answered, 30'000);
        QCOMPARE(plugin.runs(), 1);
    }

    void anAttendedRunReplacesTheUnattendedOne()
    {
        Gatekeeper gate;
        const ScriptPlugin plugin("case \"$KUBERNETES_EXEC_INFO\" in *'\"interactive\":true'*) ;; *) sleep 600;; esac\n"
                                  "echo Code: >&2; read C\n"
                                  + printStatus(R"({"token":"$C"})"));
        ApiClient client(gate.config(plugin.settings()));
        std::optional<ApiClient::Answer> answer;
        client.send({.path = "/version"}, nullptr, [&](const ApiClient::Answer &got) { answer = got; });
        QTRY_COMPARE_WITH_TIMEOUT(plugin.runs(), 1, 15'000);

        const auto source = credentialSourceFor(client.config());
        auto run = source->makeRun({PluginManners::Input::Dialog, false, 0});
        QByteArray said;
        connect(run.get(), &SignInRun::said, this, [&](const QByteArray &bytes) { said += bytes; });
        const CredentialSource::Handle handle = source->begin(std::move(run));
        QTRY_COMPARE_WITH_TIMEOUT(said, "Code:\n"_ba, 15'000);
        QVERIFY(!answer); // who waited for the other run waits for this one
        handle.say("good\n");
        QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), 15'000);
        QVERIFY(answer->hasValue());
        QCOMPARE(plugin.runs(), 2);
    }

    void nobodyIsCalledAfterHisDeath()
    {
        Gatekeeper gate;
        const ScriptPlugin plugin("sleep 0.5\n" + printStatus(R"({"token":"good"})"));
        const auto source = credentialSourceFor(gate.config(plugin.settings()));
        bool called = false;
        auto dying = std::make_unique<QObject>();
        source->ensure(dying.get(), [&](const auto &) { called = true; });
        dying.reset();
        bool other = false;
        source->ensure(this, [&](const auto &) { other = true; });
        QTRY_VERIFY_WITH_TIMEOUT(other, 15'000);
        QVERIFY(!called);
        QCOMPARE(plugin.runs(), 1);
    }

    void threadsAskAtOnce()
    {
        Gatekeeper gate;
        const ScriptPlugin plugin("sleep 0.2\n" + printStatus(R"({"token":"good"})"));
        std::atomic<int> answered = 0;
        std::vector<std::unique_ptr<QThread>> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back(QThread::create([&] {
                QEventLoop loop;
                QObject context;
                credentialSourceFor(gate.config(plugin.settings()))->ensure(&context, [&](const auto &failure) {
                    answered += !failure;
                    loop.quit();
                });
                loop.exec();
            }));
            threads.back()->start();
        }
        for (const auto &thread : threads)
            QVERIFY(thread->wait(30'000));
        QCOMPARE(answered.load(), 8);
        QCOMPARE(plugin.runs(), 1);
    }

    /// QNetworkRequest cannot send a field twice, and impersonation needs that.
    void allImpersonationFieldsAreSent()
    {
        QByteArrayList groups;
        const Identity authority = makeAuthority();
        HttpServer server(
            [&](const HttpRequest &request, HttpAnswerer out) {
                groups = {request.field("Impersonate-User"),  request.field("Impersonate-Uid"),
                          request.field("Impersonate-Group"), request.field("Impersonate-Extra-Scopes"),
                          request.field("Authorization"),     request.body};
                out.respond(200, R"({"kind":"Status"})");
            },
            tlsServerConfiguration(Identity(serverWish(), authority)));
        ConnectionConfig config;
        config.server = server.url();
        config.tls.caPem = authority.certificatePem();
        config.token = u"t"_s;
        config.impersonate = {u"alice"_s, u"42"_s, {u"g1"_s, u"g2"_s}, {{u"Scopes"_s, {u"a"_s, u"b"_s}}}};
        ApiClient client(config);
        QVERIFY(get(client).hasValue());
        QCOMPARE(groups, QByteArrayList({"alice", "42", "g1|g2", "a|b", "Bearer t", ""}));
        std::optional<ApiClient::Answer> posted;
        client.send({.verb = "POST", .path = "/apis/x", .body = "{\"a\":1}"}, nullptr,
                    [&](const ApiClient::Answer &got) { posted = got; });
        QTRY_VERIFY_WITH_TIMEOUT(posted.has_value(), 15'000);
        QVERIFY(posted->hasValue());
        QCOMPARE(groups.last(), "{\"a\":1}"_ba);
    }
};

QTEST_GUILESS_MAIN(TestCredentialSource)
#include "tst_credentialsource.moc"
