#include "app/cli/commands.h"

#include "app/cli/configexplain.h"
#include "app/cli/demo.h"
#include "app/cli/doctor.h"
#include "app/cli/down.h"
#include "app/cli/engine.h"
#include "app/cli/export.h"
#include "app/cli/import.h"
#include "app/cli/logs.h"
#include "app/cli/portforward.h"
#include "app/cli/profiles.h"
#include "app/cli/status.h"
#include "app/cli/up.h"
#include "app/link.h"

#include <QCoreApplication>
#include <QTextStream>

#include <array>
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
  fairlead import [flags] FILE|-                  make a profile of another program's file, or of kubectl lines
  fairlead export [flags] PROFILE [FILE]          write a profile for another program, or as a shell script
  fairlead doctor [flags] [TARGET [PORT]]         check step by step what has to work before a port can be forwarded
  fairlead demo [flags]                           run the demo cluster alone, for kubectl and tests

Flags:
      --demo               use the embedded demo cluster
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
};

const std::array<Command, 18> &commands()
{
    static const std::array<Command, 18> table{{
        {{u"port-forward"_s}, runPortForward},
        {{u"config"_s, u"explain"_s}, runConfigExplain},
        {{u"doctor"_s}, runDoctor},
        {{u"up"_s}, runUp},
        {{u"down"_s}, runDown},
        {{u"status"_s}, runStatus},
        {{u"logs"_s}, runLogs},
        {{u"list"_s}, runList},
        {{u"profiles"_s}, runList},
        {{u"engine"_s}, runEngine},
        {{u"import"_s}, runImport},
        {{u"export"_s}, runExport},
        {{u"demo"_s}, runDemo},
        {{u"help"_s}, printHelp},
        {{u"--help"_s}, printHelp},
        {{u"-h"_s}, printHelp},
        {{u"version"_s}, printVersion},
        {{u"--version"_s}, printVersion},
    }};
    return table;
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
