#pragma once

#include "core/democluster/state/resourcetypes.h"
#include "core/protocol/http/message.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace Fairlead::Demo {

/// An error as an API server answers it: the Status object of meta/v1.
struct ApiStatus {
    int code = 500;
    QString reason; ///< Forbidden, NotFound, ...; may be empty
    QString message;
    QJsonObject details = {};
};

[[nodiscard]] ApiStatus unauthorized();
[[nodiscard]] ApiStatus forbidden(const QString &message);
/// `pods "x" not found`, `deployments.apps "x" not found`
[[nodiscard]] ApiStatus notFound(const ResourceType &type, const QString &name);
/// For paths that lead nowhere.
[[nodiscard]] ApiStatus unknownResource();
[[nodiscard]] ApiStatus badRequest(const QString &message);
[[nodiscard]] ApiStatus internalError(const QString &message);
[[nodiscard]] ApiStatus methodNotAllowed();
[[nodiscard]] ApiStatus notAcceptable();
[[nodiscard]] ApiStatus unsupportedMediaType();
[[nodiscard]] ApiStatus expired(quint64 asked, quint64 oldest);

[[nodiscard]] QJsonObject toJson(const ApiStatus &status);

/// An answer that is complete: head fields beside those of framing, and the body.
struct Response {
    int code = 200;
    QByteArray contentType = "application/json";
    QByteArray body;
    Http::Fields fields = {};
};

[[nodiscard]] Response toResponse(const ApiStatus &status);
[[nodiscard]] Response jsonResponse(const QJsonObject &object, int code = 200);
[[nodiscard]] Response textResponse(int code, const QByteArray &text);
/// The phrase that goes with a status code in a response head.
[[nodiscard]] QByteArray reasonPhrase(int code);

} // namespace Fairlead::Demo
