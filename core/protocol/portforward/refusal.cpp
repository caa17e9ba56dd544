#include "core/protocol/portforward/refusal.h"

#include "core/protocol/portforward/errortext.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Fairlead::PortForward {
namespace {

constexpr QByteArrayView Protocol = "portforward.k8s.io";

QString translated(const char *sentence)
{
    return QCoreApplication::translate("Fairlead::PortForward", sentence);
}

/// The API server's own form of an error.
struct Status {
    QString reason;
    QString message;
    int retryAfterSeconds = 0;
};

std::optional<Status> parseStatus(const QByteArray &body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    if (object["kind"_L1].toString() != "Status"_L1) {
        return {};
    }
    return Status{object["reason"_L1].toString(), object["message"_L1].toString(),
                  object["details"_L1]["retryAfterSeconds"_L1].toInt()};
}

bool isHtml(const Http::ResponseHead &head, const QString &text)
{
    const QByteArray type = head.fields.value("content-type").toLower();
    return type.startsWith("text/html") || type.startsWith("application/xhtml") || text.startsWith('<'_L1);
}

QString statusLine(const Http::ResponseHead &head)
{
    return (QString::number(head.status) + u' ' + QString::fromLatin1(head.reason)).trimmed();
}

/// Somebody between us and the API server answered: neither a Status nor plain text.
QString foreignSentence(const Http::ResponseHead &head, const QString &host)
{
    if (head.status >= 300 && head.status < 400) {
        //: %1 is a host name, %2 is the status line of its answer, such as "302 Found".
        return translated(
                   QT_TRANSLATE_NOOP("Fairlead::PortForward",
                                     "%1 sends us elsewhere (%2). Is there a sign-in page or a gateway in between?"))
            .arg(host, statusLine(head));
    }
    //: %1 is a host name, %2 is the status line of its answer, such as "502 Bad Gateway".
    return translated(QT_TRANSLATE_NOOP("Fairlead::PortForward",
                                        "A proxy or load balancer at %1 answered %2. Does it allow HTTP upgrade?"))
        .arg(host, statusLine(head));
}

bool isStrippedUpgrade(const QString &text)
{
    return text.contains("Upgrade request required"_L1) || text.contains("missing upgrade headers"_L1);
}

/// Where somebody in between does not let the upgrade through. A 5xx of theirs is trouble rather than a rule.
QString adviceFor(const Refusal &refusal)
{
    const bool isRule = refusal.origin == Refusal::Origin::Foreign && refusal.status < 500;
    if (!isRule && !isStrippedUpgrade(refusal.detail)) {
        return {};
    }
    return translated(QT_TRANSLATE_NOOP("Fairlead::PortForward",
                                        "Ask those who run it to let upgrades to WebSocket or SPDY/3.1 through to the "
                                        "API server, or use an address that leads around it."));
}

/// What a known text means; empty if it is not one of those whose status code says too little.
QString sentenceForText(const QString &text, const QString &host)
{
    if (isStrippedUpgrade(text)) {
        //: %1 is a host name.
        return translated(
                   QT_TRANSLATE_NOOP("Fairlead::PortForward",
                                     "The request for an upgrade did not reach the API server behind %1: a proxy in "
                                     "between removed it."))
            .arg(host);
    }
    if (text.contains("does not have a host assigned"_L1)) {
        return translated(QT_TRANSLATE_NOOP("Fairlead::PortForward", "The pod has not been placed on a node yet."));
    }
    if (text.contains("error dialing backend"_L1)) {
        return translated(
            QT_TRANSLATE_NOOP("Fairlead::PortForward", "The API server cannot reach the node of the pod."));
    }
    if (text.contains("unable to negotiate protocol"_L1)) {
        return translated(
            QT_TRANSLATE_NOOP("Fairlead::PortForward", "The node does not know our port-forward protocol."));
    }
    if (text.contains("Debug endpoints are disabled"_L1)) {
        return translated(
            QT_TRANSLATE_NOOP("Fairlead::PortForward", "The node does not allow port forwarding at all."));
    }
    if (text == "404 page not found"_L1) {
        return translated(QT_TRANSLATE_NOOP("Fairlead::PortForward", "The node took too long to prepare the forward."));
    }
    return {};
}

QString sentenceForStatus(int status)
{
    switch (status) {
    case 400:
        return translated(QT_TRANSLATE_NOOP("Fairlead::PortForward", "The server does not accept the request."));
    case 401:
        return translated(QT_TRANSLATE_NOOP("Fairlead::PortForward", "The server does not accept the credentials."));
    case 403:
        return translated(
            QT_TRANSLATE_NOOP("Fairlead::PortForward", "You are not allowed to forward ports of this pod."));
    case 404:
        return translated(QT_TRANSLATE_NOOP("Fairlead::PortForward", "The pod does not exist, or not any more."));
    case 405:
    case 501:
        return translated(QT_TRANSLATE_NOOP("Fairlead::PortForward", "Port forwarding is not available on this node."));
    case 429:
        return translated(
            QT_TRANSLATE_NOOP("Fairlead::PortForward", "The server is too busy to take another forward."));
    default:
        break;
    }
    if (status >= 500) {
        return translated(QT_TRANSLATE_NOOP("Fairlead::PortForward", "The server could not set up the forward."));
    }
    return translated(
        QT_TRANSLATE_NOOP("Fairlead::PortForward", "The server answered something else than an upgrade."));
}

/// What an API server says when it is the WebSocket that it cannot take to the node, rather than the forward: its
/// tunnel's own words, and a node that has no TLS where WebSockets are relayed to (cri-dockerd before 0.4.4).
bool isTunnelTrouble(const QString &text)
{
    return text.contains("unexpected upgrade"_L1) || text == "connection closed"_L1
        || text.contains("server gave HTTP response to HTTPS client"_L1);
}

RetryClass retryFor(int status, const QString &text)
{
    if (status >= 400 && classifyErrorText(text) == ErrorCause::PodGone) {
        return RetryClass::FindPodAgain;
    }
    if (text.contains("does not have a host assigned"_L1)) {
        return RetryClass::FindPodAgain; // a 400, but the scheduler will get to it
    }
    if (status == 401) {
        return RetryClass::RefreshCredentials;
    }
    if (status == 404) {
        // the runtime's one-use address has expired before we came to it; a new request gets a new one
        return text == "404 page not found"_L1 ? RetryClass::BackOff : RetryClass::FindPodAgain;
    }
    const bool maySoonWork = status == 429 || (status >= 500 && status != 501);
    return maySoonWork ? RetryClass::BackOff : RetryClass::Never;
}

int retryAfter(const Http::ResponseHead &head, const std::optional<Status> &status)
{
    bool ok = false;
    const int seconds = head.fields.value("retry-after").toInt(&ok); // nobody here sends the form with a date
    return std::max(0, ok ? seconds : status.value_or(Status{}).retryAfterSeconds);
}

} // namespace

