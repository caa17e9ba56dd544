#include "core/kube/api/listwatcher.h"

#include "core/kube/api/answerstream.h"
#include "core/kube/api/errormapping.h"
#include "core/kube/objects/podtable.h"

#include <QJsonDocument>
#include <QRandomGenerator>

#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

/// kubectl's and client-go's page: a Table page of that size has about a MiB and takes some milliseconds to parse.
constexpr int PageSize = 500;
/// A watch that ends sooner and without a word would be repeated in a tight loop.
constexpr qint64 ShortWatchMs = 1000;
/// Tokens and versions live for minutes; a server that calls fresh ones too old again and again must not be asked in a
/// tight loop.
constexpr int QuickRelists = 2;
constexpr qint64 SleepMs = 15'000;

double randomFraction()
{
    return QRandomGenerator::global()->generateDouble();
}

/// What waiting may heal. The rest stays wrong until somebody changes something.
bool mayHeal(const ApiError &error)
{
    switch (error.kind) {
    case ApiError::Kind::Network:
    case ApiError::Kind::Busy:
    case ApiError::Kind::Server:
    case ApiError::Kind::Gone:
    case ApiError::Kind::BadAnswer:
        return true;
    default:
        return false;
    }
}

bool isWatchForbidden(const ApiError &error)
{
    constexpr int MethodNotAllowed = 405;
    return error.kind == ApiError::Kind::Forbidden || error.httpStatus == MethodNotAllowed;
}

} // namespace

ListWatcher::ListWatcher(ApiClient &client, Target target, const ListTiming &timing, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_target(std::move(target))
    , m_timing(timing)
    , m_delay(timing.retry, randomFraction)
    , m_turn(timing.gate, nullptr)
    , m_clockGap(m_clock, SleepMs)
{
    m_next.setSingleShot(true);
    m_silence.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, &ListWatcher::abandonWatch);
    connect(&m_wakeCheck, &QTimer::timeout, this, &ListWatcher::checkForWakeUp);
}

ListWatcher::~ListWatcher()
{
    endWatch();
}

void ListWatcher::start()
{
    m_wakeCheck.start(m_timing.wakeCheckMs);
    list();
}

void ListWatcher::stop()
{
    m_next.stop();
    m_turn.cancel();
    m_wakeCheck.stop();
    if (m_question) {
        m_question->setParent(this);
        m_question.release()->deleteLater(); // we may be inside its answer
    }
    endWatch();
}

void ListWatcher::list()
{
    m_continue.clear();
    emit listing();
    nextPage();
}

void ListWatcher::nextPage()
{
    ApiClient::Request request;
    request.path = m_target.path;
    request.accept = m_target.accept;
    request.query = m_target.query;
    request.query.addQueryItem(u"limit"_s, QString::number(PageSize));
    if (!m_continue.isEmpty())
        request.query.addQueryItem(u"continue"_s, m_continue);
    if (!m_question)
        m_question = std::make_unique<QObject>();
    m_client.send(request, m_question.get(), [this](const ApiClient::Answer &answer) { takePage(answer); });
}

void ListWatcher::takePage(const ApiClient::Answer &answer)
{
    if (!answer) {
        if (answer.error().kind == ApiError::Kind::Gone)
            tooOld(answer.error());
        else
            retry(answer.error(), &ListWatcher::list);
        return;
    }
    const QJsonObject object = QJsonDocument::fromJson(*answer).object();
    const QJsonObject metadata = object["metadata"_L1].toObject();
    if (!object.contains("rows"_L1) && !object.contains("items"_L1)) {
        retry(badAnswerError({200, {}, *answer, {}, {}}, m_client.hostText()), &ListWatcher::list);
        return;
    }
    healthy();
    m_continue = metadata["continue"_L1].toString();
    m_version = metadata["resourceVersion"_L1].toString();
    const int unknown = m_continue.isEmpty() ? 0 : -1;
    emit page(object, metadata["remainingItemCount"_L1].toInt(unknown));
    if (!m_continue.isEmpty()) {
        nextPage();
        return;
    }
    emit listed();
    watch();
}

/// Each is a connection of its own, so hundreds are spread.
void ListWatcher::watch()
{
    if (const int wait = m_turn.reserveConnection(serverName()); wait > 0)
        after(wait, &ListWatcher::openWatch);
    else
        openWatch();
}

