#include "core/kube/api/errormapping.h"

#include "core/kube/objects/accessdenial.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLocale>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Kube::ApiError)
};

/// Longer bodies are somebody's web page; this much shows what it is.
constexpr qsizetype MaxShownBody = 2048;

ApiError::Kind kindOf(int status)
{
    switch (status) {
    case 401:
        return ApiError::Kind::Unauthorized;
    case 403:
        return ApiError::Kind::Forbidden;
    case 404:
        return ApiError::Kind::NotFound;
    case 410:
        return ApiError::Kind::Gone;
    case 429:
        return ApiError::Kind::Busy;
    default:
        return status >= 500 ? ApiError::Kind::Server : ApiError::Kind::Refused;
    }
}

/// `words` are the server's.
QString sentenceFor(ApiError::Kind kind, int status, const QString &words)
{
    switch (kind) {
    case ApiError::Kind::Unauthorized:
        return Words::tr("The server does not accept the credentials: %1").arg(words);
    case ApiError::Kind::Forbidden:
        return Words::tr("The server does not allow it: %1").arg(words);
    case ApiError::Kind::NotFound:
        return Words::tr("The server cannot find it: %1").arg(words);
    case ApiError::Kind::Gone:
        return Words::tr("The server no longer remembers that state of the list; it has to be read again.");
    case ApiError::Kind::Busy:
        return Words::tr("The server is busy and asks to try again later.");
    case ApiError::Kind::Server:
        return Words::tr("The server has a problem (%1): %2").arg(QString::number(status), words);
    default:
        return Words::tr("The server refused the request (%1): %2").arg(QString::number(status), words);
    }
}

/// kubectl's StandardErrorMessage for a Status.
QString kubectlLine(const QString &reason, const QString &words)
{
    if (reason == "Unauthorized"_L1)
        return u"error: You must be logged in to the server (%1)"_s.arg(words);
    if (reason.isEmpty())
        return "Error from server: "_L1 + words;
    return u"Error from server (%1): %2"_s.arg(reason, words);
}

QString unableToConnect(const QString &cause)
{
    return "Unable to connect to the server: "_L1 + cause;
}

ApiError fromWords(int status, const QString &reason, const QString &words)
{
    ApiError error;
    error.kind = kindOf(status);
    error.httpStatus = status;
    error.reason = reason;
    error.detail = words;
    error.message = sentenceFor(error.kind, status, words);
    error.kubectlText = kubectlLine(reason, words);
    if (const auto denial = status == 403 ? accessDenialFrom(words) : std::nullopt) {
        error.message = sentenceFor(*denial);
        error.advice = adviceFor(*denial);
    }
    return error;
}

bool isHtml(const HttpAnswer &answer)
{
    return answer.contentType.toLower().contains("html") || answer.body.trimmed().startsWith('<');
}

QString shown(const QByteArray &body)
{
    return QString::fromUtf8(body.left(MaxShownBody)).trimmed();
}

struct GenericReason {
    QString reason;
    QString words;
};

/// What client-go makes of an answer without a Status (errors.NewGenericServerResponse).
GenericReason genericReason(int status, const QString &body)
{
    switch (status) {
    case 401:
        return {u"Unauthorized"_s, u"the server has asked for the client to provide credentials"_s};
    case 403:
        return {u"Forbidden"_s, body.isEmpty() ? u"forbidden"_s : body};
    case 404:
        return {u"NotFound"_s, u"the server could not find the requested resource"_s};
    case 405:
        return {u"MethodNotAllowed"_s, u"the server does not allow this method on the requested resource"_s};
    case 429:
        return {u"TooManyRequests"_s,
                u"the server has received too many requests and has asked us to try again later"_s};
    case 503:
        return {u"ServiceUnavailable"_s, u"the server is currently unable to handle the request"_s};
    case 504:
        return {
            u"Timeout"_s,
            u"the server was unable to return a response in the time allotted, but may still be processing the request"_s};
    default:
        break;
    }
    if (status >= 500)
        return {u"InternalError"_s,
                u"an error on the server (\"%1\") has prevented the request from succeeding"_s.arg(
                    body.isEmpty() ? u"unknown"_s : body)};
    return {{}, u"the server responded with the status code %1 but did not return more information"_s.arg(status)};
}

