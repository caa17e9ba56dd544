#include "core/kube/api/objectfollower.h"

#include "core/kube/api/errormapping.h"
#include "core/support/clock.h"

#include <QJsonArray>
#include <QRandomGenerator>

#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

ObjectFollower::ObjectFollower(Target target, const ListTiming &timing, QObject *parent)
    : QObject(parent)
    , m_target(std::move(target))
    , m_timing(timing)
    , m_delay(timing.retry, [] { return QRandomGenerator::global()->generateDouble(); })
    , m_turn(timing.gate, nullptr)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &ObjectFollower::read);
}

ObjectFollower::~ObjectFollower() = default;

void ObjectFollower::start(const std::shared_ptr<ApiClient> &client)
{
    stop();
    m_polling = false;
    m_client = client;
    read();
}

void ObjectFollower::stop()
{
    m_next.stop();
    m_turn.cancel();
    dropWatcher();
    dropQuestion();
}

void ObjectFollower::read()
{
    m_question = std::make_unique<QObject>();
    const QByteArray path = m_target.collection + '/' + m_target.name.toUtf8().toPercentEncoding();
    m_client->getObject(path, m_target.namespaceName, m_target.kind, m_question.get(),
                        [this](const Result<QJsonObject, ApiError> &answer) { take(answer); });
}

void ObjectFollower::take(const Result<QJsonObject, ApiError> &answer)
{
    dropQuestion();
    const bool isMissing = !answer && answer.error().kind == ApiError::Kind::NotFound;
    // Before the signals, whose receivers may stop this.
    if (answer || isMissing)
        m_turn.answered();
    if (!answer && !isMissing)
        readAgain(answer.error());
    else if (m_polling)
        m_next.start(m_timing.objectPollMs);
    else if (m_target.watched)
        watch();
    if (answer)
        emit found(*answer);
    else if (isMissing)
        emit missing(answer.error());
    else
        emit failed(answer.error());
}

void ObjectFollower::readAgain(const ApiError &error)
{
    const QString server = m_client->config().server.toString();
    m_turn.failed(server, error);
    const int wait = qMax(m_delay.next(SystemClock::instance().monotonicMs()), error.retryAfterSeconds * 1000);
    m_turn.take(server, wait, [this] { read(); });
}

void ObjectFollower::watch()
{
    ListWatcher::Target target;
    target.path = m_target.collection;
    target.query.addQueryItem(u"fieldSelector"_s, "metadata.name="_L1 + m_target.name);
    m_watcher = std::make_unique<ListWatcher>(*m_client, target, m_timing, nullptr);
    connect(m_watcher.get(), &ListWatcher::page, this, &ObjectFollower::takePage);
    connect(m_watcher.get(), &ListWatcher::eventArrived, this, &ObjectFollower::takeEvent);
    connect(m_watcher.get(), &ListWatcher::watching, this, [this] { emit liveChanged(true); });
    connect(m_watcher.get(), &ListWatcher::watchForbidden, this, &ObjectFollower::pollInstead);
    connect(m_watcher.get(), &ListWatcher::failed, this, [this](const ApiError &error, int retryInMs) {
        if (retryInMs < 0)
            pollInstead();
        else
            emit failed(error);
    });
    m_watcher->start();
}

/// It was read before, so what is missing is the right to list or to watch.
void ObjectFollower::pollInstead()
{
    dropWatcher();
    m_polling = true;
    m_next.start(m_timing.objectPollMs);
    emit liveChanged(false);
}

void ObjectFollower::takePage(const QJsonObject &list)
{
    const QJsonArray items = list["items"_L1].toArray();
    for (const auto &item : items) {
        const QJsonObject object = item.toObject();
        if (isMine(object)) {
            emit found(object);
            return;
        }
    }
    emit missing(missingError());
}

void ObjectFollower::takeEvent(const WatchEvent &event)
{
    if (!isMine(event.object))
        return;
    if (event.type == WatchEvent::Type::Deleted)
        emit missing(missingError());
    else
        emit found(event.object);
}

/// Not every server in between knows the selector.
bool ObjectFollower::isMine(const QJsonObject &object) const
{
    return object["metadata"_L1].toObject()["name"_L1].toString() == m_target.name;
}

/// What a GET would answer now: resources of a group are called by it, "deployments.apps".
ApiError ObjectFollower::missingError() const
{
    return errorFromStatus({{u"code"_s, 404},
                            {u"reason"_s, u"NotFound"_s},
                            {u"message"_s, u"%1 \"%2\" not found"_s.arg(m_target.resource, m_target.name)}});
}

void ObjectFollower::dropQuestion()
{
    if (!m_question)
        return;
    m_question->setParent(this);
    m_question.release()->deleteLater(); // we may be inside its answer
}

void ObjectFollower::dropWatcher()
{
    if (!m_watcher)
        return;
    m_watcher->disconnect(this);
    m_watcher->stop();
    m_watcher->setParent(this);
    m_watcher.release()->deleteLater(); // we may be inside its signal
}

} // namespace Fairlead::Kube
