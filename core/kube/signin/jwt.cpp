#include "core/kube/signin/jwt.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {
constexpr qint64 LeewaySeconds = 10;
} // namespace

std::optional<QDateTime> jwtExpiry(const QByteArray &token)
{
    const QByteArrayList parts = token.split('.');
    if (parts.size() != 3) // RFC 7519: header, claims, signature
        return std::nullopt;
    const auto claims = QByteArray::fromBase64Encoding(parts[1],
                                                       QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals
                                                           | QByteArray::AbortOnBase64DecodingErrors);
    if (!claims)
        return std::nullopt;
    const QJsonValue expires = QJsonDocument::fromJson(*claims).object()["exp"_L1];
    if (!expires.isDouble())
        return std::nullopt;
    return QDateTime::fromSecsSinceEpoch(qint64(expires.toDouble()), Qt::UTC);
}

std::optional<Credential> oidcCredential(const QMap<QString, QString> &settings, const QDateTime &now)
{
    Credential result;
    result.token = settings.value(u"id-token"_s).trimmed().toUtf8();
    result.refreshToken = settings.value(u"refresh-token"_s).toUtf8();
    result.expires = jwtExpiry(result.token);
    if (!result.expires || now.addSecs(LeewaySeconds) >= *result.expires)
        return std::nullopt;
    return result;
}

} // namespace Fairlead::Kube
