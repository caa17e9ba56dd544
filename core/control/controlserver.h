#pragma once

#include "core/control/engineplace.h"
#include "core/control/message.h"

#include <QObject>
#include <QStringList>

#include <functional>

class QLocalServer;

namespace Fairlead::Control {

class Visitor;

/// The engine's socket: reads requests, has them answered and sends events to those who asked for them. What methods
/// mean is the business of who answers. Lives in the thread of the answers.
///
/// Only processes of this user are listened to (folder 0700, socket 0600, and the kernel's word on who connects). What
/// each may send and leave unread is bounded (visitor.h), so nobody makes the engine's memory grow.
class ControlServer final : public QObject
{
    Q_OBJECT

public:
    /// Windows, terminals and scripts of one user; each takes a descriptor.
    static constexpr qsizetype MaxVisitors = 64;

    /// What may be subscribed to: changes of forwards' states, lines of their logs.
    static const QStringList Topics;

    using Answer = std::function<Result<QJsonObject, Error>(const Request &request)>;

    explicit ControlServer(Answer answer, QObject *parent = nullptr);
    ~ControlServer() override;

    /// The caller holds the place's EngineLock: a socket that is there was left behind by somebody who was killed, and
    /// is replaced. A sentence if it cannot be.
    [[nodiscard]] Result<QString, QString> listen(const EnginePlace &place);
    /// To those who have subscribed to the topic.
    void publish(const QString &topic, const Event &event);
    /// Nobody new is let in, and nothing more is read. finished() tells when all that was sent has gone out, or after
    /// a moment in which somebody has not read it.
    void finish();

signals:
    void finished();

private:
    /// For those who do not read; they have nothing to hope for.
    static constexpr int FinishMs = 2'000;

    void forget(Visitor *visitor);
    void welcome();
    void answer(Visitor &visitor, const QByteArray &line);
    static void refuse(Visitor &visitor, const Error &error, const QJsonValue &id = {});

    Answer m_answer;
    QLocalServer *m_server;
    QList<Visitor *> m_visitors; ///< children of this
    bool m_finishing = false;
};

} // namespace Fairlead::Control
