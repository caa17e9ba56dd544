#include "tests/bench/compare/load.h"
#include "tests/bench/compare/sections.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Bench {
namespace {

struct Case {
    Service service;
    bool atOnce;
    int roundTripMs;

    [[nodiscard]] QString name(int connectionsAtOnce) const
    {
        return u"%1 speaks first, %2 ms, %3"_s.arg(service == Service::Command ? u"client"_s : u"pod"_s)
            .arg(roundTripMs)
            .arg(atOnce ? u"%1 at once"_s.arg(connectionsAtOnce) : u"one after another"_s);
    }
};

// A slow client takes four round trips for each. The 99th percentile of so few is the worst one of each round.
constexpr int ConnectionsWithDelay = 40;

int connectionsOneAfterAnother(const Sizes &sizes, int roundTripMs)
{
    return roundTripMs == 0 ? sizes.latencyConnections : qMin(sizes.latencyConnections, ConnectionsWithDelay);
}

void measureOnce(Bench &bench, const Cast::Player &player, const Case &one)
{
    const int atOnce = one.atOnce ? bench.sizes.atOnce : 1;
    const int total = one.atOnce ? atOnce : connectionsOneAfterAnother(bench.sizes, one.roundTripMs);
    const Answers answers =
        askNewConnections(player.client->port(one.service),
                          one.service == Service::Command ? Ask::ping() : Ask::greeting(), total, atOnce);
    const QString name = one.name(bench.sizes.atOnce);
    if (answers.failed > 0)
        bench.report.note(
            u"%1: %2: %3 of %4 connections failed."_s.arg(player.kind.name, name).arg(answers.failed).arg(total));
    if (answers.firstByteMs.isEmpty())
        return;
    const auto add = [&](const QString &unit, double value) {
        bench.report.add({Section::FirstByte, name, unit, player.kind.name}, value);
    };
    const double median = quantile(answers.firstByteMs, 0.5);
    add(u"ms p50"_s, median);
    add(u"ms p99"_s, quantile(answers.firstByteMs, 0.99));
    if (one.roundTripMs > 0)
        add(u"round trips p50"_s, median / one.roundTripMs);
}

} // namespace

QString measureFirstByte(Bench &bench)
{
    for (const int roundTripMs : std::as_const(bench.sizes.roundTripsMs)) {
        const Result<Route, QString> route = bench.stage.route(roundTripMs);
        if (!route) {
            bench.report.note(route.error());
            continue;
        }
        Cast cast(bench, *route);
        for (int round = 0; round < bench.sizes.rounds; ++round) {
            tellProgress(u"first byte, %1 ms, round %2"_s.arg(roundTripMs).arg(round + 1));
            for (const bool atOnce : {false, true})
                for (const Service service : {Service::Command, Service::Greeter})
                    for (Cast::Player &player : cast.players())
                        if (cast.keepAlive(player, u"first byte"_s))
                            measureOnce(bench, player, {service, atOnce, roundTripMs});
        }
    }
    return {};
}

} // namespace Fairlead::Bench
