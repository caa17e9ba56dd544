#pragma once

#include "core/kube/api/apiclient.h"
#include "core/kube/api/listwatcher.h"

#include <QHash>
#include <QSet>

#include <memory>

namespace Fairlead::Kube {

/// The pods of a namespace that a label selector takes, live; keeps of each its PodInfo. Goes on for ever; start() may
/// be called again at any time, with another selector, too: what was known stays known until the new list is complete.
/// Lives in the client's thread.
class SelectedPods final : public QObject
{
    Q_OBJECT

public:
    SelectedPods(const QString &namespaceName, const ListTiming &timing, QObject *parent);
    ~SelectedPods() override;

    void start(const std::shared_ptr<ApiClient> &client, const QString &selector);
    /// Says nothing any more until it is started.
    void stop();

    [[nodiscard]] const QString &selector() const { return m_selector; }
    /// Best first, in kubectl's order.
    [[nodiscard]] QList<PodInfo> pods() const;

signals:
    /// The list is complete, or a pod came, went or changed.
    void changed();
    /// It could not be read; it is tried again.
    void failed(const Fairlead::Kube::ApiError &error);
    /// Whether changes will be seen at once.
    void liveChanged(bool live);

private:
    void run();
    void takePage(const QJsonObject &list);
    void takeListed();
    void takeEvent(const WatchEvent &event);
    void dropWatcher();

    QString m_namespaceName;
    ListTiming m_timing;
    std::shared_ptr<ApiClient> m_client;
    QString m_selector;
    std::unique_ptr<ListWatcher> m_watcher;
    QHash<QString, PodInfo> m_pods; ///< by name
    QSet<QString> m_listed; ///< names, while a list is being read
    QTimer m_again; ///< after what does not heal by itself
};

} // namespace Fairlead::Kube
