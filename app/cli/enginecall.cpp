#include "app/cli/enginecall.h"

#include <QCoreApplication>
#include <QTextStream>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

} // namespace

std::unique_ptr<Control::EngineClient> findEngine()
{
    const auto place = Control::enginePlace();
    return place ? Control::EngineClient::connectTo(*place) : nullptr;
}

std::unique_ptr<Control::EngineClient> reachEngine()
{
    auto client = findEngine();
    if (!client)
        complain(
            Text::tr("No Fairlead runs. Start the window, \"fairlead engine\", or a profile with \"fairlead up\"."));
    return client;
}

Result<ParsedArguments, int> readCommand(const ArgumentReader &reader, const QStringList &arguments,
                                         const QString &command, const QString &usage, const QString &what)
{
    auto parsed = reader.parse(arguments);
    if (!parsed) {
        QTextStream(stderr) << usageErrorText(u"fairlead "_s + command, parsed.error());
        return Failure{int(NotDone)};
    }
    if (parsed->helpRequested()) {
        QTextStream(stdout) << what << "\n\n"
                            << Text::tr("Usage:") << "\n  fairlead " << usage << "\n\n"
                            << Text::tr("Options:") << '\n'
                            << reader.optionsHelp();
        return Failure{int(Done)};
    }
    return *parsed;
}

int complain(const QString &error)
{
    QTextStream(stderr) << "error: " << error << '\n';
    return NotDone;
}

} // namespace Fairlead::App
