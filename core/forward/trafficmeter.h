#pragma once

#include "core/forward/forwardsnapshot.h"

namespace Fairlead::Forward {

/// Counts bytes and turns them into rates over the last second or so. Time comes in.
class TrafficMeter
{
public:
    static constexpr int HistorySeconds = 60;

    void add(quint64 down, quint64 up);
    /// Once a second or so; sooner calls are ignored. True when a rate has changed.
    bool sample(qint64 now);
    [[nodiscard]] const Traffic &traffic() const { return m_traffic; }
    /// rateDown + rateUp, newest last.
    [[nodiscard]] const QList<double> &history() const { return m_history; }
    [[nodiscard]] bool isQuiet() const { return m_traffic.rateDown == 0 && m_traffic.rateUp == 0; }

private:
    Traffic m_traffic;
    quint64 m_sampledDown = 0;
    quint64 m_sampledUp = 0;
    qint64 m_sampledAt = -1;
    QList<double> m_history;
};

} // namespace Fairlead::Forward
