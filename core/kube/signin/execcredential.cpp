#include "core/kube/signin/execcredential.h"

#include "core/kube/config/pemcheck.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(SignIn)
};

constexpr qsizetype MaxDetail = 400; // of a plugin's words, as the small print of a state

SignInFailure failure(const QString &text, const QString &goText, const QString &detail = {})
{
    return {text, detail, goText, false};
}

/// As Go's client writes servers: without the port that goes without saying.
QString serverText(const QUrl &server)
{
    QUrl shown = server;
    if (shown.port() == (shown.scheme() == "https"_L1 ? 443 : 80))
        shown.setPort(-1);
    return shown.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo);
}

QJsonObject clusterInfo(const ConnectionConfig &config)
{
    QJsonObject cluster{{u"server"_s, serverText(config.server)}};
    if (!config.tls.serverName.isEmpty())
        cluster.insert(u"tls-server-name"_s, config.tls.serverName);
    if (config.tls.insecure)
        cluster.insert(u"insecure-skip-tls-verify"_s, true);
    if (!config.tls.caPem.isEmpty())
        cluster.insert(u"certificate-authority-data"_s, QString::fromLatin1(config.tls.caPem.toBase64()));
    if (!config.proxyUrl.isEmpty())
        cluster.insert(u"proxy-url"_s, config.proxyUrl);
    if (config.disableCompression)
        cluster.insert(u"disable-compression"_s, true);
    if (!config.execClusterConfig.isEmpty())
        cluster.insert(u"config"_s, QJsonDocument::fromJson('[' + config.execClusterConfig + ']')[0]);
    return cluster;
}

/// The last line that says something: programs put the reason there.
QString lastWords(const QByteArray &said)
{
    const QStringList lines = QString::fromUtf8(said).split(u'\n', Qt::SkipEmptyParts);
    for (auto line = lines.crbegin(); line != lines.crend(); ++line) {
        QString words = line->trimmed();
        words.removeIf([](QChar c) { return c < u' '; });
        if (!words.isEmpty())
            return words.left(MaxDetail);
    }
    return {};
}

/// client-go shows control characters of a hint as their code points.
QString harmless(const QString &hint)
{
    QString result;
    for (const QChar c : hint) {
        if (c.category() == QChar::Other_Control && !c.isSpace())
            result += u"U+%1"_s.arg(uint(c.unicode()), 4, 16, QChar(u'0')).toUpper();
        else
            result += c;
    }
    return result.trimmed();
}

/// One answer of one plugin, checked step by step in client-go's order.
class AnswerReader
{
public:
    explicit AnswerReader(const ExecPlugin &plugin)
        : m_plugin(plugin)
    {
    }

    Result<Credential, SignInFailure> read(const QByteArray &output)
    {
        QJsonParseError error{};
        const QJsonDocument document = QJsonDocument::fromJson(output, &error);
        if (output.trimmed().isEmpty())
            return refuse(Text::tr("The sign-in plugin %1 printed nothing."), u"decoding stdout: EOF"_s);
        if (!document.isObject())
            return refuse(Text::tr("The sign-in plugin %1 printed something else than credentials. Run it in a "
                                   "terminal to see what it says."),
                          u"decoding stdout: "_s + error.errorString());
        m_answer = document.object();
        if (auto wrong = checkKind())
            return Failure{*wrong};
        return readStatus();
    }

private:
    [[nodiscard]] Failure<SignInFailure> refuse(const QString &text, const QString &goText) const
    {
        return Failure{failure(text.arg(pluginName(m_plugin)), goText)};
    }

    [[nodiscard]] std::optional<SignInFailure> checkKind() const
    {
        if (m_answer["kind"_L1] != "ExecCredential"_L1)
            return refuse(Text::tr("The sign-in plugin %1 answered with something else than an ExecCredential. Is it "
                                   "meant for this?"),
                          u"decoding stdout: no such kind is registered"_s)
                .error;
        const QString version = apiVersion();
        if (version != m_plugin.apiVersion)
            return failure(Text::tr("The sign-in plugin %1 speaks %2, but the kubeconfig wants %3. Correct the "
                                    "apiVersion there, or update the plugin.",
                                    "%1 program, %2 and %3 versions")
                               .arg(pluginName(m_plugin),
                                    version.isEmpty() ? Text::tr("another version", "of an API") : version,
                                    m_plugin.apiVersion),
                           u"exec plugin is configured to use API version %1, plugin returned version %2"_s.arg(
                               m_plugin.apiVersion, version));
        return std::nullopt;
    }

