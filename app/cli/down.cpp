#include "app/cli/down.h"

#include "app/cli/enginecall.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QTextStream>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

} // namespace

ArgumentReader downReader()
{
    ArgumentReader reader;
    reader.addOption({u"all"_s, {}, ArgumentOption::Kind::Bool, {}, {}, Text::tr("Stop all forwards")});
    return reader;
}

int runDown(const QStringList &arguments)
{
    const auto parsed =
        readCommand(downReader(), arguments, u"down"_s, u"down PROFILE|NAME|ID ... | --all"_s,
                    Text::tr("Stop forwards of the Fairlead that runs: those of a profile, or single ones."));
    if (!parsed)
        return parsed.error();
    const bool all = parsed->boolean(u"all"_s).value_or(false);
    const QStringList words = parsed->positionals();
    if (all != words.isEmpty()) {
        QTextStream(stderr) << usageErrorText(u"fairlead down"_s, Text::tr("name what to stop, or --all"));
        return NotDone;
    }
    const auto engine = reachEngine();
    if (!engine)
        return NoEngine;
    const auto answer = engine->call(
        u"down"_s, all ? QJsonObject{{u"all"_s, true}} : QJsonObject{{u"which"_s, QJsonArray::fromStringList(words)}});
    if (!answer)
        return complain(answer.error().text);
    QTextStream(stdout) << Text::tr("Forwards stopped: %1.").arg((*answer)[u"stopped"_s].toArray().size()) << '\n';
    return Done;
}

} // namespace Fairlead::App
