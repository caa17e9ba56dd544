#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <optional>
#include <variant>

/// The words between the engine and those who talk to it: one JSON object a line, UTF-8. docs/engine.md has methods,
/// events and errors for people; here are only the envelopes. No I/O.
namespace Fairlead::Control {

/// Changes when something that was there means something else; what is merely added does not change it.
constexpr int ProtocolVersion = 1;

enum class ErrorCode {
    BadRequest, ///< the line is no request
    UnknownMethod,
    BadParams, ///< a parameter is missing or of the wrong type
    NotFound, ///< no such forward or profile
    NoWindow, ///< asked for the window of an engine that has none
    TooMany, ///< as many talk to the engine already as it takes
    Failed ///< anything else; the text says what
};

struct Error {
    ErrorCode code = ErrorCode::Failed;
    QString text; ///< a sentence for people
};

struct Request {
    QJsonValue id; ///< string or number, chosen by who asks; comes back with the answer
    QString method;
    QJsonObject params = {};
};

struct BadRequest {
    QJsonValue id; ///< null, if it has none
    Error error;
};

/// Reads a line of a client.
[[nodiscard]] Result<Request, BadRequest> readRequest(const QByteArray &line);

struct Reply {
    QJsonValue id;
    QJsonObject result;
    std::optional<Error> error = {};
};
struct Event {
    QString name;
    QJsonObject data;
};
using ServerMessage = std::variant<Reply, Event>;

/// Reads a line of the engine; nullopt if it is neither an answer nor an event.
[[nodiscard]] std::optional<ServerMessage> readServerMessage(const QByteArray &line);

// Each with its line end.
[[nodiscard]] QByteArray lineOf(const Request &request);
[[nodiscard]] QByteArray lineOf(const Reply &reply);
[[nodiscard]] QByteArray lineOf(const Event &event);

} // namespace Fairlead::Control