QString webPageSentence(int status, const QString &host)
{
    //: %1 is host and port, %2 an HTTP status number
    return Words::tr("%1 answered with a web page (status %2) instead of the Kubernetes API; "
                     "perhaps a proxy or a sign-in page stands in between.")
        .arg(host, QString::number(status));
}

/// OpenSSL's name for whatever comes instead of a TLS record.
QString tlsHandshakeSentence(const QString &text, const QString &host)
{
    if (text.contains("wrong version number"_L1))
        return Words::tr("%1 does not speak TLS; perhaps its address begins with http:// or the port is wrong.")
            .arg(host);
    return Words::tr("No secure connection to %1: %2").arg(host, text);
}

int secondsOf(const QByteArray &retryAfter)
{
    bool isNumber = false;
    const int seconds = retryAfter.trimmed().toInt(&isNumber);
    constexpr int LongestWait = 3600; // nobody watches longer than that; a larger number is a mistake or malice
    return isNumber ? qBound(0, seconds, LongestWait) : 0;
}

ApiError redirectError(const HttpAnswer &answer, const QString &host)
{
    ApiError error = fromWords(answer.status, {}, genericReason(answer.status, {}).words);
    error.detail = answer.redirectTo;
    //: %1 is host and port, %2 a host name
    error.message = Words::tr("%1 wants to lead us elsewhere (%2); an API server does not do that, "
                              "so perhaps a sign-in page stands in between.")
                        .arg(host, QUrl(answer.redirectTo).host());
    return error;
}

} // namespace

ApiError errorFromStatus(const QJsonObject &status)
{
    const int code = status["code"_L1].toInt();
    ApiError error = fromWords(code, status["reason"_L1].toString(), status["message"_L1].toString());
    if (error.reason == "Expired"_L1 || error.reason == "Gone"_L1)
        error.kind = ApiError::Kind::Gone;
    error.retryAfterSeconds = status["details"_L1].toObject()["retryAfterSeconds"_L1].toInt();
    return error;
}

ApiError errorFromAnswer(const HttpAnswer &answer, const QString &host)
{
    const QJsonObject object = QJsonDocument::fromJson(answer.body).object();
    ApiError error;
    if (object["kind"_L1].toString() == "Status"_L1) {
        error = errorFromStatus(object);
        error.httpStatus = answer.status;
        if (error.kind != ApiError::Kind::Gone)
            error.kind = kindOf(answer.status);
    } else if (answer.status >= 300 && answer.status < 400) {
        error = redirectError(answer, host);
    } else {
        const QString body = shown(answer.body);
        const GenericReason generic = genericReason(answer.status, body);
        error = fromWords(answer.status, generic.reason, generic.words);
        if (isHtml(answer))
            error.message = webPageSentence(answer.status, host);
        else if (!body.isEmpty())
            error.message = sentenceFor(error.kind, answer.status, body);
        error.detail = body;
    }
    if (const int seconds = secondsOf(answer.retryAfter); seconds > 0)
        error.retryAfterSeconds = seconds;
    return error;
}

ApiError errorFromNetwork(QNetworkReply::NetworkError code, const QString &text, const QString &host)
{
    ApiError error;
    error.kind = ApiError::Kind::Network;
    error.detail = text;
    const QString name = host.section(u':', 0, -2);
    switch (code) {
    case QNetworkReply::ConnectionRefusedError:
        error.message = Words::tr("Nothing answers at %1: the connection was refused.").arg(host);
        error.kubectlText =
            u"The connection to the server %1 was refused - did you specify the right host or port?"_s.arg(host);
        break;
    case QNetworkReply::HostNotFoundError:
        error.message = Words::tr("The name %1 is not known; check the VPN and the server's address.").arg(name);
        error.kubectlText = unableToConnect(u"dial tcp: lookup %1: no such host"_s.arg(name));
        break;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
        error.message = Words::tr("%1 does not answer.").arg(host);
        error.kubectlText = unableToConnect(u"dial tcp %1: i/o timeout"_s.arg(host));
        break;
    case QNetworkReply::RemoteHostClosedError:
        error.message = Words::tr("%1 closed the connection before its answer was complete.").arg(host);
        error.kubectlText = unableToConnect(u"unexpected EOF"_s);
        break;
    case QNetworkReply::SslHandshakeFailedError:
        error.kind = ApiError::Kind::Tls;
        error.message = tlsHandshakeSentence(text, host);
        error.kubectlText = unableToConnect("tls: "_L1 + text);
        break;
    default:
        error.message = Words::tr("No connection to %1: %2").arg(host, text);
        error.kubectlText = unableToConnect(u"dial tcp %1: %2"_s.arg(host, text));
    }
    return error;
}

