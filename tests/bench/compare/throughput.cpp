#include "tests/bench/compare/load.h"
#include "tests/bench/compare/sections.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Bench {
namespace {

struct Case {
    Flow flow;
    int connections;
    QString name;
};

QList<Case> cases()
{
    QList<Case> all;
    for (const int connections : {1, 8}) {
        const QString many = connections == 1 ? u"1 connection"_s : u"%1 connections"_s.arg(connections);
        all << Case{Flow::Down, connections, u"down, "_s + many} << Case{Flow::Up, connections, u"up, "_s + many}
            << Case{Flow::Both, connections, u"both, "_s + many};
    }
    return all;
}

void measureOnce(Bench &bench, const Cast::Player &player, const Case &one)
{
    const ProcessMeter client = player.client->meter();
    const ProcessMeter server = bench.stage.server();
    const double clientBefore = client.cpuSeconds();
    const double serverBefore = server.cpuSeconds();
    const double seconds =
        transfer(player.client->port(Service::Command), one.flow, bench.sizes.bytes, one.connections);
    if (seconds <= 0) {
        bench.report.note(u"%1: %2: a transfer failed."_s.arg(player.kind.name, one.name));
        return;
    }
    const double gigabytes = double(bench.sizes.bytes) * (one.flow == Flow::Both ? 2 : 1) / 1e9;
    const auto add = [&](const QString &unit, double value) {
        bench.report.add({Section::Throughput, one.name, unit, player.kind.name}, value);
    };
    add(u"MB/s"_s, gigabytes * 1e3 / seconds);
    add(u"client CPU s/GB"_s, (client.cpuSeconds() - clientBefore) / gigabytes);
    if (player.kind.sort == ClientKind::Sort::Forwarder) {
        const double serverCpu = server.cpuSeconds() - serverBefore;
        add(u"server CPU s/GB"_s, serverCpu / gigabytes);
        add(u"server's share of one core"_s, serverCpu / seconds);
    }
}

} // namespace

QString measureThroughput(Bench &bench)
{
    const Result<Route, QString> route = bench.stage.route(0);
    if (!route)
        return route.error();
    Cast cast(bench, *route);
    for (Cast::Player &player : cast.players()) // buffers grow and code is paged in before anything counts
        (void)transfer(player.client->port(Service::Command), Flow::Both, bench.sizes.bytes / 16, 2);
    const QList<Case> all = cases();
    for (int round = 0; round < bench.sizes.rounds; ++round) {
        tellProgress(u"throughput, round %1"_s.arg(round + 1));
        for (const Case &one : all)
            for (Cast::Player &player : cast.players())
                if (cast.keepAlive(player, u"throughput, "_s + one.name))
                    measureOnce(bench, player, one);
    }
    return {};
}

QString measureRequests(Bench &bench)
{
    const Result<Route, QString> route = bench.stage.route(0);
    if (!route)
        return route.error();
    Cast cast(bench, *route);
    for (int round = 0; round < bench.sizes.rounds; ++round) {
        tellProgress(u"requests, round %1"_s.arg(round + 1));
        for (const int atOnce : {1, 16}) {
            const int total = atOnce == 1 ? bench.sizes.requests / 4 : bench.sizes.requests;
            const QString name = atOnce == 1 ? u"1 at a time"_s : u"%1 at once"_s.arg(atOnce);
            for (Cast::Player &player : cast.players()) {
                if (!cast.keepAlive(player, u"requests, "_s + name))
                    continue;
                const double before = player.client->meter().cpuSeconds();
                const Answers answers =
                    askNewConnections(player.client->port(Service::Command), Ask::http(), total, atOnce);
                const auto right = double(answers.firstByteMs.size());
                const auto add = [&](const QString &unit, double value) {
                    bench.report.add({Section::Requests, name, unit, player.kind.name}, value);
                };
                add(u"requests/s"_s, right / answers.seconds);
                add(u"client CPU ms/request"_s,
                    (player.client->meter().cpuSeconds() - before) * 1e3 / qMax(1.0, right));
                add(u"failed"_s, answers.failed);
            }
        }
    }
    return {};
}

} // namespace Fairlead::Bench
