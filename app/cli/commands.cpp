#include "app/cli/commands.h"

#include "app/cli/configexplain.h"
#include "app/cli/demo.h"
#include "app/cli/doctor.h"
#include "app/cli/portforward.h"
#include "app/cli/profiles.h"

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
  fairlead up [flags] PROFILE                     run the forwards of a saved profile without a window
  fairlead profiles [flags]                       list the saved profiles
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

const std::array<Command, 11> &commands()
{
    static const std::array<Command, 11> table{{
        {{u"port-forward"_s}, runPortForward},
        {{u"config"_s, u"explain"_s}, runConfigExplain},
        {{u"doctor"_s}, runDoctor},
        {{u"up"_s}, runUp},
        {{u"profiles"_s}, runProfiles},
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
        return command.run(all.mid(command.words.size()));
    }
    if (named)
        return unknownCommand(all.first());
    return std::nullopt;
}

} // namespace Fairlead::App
