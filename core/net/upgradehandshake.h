#pragma once

#include "core/protocol/http/headparser.h"
#include "core/protocol/portforward/refusal.h"

#include <optional>
#include <variant>

namespace Fairlead::Net {

/// The HTTP half of an upgraded connection, client side, without its socket: judges the answer to the request, that for
/// SPDY or that for a WebSocket.
class UpgradeHandshake
{
public:
    struct NeedMore {
    };
    struct Accepted {
        QByteArray rest; ///< bytes of the new protocol that came glued to the 101
    };
    struct Broken {
        QString text; ///< sentence
        QString detail;
        bool closed = false; ///< the peer closed before it had answered: a broken network rather than a wrong answer
    };
    using Step = std::variant<NeedMore, Accepted, PortForward::Refusal, Broken>;

    /// `host` is named in sentences about refusals. `webSocketKey`: what a WebSocket was asked for with; empty: SPDY
    /// was.
    explicit UpgradeHandshake(QString host, QByteArray webSocketKey = {});

    [[nodiscard]] Step feed(QByteArrayView bytes);
    /// The peer closed, or the deadline for a refusal's body has passed: judged by what is there.
    [[nodiscard]] Step finish();
    /// The head of a refusal is in and its body is being read.
    [[nodiscard]] bool isReadingRefusal() const { return m_body.has_value(); }

private:
    [[nodiscard]] Step judge(const Http::ResponseHead &head);
    /// What is wrong with a 101, as a sentence; empty: nothing.
    [[nodiscard]] QString faultOf(const Http::ResponseHead &head) const;
    [[nodiscard]] Step readBody(QByteArrayView bytes);

    QString m_host;
    QByteArray m_webSocketKey;
    Http::ResponseParser m_parser;
    Http::ResponseHead m_head;
    std::optional<Http::BodyReader> m_body;
};

} // namespace Fairlead::Net
