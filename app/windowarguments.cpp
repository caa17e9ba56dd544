#include "app/windowarguments.h"

#include "app/cli/argumentreader.h"
#include "app/cli/connectionflags.h"
#include "app/cli/uparguments.h"
#include "app/link.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

ArgumentReader windowReader()
{
    ArgumentReader reader;
    reader.addOptions(connectionOptions());
    reader.addOption({.name = u"demo"_s, .shortName = {}, .kind = ArgumentOption::Kind::Bool});
    reader.addOption({.name = u"take-over"_s, .shortName = {}, .kind = ArgumentOption::Kind::Bool});
    reader.addOption({.name = u"headless"_s, .shortName = {}, .kind = ArgumentOption::Kind::Bool});
    reader.addOption({.name = u"screenshot"_s, .shortName = {}});
    return reader;
}

namespace {

/// runUp() has read them already, and found that the window is wanted.
WindowArguments argumentsOfUp(const QStringList &arguments)
{
    WindowArguments result;
    if (const auto up = readUpArguments(arguments)) {
        result.connection = up->connection;
        result.hasConnection = up->hasConnection;
        result.profile = up->profile;
    }
    return result;
}

} // namespace

Result<WindowArguments, QString> readWindowArguments(const QStringList &arguments)
{
    if (arguments.value(0) == "up"_L1)
        return argumentsOfUp(arguments.mid(1));
    const auto parsed = windowReader().parse(arguments);
    if (!parsed)
        return Failure{usageErrorText(u"fairlead"_s, parsed.error())};
    const auto flags = connectionOptions();
    WindowArguments result{.connection = connectionFlags(*parsed),
                           .hasConnection = std::any_of(flags.begin(), flags.end(),
                                                        [&](const auto &option) { return parsed->isSet(option.name); }),
                           .demo = parsed->boolean(u"demo"_s).value_or(false),
                           .headless = parsed->boolean(u"headless"_s).value_or(false),
                           .takeOver = parsed->boolean(u"take-over"_s).value_or(false),
                           .screenshot = parsed->value(u"screenshot"_s)};
    if (isLink(parsed->positionals().value(0)))
        result.link = parsed->positionals().first();
    if (!result.demo && (result.headless || !result.screenshot.isEmpty()))
        return Failure{u"error: --headless and --screenshot belong to --demo\n"_s};
    return result;
}

} // namespace Fairlead::App
