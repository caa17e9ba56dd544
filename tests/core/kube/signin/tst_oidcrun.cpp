#include "core/kube/signin/credentialsource.h"
#include "core/kube/signin/jwt.h"
#include "core/kube/signin/oidcrun.h"
#include "tests/support/httpserver.h"
#include "tests/support/tlsserverconfig.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Kube;
using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

namespace {

QByteArray jwt(qint64 expires)
{
    const auto part = [](const QJsonObject &object) {
        return QJsonDocument(object)
            .toJson(QJsonDocument::Compact)
            .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    };
    return part({{u"alg"_s, u"none"_s}}) + '.' + part({{u"sub"_s, u"joe?>"_s}, {u"exp"_s, expires}}) + ".c2ln";
}

qint64 inSeconds(qint64 seconds)
{
    return QDateTime::currentSecsSinceEpoch() + seconds;
}

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// A provider over TLS with a CA of its own.
class Provider
{
public:
    Provider()
        : authority(makeAuthority())
        , server([this](const HttpRequest &request, HttpAnswerer out) { answer(request, out); },
                 tlsServerConfiguration(Identity(serverWish(), authority)))
    {
    }

    [[nodiscard]] QMap<QString, QString> settings() const
    {
        return {{u"idp-issuer-url"_s, server.url().toString() + "/realms/x/"_L1},
                {u"client-id"_s, u"kube client"_s},
                {u"client-secret"_s, u"s3+cret"_s},
                {u"refresh-token"_s, u"refresh/1"_s},
                {u"id-token"_s, QString::fromLatin1(jwt(inSeconds(-100)))},
                {u"idp-certificate-authority-data"_s, QString::fromLatin1(authority.certificatePem().toBase64())}};
    }

    void answer(const HttpRequest &request, HttpAnswerer out)
    {
        asked.append(request.verb + ' ' + request.path);
        if (request.path == "/realms/x/.well-known/openid-configuration")
            return out.respond(discoveryStatus, discovery.isEmpty() ? endpoint() : discovery);
        QUrlQuery form(QString::fromUtf8(request.body));
        tokens.append(form.queryItemValue(u"refresh_token"_s, QUrl::FullyDecoded));
        const QByteArray basic = "Basic " + QByteArray("kube%20client:s3%2Bcret").toBase64();
        const bool byField = request.field("Authorization") == basic;
        const bool byForm = form.queryItemValue(u"client_secret"_s, QUrl::FullyDecoded) == "s3+cret"_L1
            && form.queryItemValue(u"client_id"_s, QUrl::FullyDecoded) == "kube client"_L1;
        if (onlyByForm ? !byForm : !byField)
            return out.respond(401, R"({"error":"invalid_client"})");
        out.respond(answerStatus, answerBody);
    }

    [[nodiscard]] QByteArray endpoint() const
    {
        return json({{u"token_endpoint"_s, server.url().toString() + "/token"_L1}});
    }

    bool onlyByForm = false;
    int discoveryStatus = 200;
    QByteArray discovery; ///< empty: a right one
    int answerStatus = 200;
    QByteArray answerBody = json({{u"id_token"_s, QString::fromLatin1(jwt(inSeconds(3600)))}});
    QByteArrayList asked;
    QStringList tokens;
    Identity authority;
    HttpServer server;
};

using Change = std::function<void(Provider &, QMap<QString, QString> &)>;

SignInRun::Outcome run(const QMap<QString, QString> &settings)
{
    std::optional<SignInRun::Outcome> outcome;
    OidcRun one(settings);
    QObject::connect(&one, &OidcRun::finished, &one, [&](const auto &result) { outcome = result; });
    one.start();
    if (!QTest::qWaitFor([&] { return outcome.has_value(); }, 40000))
        return Failure{SignInFailure{u"no end"_s, {}, {}, false}};
    return *outcome;
}

} // namespace

