#pragma once

#include "core/democluster/access/users.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QUrlQuery>

namespace Fairlead::Demo {

/// What a request's path and method mean, as an API server's request-info resolver reads them:
/// /api/v1/namespaces/{ns}/{resource}/{name}/{subresource...} and /apis/{group}/{version}/... likewise.
struct RequestInfo {
    QString path; ///< percent-decoded, without query
    QUrlQuery query;
    QString verb; ///< get, list, watch, create, delete, ...; for other paths the method in lower case
    bool isResource = false;
    QString group; ///< empty: core
    QString version;
    QString nameSpace;
    QString resource;
    QString name;
    QString subresource;
    QStringList rest; ///< what follows the subresource, percent-decoded
    /// The decoded value of a query item, empty if absent.
    [[nodiscard]] QString parameter(const QString &key) const;
    [[nodiscard]] bool flag(const QString &key) const; ///< "1" or "true"
    [[nodiscard]] AccessAttributes attributes() const;
};

/// Total: what is no resource path has isResource == false.
[[nodiscard]] RequestInfo readRequestInfo(const QByteArray &method, const QByteArray &target);

} // namespace Fairlead::Demo
