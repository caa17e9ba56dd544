#include "core/control/message.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::Control {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Control::Message)
};

constexpr std::array Codes{
    std::pair(ErrorCode::BadRequest, QLatin1StringView("bad-request")),
    std::pair(ErrorCode::UnknownMethod, QLatin1StringView("unknown-method")),
    std::pair(ErrorCode::BadParams, QLatin1StringView("bad-params")),
    std::pair(ErrorCode::NotFound, QLatin1StringView("not-found")),
    std::pair(ErrorCode::NoWindow, QLatin1StringView("no-window")),
    std::pair(ErrorCode::TooMany, QLatin1StringView("too-many")),
    std::pair(ErrorCode::Failed, QLatin1StringView("failed")),
};

QString wordOf(ErrorCode code)
{
    return std::find_if(Codes.begin(), Codes.end(), [code](const auto &row) { return row.first == code; })->second;
}

/// A code of a newer engine is some failure.
ErrorCode codeOf(const QString &word)
{
    const auto row = std::find_if(Codes.begin(), Codes.end(), [&word](const auto &one) { return one.second == word; });
    return row == Codes.end() ? ErrorCode::Failed : row->first;
}

QByteArray line(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

bool isId(const QJsonValue &value)
{
    return value.isString() || value.isDouble();
}

Failure<BadRequest> bad(const QJsonValue &id, const QString &text)
{
    return Failure{BadRequest{isId(id) ? id : QJsonValue(), {ErrorCode::BadRequest, text}}};
}

} // namespace

Result<Request, BadRequest> readRequest(const QByteArray &text)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (error.error != QJsonParseError::NoError)
        return bad({}, Text::tr("The line is not JSON: %1.").arg(error.errorString()));
    if (!document.isObject())
        return bad({}, Text::tr("The line is not a JSON object."));
    const QJsonObject object = document.object();
    const QJsonValue id = object.value(u"id"_s);
    if (!isId(id))
        return bad(id, Text::tr("\"id\" has to be a string or a number."));
    const QJsonValue method = object.value(u"method"_s);
    if (!method.isString())
        return bad(id, Text::tr("\"method\" has to be a string."));
    const QJsonValue params = object.value(u"params"_s);
    if (!params.isUndefined() && !params.isObject())
        return bad(id, Text::tr("\"params\" has to be an object."));
    return Request{id, method.toString(), params.toObject()};
}

std::optional<ServerMessage> readServerMessage(const QByteArray &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isObject())
        return std::nullopt;
    const QJsonObject object = document.object();
    if (object.value(u"event"_s).isString())
        return Event{object.value(u"event"_s).toString(), object.value(u"data"_s).toObject()};
    if (object.value(u"result"_s).isObject())
        return Reply{object.value(u"id"_s), object.value(u"result"_s).toObject()};
    const QJsonValue error = object.value(u"error"_s);
    if (!error.isObject())
        return std::nullopt;
    return Reply{object.value(u"id"_s), {}, Error{codeOf(error[u"code"_s].toString()), error[u"text"_s].toString()}};
}

QByteArray lineOf(const Request &request)
{
    QJsonObject object{{u"id"_s, request.id}, {u"method"_s, request.method}};
    if (!request.params.isEmpty())
        object[u"params"_s] = request.params;
    return line(object);
}

QByteArray lineOf(const Reply &reply)
{
    if (reply.error) {
        const QJsonObject error{{u"code"_s, wordOf(reply.error->code)}, {u"text"_s, reply.error->text}};
        return line({{u"id"_s, reply.id}, {u"error"_s, error}});
    }
    return line({{u"id"_s, reply.id}, {u"result"_s, reply.result}});
}

QByteArray lineOf(const Event &event)
{
    return line({{u"event"_s, event.name}, {u"data"_s, event.data}});
}

} // namespace Fairlead::Control
