// For builds with the thread sanitizer only. Distributions' Qt is not instrumented, so the sanitizer sees neither the
// locks of Qt's event queues nor, therefore, that what was written before an event was posted is written when the event
// is delivered: every queued call looked like a race. These definitions take the place of Qt's at the points where this
// program's own code hands work to Qt, and say so. What threads share without an event or a lock is still found.

#include <QCoreApplication>
#include <QObject>
#include <QThread>

#include <dlfcn.h>

extern "C" {
void __tsan_acquire(void *address);
void __tsan_release(void *address);
}

namespace {

char handOver; ///< its address stands for all event queues

template <typename Function>
Function next(const char *symbol)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, symbol));
}

bool delivering(void **)
{
    __tsan_acquire(&handOver);
    __tsan_release(&handOver); // what earlier events of this thread did is done
    return false;
}

[[maybe_unused]] const bool registered = QInternal::registerCallback(QInternal::EventNotifyCallback, delivering);

/// Calls a slot and says afterwards that what it wrote is done: a blocking caller reads it.
class TellingSlot : public QtPrivate::QSlotObjectBase
{
public:
    explicit TellingSlot(QtPrivate::QSlotObjectBase *slot)
        : QSlotObjectBase(&TellingSlot::run)
        , m_slot(slot)
    {
    }

private:
    static void run(int which, QSlotObjectBase *self, QObject *receiver, void **arguments, bool *)
    {
        auto *telling = static_cast<TellingSlot *>(self);
        if (which == Call) {
            telling->m_slot->call(receiver, arguments);
            __tsan_release(&handOver);
        } else if (which == Destroy) {
            telling->m_slot->destroyIfLastRef();
            delete telling;
        }
    }

    QtPrivate::QSlotObjectBase *m_slot;
};

} // namespace

void QMetaObject::activate(QObject *sender, const QMetaObject *metaObject, int signal, void **arguments)
{
    static const auto original =
        next<decltype(static_cast<void (*)(QObject *, const QMetaObject *, int, void **)>(&QMetaObject::activate))>(
            "_ZN11QMetaObject8activateEP7QObjectPKS_iPPv");
    __tsan_release(&handOver);
    original(sender, metaObject, signal, arguments);
    __tsan_acquire(&handOver); // a blocking connection came back
}

bool QMetaObject::invokeMethodImpl(QObject *object, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type,
                                   void *result)
{
    static const auto original = next<bool (*)(QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void *)>(
        "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
    __tsan_release(&handOver);
    const bool done = original(object, new TellingSlot(slot), type, result);
    __tsan_acquire(&handOver);
    return done;
}

void QCoreApplication::postEvent(QObject *receiver, QEvent *event, int priority)
{
    static const auto original =
        next<void (*)(QObject *, QEvent *, int)>("_ZN16QCoreApplication9postEventEP7QObjectP6QEventi");
    __tsan_release(&handOver);
    original(receiver, event, priority);
}

void QObject::deleteLater()
{
    static const auto original = next<void (*)(QObject *)>("_ZN7QObject11deleteLaterEv");
    __tsan_release(&handOver);
    original(this);
}

void QThread::quit()
{
    static const auto original = next<void (*)(QThread *)>("_ZN7QThread4quitEv");
    __tsan_release(&handOver);
    original(this);
}

bool QThread::wait(QDeadlineTimer deadline)
{
    static const auto original = next<bool (*)(QThread *, QDeadlineTimer)>("_ZN7QThread4waitE14QDeadlineTimer");
    const bool ended = original(this, deadline);
    __tsan_acquire(&handOver);
    return ended;
}