Refusal describeRefusal(const Http::ResponseHead &head, const QByteArray &body, const QString &host)
{
    const std::optional<Status> status = parseStatus(body);
    const QString text = status ? status->message : QString::fromUtf8(body).trimmed();
    const bool isForeign = !status && (text.isEmpty() || isHtml(head, text));

    Refusal refusal;
    refusal.status = head.status;
    refusal.origin = status ? Refusal::Origin::ApiServer : isForeign ? Refusal::Origin::Foreign : Refusal::Origin::Text;
    refusal.reason = status ? status->reason : QString();
    refusal.detail = isForeign ? QString() : text;
    // kubectl prints a Status as it is and puts words before anything else, also before nothing
    refusal.kubectlText = status ? text : u"unable to upgrade connection: "_s + text;
    refusal.retry = retryFor(head.status, refusal.detail);
    refusal.retryAfterSeconds = retryAfter(head, status);
    refusal.message = isForeign ? foreignSentence(head, host) : sentenceForText(text, host);
    if (refusal.message.isEmpty()) {
        refusal.message = sentenceForStatus(head.status);
    }
    refusal.advice = adviceFor(refusal);
    return refusal;
}

bool mayOtherTransportHelp(const Refusal &refusal)
{
    const bool byApiServer = refusal.origin == Refusal::Origin::ApiServer;
    switch (refusal.status) {
    case 400: // unknown or stripped upgrade; but not: the pod is not there yet
        return refusal.retry != RetryClass::FindPodAgain;
    case 403: // the verb differs: GET asks for "get", POST for "create"
    case 405:
    case 426:
    case 501:
        return true;
    case 404: // a proxy that knows no such path; a node that says that it has no such pod says so to both
        return !byApiServer && !refusal.detail.startsWith("pod "_L1) && refusal.detail != "404 page not found"_L1;
    case 500:
        return isTunnelTrouble(refusal.detail);
    case 502:
        return !byApiServer;
    default:
        return refusal.status < 400; // no upgrade came of it, and no error either
    }
}

QString checkSwitchingProtocols(const Http::ResponseHead &head)
{
    // kubectl and the servers look for these words anywhere in the value
    const auto mentions = [&head](QByteArrayView name, QByteArrayView word) {
        const QList<QByteArray> tokens = head.fields.tokens(name);
        return std::any_of(tokens.begin(), tokens.end(),
                           [&](const QByteArray &token) { return token.toLower().contains(word); });
    };
    if (head.status != 101) {
        //: %1 is the status line of an answer, such as "200 OK".
        return translated(
                   QT_TRANSLATE_NOOP("Fairlead::PortForward", "The server answered %1 instead of switching protocols."))
            .arg(statusLine(head));
    }
    if (!mentions("connection", "upgrade") || !mentions("upgrade", "spdy/3.1")) {
        return translated(
            QT_TRANSLATE_NOOP("Fairlead::PortForward", "The server switched to another protocol than SPDY/3.1."));
    }
    const QByteArray protocol = head.fields.value("x-stream-protocol-version");
    if (protocol != Protocol) {
        //: %1 is what the server chose, possibly nothing; %2 is the protocol's name.
        return translated(QT_TRANSLATE_NOOP("Fairlead::PortForward",
                                            "The server chose the protocol \"%1\" instead of \"%2\"."))
            .arg(QString::fromUtf8(protocol), QString::fromLatin1(Protocol));
    }
    return {};
}

Http::RequestHead upgradeRequest(const QByteArray &target, const QByteArray &host, const Http::Fields &credentials)
{
    Http::RequestHead head;
    head.method = "POST";
    head.target = target;
    head.fields.add("Host", host);
    head.fields.add("User-Agent", "fairlead/" FAIRLEAD_VERSION);
    head.fields.add("Content-Length", "0");
    for (const auto &[name, value] : credentials.all()) {
        head.fields.add(name, value);
    }
    head.fields.add("Connection", "Upgrade");
    head.fields.add("Upgrade", "SPDY/3.1");
    head.fields.add("X-Stream-Protocol-Version", Protocol.toByteArray());
    return head;
}

} // namespace Fairlead::PortForward
