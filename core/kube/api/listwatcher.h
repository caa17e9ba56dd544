#pragma once

#include "core/kube/api/apiclient.h"
#include "core/kube/api/listtiming.h"
#include "core/kube/api/retrydelay.h"
#include "core/kube/api/retryturn.h"
#include "core/kube/api/watchparser.h"
#include "core/support/clockgap.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>

namespace Fairlead::Kube {

/// Reads a list in pages, then watches it for ever, and finds its way back when anything goes wrong:
/// 410 (too old) reads the list again, an ended watch is resumed where it was, refusals that time cannot heal end it.
/// Says what came; keeps nothing of it. Stops when it is destroyed. Rules: client-go's reflector, API concepts
/// "Efficient detection of changes". Lives in the client's thread.
class ListWatcher final : public QObject
{
    Q_OBJECT

public:
    struct Target {
        QByteArray path;
        QByteArray accept = "application/json";
        QUrlQuery query; ///< besides paging and watching
    };

    ListWatcher(ApiClient &client, Target target, const ListTiming &timing, QObject *parent);
    ~ListWatcher() override;

    void start();
    /// Says nothing any more.
    void stop();

signals:
    /// A listing starts, the first or another; what was known stays true until listed().
    void listing();
    /// `remaining` is -1 when the server does not tell.
    void page(const QJsonObject &list, int remaining);
    void listed();
    void eventArrived(const Fairlead::Kube::WatchEvent &event);
    /// `retryInMs` < 0: it ends here.
    void failed(const Fairlead::Kube::ApiError &error, int retryInMs);
    /// After failed(): the server answers again.
    void recovered();
    /// The server accepted a watch: from now on what happens is seen at once.
    void watching();
    /// The list may be read but not watched, so it is read again now and then.
    void watchForbidden();

private:
    void list();
    void nextPage();
    void takePage(const ApiClient::Answer &answer);
    void watch();
    void openWatch();
    void readWatch(const QByteArray &bytes);
    [[nodiscard]] bool takeEvent(const WatchEvent &event);
    void watchEnded();
    void watchAnswered();
    void endWatch();
    void watchRefused(const ApiError &error);
    void pollInstead();
    void tooOld(const ApiError &error);
    void abandonWatch();
    void retry(const ApiError &error, void (ListWatcher::*step)());
    void after(int delayMs, void (ListWatcher::*step)());
    void again(int delayMs, void (ListWatcher::*step)());
    [[nodiscard]] QString serverName() const { return m_client.config().server.toString(); }
    void healthy();
    void checkForWakeUp();

    ApiClient &m_client;
    Target m_target;
    ListTiming m_timing;
    const Clock &m_clock = SystemClock::instance();
    RetryDelay m_delay;
    RetryTurn m_turn;
    QString m_version;
    QString m_continue;
    std::unique_ptr<QObject> m_question; ///< context of the list being read
    QPointer<AnswerStream> m_watch;
    WatchParser m_parser;
    QTimer m_next;
    QTimer m_silence;
    QTimer m_wakeCheck;
    QElapsedTimer m_watchAge;
    ClockGap m_clockGap;
    int m_relists = 0; ///< for being too old, since an event was heard
    bool m_heard = false; ///< anything in this watch
    bool m_signedInAgain = false; ///< since the last watch that was accepted
    bool m_troubled = false;
};

} // namespace Fairlead::Kube
