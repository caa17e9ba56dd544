// For builds with the thread sanitizer only. Distributions' Qt is not instrumented, so the sanitizer sees neither the
// locks of Qt's event queues nor, therefore, that what was written before an event was posted is written when the event
// is delivered: every queued call looked like a race. These definitions take the place of Qt's at the points where this
// program's own code hands work to Qt, and say so. What threads share without an event or a lock is still found.

#include <QCoreApplication>
#include <QMetaMethod>
#include <QObject>
#include <QThread>

#include <dlfcn.h>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
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
class TellingCopies
{
public:
    void watch(const QMetaObject *metaObject, int signal)
    {
        const std::pair key(metaObject, signal);
        {
            const std::shared_lock lock(m_mutex);
            if (m_seen.contains(key))
                return;
        }
        const std::unique_lock lock(m_mutex);
        if (!m_seen.insert(key).second)
            return;
        const QMetaMethod method = metaObject->method(metaObject->methodOffset() + signal);
        for (int i = 0; i < method.parameterCount(); ++i)
            takeOver(method.parameterMetaType(i));
    }

private:
    using Interface = QtPrivate::QMetaTypeInterface;

    void takeOver(QMetaType type)
    {
        // Qt's own types are copied by Qt, unseen.
        if (!type.isValid() || type.id() < QMetaType::User || !type.iface()->copyCtr)
            return;
        auto &constructor = const_cast<Interface::CopyCtrFn &>(type.iface()->copyCtr);
        if (constructor == &TellingCopies::copy)
            return;
        m_originals[type.iface()] = constructor;
        constructor = &TellingCopies::copy;
    }

    static void copy(const Interface *type, void *to, const void *from);

    std::shared_mutex m_mutex;
    std::set<std::pair<const QMetaObject *, int>> m_seen;
    std::map<const Interface *, Interface::CopyCtrFn> m_originals;
};

TellingCopies &copies()
{
    static auto *const all = new TellingCopies; // threads may still send when the program's statics are gone
    return *all;
}

void TellingCopies::copy(const Interface *type, void *to, const void *from)
{
    Interface::CopyCtrFn original = nullptr;
    {
        const std::shared_lock lock(copies().m_mutex);
        original = copies().m_originals.at(type);
    }
    original(type, to, from);
    __tsan_release(&handOver);
}

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
    copies().watch(metaObject, signal);
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
