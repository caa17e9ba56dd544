#include "app/cli/profiles.h"

#include "app/cli/enginecall.h"
#include "app/cli/outputflag.h"
#include "app/cli/texttable.h"
#include "core/store/profiles/profilelookup.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

/// How many forwards of each profile run in the engine; nullopt: there is none.
std::optional<QHash<QString, int>> runningOfProfiles()
{
    const auto engine = findEngine();
    if (!engine)
        return std::nullopt;
    const auto status = engine->call(u"status"_s);
    QHash<QString, int> running;
    if (!status)
        return running;
    for (const auto &forward : (*status)[u"forwards"_s].toArray()) {
        if (forward[u"state"_s].toString() != "Running"_L1)
            continue;
        for (const auto &profile : forward[u"profiles"_s].toArray())
            ++running[profile.toString()];
    }
    return running;
}

QJsonObject jsonOf(const Store::ProfileFolder::Entry &entry, const std::optional<QHash<QString, int>> &running)
{
    QJsonObject object{{u"name"_s, entry.name}, {u"file"_s, entry.file}};
    if (entry.error) {
        object[u"error"_s] = entry.error->text;
        object[u"line"_s] = entry.error->line;
        object[u"column"_s] = entry.error->column;
        return object;
    }
    object[u"forwards"_s] = int(entry.profile.forwards.size());
    if (running)
        object[u"running"_s] = running->value(entry.name);
    return object;
}

QStringList rowOf(const Store::ProfileFolder::Entry &entry, const std::optional<QHash<QString, int>> &running)
{
    return {entry.name, QString::number(entry.profile.forwards.size()),
            running ? QString::number(running->value(entry.name)) : u"-"_s, entry.file};
}

void print(const Store::ProfileFolder &folder, bool json)
{
    const auto running = runningOfProfiles();
    QJsonArray all;
    QList<QStringList> rows{{u"NAME"_s, u"FORWARDS"_s, u"RUNNING"_s, u"FILE"_s}};
    for (const auto &entry : folder.entries()) {
        all.append(jsonOf(entry, running));
        if (entry.error)
            QTextStream(stderr) << "error: " << Store::placedText(entry.file, *entry.error) << '\n';
        else
            rows << rowOf(entry, running);
    }
    QTextStream out(stdout);
    if (json)
        out << QString::fromUtf8(QJsonDocument(all).toJson());
    else if (folder.entries().isEmpty())
        out << Text::tr("There are no profiles in %1 yet.").arg(folder.path()) << '\n';
    else
        out << textTable(rows);
}

} // namespace

ArgumentReader listReader()
{
    ArgumentReader reader;
    reader.addOption(outputOption());
    return reader;
}

int runList(const QStringList &arguments)
{
    const auto parsed = readCommand(listReader(), arguments, u"list"_s, u"list [flags]"_s,
                                    Text::tr("List the saved profiles, and how many forwards of each run."));
    if (!parsed)
        return parsed.error();
    if (!parsed->positionals().isEmpty()) {
        QTextStream(stderr) << usageErrorText(u"fairlead list"_s,
                                              u"unexpected argument: "_s + parsed->positionals().first());
        return NotDone;
    }
    const Store::ProfileFolder folder;
    print(folder, wantsJson(*parsed));
    const auto &entries = folder.entries();
    const bool anyBroken =
        std::any_of(entries.begin(), entries.end(), [](const auto &e) { return e.error.has_value(); });
    return anyBroken ? NotDone : Done;
}

} // namespace Fairlead::App