class TestOidcRun : public QObject
{
    Q_OBJECT

private slots:
    void tokensTellTheirEnd_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<qint64>("expires");
        QTest::addRow("claims") << jwt(1900000000) << qint64(1900000000);
        QTest::addRow("two parts") << "a.b"_ba << qint64(-1);
        QTest::addRow("not base64") << "a.!!.c"_ba << qint64(-1);
        QTest::addRow("no end") << "a." + QByteArray("{}").toBase64() + ".c" << qint64(-1);
        QTest::addRow("a word for an end") << "a." + QByteArray(R"({"exp":"x"})").toBase64() + ".c" << qint64(-1);
        QTest::addRow("opaque") << "sha256~abc"_ba << qint64(-1);
    }

    void tokensTellTheirEnd()
    {
        QFETCH(const QByteArray, token);
        QFETCH(const qint64, expires);
        const auto found = jwtExpiry(token);
        QCOMPARE(found ? found->toSecsSinceEpoch() : -1, expires);
    }

    /// Qt would speak to it in the clear, with the proxy's password.
    void aProxyOverTlsIsRefusedInWords()
    {
        const auto restore = qScopeGuard([former = qgetenv("HTTPS_PROXY")] { qputenv("HTTPS_PROXY", former); });
        qputenv("HTTPS_PROXY", "https://joe:pa55@proxy.invalid:3129");
        Provider provider;
        auto settings = provider.settings();
        settings[u"idp-issuer-url"_s] = u"https://sso.example/realms/x"_s;
        const SignInRun::Outcome outcome = run(settings);
        QVERIFY(!outcome);
        const QString text = outcome.error().text;
        QVERIFY2(text.contains(u"proxy.invalid:3129"_s) && text.contains(u"sso.example"_s), qPrintable(text));
        QVERIFY2(!text.contains(u"pa55"_s) && !text.contains(u"joe"_s), qPrintable(text));
    }

    void theKubeconfigsTokenCountsWhileItIsValid_data()
    {
        QTest::addColumn<int>("left");
        QTest::addColumn<bool>("valid");
        QTest::addRow("an hour left") << 3600 << true;
        QTest::addRow("more than ten seconds left") << 11 << true;
        QTest::addRow("ten seconds left") << 10 << false;
        QTest::addRow("over") << -1 << false;
    }

    void theKubeconfigsTokenCountsWhileItIsValid()
    {
        QFETCH(const int, left);
        QFETCH(const bool, valid);
        const QDateTime now = QDateTime::fromSecsSinceEpoch(1800000000);
        const auto credential = oidcCredential({{u"id-token"_s, QString::fromLatin1(jwt(1800000000 + left))}}, now);
        QCOMPARE(credential.has_value(), valid);
    }

    void refreshes_data()
    {
        QTest::addColumn<bool>("onlyByForm");
        QTest::addRow("client in the Authorization field") << false;
        QTest::addRow("client in the form") << true;
    }

    void refreshes()
    {
        QFETCH(const bool, onlyByForm);
        Provider provider;
        provider.onlyByForm = onlyByForm;
        const auto outcome = run(provider.settings());
        QVERIFY2(outcome.hasValue(), outcome ? "" : qPrintable(outcome.error().text + outcome.error().detail));
        QCOMPARE(outcome->token, QJsonDocument::fromJson(provider.answerBody)["id_token"_L1].toString().toLatin1());
        QVERIFY(outcome->expires.has_value());
        QCOMPARE(outcome->refreshToken, "refresh/1"_ba);
        QCOMPARE(provider.tokens.first(), u"refresh/1"_s);
        QCOMPARE(provider.asked.size(), onlyByForm ? 3 : 2);
    }

    void fails_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("text");
        using Settings = QMap<QString, QString>;
        const auto row = [](const char *name, const Change &change, const QString &text) {
            QTest::addRow("%s", name) << change << text;
        };
        row(
            "no refresh-token", [](Provider &, Settings &s) { s.remove(u"refresh-token"_s); }, u"no refresh-token"_s);
        row(
            "the token was taken back",
            [](Provider &p, Settings &) {
                p.answerStatus = 400;
                p.answerBody = R"({"error":"invalid_grant","error_description":"Token is not active"})";
            },
            u"does not accept the refresh-token"_s);
        row(
            "no discovery", [](Provider &p, Settings &) { p.discoveryStatus = 404; }, u"idp-issuer-url right"_s);
        row(
            "a web page for a discovery", [](Provider &p, Settings &) { p.discovery = "<html>"; },
            u"where tokens are to be had"_s);
        row(
            "tokens over http",
            [](Provider &p, Settings &) { p.discovery = "{\"token_endpoint\":\"http://127.0.0.1:1/token\"}"; },
            u"where tokens are to be had"_s);
        row(
            "no id_token", [](Provider &p, Settings &) { p.answerBody = R"({"access_token":"SECRET"})"; },
            u"gave no id-token"_s);
        row(
            "a CA that did not sign it",
            [](Provider &, Settings &s) {
                s[u"idp-certificate-authority-data"_s] =
                    QString::fromLatin1(makeAuthority(u"Other"_s).certificatePem().toBase64());
            },
            u"cannot be reached"_s);
        row(
            "a CA file that is not there",
            [](Provider &, Settings &s) {
                s.remove(u"idp-certificate-authority-data"_s);
                s[u"idp-certificate-authority"_s] = u"/nowhere/ca.pem"_s;
            },
            u"/nowhere/ca.pem"_s);
        row(
            "a CA that is none", [](Provider &, Settings &s) { s[u"idp-certificate-authority-data"_s] = u"!"_s; },
            u"to trust for"_s);
        row(
            "nobody there", [](Provider &, Settings &s) { s[u"idp-issuer-url"_s] = u"https://127.0.0.1:1"_s; },
            u"cannot be reached"_s);
    }

    void fails()
    {
        QFETCH(const Change, change);
        QFETCH(const QString, text);
        Provider provider;
        QMap<QString, QString> settings = provider.settings();
        change(provider, settings);
        const auto outcome = run(settings);
        QVERIFY(!outcome);
        const SignInFailure &failure = outcome.error();
        QVERIFY2(failure.text.contains(text), qPrintable(failure.text));
        const QString all = failure.text + failure.detail + failure.goText;
        QVERIFY(!all.contains("SECRET"_L1) && !all.contains("s3+cret"_L1) && !all.contains("refresh/1"_L1));
    }

    void theProvidersWordsAreShown()
    {
        Provider provider;
        provider.answerStatus = 400;
        provider.answerBody = R"({"error":"invalid_grant","error_description":"Token is not active"})";
        const auto outcome = run(provider.settings());
        QVERIFY(!outcome);
        // Not those about the second try, where the client is named in the form.
        QCOMPARE(outcome.error().detail, u"invalid_grant: Token is not active"_s);
    }

    void itsWordsAreShownWithoutWhatIsSecret()
    {
        Provider provider;
        provider.answerStatus = 400;
        provider.answerBody = R"({"error":"invalid_grant","error_description":"refresh/1 of s3+cret is not active"})";
        const auto outcome = run(provider.settings());
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().detail, u"invalid_grant: … of … is not active"_s);
    }

    /// Providers may take each refresh token once only.
    void theNextRefreshTokenTakesItsPlace()
    {
        Provider provider;
        provider.answerBody = json({{u"id_token"_s, QString::fromLatin1(jwt(inSeconds(-5)))}, // needed anew soon
                                    {u"refresh_token"_s, u"refresh/2"_s}});
        ConnectionConfig config;
        config.server = QUrl(u"https://api:6443"_s);
        config.authProvider = AuthProvider{u"oidc"_s, provider.settings()};
        const auto source = credentialSourceFor(config);
        const auto ensure = [&] {
            std::optional<bool> done;
            source->ensure(this, [&](const auto &failure) { done = !failure; });
            return QTest::qWaitFor([&] { return done.has_value(); }, 30000) && *done;
        };
        QVERIFY(ensure());
        source->refused(source->current().number);
        QVERIFY(ensure());
        QCOMPARE(provider.tokens, QStringList({u"refresh/1"_s, u"refresh/2"_s}));
    }

    void aValidTokenAsksNobody()
    {
        Provider provider;
        ConnectionConfig config;
        config.server = QUrl(u"https://api:6443"_s);
        config.authProvider = AuthProvider{u"oidc"_s, provider.settings()};
        const QByteArray token = jwt(inSeconds(600));
        config.authProvider->config[u"id-token"_s] = QString::fromLatin1(token);
        const auto source = credentialSourceFor(config);
        QVERIFY(source->isReady());
        QCOMPARE(source->current().credential.token, token);
        QVERIFY(provider.asked.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestOidcRun)
#include "tst_oidcrun.moc"
