#include "tests/app/secrets/secretcase.h"

#include "core/kube/config/kubeconfig.h"
#include "tests/support/tlsserverconfig.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Fairlead::Test {

namespace {

QByteArray statusBody(int status)
{
    return status == 401 ? R"({"kind":"Status","status":"Failure","reason":"Unauthorized","code":401,)"
                           R"("message":"Unauthorized"})"
                         : R"({"kind":"Status","status":"Failure","reason":"Forbidden","code":403,)"
                           R"("message":"pods \"web\" is forbidden: User \"joe\" cannot get resource \"pods\" in )"
                           R"(API group \"\" in the namespace \"default\"","details":{"name":"web","kind":"pods"}})";
}

/// What the plugin sees of us goes to its folder.
const QByteArray TellSurroundings = "cat /proc/$$/environ /proc/$$/cmdline | tr '\\0' '\\n' > $DIR/surroundings\n";

} // namespace

SecretStage::SecretStage()
    : m_authority(makeAuthority())
    , m_api([this](const HttpRequest &request, HttpAnswerer out) { answer(request, out); },
            tlsServerConfiguration(Identity(serverWish(), m_authority)))
    , m_provider([this](const HttpRequest &request, HttpAnswerer out) { answer(request, out); },
                 tlsServerConfiguration(Identity(serverWish(), m_authority)))
{
    Demo::Options options;
    options.kubeconfigOut = m_given.filePath(u"demo"_s);
    if (!m_demo.start(options))
        qFatal("no demo cluster");
    QFile written(options.kubeconfigOut);
    if (!written.open(QIODevice::ReadOnly))
        qFatal("no kubeconfig of the demo cluster");
    m_demoKubeconfig = written.readAll();
    Kube::ConnectionFlags flags;
    flags.kubeconfig = options.kubeconfigOut;
    const auto config = Kube::Kubeconfig::load(Kube::LoadOptions::fromSystem(flags));
    for (const auto &context : {u"demo"_s, u"demo-token"_s, u"demo-limited"_s}) {
        flags.context = context;
        const auto resolved = config.resolve(flags);
        if (!resolved)
            qFatal("the demo cluster has other contexts");
        if (!resolved->token.isEmpty())
            m_demoSecrets.add("token of " + context.toUtf8(), resolved->token.toUtf8());
        if (const QByteArrayList key = resolved->tls.clientKeyPem.split('\n'); key.size() > 2)
            m_demoSecrets.add("client key of " + context.toUtf8(), key.at(1));
    }
}

void SecretStage::prepare(const Case &wanted)
{
    m_proxy.reset();
    m_plugin.reset();
    m_seen.clear();
    m_secrets = m_demoSecrets;
    wanted.prepare(*this);
}

void SecretStage::write(const QByteArray &cluster, const QByteArray &user)
{
    (void)file(u"config"_s,
               "apiVersion: v1\nkind: Config\ncurrent-context: work\nclusters:\n- name: c\n  cluster: {" + cluster
                   + "}\nusers:\n- name: joe\n  user: {" + user
                   + "}\ncontexts:\n- name: work\n  context: {cluster: c, user: joe, namespace: default}\n");
}

QByteArray SecretStage::apiCluster() const
{
    return "server: '" + m_api.url().toEncoded()
        + "', certificate-authority-data: " + m_authority.certificatePem().toBase64();
}

void SecretStage::refuseWith(int status, const QByteArray &user)
{
    m_status = status;
    write(apiCluster(), user);
}

void SecretStage::throughProxy(const QByteArray &url, const QByteArray &user)
{
    m_status = 403;
    write(apiCluster() + ", proxy-url: '" + url + '\'', user);
}

void SecretStage::withPlugin(const QByteArray &script, int status)
{
    m_plugin = std::make_unique<ScriptPlugin>(TellSurroundings + script);
    m_status = status;
    write(apiCluster(),
          "exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: IfAvailable, command: "
              + m_plugin->path().toUtf8() + "}");
}

void SecretStage::withProvider(int tokenStatus, const QByteArray &idToken)
{
    m_tokenStatus = tokenStatus;
    m_refreshToken = m_secrets.make("refreshtoken");
    refuseWith(403,
               "auth-provider: {name: oidc, config: {idp-issuer-url: '" + m_provider.url().toEncoded()
                   + "', client-id: kube, client-secret: " + m_secrets.make("clientsecret")
                   + ", refresh-token: " + m_refreshToken + ", id-token: " + idToken
                   + ", idp-certificate-authority-data: " + m_authority.certificatePem().toBase64() + "}}");
}

QByteArray SecretStage::file(const QString &name, const QByteArray &content)
{
    QFile out(m_given.filePath(name));
    if (!out.open(QIODevice::WriteOnly | QIODevice::Truncate) || out.write(content) != content.size())
        qFatal("cannot write what the user has");
    return out.fileName().toUtf8();
}

