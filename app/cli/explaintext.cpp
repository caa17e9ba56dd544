#include "app/cli/explaintext.h"

#include "core/net/proxy/proxysettings.h"

#include <QCoreApplication>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ConfigExplain)
};

using Kube::ConnectionConfig;

/// As one writes it: without the port that goes without saying.
QString serverText(const QUrl &server)
{
    QUrl shown = server;
    if (shown.port() == (shown.scheme() == "https"_L1 ? 443 : 80))
        shown.setPort(-1);
    return shown.toString(QUrl::FullyEncoded);
}

QString trustText(const ConnectionConfig &config)
{
    if (config.server.scheme() == "http"_L1)
        return Text::tr("none, the connection is not encrypted");
    if (config.tls.insecure)
        return Text::tr("nothing is checked (insecure-skip-tls-verify)");
    return config.caSource.isEmpty() ? Text::tr("the roots that this system trusts") : config.caSource;
}

QString methodsText(const ConnectionConfig &config)
{
    return config.authMethods.isEmpty() ? Text::tr("nothing (anonymous)") : config.authMethods.join(", "_L1);
}

QString impersonationText(const Kube::Impersonation &impersonate)
{
    QStringList parts{impersonate.user};
    if (!impersonate.uid.isEmpty())
        parts += Text::tr("uid %1").arg(impersonate.uid);
    if (!impersonate.groups.isEmpty())
        parts += Text::tr("groups %1").arg(impersonate.groups.join(", "_L1));
    for (auto extra = impersonate.extra.begin(); extra != impersonate.extra.end(); ++extra)
        parts += u"%1=%2"_s.arg(extra.key(), extra.value().join(u','));
    return parts.join("; "_L1);
}

/// Rows of what, value and origin. Rows without a value are left out.
class Table
{
public:
    void add(const QString &what, const QString &value, const QString &origin = {})
    {
        if (value.isEmpty())
            return;
        m_rows.append({what, value, origin});
        m_whatWidth = qMax(m_whatWidth, what.size());
        if (!origin.isEmpty() && value.size() <= MaxValueWidth)
            m_valueWidth = qMax(m_valueWidth, value.size());
    }

    void addLines(const QString &what, const QStringList &lines)
    {
        for (qsizetype i = 0; i < lines.size(); ++i)
            add(i == 0 ? what : u" "_s, lines[i]);
    }

    [[nodiscard]] QString text() const
    {
        QString text;
        for (const auto &[what, value, origin] : m_rows) {
            text += what.leftJustified(m_whatWidth) + "  "_L1;
            text += origin.isEmpty() ? value : value.leftJustified(m_valueWidth) + "  "_L1 + origin;
            text += u'\n';
        }
        return text;
    }

private:
    static constexpr qsizetype MaxValueWidth = 60; // longer ones push their own origin only

    struct Row {
        QString what;
        QString value;
        QString origin;
    };

    QList<Row> m_rows;
    qsizetype m_whatWidth = 0;
    qsizetype m_valueWidth = 0;
};

QString originText(const QString &source)
{
    return source.isEmpty() ? QString() : Text::tr("from %1", "%1 file, flag or variable").arg(source);
}

void addSecrets(const Kube::Resolution &resolution, Table &table)
{
    const ConnectionConfig &config = resolution.config;
    table.add(Text::tr("Token"), config.token, originText(config.tokenFile));
    table.add(Text::tr("Password"), config.password);
    table.addLines(Text::tr("Client key"), QString::fromUtf8(config.tls.clientKeyPem).split(u'\n', Qt::SkipEmptyParts));
}

QString listText(const QString &title, const QStringList &sentences)
{
    if (sentences.isEmpty())
        return {};
    QString text = u'\n' + title + u'\n';
    for (const QString &sentence : sentences)
        text += "  "_L1 + sentence + u'\n';
    return text;
}

