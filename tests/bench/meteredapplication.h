#pragma once

#include <QApplication>
#include <QThread>

#include <algorithm>
#include <time.h>
#include <utility>

namespace Fairlead::Bench {

/// Knows the longest that the window's thread worked on one event, in processor time. What a key waits beyond that, it
/// waits for a processor: the server, the programs and this share the machine.
class MeteredApplication final : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (QThread::currentThread() != thread())
            return QApplication::notify(receiver, event);
        const double before = processorMs();
        const bool done = QApplication::notify(receiver, event);
        m_longestMs = std::max(m_longestMs, processorMs() - before);
        return done;
    }

    double takeLongestMs() { return std::exchange(m_longestMs, 0); }

private:
    static double processorMs()
    {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    }

    double m_longestMs = 0;
};

} // namespace Fairlead::Bench