ApiError errorFromConnection(bool byTls, const QString &sentence, const QString &detail, const QString &host)
{
    ApiError error;
    error.kind = byTls ? ApiError::Kind::Tls : ApiError::Kind::Network;
    error.message = sentence;
    error.detail = detail;
    error.kubectlText = unableToConnect(byTls ? "tls: "_L1 + detail : u"dial tcp %1: %2"_s.arg(host, detail));
    return error;
}

ApiError errorFromConnect(const Net::ConnectFailure &failure, const QString &host)
{
    using Kind = Net::ConnectFailure::Kind;
    ApiError error = errorFromConnection(failure.kind == Kind::Tls, failure.text, failure.detail, host);
    if (failure.kind == Kind::Refused)
        error.kind = ApiError::Kind::Refused;
    if (failure.byProxy)
        error.kubectlText = unableToConnect(failure.detail);
    error.advice = failure.advice;
    return error;
}

ApiError errorFromTls(const Net::TlsFailure &failure, const QString &host)
{
    ApiError error;
    error.kind = ApiError::Kind::Tls;
    error.message = Words::tr("The identity of %1 could not be verified. %2").arg(host, failure.message);
    error.detail = failure.detail;
    error.kubectlText = unableToConnect(failure.goText);
    error.advice = failure.advice;
    return error;
}

ApiError timeoutError(const QString &host, int seconds)
{
    ApiError error;
    error.kind = ApiError::Kind::Network;
    error.message = Words::tr("%1 did not answer within %n second(s).", nullptr, seconds).arg(host);
    error.kubectlText =
        unableToConnect(u"net/http: request canceled (Client.Timeout exceeded while awaiting headers)"_s);
    return error;
}

ApiError badAnswerError(const HttpAnswer &answer, const QString &host)
{
    ApiError error;
    error.kind = ApiError::Kind::BadAnswer;
    error.httpStatus = answer.status;
    error.detail = shown(answer.body);
    error.message = isHtml(answer) ? webPageSentence(answer.status, host)
                                   : Words::tr("%1 answered with something that is not the Kubernetes API.").arg(host);
    error.kubectlText = u"error: the server at %1 did not answer with JSON"_s.arg(host);
    return error;
}

ApiError tooLargeError(const QString &host, qint64 limitBytes)
{
    ApiError error;
    error.kind = ApiError::Kind::BadAnswer;
    const QString limit = QLocale().formattedDataSize(limitBytes, 0);
    //: %1 is host and port, %2 an amount such as "64 MiB"
    error.message = Words::tr("The answer of %1 is larger than %2, so it was not read.").arg(host, limit);
    error.kubectlText = u"error: the answer of %1 is too large"_s.arg(host);
    return error;
}

ApiError errorFromSignIn(const SignInFailure &failure)
{
    ApiError error;
    error.kind = ApiError::Kind::SignInNeeded;
    error.message = failure.text;
    error.detail = failure.detail;
    error.kubectlText = unableToConnect("getting credentials: "_L1 + failure.goText);
    return error;
}

ApiError unsupportedError(const QStringList &sentences)
{
    ApiError error;
    error.kind = ApiError::Kind::Unsupported;
    error.message = sentences.join(u' ');
    error.kubectlText = "error: "_L1 + sentences.join("; "_L1);
    return error;
}

} // namespace Fairlead::Kube
