#pragma once

#include "core/kube/api/apierror.h"
#include "core/kube/signin/credential.h"
#include "core/net/connectfailure.h"
#include "core/net/tlsfailure.h"

#include <QByteArray>
#include <QJsonObject>
#include <QNetworkReply>
#include <QString>
#include <QStringList>

/// Turns what went wrong into an ApiError: one sentence for people and the line that kubectl prints. No I/O.
namespace Fairlead::Kube {

/// An answer that is no success.
struct HttpAnswer {
    int status = 0;
    QByteArray contentType;
    QByteArray body;
    QByteArray retryAfter; ///< the field's value; seconds are understood, dates are not
    QString redirectTo;
};

/// A Status object, e.g. from an ERROR event of a watch.
[[nodiscard]] ApiError errorFromStatus(const QJsonObject &status);
/// `host` is "name:port" of the server asked; it is named when the answer is not an API server's.
[[nodiscard]] ApiError errorFromAnswer(const HttpAnswer &answer, const QString &host);
/// `text` is Qt's own description.
[[nodiscard]] ApiError errorFromNetwork(QNetworkReply::NetworkError code, const QString &text, const QString &host);
/// Below HTTP, without a code of Qt: `sentence` is for people, `detail` are the system's or the library's words.
[[nodiscard]] ApiError errorFromConnection(bool byTls, const QString &sentence, const QString &detail,
                                           const QString &host);
[[nodiscard]] ApiError errorFromConnect(const Net::ConnectFailure &failure, const QString &host);
[[nodiscard]] ApiError errorFromTls(const Net::TlsFailure &failure, const QString &host);
[[nodiscard]] ApiError timeoutError(const QString &host, int seconds);
/// A success that is no answer of an API server.
[[nodiscard]] ApiError badAnswerError(const HttpAnswer &answer, const QString &host);
[[nodiscard]] ApiError tooLargeError(const QString &host, qint64 limitBytes);
[[nodiscard]] ApiError errorFromSignIn(const SignInFailure &failure);
[[nodiscard]] ApiError unsupportedError(const QStringList &sentences);

} // namespace Fairlead::Kube
