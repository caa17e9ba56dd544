#include "tests/bench/compare/load.h"
#include "tests/bench/compare/sections.h"

#include <QElapsedTimer>
#include <QThread>

using namespace Qt::StringLiterals;

namespace Fairlead::Bench {
namespace {

void addState(Bench &bench, const QString &what, const QString &client, const ProcessMeter &meter)
{
    const auto add = [&](const QString &unit, double value) {
        bench.report.add({Section::Footprint, what, unit, client}, value);
    };
    add(u"MB resident"_s, meter.residentMb());
    add(u"threads"_s, meter.threads());
    add(u"descriptors"_s, meter.descriptors());
}

void measureStarts(Bench &bench, const Route &route)
{
    for (int round = 0; round < bench.sizes.startsMeasured; ++round) {
        for (const ClientKind &kind : std::as_const(bench.clients)) {
            if (kind.sort == ClientKind::Sort::Relay)
                continue;
            QElapsedTimer timer;
            timer.start();
            const std::unique_ptr<Client> client = kind.make(kind.program);
            if (client->start(route).isEmpty())
                bench.report.add({Section::Footprint, u"start to \"Forwarding from\""_s, u"ms"_s, kind.name},
                                 double(timer.nsecsElapsed()) / 1e6);
        }
    }
}

/// Memory before and after many connections, 16 at once.
void measureGrowth(Bench &bench, const Route &route)
{
    Cast cast(bench, route);
    QThread::msleep(bench.sizes.settleMs);
    for (Cast::Player &player : cast.players()) {
        tellProgress(u"footprint, connections through %1"_s.arg(player.kind.name));
        const ProcessMeter meter = player.client->meter();
        const quint16 port = player.client->port(Service::Command);
        addState(bench, u"idle"_s, player.kind.name, meter);
        int failed = askNewConnections(port, Ask::ping(), bench.sizes.warmConnections, 16).failed;
        QThread::msleep(bench.sizes.settleMs);
        const double warm = meter.residentMb();
        failed +=
            askNewConnections(port, Ask::ping(), bench.sizes.connections - bench.sizes.warmConnections, 16).failed;
        QThread::msleep(bench.sizes.settleMs);
        const QString what = u"after %1 connections"_s.arg(bench.sizes.connections);
        addState(bench, what, player.kind.name, meter);
        const auto add = [&](const QString &unit, double value) {
            bench.report.add({Section::Footprint, what, unit, player.kind.name}, value);
        };
        add(u"MB grown since %1 connections"_s.arg(bench.sizes.warmConnections), meter.residentMb() - warm);
        add(u"failed"_s, failed);
    }
}

QString manyPairs(const Sizes &sizes)
{
    return u"%1 forwards"_s.arg(sizes.forwards);
}

/// One process with a manager, and the command line with as many pairs of ports.
void measureFairleadForwards(Bench &bench, const Route &route)
{
    ChildProcess engine;
    const QString problem =
        engine.start(bench.self,
                     {u"--role"_s, u"engine"_s, route.kubeconfig, route.namespaceName,
                      QString::number(route.commandPort), QString::number(bench.sizes.forwards), u"0"_s});
    const qsizetype listening = engine.waitForLines(u"port "_s, bench.sizes.forwards).size();
    QThread::msleep(bench.sizes.settleMs);
    if (problem.isEmpty() && listening == bench.sizes.forwards)
        addState(bench, manyPairs(bench.sizes) + u", pods of their own"_s, u"fairlead"_s, engine.meter());
    else
        bench.report.note(u"The engine opened %1 of %2 forwards. %3"_s.arg(listening)
                              .arg(bench.sizes.forwards)
                              .arg(engine.output().simplified()));

    ForwardClient pairs(bench.clients.constFirst().program, ForwardClient::Carrier::Spdy, bench.sizes.forwards / 2);
    if (const QString why = pairs.start(route); !why.isEmpty())
        bench.report.note(why.simplified());
    QThread::msleep(bench.sizes.settleMs);
    addState(bench, manyPairs(bench.sizes) + u", ports of one pod"_s, u"fairlead"_s, pairs.meter());
}

/// kubectl needs a process for each pod. Some are measured and the sum is scaled.
void measureKubectlForwards(Bench &bench, const Route &route, const ClientKind &kubectl)
{
    std::vector<std::unique_ptr<Client>> all;
    double resident = 0;
    double proportional = 0;
    int threads = 0;
    for (int i = 0; i < bench.sizes.kubectls; ++i) {
        all.push_back(kubectl.make(kubectl.program));
        if (const QString why = all.back()->start(route); !why.isEmpty())
            bench.report.note(why.simplified());
    }
    QThread::msleep(bench.sizes.settleMs);
    for (const auto &one : all) {
        resident += one->meter().residentMb();
        proportional += one->meter().proportionalMb();
        threads += one->meter().threads();
    }
    const double scale = double(bench.sizes.forwards) / bench.sizes.kubectls;
    const QString what = manyPairs(bench.sizes) + u", pods of their own"_s;
    bench.report.add({Section::Footprint, what, u"MB resident"_s, kubectl.name}, resident * scale);
    bench.report.add({Section::Footprint, what, u"MB, shared pages divided"_s, kubectl.name}, proportional * scale);
    bench.report.add({Section::Footprint, what, u"threads"_s, kubectl.name}, threads * scale);
    bench.report.note(u"%1: %2 forwards are %3 processes, times %4."_s.arg(kubectl.name)
                          .arg(bench.sizes.forwards)
                          .arg(bench.sizes.kubectls)
                          .arg(scale));
}

} // namespace

QString measureFootprint(Bench &bench)
{
    const Result<Route, QString> route = bench.stage.route(0);
    if (!route)
        return route.error();
    tellProgress(u"footprint"_s);
    measureStarts(bench, *route);
    measureFairleadForwards(bench, *route);
    for (const ClientKind &kind : std::as_const(bench.clients))
        if (kind.name == u"kubectl"_s)
            measureKubectlForwards(bench, *route, kind);
    measureGrowth(bench, *route);
    return {};
}

} // namespace Fairlead::Bench
