// The same work through Fairlead, kubectl and plain TLS relays, in interleaved rounds; see README.md beside this file.

#include "tests/bench/compare/conditions.h"
#include "tests/bench/compare/containerdstage.h"
#include "tests/bench/compare/roles.h"
#include "tests/bench/compare/sections.h"
#include "tests/interop/containerd/ownmachine.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QTextStream>

#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace Fairlead::Bench;

namespace {

enum Exit { Fine = 0, Broken = 1, BadUsage = 2, Missed = 3 };

struct NamedSection {
    QString name;
    QString (*measure)(Bench &);
};

QList<NamedSection> allSections()
{
    return {{Section::Throughput, measureThroughput}, {Section::FirstByte, measureFirstByte},
            {Section::Requests, measureRequests},     {Section::Stalls, measureStalls},
            {Section::Footprint, measureFootprint},   {Section::Many, measureMany}};
}

void addOptions(QCommandLineParser &parser)
{
    QStringList names;
    for (const NamedSection &section : allSections())
        names << section.name;
    parser.setApplicationDescription(u"Measures Fairlead, kubectl and plain TLS relays side by side."_s);
    parser.addHelpOption();
    parser.addOptions(
        {{u"rounds"_s, u"Interleaved rounds (default: 5)."_s, u"N"_s},
         {u"bytes"_s, u"Bytes of a transfer, each way (default: 512 MiB)."_s, u"N"_s},
         {u"only"_s, u"Sections, with commas: %1."_s.arg(names.join(u", "_s)), u"LIST"_s},
         {u"clients"_s, u"Clients, with commas (default: all that are there)."_s, u"LIST"_s},
         {u"server"_s, u"demo, or containerd (as root): throughput, first-byte and requests."_s, u"NAME"_s, u"demo"_s},
         {u"json"_s, u"Write every sample there too."_s, u"FILE"_s},
         {u"quick"_s, u"Tiny sizes: shows that everything works, measures nothing."_s},
         {u"strict"_s, u"Exit with status 3 if a ratio is missed."_s},
         {u"fairlead"_s, u"The program to measure."_s, u"PATH"_s, QStringLiteral(FAIRLEAD_BINARY)},
         {u"kubectl"_s, u"The kubectl to measure (default: the newest in build/tools)."_s, u"PATH"_s}});
}

/// Nothing when an option makes no sense.
std::optional<Sizes> readSizes(const QCommandLineParser &parser)
{
    Sizes sizes = parser.isSet(u"quick"_s) ? Sizes::quick() : Sizes{};
    bool good = true;
    if (parser.isSet(u"rounds"_s))
        sizes.rounds = parser.value(u"rounds"_s).toInt(&good);
    if (good && parser.isSet(u"bytes"_s))
        sizes.bytes = parser.value(u"bytes"_s).toULongLong(&good);
    if (parser.value(u"server"_s) == u"containerd"_s)
        sizes.roundTripsMs = {0};
    return good && sizes.rounds > 0 && sizes.bytes >= 1024 ? std::optional(sizes) : std::nullopt;
}

QStringList listOf(const QCommandLineParser &parser, const QString &option)
{
    return parser.value(option).split(u',', Qt::SkipEmptyParts);
}

/// Thousands of connections have two ends in this process and as many in the servers.
void raiseDescriptorLimit()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

int complain(const QString &text, Exit status)
{
    QTextStream(stderr) << "compare: " << text << '\n';
    return status;
}

int writeResults(const Report &report, const Bench &bench, const QCommandLineParser &parser)
{
    const QJsonObject where = conditions(bench);
    QTextStream(stdout) << report.markdown(where);
    if (parser.isSet(u"json"_s)) {
        QFile file(parser.value(u"json"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(report.json(where)).toJson()) < 0)
            return complain(u"%1: %2"_s.arg(file.fileName(), file.errorString()), Broken);
    }
    return parser.isSet(u"strict"_s) && !report.allPassed() ? Missed : Fine;
}

int measure(Stage &stage, const QCommandLineParser &parser, const Sizes &sizes)
{
    QStringList only = listOf(parser, u"only"_s);
    if (only.isEmpty() && !stage.hasManyPods())
        only = {Section::Throughput, Section::FirstByte, Section::Requests};
    const QStringList wantedClients = listOf(parser, u"clients"_s);
    Report report;
    QStringList notes;
    Bench bench{stage, report, availableClients(parser.value(u"fairlead"_s), parser.value(u"kubectl"_s), notes), sizes,
                QCoreApplication::applicationFilePath()};
    if (!wantedClients.isEmpty())
        bench.clients.removeIf([&](const ClientKind &kind) { return !wantedClients.contains(kind.name); });
    for (const QString &note : std::as_const(notes))
        report.note(note);
    if (const QString problem = stage.start(); !problem.isEmpty())
        return complain(problem, Broken);
    for (const NamedSection &section : allSections()) {
        if (!only.isEmpty() && !only.contains(section.name))
            continue;
        if (const QString problem = section.measure(bench); !problem.isEmpty())
            return complain(section.name + u": "_s + problem, Broken);
        if (const QString lost = stage.lost(); !lost.isEmpty())
            return complain(section.name + u": "_s + lost, Broken);
    }
    judge(report, sizes);
    return writeResults(report, bench, parser);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 2 && qstrcmp(argv[1], "--role") == 0) {
        QStringList arguments;
        for (int i = 2; i < argc; ++i)
            arguments << QString::fromLocal8Bit(argv[i]);
        return Roles::run(argc, argv, arguments);
    }
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(application);
    const std::optional<Sizes> sizes = readSizes(parser);
    if (!sizes)
        return complain(u"--rounds and --bytes must be numbers, of at least 1 and 1024"_s, BadUsage);
    raiseDescriptorLimit();
    const QString self = QCoreApplication::applicationFilePath();
    if (parser.value(u"server"_s) != u"containerd"_s) {
        DemoStage stage(self, parser.value(u"fairlead"_s));
        return measure(stage, parser, *sizes);
    }
    if (const QString obstacle = containerdObstacle(); !obstacle.isEmpty())
        return complain(obstacle, Broken);
    if (!OwnMachine::isInside())
        return OwnMachine::runInside(argc, argv);
    ContainerdStage stage(self);
    return measure(stage, parser, *sizes);
}