void ListWatcher::openWatch()
{
    const int seconds = m_timing.watchSeconds + int(randomFraction() * m_timing.watchSeconds);
    ApiClient::Request request;
    request.path = m_target.path;
    request.accept = m_target.accept;
    request.query = m_target.query;
    request.query.addQueryItem(u"watch"_s, u"1"_s);
    request.query.addQueryItem(u"resourceVersion"_s, m_version);
    request.query.addQueryItem(u"allowWatchBookmarks"_s, u"true"_s);
    request.query.addQueryItem(u"timeoutSeconds"_s, QString::number(seconds));
    m_watch = m_client.stream(request, this);
    m_parser = WatchParser();
    m_heard = false;
    m_watchAge.start();
    m_silence.start(seconds * 1000 + m_timing.graceMs);
    connect(m_watch, &AnswerStream::answered, this, &ListWatcher::watchAnswered);
    connect(m_watch, &AnswerStream::arrived, this, &ListWatcher::readWatch);
    connect(m_watch, &AnswerStream::ended, this, &ListWatcher::watchEnded);
    connect(m_watch, &AnswerStream::failed, this, [this](const ApiError &error) {
        endWatch();
        watchRefused(error);
    });
    m_watch->open();
}

void ListWatcher::watchAnswered()
{
    m_signedInAgain = false;
    healthy();
    emit watching();
}

void ListWatcher::readWatch(const QByteArray &bytes)
{
    m_heard = true;
    m_parser.feed(bytes);
    for (;;) {
        const WatchStep step = m_parser.next();
        if (std::holds_alternative<WatchNeedsMore>(step))
            return;
        if (std::holds_alternative<WatchFault>(step)) {
            endWatch();
            retry(badAnswerError({200, {}, {}, {}, {}}, m_client.hostText()), &ListWatcher::list);
            return;
        }
        if (!takeEvent(std::get<WatchEvent>(step)))
            return;
    }
}

/// Whether the watch goes on.
bool ListWatcher::takeEvent(const WatchEvent &event)
{
    if (event.type == WatchEvent::Type::Error) {
        const ApiError error = errorFromStatus(event.object);
        endWatch();
        watchRefused(error);
        return false;
    }
    m_relists = 0;
    if (const QString version = resourceVersionOf(event.object); !version.isEmpty())
        m_version = version;
    if (event.type != WatchEvent::Type::Bookmark && event.type != WatchEvent::Type::Unknown)
        emit eventArrived(event);
    return true;
}

void ListWatcher::watchEnded()
{
    const bool inTime = m_watchAge.elapsed() >= m_timing.watchSeconds * 1'000;
    const bool tooShort = !m_heard && m_watchAge.elapsed() < ShortWatchMs;
    endWatch();
    if (inTime)
        return watch();
    m_turn.troubled(serverName()); // somebody in between, or the server goes down and all its watches end now
    again(tooShort ? m_delay.next(m_clock.monotonicMs()) : 0, &ListWatcher::watch);
}

void ListWatcher::endWatch()
{
    m_silence.stop();
    if (!m_watch)
        return;
    m_watch->disconnect(this);
    m_watch->close();
    m_watch->deleteLater();
    m_watch = nullptr;
}

void ListWatcher::watchRefused(const ApiError &error)
{
    if (error.kind == ApiError::Kind::Gone)
        tooOld(error);
    else if (error.kind == ApiError::Kind::Unauthorized && m_client.credentials()
             && !std::exchange(m_signedInAgain, true))
        list(); // with new credentials, if there are any
    else if (isWatchForbidden(error))
        pollInstead();
    else
        retry(error, &ListWatcher::watch);
}

void ListWatcher::pollInstead()
{
    m_turn.answered();
    after(m_timing.pollMs, &ListWatcher::list);
    emit watchForbidden();
}

void ListWatcher::tooOld(const ApiError &error)
{
    if (++m_relists <= QuickRelists)
        list();
    else
        retry(error, &ListWatcher::list);
}

/// Not a word for too long: the connection is dead although nobody said so.
void ListWatcher::abandonWatch()
{
    m_turn.troubled(serverName());
    endWatch();
    again(0, &ListWatcher::watch);
}

void ListWatcher::retry(const ApiError &error, void (ListWatcher::*step)())
{
    m_troubled = true;
    m_turn.failed(serverName(), error);
    if (!mayHeal(error)) {
        m_wakeCheck.stop();
        emit failed(error, -1);
        return;
    }
    const int delay = qMax(m_delay.next(m_clock.monotonicMs()), error.retryAfterSeconds * 1000);
    again(delay, step);
    emit failed(error, delay);
}

void ListWatcher::after(int delayMs, void (ListWatcher::*step)())
{
    m_next.disconnect(this);
    connect(&m_next, &QTimer::timeout, this, step);
    m_next.start(delayMs);
}

/// As after(), and not before this one's turn among all that ask the server again.
void ListWatcher::again(int delayMs, void (ListWatcher::*step)())
{
    m_turn.take(serverName(), delayMs, [this, step] { (this->*step)(); });
}

void ListWatcher::healthy()
{
    m_turn.answered();
    if (std::exchange(m_troubled, false))
        emit recovered();
}

/// Connections from before a sleep are dead more often than not, without a sign of it, so the watch is begun anew.
void ListWatcher::checkForWakeUp()
{
    if (m_clockGap.hasSlept() && m_watch)
        abandonWatch();
}

} // namespace Fairlead::Kube
