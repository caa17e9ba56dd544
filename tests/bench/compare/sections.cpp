#include "tests/bench/compare/sections.h"

#include <QTextStream>

using namespace Qt::StringLiterals;

namespace Fairlead::Bench {

Sizes Sizes::quick()
{
    return {.rounds = 1,
            .bytes = quint64(4) << 20,
            .roundTripsMs = {0, 20},
            .latencyConnections = 20,
            .atOnce = 10,
            .requests = 60,
            .stallPhaseMs = 200,
            .startsMeasured = 1,
            .forwards = 6,
            .kubectls = 1,
            .warmConnections = 20,
            .connections = 60,
            .manyForwards = 10,
            .connectionsEach = 4,
            .settleMs = 100,
            .atLimitMs = 300};
}

void tellProgress(const QString &text)
{
    QTextStream(stderr) << text << '\n';
}

Cast::Cast(Bench &bench, const Route &route)
    : m_bench(bench)
    , m_route(route)
{
    for (const ClientKind &kind : std::as_const(bench.clients)) {
        // Containerd has neither TLS nor an API server's tunnel before it.
        if (route.tlsCommandPort == 0 && (kind.sort == ClientKind::Sort::Relay || kind.webSocket))
            continue;
        Player player{kind, nullptr};
        if (restart(player))
            m_players.push_back(std::move(player));
    }
}

bool Cast::restart(Player &player)
{
    player.client = player.kind.make(player.kind.program);
    const QString problem = player.client->start(m_route);
    if (!problem.isEmpty())
        m_bench.report.note(problem.simplified());
    return problem.isEmpty();
}

bool Cast::keepAlive(Player &player, const QString &when)
{
    if (player.client->isRunning())
        return true;
    m_bench.report.note(u"%1 had ended after: %2."_s.arg(player.kind.name, when));
    return restart(player);
}

} // namespace Fairlead::Bench
