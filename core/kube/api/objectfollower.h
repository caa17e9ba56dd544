#pragma once

#include "core/kube/api/apiclient.h"
#include "core/kube/api/listwatcher.h"
#include "core/kube/api/retryturn.h"

#include <memory>

namespace Fairlead::Kube {

/// Follows one object by its name: GET, then, if wanted, list and watch of just that name, so that another object that
/// takes the name is seen as well. Who may not list or watch reads it again every few seconds. Goes on for ever;
/// start() may be called again at any time to look at once. Lives in the client's thread.
class ObjectFollower final : public QObject
{
    Q_OBJECT

public:
    struct Target {
        QByteArray collection; ///< path, see collectionPath()
        QString namespaceName;
        QString name;
        QString kind; ///< see apiKind()
        QString resource; ///< see qualifiedResource()
        bool watched = true; ///< else it is read at start() only
    };

    ObjectFollower(Target target, const ListTiming &timing, QObject *parent);
    ~ObjectFollower() override;

    void start(const std::shared_ptr<ApiClient> &client);
    /// Says nothing any more until it is started.
    void stop();

signals:
    /// At first and whenever it may have changed.
    void found(const QJsonObject &object);
    /// There is none of that name; another may come.
    void missing(const Fairlead::Kube::ApiError &error);
    /// It could not be read; it is tried again.
    void failed(const Fairlead::Kube::ApiError &error);
    /// Whether changes will be seen at once.
    void liveChanged(bool live);

private:
    void read();
    void take(const Result<QJsonObject, ApiError> &answer);
    void readAgain(const ApiError &error);
    void watch();
    void pollInstead();
    void takePage(const QJsonObject &list);
    void takeEvent(const WatchEvent &event);
    void dropQuestion();
    void dropWatcher();
    [[nodiscard]] bool isMine(const QJsonObject &object) const;
    [[nodiscard]] ApiError missingError() const;

    Target m_target;
    ListTiming m_timing;
    RetryDelay m_delay;
    RetryTurn m_turn;
    std::shared_ptr<ApiClient> m_client;
    std::unique_ptr<QObject> m_question; ///< context of the GET
    std::unique_ptr<ListWatcher> m_watcher;
    QTimer m_next;
    bool m_polling = false;
};

} // namespace Fairlead::Kube
