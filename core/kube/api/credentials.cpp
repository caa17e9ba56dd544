#include "core/kube/api/apiclient.h"
#include "core/kube/config/tokenfiles.h"
#include "core/kube/signin/credentialsource.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

/// Shared, because several clients of one user should not each read the file.
TokenFiles &tokenFiles()
{
    static TokenFiles files(SystemClock::instance());
    return files;
}

QByteArray authorization(const ConnectionConfig &config, const QByteArray &signedInToken)
{
    const QByteArray token = config.tokenFile.isEmpty() ? config.token.toUtf8() : tokenFiles().token(config.tokenFile);
    if (!token.isEmpty())
        return "Bearer " + token;
    if (config.username.isEmpty() && config.password.isEmpty())
        return signedInToken.isEmpty() ? QByteArray() : "Bearer " + signedInToken;
    return "Basic " + (config.username + u':' + config.password).toUtf8().toBase64();
}

/// RFC 9110 section 5.6.2; '%' is one of them but escapes the others here.
bool isPlainInFieldName(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || QByteArrayView("!#$&'*+-.^_`|~").contains(c);
}

QByteArray escapedExtraKey(const QString &key)
{
    QByteArray out;
    const QByteArray bytes = key.toUtf8();
    for (const char c : bytes) {
        if (isPlainInFieldName(c))
            out += c;
        else
            out += '%' + QByteArray(1, c).toHex().toUpper();
    }
    return out;
}

/// A line break inside a value would be a field of its own; the server has no use for such a value either way.
void addField(Http::Fields &fields, const QByteArray &name, const QByteArray &value)
{
    if (!value.contains('\r') && !value.contains('\n') && !value.contains('\0'))
        fields.add(name, value);
}

void addImpersonation(Http::Fields &fields, const Impersonation &who)
{
    if (!who.user.isEmpty())
        addField(fields, "Impersonate-User", who.user.toUtf8());
    if (!who.uid.isEmpty())
        addField(fields, "Impersonate-Uid", who.uid.toUtf8());
    for (const QString &group : who.groups)
        addField(fields, "Impersonate-Group", group.toUtf8());
    for (auto it = who.extra.cbegin(); it != who.extra.cend(); ++it) {
        for (const QString &value : it.value())
            addField(fields, "Impersonate-Extra-" + escapedExtraKey(it.key()), value.toUtf8());
    }
}

} // namespace

Http::Fields credentialFields(const ConnectionConfig &config)
{
    const auto source = credentialSourceFor(config);
    return credentialFields(config, source ? source->current().credential : Credential());
}

Http::Fields credentialFields(const ConnectionConfig &config, const Credential &signedIn)
{
    Http::Fields fields;
    if (config.server.scheme() == "https"_L1) {
        if (const QByteArray value = authorization(config, signedIn.token); !value.isEmpty())
            addField(fields, "Authorization", value);
    }
    addImpersonation(fields, config.impersonate);
    return fields;
}

QByteArray apiPath(const ConnectionConfig &config, const QStringList &segments)
{
    QByteArray path = config.server.path(QUrl::FullyEncoded).toLatin1();
    while (path.endsWith('/'))
        path.chop(1);
    for (const QString &segment : segments)
        path += '/' + QUrl::toPercentEncoding(segment);
    return path;
}

} // namespace Fairlead::Kube
