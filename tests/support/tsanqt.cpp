// For builds with the thread sanitizer only. Distributions' Qt is not instrumented, so the sanitizer sees neither the
// locks of Qt's event queues nor, therefore, that what was written before an event was posted is written when the event
// is delivered: every queued call looked like a race. These definitions take the place of Qt's at the points where this
// program's own code hands work to Qt, and say so. What threads share without an event or a lock is still found.

#include <QCoreApplication>
#include <QMetaMethod>
#include <QObject>
#include <QThread>

#include <atomic>
#include <dlfcn.h>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

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

/// A queued signal's arguments are copied inside Qt, after activate() was entered: too late for what it tells. Each
/// type's copy constructor is therefore taken over when a signal that carries it is first seen, and tells of the copy.
/// Tables of atomics that never move: while Qt's libraries are on the way, the sanitizer sees no lock and no new.
class TellingCopies
{
public:
    static void watch(const QMetaObject *metaObject, int signal)
    {
        constexpr int MostSignals = 1024;
        if (!isFirst(quint64(reinterpret_cast<quintptr>(metaObject)) * MostSignals + quint64(signal)))
            return;
        const QMetaMethod method = metaObject->method(metaObject->methodOffset() + signal);
        for (int i = 0; i < method.parameterCount(); ++i)
            takeOver(method.parameterMetaType(i));
    }

private:
    using Interface = QtPrivate::QMetaTypeInterface;
    struct Taken {
        std::atomic<const Interface *> type;
        std::atomic<Interface::CopyCtrFn> original;
    };
    static constexpr std::size_t Keys = 8192;
    static constexpr std::size_t Types = 512;

    /// Once the table is full, nothing is first any more: all that is lost is what the sanitizer is told.
    static bool isFirst(quint64 key)
    {
        for (std::size_t i = 0; i < Keys; ++i) {
            quint64 there = 0;
            if (seen[(key / 8 + i) % Keys].compare_exchange_strong(there, key))
                return true;
            if (there == key)
                return false;
        }
        return false;
    }

    static void takeOver(QMetaType type)
    {
        // Qt's own types are copied by Qt, unseen.
        if (!type.isValid() || type.id() < QMetaType::User)
            return;
        // Threads that see a type for the first time at once write and read this together.
        const std::atomic_ref constructor(const_cast<Interface::CopyCtrFn &>(type.iface()->copyCtr));
        if (!constructor.load())
            return;
        for (Taken &slot : taken) {
            const Interface *there = nullptr;
            if (slot.type.compare_exchange_strong(there, type.iface())) {
                slot.original = constructor.load();
                constructor = &TellingCopies::copy;
                return;
            }
            if (there == type.iface()) {
                while (constructor.load() != &TellingCopies::copy)
                    std::this_thread::yield();
                return;
            }
        }
    }

    static void copy(const Interface *type, void *to, const void *from)
    {
        for (const Taken &slot : taken) {
            if (slot.type == type) {
                slot.original.load()(type, to, from);
                __tsan_release(&handOver);
                return;
            }
        }
    }

    static inline std::array<std::atomic<quint64>, Keys> seen;
    static inline std::array<Taken, Types> taken;
};

/// Calls a slot and says afterwards that what it wrote is done: a blocking caller reads it. Several threads may hold
/// one, counted inside Qt; whoever drops the last reference destroys it after everybody's calls.
class TellingSlot : public QtPrivate::QSlotObjectBase
{
public:
    explicit TellingSlot(QtPrivate::QSlotObjectBase *slot)
        : QSlotObjectBase(&TellingSlot::run)
        , m_slot(slot)
    {
    }

private:
    static void run(int which, QSlotObjectBase *self, QObject *receiver, void **arguments, bool *same)
    {
        auto *telling = static_cast<TellingSlot *>(self);
        if (which == Call) {
            telling->m_slot->call(receiver, arguments);
            __tsan_release(&handOver);
        } else if (which == Destroy) {
            __tsan_acquire(&handOver);
            telling->m_slot->destroyIfLastRef();
            delete telling;
        } else if (which == Compare) {
            *same = telling->m_slot->compare(arguments);
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
    TellingCopies::watch(metaObject, signal);
    __tsan_release(&handOver);
    original(sender, metaObject, signal, arguments);
    __tsan_acquire(&handOver); // a blocking connection came back
}

QMetaObject::Connection QObject::connectImpl(const QObject *sender, void **signal, const QObject *receiver,
                                             void **slotPtr, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type,
                                             const int *types, const QMetaObject *senderMetaObject)
{
    static const auto original = next<decltype(&QObject::connectImpl)>(
        "_ZN7QObject11connectImplEPKS_PPvS1_S3_PN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPKiPK11QMetaObject");
    auto *const telling = new TellingSlot(slot);
    __tsan_release(&handOver);
    return original(sender, signal, receiver, slotPtr, telling, type, types, senderMetaObject);
}

bool QMetaObject::invokeMethodImpl(QObject *object, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type,
                                   void *result)
{
    static const auto original = next<bool (*)(QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void *)>(
        "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
    auto *const telling = new TellingSlot(slot); // before the hand-over is told: it is handed over, too
    __tsan_release(&handOver);
    const bool done = original(object, telling, type, result);
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