QJsonValue impersonationJson(const Kube::Impersonation &impersonate)
{
    if (impersonate.isEmpty())
        return QJsonValue::Null;
    QJsonObject extra;
    for (auto item = impersonate.extra.begin(); item != impersonate.extra.end(); ++item)
        extra[item.key()] = QJsonArray::fromStringList(item.value());
    return QJsonObject{{u"user"_s, impersonate.user},
                       {u"uid"_s, impersonate.uid},
                       {u"groups"_s, QJsonArray::fromStringList(impersonate.groups)},
                       {u"extra"_s, extra}};
}

QJsonObject secretsJson(const ConnectionConfig &config)
{
    return {{u"token"_s, config.token},
            {u"username"_s, config.username},
            {u"password"_s, config.password},
            {u"clientKey"_s, QString::fromUtf8(config.tls.clientKeyPem)},
            {u"proxy"_s, config.proxyUrl}};
}

} // namespace

QString explanationText(const Kube::Resolution &resolution, bool secrets)
{
    const ConnectionConfig &config = resolution.config;
    const Kube::ConnectionSources &sources = resolution.sources;
    Table table;
    table.add(Text::tr("Context"), config.context, originText(sources.context));
    table.add(Text::tr("Cluster"), config.cluster, originText(sources.cluster));
    if (!config.server.isEmpty()) {
        table.add(Text::tr("Server"), serverText(config.server), originText(sources.server));
        table.add(Text::tr("Server name"), config.tls.serverName);
        table.add(Text::tr("Trusts"), trustText(config));
    }
    table.add(Text::tr("Proxy"), secrets ? config.proxyUrl : Net::withoutProxyPassword(config.proxyUrl),
              originText(sources.proxy));
    table.add(Text::tr("User"), config.user, originText(sources.user));
    table.add(Text::tr("Signs in with"), methodsText(config));
    if (config.exec)
        table.add(Text::tr("Sign-in plugin"), config.exec->command);
    if (config.authProvider)
        table.add(Text::tr("Sign-in provider"), config.authProvider->config.value(u"idp-issuer-url"_s));
    table.add(Text::tr("Client certificate"), config.clientCertificateSource);
    table.add(Text::tr("User name"), config.username);
    if (secrets)
        addSecrets(resolution, table);
    if (!config.impersonate.isEmpty())
        table.add(Text::tr("Acts as"), impersonationText(config.impersonate));
    table.add(Text::tr("Namespace"), config.namespaceName, originText(sources.namespaceName));
    if (config.disableCompression)
        table.add(Text::tr("Compression"), Text::tr("off"));
    table.addLines(Text::tr("Files read"), config.files);
    return table.text() + listText(Text::tr("Warnings:"), config.warnings)
        + listText(Text::tr("Fairlead cannot connect with this yet:"), config.unsupported)
        + listText(Text::tr("Error:"), resolution.error.split(u'\n', Qt::SkipEmptyParts));
}

QJsonObject explanationJson(const Kube::Resolution &resolution, bool secrets)
{
    const ConnectionConfig &config = resolution.config;
    QJsonObject json{{u"context"_s, config.context},
                     {u"cluster"_s, config.cluster},
                     {u"user"_s, config.user},
                     {u"server"_s, serverText(config.server)},
                     {u"tlsServerName"_s, config.tls.serverName},
                     {u"insecure"_s, config.tls.insecure},
                     {u"caSource"_s, config.caSource},
                     {u"clientCertificateSource"_s, config.clientCertificateSource},
                     {u"authMethods"_s, QJsonArray::fromStringList(config.authMethods)},
                     {u"execCommand"_s, config.exec ? QJsonValue(config.exec->command) : QJsonValue()},
                     {u"namespace"_s, config.namespaceName},
                     {u"proxy"_s, Net::withoutProxyPassword(config.proxyUrl)},
                     {u"impersonate"_s, impersonationJson(config.impersonate)},
                     {u"disableCompression"_s, config.disableCompression},
                     {u"files"_s, QJsonArray::fromStringList(config.files)},
                     {u"warnings"_s, QJsonArray::fromStringList(config.warnings + config.unsupported)},
                     {u"error"_s, resolution.error.isEmpty() ? QJsonValue() : QJsonValue(resolution.error)}};
    if (secrets)
        json.insert(u"secrets"_s, secretsJson(config));
    return json;
}

} // namespace Fairlead::App