    /// Only what is one: whatever else a plugin prints may be a secret.
    [[nodiscard]] QString apiVersion() const
    {
        static const QRegularExpression pattern(u"^client\\.authentication\\.k8s\\.io/v[0-9]+((alpha|beta)[0-9]+)?$"_s);
        const QString version = m_answer["apiVersion"_L1].toString();
        return pattern.match(version).hasMatch() ? version : QString();
    }

    Result<Credential, SignInFailure> readStatus()
    {
        if (!m_answer["status"_L1].isObject())
            return refuse(Text::tr("The sign-in plugin %1 gave no credentials: its answer has no status."),
                          u"exec plugin didn't return a status field"_s);
        const QJsonObject status = m_answer["status"_L1].toObject();
        Credential result;
        result.token = status["token"_L1].toString().trimmed().toUtf8();
        result.certificatePem = status["clientCertificateData"_L1].toString().toUtf8();
        result.keyPem = status["clientKeyData"_L1].toString().toUtf8();
        if (result.token.isEmpty() && result.certificatePem.isEmpty() && result.keyPem.isEmpty())
            return refuse(Text::tr("The sign-in plugin %1 gave neither a token nor a certificate."),
                          u"exec plugin didn't return a token or cert/key pair"_s);
        if (result.certificatePem.isEmpty() != result.keyPem.isEmpty())
            return refuse(Text::tr("The sign-in plugin %1 gave only one of certificate and key."),
                          u"exec plugin returned only certificate or key, not both"_s);
        if (auto wrong = checkToken(result.token))
            return Failure{*wrong};
        if (auto wrong = checkPair(result))
            return Failure{*wrong};
        return readExpiry(status, std::move(result));
    }

    [[nodiscard]] std::optional<SignInFailure> checkToken(const QByteArray &token) const
    {
        const bool legal = std::ranges::none_of(token, [](char c) { return uchar(c) < ' ' || c == 0x7f; });
        if (legal)
            return std::nullopt;
        return refuse(Text::tr("The sign-in plugin %1 gave a token with a control character inside."),
                      u"net/http: invalid header field value for \"Authorization\""_s)
            .error;
    }

    [[nodiscard]] std::optional<SignInFailure> checkPair(const Credential &credential) const
    {
        if (credential.certificatePem.isEmpty())
            return std::nullopt;
        using Fault = ClientPairCheck::Fault;
        const Fault fault = checkClientPair(credential.certificatePem, credential.keyPem).fault;
        const QString go = u"failed parsing client key/certificate: tls: "_s;
        switch (fault) {
        case Fault::None:
            return std::nullopt;
        case Fault::NoCertificate:
        case Fault::BadCertificate:
            return refuse(Text::tr("The sign-in plugin %1 gave a certificate that cannot be read."),
                          go + u"failed to find any PEM data in certificate input"_s)
                .error;
        case Fault::EncryptedKey:
            return refuse(Text::tr("The sign-in plugin %1 gave a key that is encrypted with a passphrase."),
                          go + u"failed to parse private key"_s)
                .error;
        case Fault::NoKey:
        case Fault::BadKey:
            return refuse(Text::tr("The sign-in plugin %1 gave a key that cannot be read."),
                          go + u"failed to find any PEM data in key input"_s)
                .error;
        case Fault::Mismatch:
            break;
        }
        return refuse(Text::tr("The sign-in plugin %1 gave a key that does not belong to its certificate."),
                      go + u"private key does not match public key"_s)
            .error;
    }

    Result<Credential, SignInFailure> readExpiry(const QJsonObject &status, Credential credential) const
    {
        const QJsonValue written = status["expirationTimestamp"_L1];
        if (written.isNull() || written.isUndefined() || written.toString(u"-"_s).isEmpty())
            return credential;
        const QDateTime expires = QDateTime::fromString(written.toString(), Qt::ISODateWithMs);
        // RFC 3339 wants a zone, which ISO 8601 does not; without it nobody knows when that is.
        if (!expires.isValid() || expires.timeSpec() == Qt::LocalTime)
            return refuse(Text::tr("The sign-in plugin %1 gave an expirationTimestamp that is no time like "
                                   "2030-01-31T12:00:00Z."),
                          u"decoding stdout: parsing time \"%1\""_s.arg(written.toString().left(64)));
        credential.expires = expires.toUTC();
        return credential;
    }

    const ExecPlugin &m_plugin;
    QJsonObject m_answer;
};

} // namespace

QString pluginName(const ExecPlugin &plugin)
{
    return QFileInfo(plugin.command).fileName();
}

