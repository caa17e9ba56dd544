#pragma once

#include <QObject>

#include <functional>
#include <memory>
#include <mutex>

namespace Fairlead::Kube {

/// Calls something in the thread of a context object, from any other thread, unless that object has died by then. Made
/// in the context's thread.
class ReplyBox final
{
public:
    explicit ReplyBox(QObject *context)
        : m_shared(std::make_shared<Shared>())
    {
        auto *relay = new QObject(context);
        m_shared->relay = relay;
        // Said while events can still be posted to it, and waits for the lock: who holds that may post.
        QObject::connect(
            relay, &QObject::destroyed, relay,
            [shared = m_shared] {
                const std::lock_guard lock(shared->mutex);
                shared->relay = nullptr;
            },
            Qt::DirectConnection);
    }

    /// Once.
    void post(std::function<void()> call) const
    {
        const std::lock_guard lock(m_shared->mutex);
        QObject *relay = std::exchange(m_shared->relay, nullptr);
        if (!relay)
            return;
        QMetaObject::invokeMethod(
            relay,
            [relay, call = std::move(call)] {
                relay->deleteLater();
                call();
            },
            Qt::QueuedConnection);
    }

private:
    struct Shared {
        std::mutex mutex;
        QObject *relay = nullptr;
    };
    std::shared_ptr<Shared> m_shared;
};

} // namespace Fairlead::Kube
