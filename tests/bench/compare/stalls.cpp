#include "tests/bench/compare/load.h"
#include "tests/bench/compare/sections.h"

#include <QThread>

#include <optional>

using namespace Qt::StringLiterals;

namespace Fairlead::Bench {
namespace {

constexpr int Downloaders = 20;
constexpr int Others = Downloaders - 1; ///< the last one, or an upload in its place, is the one that stalls

/// Rates of the others around a stall.
class Watch
{
public:
    Watch(Bench &bench, const Cast::Player &player, const Downloads &downloads, const QString &what)
        : m_bench(bench)
        , m_player(player)
        , m_downloads(downloads)
        , m_what(what)
    {
    }

    void before()
    {
        if (!m_downloads.waitUntilAllFlow())
            m_bench.report.note(u"%1: %2: not every download began."_s.arg(m_player.kind.name, m_what));
        m_before = rate();
        add(u"MB/s of the others, before"_s, m_before / 1e6);
    }

    void phase(const QString &when)
    {
        const double now = rate();
        add(u"% of the others' rate, "_s + when, m_before > 0 ? 100 * now / m_before : 0);
        if (when == u"meanwhile"_s)
            add(u"MB resident, meanwhile"_s, m_player.client->meter().residentMb());
    }

private:
    /// Bytes a second, after half a phase in which buffers fill or empty.
    [[nodiscard]] double rate() const
    {
        const auto length = static_cast<unsigned long>(m_bench.sizes.stallPhaseMs);
        QThread::msleep(length / 2);
        const uint64_t start = m_downloads.taken(0, Others);
        QThread::msleep(length);
        return double(m_downloads.taken(0, Others) - start) * 1e3 / double(length);
    }

    void add(const QString &unit, double value)
    {
        m_bench.report.add({Section::Stalls, m_what, unit, m_player.kind.name}, value);
    }

    Bench &m_bench;
    const Cast::Player &m_player;
    const Downloads &m_downloads;
    QString m_what;
    double m_before = 0;
};

void stallByReader(Bench &bench, Cast::Player &player)
{
    Downloads downloads(player.client->port(Service::Command), Downloaders);
    Watch watch(bench, player, downloads, u"1 of 20 programs stops reading"_s);
    watch.before();
    downloads.stopReading(Others, true);
    watch.phase(u"meanwhile"_s);
    downloads.stopReading(Others, false);
    watch.phase(u"after"_s);
}

void stallByPod(Bench &bench, Cast::Player &player)
{
    Downloads downloads(player.client->port(Service::Command), Others);
    Watch watch(bench, player, downloads, u"the pod reads nothing of 1 of 20"_s);
    watch.before();
    {
        const BlockedUpload upload(player.client->port(Service::Command));
        watch.phase(u"meanwhile"_s);
    }
    watch.phase(u"after"_s);
}

} // namespace

QString measureStalls(Bench &bench)
{
    const Result<Route, QString> route = bench.stage.route(0);
    if (!route)
        return route.error();
    Cast cast(bench, *route);
    for (int round = 0; round < bench.sizes.rounds; ++round) {
        tellProgress(u"stalls, round %1"_s.arg(round + 1));
        for (const auto &stall : {stallByReader, stallByPod})
            for (Cast::Player &player : cast.players())
                if (cast.restart(player)) // a stall can leave a client dead for good
                    stall(bench, player);
    }
    return {};
}

} // namespace Fairlead::Bench
