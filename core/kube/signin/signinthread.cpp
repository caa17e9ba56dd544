#include "core/kube/signin/signinthread.h"

#include <QCoreApplication>
#include <QThread>

#include <mutex>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

std::mutex mutex;
QThread *thread = nullptr;
QObject *anchor = nullptr;

/// While there is an application still, or QProcess has nobody who tells it of ends.
void endThread()
{
    QThread *ending = nullptr;
    {
        const std::lock_guard lock(mutex);
        ending = std::exchange(thread, nullptr);
        anchor = nullptr;
    }
    if (!ending)
        return;
    ending->quit();
    ending->wait();
    delete ending;
}

} // namespace

QObject *signInThread()
{
    const std::lock_guard lock(mutex);
    if (anchor || !QCoreApplication::instance())
        return anchor;
    thread = new QThread;
    thread->setObjectName(u"sign-in"_s);
    anchor = new QObject;
    anchor->moveToThread(thread);
    QObject::connect(thread, &QThread::finished, anchor, &QObject::deleteLater);
    thread->start();
    static std::once_flag once;
    std::call_once(once, [] { qAddPostRoutine(endThread); });
    return anchor;
}

} // namespace Fairlead::Kube