QByteArray SecretStage::clientCertificate()
{
    CertificateWish wish;
    wish.commonName = u"joe"_s;
    const Identity joe(wish, m_authority);
    m_secrets.add("client key", joe.keyPem().split('\n').at(1));
    return "client-certificate-data: " + joe.certificatePem().toBase64()
        + ", client-key-data: " + joe.keyPem().toBase64();
}

QByteArray SecretStage::jwt(qint64 secondsLeft)
{
    const auto part = [](const QByteArray &bytes) {
        return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    };
    const QByteArray claims =
        "{\"sub\":\"joe\",\"exp\":" + QByteArray::number(QDateTime::currentSecsSinceEpoch() + secondsLeft) + '}';
    return part(R"({"alg":"none"})") + '.' + part(claims) + '.' + m_secrets.make("idtoken");
}

void SecretStage::answer(const HttpRequest &request, HttpAnswerer out)
{
    for (const char *field : {"Authorization", "Proxy-Authorization"})
        m_seen << request.field(field);
    if (request.path.endsWith("/.well-known/openid-configuration"))
        return out.respond(200, "{\"token_endpoint\":\"" + m_provider.url().toEncoded() + "/token\"}");
    if (request.path == "/token") {
        m_seen << request.body;
        return answerToken(out);
    }
    out.respond(m_status, statusBody(m_status));
}

/// A refusal that repeats what it refuses: no provider should.
void SecretStage::answerToken(HttpAnswerer out)
{
    if (m_tokenStatus == 200)
        return out.respond(200, "{\"id_token\":\"" + jwt(3600) + "\"}");
    out.respond(m_tokenStatus,
                "{\"error\":\"invalid_grant\",\"error_description\":\"Token " + m_refreshToken + " is not active\"}");
}

QByteArray SecretStage::pluginSurroundings() const
{
    return m_plugin ? m_plugin->wrote(u"surroundings"_s) : QByteArray();
}

bool SecretStage::secretsWereUsed() const
{
    QByteArray seen = m_seen.join('\n');
    if (m_proxy) {
        for (const QByteArray &head : m_proxy->heads())
            seen += head;
    }
    return !m_secrets.foundIn(seen).isEmpty();
}

