#include "tests/bench/compare/load.h"
#include "tests/bench/compare/sections.h"

#include <QElapsedTimer>
#include <QThread>

using namespace Qt::StringLiterals;

namespace Fairlead::Bench {
namespace {

constexpr int AnswerPatienceMs = 30'000; ///< of silence, until connections count as lost
constexpr int ResumePatienceMs = 3'000; ///< the engine looks again each second
constexpr int FewDescriptors = 64;
constexpr int MoreThanFit = 60; ///< connections, of two descriptors each

QString startEngine(ChildProcess &engine, const Bench &bench, const Route &route, int forwards, int descriptors)
{
    return engine.start(bench.self,
                        {u"--role"_s, u"engine"_s, route.kubeconfig, route.namespaceName,
                         QString::number(route.commandPort), QString::number(forwards), QString::number(descriptors)});
}

QList<quint16> portsOf(const QStringList &lines)
{
    QList<quint16> ports;
    for (const QString &line : lines)
        ports << line.section(u' ', 1).toUShort();
    return ports;
}

QString measureThousands(Bench &bench, const Route &route)
{
    ChildProcess engine;
    if (const QString problem = startEngine(engine, bench, route, bench.sizes.manyForwards, 0); !problem.isEmpty())
        return problem;
    const QList<quint16> ports = portsOf(engine.waitForLines(u"port "_s, bench.sizes.manyForwards));
    const QString what =
        u"%1 forwards, %2 connections each"_s.arg(bench.sizes.manyForwards).arg(bench.sizes.connectionsEach);
    const auto add = [&](const QString &unit, double value) {
        bench.report.add({Section::Many, what, unit, u"fairlead"_s}, value);
    };
    QElapsedTimer timer;
    timer.start();
    Echoes echoes(ports, bench.sizes.connectionsEach);
    echoes.collect(AnswerPatienceMs);
    add(u"seconds until all are answered"_s, double(timer.elapsed()) / 1e3);
    add(u"% answered with their own words"_s,
        100.0 * echoes.answered() / (bench.sizes.manyForwards * bench.sizes.connectionsEach));
    add(u"threads"_s, engine.meter().threads());
    add(u"descriptors"_s, engine.meter().descriptors());
    add(u"MB resident"_s, engine.meter().residentMb());
    return {};
}

/// More connections than there are descriptors: those that fit are served, the others wait in the kernel, nobody spins,
/// and all are served in the end.
QString measureDescriptorLimit(Bench &bench, const Route &route)
{
    ChildProcess engine;
    if (const QString problem = startEngine(engine, bench, route, 1, FewDescriptors); !problem.isEmpty())
        return problem;
    const QList<quint16> ports = portsOf(engine.waitForLines(u"port "_s, 1));
    const auto add = [&](const QString &unit, double value) {
        bench.report.add({Section::Many, u"%1 connections at %2 descriptors"_s.arg(MoreThanFit).arg(FewDescriptors),
                          unit, u"fairlead"_s},
                         value);
    };
    Echoes echoes(ports, MoreThanFit);
    echoes.collect(1'000);
    add(u"served at first"_s, echoes.answered());
    const double before = engine.meter().cpuSeconds();
    QThread::msleep(bench.sizes.atLimitMs);
    add(u"% of a core while at the limit"_s,
        100 * (engine.meter().cpuSeconds() - before) * 1e3 / double(bench.sizes.atLimitMs));
    for (int left = MoreThanFit; left > echoes.opened() - echoes.answered() - echoes.failed();) {
        left = echoes.opened() - echoes.answered() - echoes.failed();
        echoes.closeAnswered();
        echoes.collect(ResumePatienceMs);
    }
    add(u"served in the end"_s, echoes.answered());
    add(u"failed"_s, echoes.failed());
    if (!engine.isRunning())
        bench.report.note(u"The engine ended at its limit of descriptors."_s);
    return {};
}

} // namespace

QString measureMany(Bench &bench)
{
    const Result<Route, QString> route = bench.stage.route(0);
    if (!route)
        return route.error();
    tellProgress(u"many forwards and connections"_s);
    if (const QString problem = measureThousands(bench, *route); !problem.isEmpty())
        return problem;
    tellProgress(u"descriptor limit"_s);
    return measureDescriptorLimit(bench, *route);
}

} // namespace Fairlead::Bench
