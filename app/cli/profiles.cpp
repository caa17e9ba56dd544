#include "app/cli/profiles.h"

#include "app/cli/connectionflags.h"
#include "app/cli/outputflag.h"
#include "app/cli/pluginterminal.h"
#include "app/cli/profilerun.h"
#include "app/cli/signalwatcher.h"
#include "core/store/profiles/profilelookup.h"

#include <QCoreApplication>
#include <QDateTime>
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

QString helpText(const ArgumentReader &reader, const QString &what, const QString &usage)
{
    return what + "\n\n"_L1 + Text::tr("Usage:") + "\n  fairlead "_L1 + usage + "\n\n"_L1 + Text::tr("Options:") + u'\n'
        + reader.optionsHelp();
}

Store::Surroundings surroundings(const Kube::ConnectionFlags &flags)
{
    const Kube::Kubeconfig kubeconfig = Kube::Kubeconfig::load(Kube::LoadOptions::fromSystem(flags));
    return Store::surroundingsOf(kubeconfig.contexts(), flags.context.value_or(kubeconfig.currentContext()));
}

/// Each forward's own context; whatever else was said on the command line counts for all.
Forward::ConnectionSource connectionSource(const Kube::ConnectionFlags &flags)
{
    return [flags](const Kube::ContextRef &context) {
        Kube::ConnectionFlags own = flags;
        if (!context.name.isEmpty())
            own.context = context.name;
        return Kube::Kubeconfig::load(Kube::LoadOptions::fromSystem(own)).resolve(own);
    };
}

int complain(const QString &error)
{
    QTextStream(stderr) << "error: " << error << '\n';
    return 1;
}

int runProfile(const Store::Profile &profile, const Kube::ConnectionFlags &flags, bool json)
{
    QTextStream out(stdout);
    QTextStream error(stderr);
    letPluginsUseTheTerminal();
    Forward::ForwardManager manager(connectionSource(flags));
    ProfileRun run(manager, [&](const QString &name) {
        return json ? makeJsonReporter(out, name) : makeTextReporter(out, error, name);
    });
    SignalWatcher signalWatcher;
    QObject::connect(&signalWatcher, &SignalWatcher::stopRequested, &run, &ProfileRun::stop);
    QObject::connect(&run, &ProfileRun::remarked, &run, [&error](const QString &name, const QString &text) {
        error << "warning: [" << name << "] " << text << '\n' << Qt::flush;
    });
    QObject::connect(&run, &ProfileRun::ready, &run, [&out, json](int running, int total) {
        if (json) {
            const QJsonObject line{{u"event"_s, u"ready"_s},
                                   {u"running"_s, running},
                                   {u"total"_s, total},
                                   {u"time"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)}};
            out << QJsonDocument(line).toJson(QJsonDocument::Compact) << '\n' << Qt::flush;
        } else {
            out << Text::tr("Ready: %1 of %2 forwards run.").arg(running).arg(total) << '\n' << Qt::flush;
        }
    });
    QObject::connect(
        &run, &ProfileRun::finished, QCoreApplication::instance(),
        [](int exitCode) { QCoreApplication::exit(exitCode); }, Qt::QueuedConnection);
    run.start(profile, surroundings(flags));
    return QCoreApplication::exec();
}

/// As kubectl prints lists.
void printTable(QTextStream &out, const QList<Store::ProfileFolder::Entry> &entries, qsizetype width)
{
    const auto line = [&](const QString &name, const QString &forwards, const QString &file) {
        out << name.leftJustified(std::max(width, qsizetype(4))) << "   " << forwards.leftJustified(8) << "   " << file
            << '\n';
    };
    line(u"NAME"_s, u"FORWARDS"_s, u"FILE"_s);
    for (const auto &entry : entries) {
        if (!entry.error)
            line(entry.name, QString::number(entry.profile.forwards.size()), entry.file);
    }
}

QJsonObject jsonOf(const Store::ProfileFolder::Entry &entry)
{
    QJsonObject object{{u"name"_s, entry.name}, {u"file"_s, entry.file}};
    if (entry.error) {
        object[u"error"_s] = entry.error->text;
        object[u"line"_s] = entry.error->line;
        object[u"column"_s] = entry.error->column;
    } else {
        object[u"forwards"_s] = int(entry.profile.forwards.size());
    }
    return object;
}

} // namespace

int runUp(const QStringList &arguments)
{
    ArgumentReader reader;
    reader.addOption(outputOption());
    reader.addOptions(connectionOptions());
    const auto parsed = reader.parse(arguments);
    const QString command = u"fairlead up"_s;
    if (!parsed) {
        QTextStream(stderr) << usageErrorText(command, parsed.error());
        return 1;
    }
    if (parsed->helpRequested()) {
        QTextStream(stdout) << helpText(
            reader,
            Text::tr("Run the forwards of a profile until it is interrupted. PROFILE is the name of one that was "
                     "saved, or a file."),
            u"up [flags] PROFILE"_s);
        return 0;
    }
    if (parsed->positionals().size() != 1) {
        QTextStream(stderr) << usageErrorText(command, Text::tr("one profile has to be named"));
        return 1;
    }
    const auto profile = Store::lookUpProfile(parsed->positionals().first(), Store::ProfileFolder());
    if (!profile)
        return complain(profile.error());
    const bool any = std::any_of(profile->forwards.begin(), profile->forwards.end(),
                                 [](const Store::SavedForward &forward) { return forward.running; });
    if (!any)
        return complain(Text::tr("Profile \"%1\" has no forward that is to run.").arg(profile->name));
    return runProfile(*profile, connectionFlags(*parsed), wantsJson(*parsed));
}

int runProfiles(const QStringList &arguments)
{
    ArgumentReader reader;
    reader.addOption(outputOption());
    const auto parsed = reader.parse(arguments);
    if (!parsed || !parsed->positionals().isEmpty()) {
        QTextStream(stderr) << usageErrorText(u"fairlead profiles"_s,
                                              parsed ? u"unexpected argument: "_s + parsed->positionals().first()
                                                     : parsed.error());
        return 1;
    }
    QTextStream out(stdout);
    if (parsed->helpRequested()) {
        out << helpText(reader, Text::tr("List the saved profiles."), u"profiles [flags]"_s);
        return 0;
    }
    const Store::ProfileFolder folder;
    const auto &entries = folder.entries();
    QTextStream error(stderr);
    QJsonArray all;
    qsizetype width = 0;
    for (const auto &entry : entries) {
        all.append(jsonOf(entry));
        if (entry.error)
            error << "error: " << Store::placedText(entry.file, *entry.error) << '\n';
        else
            width = std::max(width, entry.name.size());
    }
    if (wantsJson(*parsed))
        out << QString::fromUtf8(QJsonDocument(all).toJson());
    else if (entries.isEmpty())
        out << Text::tr("There are no profiles in %1 yet.").arg(folder.path()) << '\n';
    else
        printTable(out, entries, width);
    const bool anyBroken =
        std::any_of(entries.begin(), entries.end(), [](const auto &e) { return e.error.has_value(); });
    return anyBroken ? 1 : 0;
}

} // namespace Fairlead::App
