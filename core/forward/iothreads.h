#pragma once

#include <QList>

class QObject;
class QThread;

namespace Fairlead::Forward {

/// The few threads on which sockets live: one for each core, four at most. Objects are spread over them in turn.
/// Used from one thread; the destructor ends all threads, with what deleteLater() has left in them, and waits.
class IoThreads final
{
public:
    static constexpr int MaxThreads = 4;

    IoThreads();
    ~IoThreads();
    IoThreads(const IoThreads &) = delete;
    IoThreads &operator=(const IoThreads &) = delete;

    /// Moves `object`, which has no parent, to the next thread; starts it if need be.
    void adopt(QObject *object);

private:
    QList<QThread *> m_threads;
    int m_limit;
    int m_next = 0;
};

} // namespace Fairlead::Forward
