#include "core/control/controlserver.h"

#include "core/control/visitor.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTimer>

#include <array>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Fairlead::Control {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Control::ControlServer)
};

/// The kernel says who has connected.
bool isOfThisUser(const QLocalSocket &socket)
{
    ucred peer = {};
    socklen_t size = sizeof peer;
    return ::getsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0
        && peer.uid == ::geteuid();
}

/// The topics of a request to subscribe: known ones only, in a list.
Result<QStringList, Error> topicsOf(const QJsonObject &params)
{
    const QJsonValue value = params.value(u"topics"_s);
    if (!value.isArray())
        return Failure{Error{ErrorCode::BadParams, Text::tr("\"topics\" has to be a list.")}};
    QStringList topics;
    for (const auto &topic : value.toArray()) {
        if (!ControlServer::Topics.contains(topic.toString()))
            return Failure{Error{ErrorCode::BadParams,
                                 Text::tr("There is no topic \"%1\"; there are: %2.")
                                     .arg(topic.toString(), ControlServer::Topics.join(u", "_s))}};
        topics << topic.toString();
    }
    return topics;
}

} // namespace

const QStringList ControlServer::Topics{u"forwards"_s, u"logs"_s};

ControlServer::ControlServer(Answer answer, QObject *parent)
    : QObject(parent)
    , m_answer(std::move(answer))
    , m_server(new QLocalServer(this))
{
    connect(m_server, &QLocalServer::newConnection, this, &ControlServer::welcome);
}

ControlServer::~ControlServer()
{
    for (Visitor *visitor : std::as_const(m_visitors))
        visitor->disconnect(this);
}

Result<QString, QString> ControlServer::listen(const EnginePlace &place)
{
    QFile::remove(place.socket());
    if (!m_server->listen(place.socket()))
        return Failure{Text::tr("The engine cannot listen at %1: %2").arg(place.socket(), m_server->errorString())};
    QFile::setPermissions(place.socket(), QFile::ReadOwner | QFile::WriteOwner);
    return place.socket();
}

void ControlServer::welcome()
{
    while (QLocalSocket *socket = m_server->nextPendingConnection()) {
        if (!isOfThisUser(*socket)) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        auto *visitor = new Visitor(socket, this);
        connect(visitor, &Visitor::ended, this, [this, visitor] { forget(visitor); });
        const bool isFull = m_visitors.size() >= MaxVisitors;
        m_visitors << visitor;
        if (isFull) {
            refuse(*visitor, {ErrorCode::TooMany, Text::tr("Too many talk to the engine already.")});
            visitor->close();
            continue;
        }
        connect(visitor, &Visitor::lineArrived, this,
                [this, visitor](const QByteArray &line) { answer(*visitor, line); });
        connect(visitor, &Visitor::lineTooLong, this, [this, visitor] {
            refuse(*visitor, {ErrorCode::BadRequest, Text::tr("The line is too long.")});
        });
    }
}

void ControlServer::forget(Visitor *visitor)
{
    m_visitors.removeOne(visitor);
    visitor->deleteLater();
    if (m_finishing && m_visitors.isEmpty())
        emit finished();
}

/// Who connects from now on finds nobody at once, so that who was answered can wait for the lock. The answer itself is
/// sent after this returns to answer(); visitors are closed behind it.
void ControlServer::finish()
{
    if (m_server->isListening())
        m_server->close();
    QTimer::singleShot(FinishMs, this, &ControlServer::finished);
    QTimer::singleShot(0, this, [this] {
        m_finishing = true;
        const QList<Visitor *> visitors = m_visitors;
        for (Visitor *visitor : visitors)
            visitor->close();
        if (visitors.isEmpty())
            emit finished();
    });
}

void ControlServer::refuse(Visitor &visitor, const Error &error, const QJsonValue &id)
{
    visitor.send(lineOf(Reply{id, {}, error}));
}

void ControlServer::answer(Visitor &visitor, const QByteArray &line)
{
    const auto request = readRequest(line);
    if (!request)
        return refuse(visitor, request.error().error, request.error().id);
    if (request->method == "subscribe"_L1) {
        const auto topics = topicsOf(request->params);
        if (!topics)
            return refuse(visitor, topics.error(), request->id);
        visitor.subscribe(*topics);
        return visitor.send(lineOf(Reply{request->id, {}}));
    }
    const auto result = m_answer(*request);
    if (result)
        visitor.send(lineOf(Reply{request->id, *result}));
    else
        refuse(visitor, result.error(), request->id);
}

void ControlServer::publish(const QString &topic, const Event &event)
{
    QByteArray line;
    const QList<Visitor *> visitors = m_visitors; // who is cut leaves the list
    for (Visitor *visitor : visitors) {
        if (!visitor->wants(topic))
            continue;
        if (line.isEmpty())
            line = lineOf(event);
        visitor->send(line);
    }
}

} // namespace Fairlead::Control