const QList<SecretStage::Case> &SecretStage::cases()
{
    using Stage = SecretStage;
    constexpr const char *Refused = "Unauthorized";
    constexpr const char *Forbidden = "cannot get resource";
    static const QList<Case> all{
        {"client key, works", [](Stage &s) { (void)s.file(u"config"_s, s.m_demoKubeconfig); },
         "Forwarding from 127.0.0.1"},
        {"token, works",
         [](Stage &s) {
             QByteArray config = s.m_demoKubeconfig;
             (void)s.file(u"config"_s, config.replace("current-context: demo\n", "current-context: demo-token\n"));
         },
         "Forwarding from 127.0.0.1"},
        {"token, 401", [](Stage &s) { s.refuseWith(401, "token: " + s.m_secrets.make("token")); }, Refused},
        {"token, 403", [](Stage &s) { s.refuseWith(403, "token: " + s.m_secrets.make("token")); }, Forbidden},
        {"token of oc login, 401",
         [](Stage &s) { s.refuseWith(401, "token: 'sha256~" + s.m_secrets.make("octoken") + '\''); }, Refused},
        {"token with blanks, 401",
         [](Stage &s) { s.refuseWith(401, "token: ' " + s.m_secrets.make("blanktoken") + " '"); }, Refused},
        {"token file, 401",
         [](Stage &s) { s.refuseWith(401, "tokenFile: '" + s.file(u"token"_s, s.m_secrets.make("tokenfile")) + '\''); },
         Refused},
        {"password, 401",
         [](Stage &s) { s.refuseWith(401, "username: joe, password: " + s.m_secrets.make("password")); }, Refused},
        {"client key, 403", [](Stage &s) { s.refuseWith(403, s.clientCertificate()); }, Forbidden},
        {"client key that does not fit",
         [](Stage &s) {
             s.refuseWith(403,
                          "client-certificate-data: " + s.m_authority.certificatePem().toBase64()
                              + ", client-key-data: "
                              + ("-----BEGIN PRIVATE KEY-----\n" + s.m_secrets.make("brokenkey") + "\n").toBase64());
         },
         "error"},
        {"plugin, 401",
         [](Stage &s) { s.withPlugin(printStatus("{\"token\":\"" + s.m_secrets.make("plugintoken") + "\"}"), 401); },
         "asked for the client to provide credentials"},
        {"plugin, 403",
         [](Stage &s) { s.withPlugin(printStatus("{\"token\":\"" + s.m_secrets.make("plugintoken") + "\"}"), 403); },
         Forbidden},
        {"plugin fails with rubbish",
         [](Stage &s) { s.withPlugin("echo " + s.m_secrets.make("rubbish") + "; exit 1", 401); },
         "failed with exit code 1"},
        {"plugin prints rubbish", [](Stage &s) { s.withPlugin("echo " + s.m_secrets.make("rubbish"), 401); },
         "getting credentials"},
        {"plugin prints broken JSON",
         [](Stage &s) { s.withPlugin("echo '{\"status\":{\"token\":\"" + s.m_secrets.make("broken") + "'", 401); },
         "getting credentials"},
        {"plugin prints another kind",
         [](Stage &s) {
             s.withPlugin("echo '{\"apiVersion\":\"v1\",\"kind\":\"" + s.m_secrets.make("kind") + "\"}'", 401);
         },
         "getting credentials"},
        {"plugin prints a broken key",
         [](Stage &s) {
             s.withPlugin(
                 printStatus(R"({"clientCertificateData":"x","clientKeyData":")" + s.m_secrets.make("key") + "\"}"),
                 401);
         },
         "getting credentials"},
        {"plugin behind a proxy with a password",
         [](Stage &s) {
             s.withPlugin(printStatus("{\"token\":\"" + s.m_secrets.make("plugintoken") + "\"}"), 403);
             s.m_proxy = std::make_unique<FakeProxy>(ProxyScript{});
             QUrl url = s.m_proxy->url();
             url.setUserInfo(u"joe:"_s + QString::fromLatin1(s.m_secrets.make("proxypassword")));
             s.throughProxy(url.toEncoded(),
                            "exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: "
                                + s.m_plugin->path().toUtf8() + "}");
         },
         Forbidden},
        {"OpenID Connect, 403", [](Stage &s) { s.withProvider(200, s.jwt(3600)); }, Forbidden},
        {"OpenID Connect, renewed, 403", [](Stage &s) { s.withProvider(200, s.jwt(-3600)); }, Forbidden},
        {"OpenID Connect, refused", [](Stage &s) { s.withProvider(400, s.jwt(-3600)); }, "failed to refresh token"},
        {"proxy that wants another password",
         [](Stage &s) {
             s.m_proxy = std::make_unique<FakeProxy>(
                 ProxyScript{ProxyScript::Then::Close,
                             "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                             "Content-Length: 0\r\n\r\n"});
             QUrl url = s.m_proxy->url();
             url.setUserInfo(u"joe:"_s + QString::fromLatin1(s.m_secrets.make("proxypassword")));
             s.throughProxy(url.toEncoded(), "token: " + s.m_secrets.make("token"));
         },
         "Proxy Authentication Required"},
        {"dead http proxy",
         [](Stage &s) {
             s.throughProxy("http://joe:" + s.m_secrets.make("proxypassword") + "@127.0.0.1:1",
                            "token: " + s.m_secrets.make("token"));
         },
         "proxyconnect"},
        {"dead SOCKS proxy",
         [](Stage &s) {
             s.throughProxy("socks5://joe:" + s.m_secrets.make("proxypassword") + "@127.0.0.1:1",
                            "token: " + s.m_secrets.make("token"));
         },
         "socks"},
        {"proxy of an unknown kind",
         [](Stage &s) {
             s.throughProxy("ftp://joe:" + s.m_secrets.make("proxypassword") + "@127.0.0.1:1",
                            "token: " + s.m_secrets.make("token"));
         },
         "error"},
        {"proxy-url that is none",
         [](Stage &s) {
             s.throughProxy("http://joe:" + s.m_secrets.make("proxypassword") + "@[::1",
                            "token: " + s.m_secrets.make("token"));
         },
         "error"},
        {"password in the server's address",
         [](Stage &s) {
             s.m_status = 403;
             s.write("server: 'https://joe:" + s.m_secrets.make("serverpassword")
                         + "@127.0.0.1:" + QByteArray::number(s.m_api.port())
                         + "', certificate-authority-data: " + s.m_authority.certificatePem().toBase64(),
                     "token: " + s.m_secrets.make("token"));
         },
         Forbidden},
        {"broken YAML",
         [](Stage &s) {
             (void)s.file(u"config"_s,
                          "apiVersion: v1\nusers:\n- name: joe\n  user: {token: " + s.m_secrets.make("token") + "\n");
         },
         "error"},
        {"text where base64 belongs",
         [](Stage &s) {
             s.refuseWith(403, "client-certificate-data: '*', client-key-data: '*" + s.m_secrets.make("key") + "'");
         },
         "error"},
    };
    return all;
}

} // namespace Fairlead::Test
