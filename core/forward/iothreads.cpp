#include "core/forward/iothreads.h"

#include <QCoreApplication>
#include <QEvent>
#include <QObject>
#include <QThread>

#include <algorithm>

namespace Fairlead::Forward {

namespace {
// A thread that ends handles deferred deletions once. What those put off in turn (a forward its tunnels, a tunnel its
// socket) needs further rounds.
constexpr int LastRounds = 4;

class IoThread final : public QThread
{
protected:
    void run() override
    {
        exec();
        for (int i = 0; i < LastRounds; ++i)
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
};
} // namespace

IoThreads::IoThreads()
    : m_limit(std::clamp(QThread::idealThreadCount(), 1, MaxThreads))
{
}

IoThreads::~IoThreads()
{
    for (QThread *thread : std::as_const(m_threads))
        thread->quit();
    for (QThread *thread : std::as_const(m_threads)) {
        thread->wait();
        delete thread;
    }
}

void IoThreads::adopt(QObject *object)
{
    if (m_threads.size() < m_limit) {
        auto *thread = new IoThread;
        thread->setObjectName(QStringLiteral("io %1").arg(m_threads.size() + 1));
        thread->start();
        m_threads.append(thread);
    }
    object->moveToThread(m_threads.at(m_next % m_threads.size()));
    ++m_next;
}

} // namespace Fairlead::Forward
