#pragma once

#include "core/protocol/http/message.h"

#include <optional>

/// The opening handshake of RFC 6455 section 4, for the one subprotocol that carries SPDY, both roles.
namespace Fairlead::WebSocket {

/// KEP-4006: SPDY/3.1 with this stream protocol, in binary messages.
inline constexpr const char *TunnelProtocol = "SPDY/3.1+portforward.k8s.io";

/// Sec-WebSocket-Key for 16 random bytes.
[[nodiscard]] QByteArray handshakeKey(const std::array<char, 16> &random);
/// Sec-WebSocket-Accept that belongs to a key.
[[nodiscard]] QByteArray acceptFor(const QByteArray &key);

/// The client's request: GET, Host, User-Agent, then `credentials`, then what asks for the tunnel. No extensions.
[[nodiscard]] Http::RequestHead tunnelRequest(const QByteArray &target, const QByteArray &host,
                                              const Http::Fields &credentials, const QByteArray &key);

/// Why a 101 is not ours.
enum class AnswerFault { NoUpgrade, WrongAccept, WrongProtocol, UnwantedExtension };
[[nodiscard]] std::optional<AnswerFault> checkAnswer(const Http::ResponseHead &head, const QByteArray &key);

/// The server's side: whether a request asks for a WebSocket at all.
[[nodiscard]] bool asksForWebSocket(const Http::Fields &fields);
enum class RequestFault { NotGet, WrongVersion, BadKey, NoTunnelProtocol };
[[nodiscard]] std::optional<RequestFault> checkRequest(const Http::RequestHead &head);
[[nodiscard]] Http::ResponseHead tunnelAnswer(const QByteArray &key);

} // namespace Fairlead::WebSocket