QByteArray execInfo(const ConnectionConfig &config, bool interactive)
{
    QJsonObject spec{{u"interactive"_s, interactive}};
    if (config.exec->provideClusterInfo)
        spec.insert(u"cluster"_s, clusterInfo(config));
    const QJsonObject info{
        {u"kind"_s, u"ExecCredential"_s}, {u"apiVersion"_s, config.exec->apiVersion}, {u"spec"_s, spec}};
    return QJsonDocument(info).toJson(QJsonDocument::Compact) + '\n';
}

QStringList execEnvironment(const ConnectionConfig &config, const QStringList &inherited, bool interactive)
{
    QStringList result = inherited;
    const auto set = [&result](const QString &name, const QString &value) {
        result.removeIf([&name](const QString &one) { return one.startsWith(name + u'='); });
        result.append(name + u'=' + value);
    };
    for (const auto &[name, value] : config.exec->environment)
        set(name, value);
    set(u"KUBERNETES_EXEC_INFO"_s, QString::fromUtf8(execInfo(config, interactive)));
    return result;
}

Result<Credential, SignInFailure> readExecCredential(const ExecPlugin &plugin, const QByteArray &output)
{
    if (output.size() > MaxExecAnswerBytes)
        return Failure{pluginTooLoud(plugin)};
    return AnswerReader(plugin).read(output);
}

SignInFailure pluginNotFound(const ExecPlugin &plugin)
{
    const QString hint = harmless(plugin.installHint);
    const QString text = plugin.command.contains(u'/')
        ? Text::tr("The sign-in plugin %1 is not there. Install it, or correct its path in the kubeconfig.",
                   "%1 path of a program")
              .arg(plugin.command)
        : Text::tr("The sign-in plugin %1 was not found in PATH. Install it, or write its full path in the kubeconfig.",
                   "%1 program")
              .arg(plugin.command);
    // client-go: the kubeconfig's own advice stands below its help text.
    QString go = u"exec: executable %1 not found"_s.arg(plugin.command);
    if (!hint.isEmpty())
        go += u"\n\nIt looks like you are trying to use a client-go credential plugin that is not installed.\n\nTo "
              "learn more about this feature, consult the documentation available at:\n      "
              "https://kubernetes.io/docs/reference/access-authn-authz/authentication/"
              "#client-go-credential-plugins\n\n"_s
            + hint;
    return failure(text, go, hint);
}

SignInFailure pluginNotStarted(const ExecPlugin &plugin, const QString &reason)
{
    return failure(Text::tr("The sign-in plugin %1 could not be started.", "%1 program").arg(pluginName(plugin)),
                   u"exec: fork/exec %1: %2"_s.arg(plugin.command, reason), reason);
}

SignInFailure pluginFailed(const ExecPlugin &plugin, int exitCode, bool crashed, const QByteArray &said)
{
    const QString text = crashed
        ? Text::tr("The sign-in plugin %1 was ended by a signal before it gave credentials.", "%1 program")
              .arg(pluginName(plugin))
        : Text::tr("The sign-in plugin %1 failed with exit code %2.", "%1 program, %2 number")
              .arg(pluginName(plugin), QString::number(exitCode));
    const QString go =
        u"exec: executable %1 failed with exit code %2"_s.arg(plugin.command).arg(crashed ? -1 : exitCode);
    return failure(text, go, lastWords(said));
}

SignInFailure pluginTooSlow(const ExecPlugin &plugin, int seconds, const QByteArray &said)
{
    return failure(
        Text::tr("The sign-in plugin %1 gave no credentials within %n second(s) and was ended.", "%1 program", seconds)
            .arg(pluginName(plugin)),
        u"exec: executable %1 timed out"_s.arg(plugin.command), lastWords(said));
}

SignInFailure pluginTooLoud(const ExecPlugin &plugin)
{
    return failure(Text::tr("The sign-in plugin %1 printed more than a megabyte, which is no credential.", "%1 program")
                       .arg(pluginName(plugin)),
                   u"decoding stdout: output of %1 is too large"_s.arg(plugin.command));
}

SignInFailure pluginCancelled(const ExecPlugin &plugin)
{
    SignInFailure result = failure(Text::tr("The sign-in with %1 was cancelled.", "%1 program").arg(pluginName(plugin)),
                                   u"exec: executable %1 was cancelled"_s.arg(plugin.command));
    result.cancelled = true;
    return result;
}

SignInFailure pluginNeedsUser(const ExecPlugin &plugin)
{
    return failure(Text::tr("The sign-in plugin %1 has questions to ask, so it does not run unattended.", "%1 program")
                       .arg(pluginName(plugin)),
                   u"exec plugin cannot support interactive mode: standard input is not a terminal"_s);
}

} // namespace Fairlead::Kube
