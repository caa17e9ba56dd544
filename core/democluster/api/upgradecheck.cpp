#include "core/democluster/api/upgradecheck.h"

#include "core/protocol/websocket/handshake.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

constexpr const char *Protocol = "portforward.k8s.io";

/// Servers look for the word anywhere in the value and without regard to case.
bool mentions(const Http::Fields &fields, QByteArrayView name, const QByteArray &word)
{
    for (const QByteArray &token : fields.tokens(name)) {
        if (token.toLower().contains(word))
            return true;
    }
    return false;
}

Response protocolMismatch(const QList<QByteArray> &offered)
{
    Response response = textResponse(403,
                                     "unable to upgrade: unable to negotiate protocol: client supports ["
                                         + offered.join(' ') + "], server accepts [" + Protocol + "]\n");
    response.fields.add("X-Accepted-Stream-Protocol-Versions", Protocol);
    return response;
}

std::optional<Response> refusePod(const Pod &pod)
{
    if (pod.nodeName.isEmpty())
        return toResponse(badRequest(u"pod %1 does not have a host assigned"_s.arg(pod.name)));
    if (!pod.nodeAnswers)
        return toResponse(
            internalError(u"error dialing backend: dial tcp 10.0.0.11:10250: connect: no route to host"_s));
    if (pod.phase == "Pending"_L1)
        return textResponse(404, "pod does not exist\n");
    if (pod.phase != "Running"_L1) {
        const QByteArray id = sandboxId(pod).toLatin1();
        return textResponse(500, "rpc error: code = Unknown desc = sandbox container \"" + id + "\" is not running\n");
    }
    return std::nullopt;
}

std::optional<Response> refuseWebSocket(const Http::RequestHead &head)
{
    const auto fault = WebSocket::checkRequest(head);
    if (!fault)
        return std::nullopt;
    switch (*fault) {
    case WebSocket::RequestFault::NoTunnelProtocol:
        return textResponse(400, "unable to upgrade: no tunneling spdy protocols provided\n");
    case WebSocket::RequestFault::WrongVersion: {
        Response response = textResponse(426, "Upgrade Required\n");
        response.fields.add("Sec-WebSocket-Version", "13");
        return response;
    }
    case WebSocket::RequestFault::NotGet:
    case WebSocket::RequestFault::BadKey:
        break;
    }
    return textResponse(400, "Bad Request\n");
}

} // namespace

Response refuseChannelProtocol()
{
    return textResponse(400, "query parameter \"port\" is required\n");
}

std::optional<Response> refuseUpgrade(const Http::RequestHead &head, const Pod &pod, Carriers carriers)
{
    const bool isWebSocket = WebSocket::asksForWebSocket(head.fields);
    if (!isWebSocket && !carriers.spdy)
        return toResponse(badRequest(u"Upgrade request required"_s)); // what a stripped request looks like here
    const bool wantsUpgrade = mentions(head.fields, "Connection", "upgrade") && head.fields.contains("Upgrade");
    if (!wantsUpgrade)
        return toResponse(badRequest(u"Upgrade request required"_s));
    if (auto refusal = refusePod(pod))
        return refusal;
    if (isWebSocket)
        return carriers.webSocket ? refuseWebSocket(head) : refuseChannelProtocol();
    if (!mentions(head.fields, "Upgrade", "spdy/3.1"))
        return textResponse(400, "unable to upgrade: missing upgrade headers in request: only SPDY/3.1 is served\n");
    const QList<QByteArray> offered = head.fields.tokens("X-Stream-Protocol-Version");
    if (offered.isEmpty())
        return textResponse(400, "unable to upgrade: missing upgrade headers in request: X-Stream-Protocol-Version\n");
    if (!offered.contains(Protocol))
        return protocolMismatch(offered);
    return std::nullopt;
}

} // namespace Fairlead::Demo
