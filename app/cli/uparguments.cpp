#include "app/cli/uparguments.h"

#include "app/cli/connectionflags.h"
#include "app/cli/enginecall.h"
#include "app/cli/goduration.h"
#include "app/cli/outputflag.h"
#include "core/store/profiles/profilelookup.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTextStream>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

/// As long as kubectl waits for a pod of several.
constexpr std::chrono::minutes UsualWait{1};

QString checkWait(const QString &value)
{
    const auto duration = parseGoDuration(value);
    return value.isEmpty() || (duration && duration->count() > 0) ? QString()
                                                                  : u"must be a duration such as 30s or 2m"_s;
}

} // namespace

ArgumentReader upReader()
{
    ArgumentReader reader;
    reader.addOption({u"wait"_s,
                      {},
                      ArgumentOption::Kind::OptionalValue,
                      checkWait,
                      u"DURATION"_s,
                      Text::tr("Wait until all run, at most that long (1m)")});
    reader.addOption({u"headless"_s,
                      {},
                      ArgumentOption::Kind::Bool,
                      {},
                      {},
                      Text::tr("If no Fairlead runs, open no window: run here until Ctrl-C")});
    reader.addOption(outputOption());
    reader.addOptions(connectionOptions());
    return reader;
}

Result<UpArguments, int> readUpArguments(const QStringList &arguments)
{
    const auto parsed =
        readCommand(upReader(), arguments, u"up"_s, u"up [flags] PROFILE"_s,
                    Text::tr("Run the forwards of a profile in the Fairlead that runs, or in a new one. PROFILE is the "
                             "name of one that was saved, or a file."));
    if (!parsed)
        return Failure{parsed.error()};
    if (parsed->positionals().size() != 1) {
        QTextStream(stderr) << usageErrorText(u"fairlead up"_s, Text::tr("one profile has to be named"));
        return Failure{int(NotDone)};
    }
    UpArguments result;
    result.profile = parsed->positionals().first();
    if (Store::isProfilePath(result.profile))
        result.profile = QFileInfo(result.profile).absoluteFilePath(); // the engine may be in another folder
    if (const auto wait = parsed->optionalValue(u"wait"_s))
        result.wait = std::chrono::duration_cast<std::chrono::milliseconds>(
            wait->isEmpty() ? UsualWait : parseGoDuration(*wait).value_or(UsualWait));
    result.headless = parsed->boolean(u"headless"_s).value_or(false);
    result.json = wantsJson(*parsed);
    result.connection = connectionFlags(*parsed);
    const auto flags = connectionOptions();
    result.hasConnection = std::any_of(flags.begin(), flags.end(),
                                       [&](const ArgumentOption &option) { return parsed->isSet(option.name); });
    return result;
}

} // namespace Fairlead::App
