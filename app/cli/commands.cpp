#include "app/cli/commands.h"

#include "app/cli/completion/completecommand.h"
#include "app/cli/configexplain.h"
#include "app/cli/demo.h"
#include "app/cli/doctor.h"
#include "app/cli/down.h"
#include "app/cli/engine.h"
#include "app/cli/export.h"
#include "app/cli/import.h"
#include "app/cli/importarguments.h"
#include "app/cli/logs.h"
#include "app/cli/portforward.h"
#include "app/cli/portforwardarguments.h"
#include "app/cli/profiles.h"
#include "app/cli/quit.h"
#include "app/cli/status.h"
#include "app/cli/up.h"
#include "app/cli/uparguments.h"
#include "app/link.h"
#include "app/windowarguments.h"

#include <QCoreApplication>
#include <QTextStream>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Fairlead::App {
namespace {

const char *const Help = R"(Fairlead forwards TCP ports of Kubernetes and OKD pods to this computer.

Usage:
  fairlead [connection flags] [--demo]            open the window
  fairlead port-forward [flags] POD [LOCAL:]PORT  forward without a window, as kubectl does
  fairlead config explain [flags]                 show what would be used to connect, and from where
  fairlead up [flags] PROFILE                     run the forwards of a saved profile
  fairlead down PROFILE|NAME|ID ... | --all       stop forwards
  fairlead status [flags] [PROFILE|NAME|ID ...]   show the forwards
  fairlead logs [-f] [PROFILE|NAME|ID ...]        print what they have to tell
  fairlead list [flags]                           list the saved profiles
  fairlead engine [flags]                         run in the background, for the commands above
  fairlead quit                                   end the Fairlead that runs, the window too
  fairlead import [flags] FILE|-                  make a profile of another program's file, or of kubectl lines
  fairlead export [flags] PROFILE [FILE]          write a profile for another program, or as a shell script
  fairlead doctor [flags] [TARGET [PORT]]         check step by step what has to work before a port can be forwarded
  fairlead demo [flags]                           run the demo cluster alone, for kubectl and tests

Flags:
      --demo               use the embedded demo cluster
      --take-over          if Fairlead runs without a window, move its forwards into this one without asking
      --headless           with --demo: forward a port, fetch a page, print the byte counts, draw the window unseen
      --screenshot FILE    with --headless: where to save the picture of the window
  -h, --help               show this text; with a command, the command's
      --version            show the version

Use "fairlead COMMAND --help" for more about a command.
)";

int printHelp(const QStringList &)
{
    QTextStream(stdout) << Help;
    return 0;
}

int printVersion(const QStringList &)
{
    QTextStream(stdout) << "fairlead " FAIRLEAD_VERSION " (Qt " << qVersion() << ")\n";
    return 0;
}

struct Command {
    QStringList words;
    int (*run)(const QStringList &arguments);
    CompletedCommand completed = {}; ///< for shells; those without a reader are not offered
};

int runCompletion(const QStringList &words);

/// With its words, for those that shells offer.
Command offered(const QStringList &words, int (*run)(const QStringList &), const QString &help,
                ArgumentReader (*reader)(), Operands operands = Operands::None)
{
    return {words, run, {words, help, reader, operands}};
}

const QList<Command> &commands()
{
    static const QList<Command> table{
        offered({u"port-forward"_s}, runPortForward, u"forward without a window, as kubectl does"_s, portForwardReader,
                Operands::Target),
        offered({u"config"_s, u"explain"_s}, runConfigExplain, u"show what would be used to connect"_s, explainReader),
        offered({u"doctor"_s}, runDoctor, u"check what has to work"_s, doctorReader, Operands::Target),
        offered({u"up"_s}, runUp, u"run the forwards of a profile"_s, upReader, Operands::Profile),
        offered({u"down"_s}, runDown, u"stop forwards"_s, downReader, Operands::Forwards),
        offered({u"status"_s}, runStatus, u"show the forwards"_s, statusReader, Operands::Forwards),
        offered({u"logs"_s}, runLogs, u"print what forwards have to tell"_s, logsReader, Operands::Forwards),
        offered({u"list"_s}, runList, u"list the saved profiles"_s, listReader),
        offered({u"engine"_s}, runEngine, u"run in the background"_s, engineReader),
        offered({u"quit"_s}, runQuit, u"end the Fairlead that runs"_s, quitReader),
        offered({u"import"_s}, runImport, u"make a profile of another program's file"_s, importReader, Operands::Files),
        offered({u"export"_s}, runExport, u"write a profile for another program"_s, exportReader, Operands::Profile),
        offered({u"demo"_s}, runDemo, u"run the demo cluster alone"_s, demoReader),
        {{u"profiles"_s}, runList},
        {{u"__complete"_s}, runCompletion},
        {{u"help"_s}, printHelp},
        {{u"--help"_s}, printHelp},
        {{u"-h"_s}, printHelp},
        {{u"version"_s}, printVersion},
        {{u"--version"_s}, printVersion},
    };
    return table;
}

/// --version is no flag that a reader knows: it stands alone.
ArgumentReader windowReaderWithVersion()
{
    ArgumentReader reader = windowReader();
    reader.addOption({u"version"_s, {}, ArgumentOption::Kind::Bool});
    return reader;
}

int runCompletion(const QStringList &words)
{
    QList<CompletedCommand> known{{{}, {}, windowReaderWithVersion}};
    for (const Command &command : commands()) {
        if (command.completed.reader)
            known << command.completed;
    }
    return runComplete(words, known);
}

int unknownCommand(const QString &word)
{
    QTextStream(stderr) << "error: unknown command \"" << word << "\" for \"fairlead\"\n"
                        << "Run 'fairlead --help' for usage.\n";
    return 1;
}

} // namespace

std::optional<int> runCommand(int &argc, char **argv)
{
    const bool named = argc > 1 && argv[1][0] != '-';
    const QStringList all = [&] {
        QStringList words;
        for (int i = 1; i < argc; ++i)
            words << QString::fromLocal8Bit(argv[i]);
        return words;
    }();
    for (const Command &command : commands()) {
        if (all.mid(0, command.words.size()) != command.words)
            continue;
        const QCoreApplication application(argc, argv);
        QCoreApplication::setApplicationName(u"fairlead"_s);
        QCoreApplication::setApplicationVersion(QStringLiteral(FAIRLEAD_VERSION));
        const int exitCode = command.run(all.mid(command.words.size()));
        return exitCode == OpenTheWindow ? std::nullopt : std::optional(exitCode);
    }
    if (named && !isLink(all.first()))
        return unknownCommand(all.first());
    return std::nullopt;
}

} // namespace Fairlead::App
