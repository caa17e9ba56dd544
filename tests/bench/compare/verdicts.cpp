#include "tests/bench/compare/sections.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Bench {
namespace {

// The limits are those that the project has set itself; README.md of this folder tells them in words.
constexpr double CpuByKubectl = 0.5;
constexpr double CpuByRelay = 1.15;
constexpr double RateByKubectl = 1.5;
constexpr double ServerIsTheLimit = 0.85; ///< of a core
constexpr double RoundTrips = 1.15;
constexpr double OthersKeep = 95; ///< percent
constexpr double FiftyForwardsMb = 80;
constexpr double FlatMb = 2; ///< of growth: an allocator's noise

const QString Fairlead = u"fairlead"_s;
const QString Kubectl = u"kubectl"_s;

std::optional<double> least(std::optional<double> a, std::optional<double> b)
{
    return a && b ? std::min(*a, *b) : a ? a : b;
}

class Judge
{
public:
    Judge(Report &report, const Sizes &sizes)
        : m_report(report)
        , m_sizes(sizes)
    {
    }

    void throughput()
    {
        for (const QString &connections : {u"1 connection"_s, u"8 connections"_s})
            for (const QString &flow : {u"down"_s, u"up"_s, u"both"_s})
                transfer(flow + u", "_s + connections);
    }

    void firstByte()
    {
        for (const int roundTripMs : m_sizes.roundTripsMs) {
            if (roundTripMs == 0)
                continue;
            for (const QString &how : {u"one after another"_s, u"%1 at once"_s.arg(m_sizes.atOnce)})
                for (const QString &who : {u"client"_s, u"pod"_s}) {
                    const QString what = u"%1 speaks first, %2 ms, %3"_s.arg(who).arg(roundTripMs).arg(how);
                    m_report.requireAtMost(what + u": round trips to the first byte"_s,
                                           get(Section::FirstByte, what, u"round trips p50"_s, Fairlead), RoundTrips);
                }
        }
    }

    void requests()
    {
        for (const QString &what : {u"1 at a time"_s, u"16 at once"_s}) {
            const auto rate = [&](const QString &client) {
                return get(Section::Requests, what, u"requests/s"_s, client);
            };
            m_report.requireAtLeast(u"requests/s, %1, by kubectl's"_s.arg(what), ratioOf(rate(Fairlead), rate(Kubectl)),
                                    1);
        }
    }

    void stalls()
    {
        for (const QString &what : {u"1 of 20 programs stops reading"_s, u"the pod reads nothing of 1 of 20"_s})
            for (const QString &when : {u"meanwhile"_s, u"after"_s})
                m_report.requireAtLeast(
                    u"%1: %% of their rate that the others keep, %2"_s.arg(what, when).replace(u"%%"_s, u"%"_s),
                    get(Section::Stalls, what, u"% of the others' rate, "_s + when, Fairlead), OthersKeep);
    }

    void footprint()
    {
        for (const QString &kind : {u"pods of their own"_s, u"ports of one pod"_s}) {
            const QString what = u"%1 forwards, %2"_s.arg(m_sizes.forwards).arg(kind);
            m_report.requireAtMost(what + u": MB resident"_s, get(Section::Footprint, what, u"MB resident"_s, Fairlead),
                                   FiftyForwardsMb);
        }
        const QString what = u"after %1 connections"_s.arg(m_sizes.connections);
        m_report.requireAtMost(
            what + u": MB grown"_s,
            get(Section::Footprint, what, u"MB grown since %1 connections"_s.arg(m_sizes.warmConnections), Fairlead),
            FlatMb);
    }

    void many()
    {
        const QString what =
            u"%1 forwards, %2 connections each"_s.arg(m_sizes.manyForwards).arg(m_sizes.connectionsEach);
        m_report.requireAtLeast(what + u": % answered with their own words"_s,
                                get(Section::Many, what, u"% answered with their own words"_s, Fairlead), 100);
        m_report.requireAtMost(what + u": threads"_s, get(Section::Many, what, u"threads"_s, Fairlead), 16);
        const QString crowd = u"60 connections at 64 descriptors"_s;
        m_report.requireAtLeast(crowd + u": served in the end"_s,
                                get(Section::Many, crowd, u"served in the end"_s, Fairlead), 60);
    }

private:
    [[nodiscard]] std::optional<double> get(const QString &section, const QString &what, const QString &unit,
                                            const QString &client) const
    {
        return m_report.median({section, what, unit, client});
    }

    void transfer(const QString &what)
    {
        const auto figure = [&](const QString &unit, const QString &client) {
            return get(Section::Throughput, what, unit, client);
        };
        const QString cpu = u"client CPU s/GB"_s;
        m_report.requireAtMost(what + u": CPU per GB by kubectl's"_s,
                               ratioOf(figure(cpu, Fairlead), figure(cpu, Kubectl)), CpuByKubectl);
        const auto relay = least(figure(cpu, u"haproxy"_s), figure(cpu, u"stunnel"_s));
        m_report.requireAtMost(what + u": CPU per GB by the cheaper relay's"_s, ratioOf(figure(cpu, Fairlead), relay),
                               CpuByRelay);
        const bool serverLimits = figure(u"server's share of one core"_s, Fairlead).value_or(0) >= ServerIsTheLimit;
        m_report.requireAtLeast(
            what + u": MB/s by kubectl's"_s + (serverLimits ? u" (the server is the limit)"_s : QString()),
            ratioOf(figure(u"MB/s"_s, Fairlead), figure(u"MB/s"_s, Kubectl)), serverLimits ? 1 : RateByKubectl);
    }

    Report &m_report;
    const Sizes &m_sizes;
};

} // namespace

void judge(Report &report, const Sizes &sizes)
{
    const QList<std::pair<QString, void (Judge::*)()>> all{
        {Section::Throughput, &Judge::throughput}, {Section::FirstByte, &Judge::firstByte},
        {Section::Requests, &Judge::requests},     {Section::Stalls, &Judge::stalls},
        {Section::Footprint, &Judge::footprint},   {Section::Many, &Judge::many}};
    Judge judge(report, sizes);
    for (const auto &[section, judgeSection] : all)
        if (report.has(section))
            (judge.*judgeSection)();
}

} // namespace Fairlead::Bench
