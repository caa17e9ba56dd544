#include "app/cli/outputflag.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

QString check(const QString &value)
{
    return value == "json"_L1 ? QString() : u"must be json"_s;
}

} // namespace

ArgumentOption outputOption()
{
    return {u"output"_s, u'o', ArgumentOption::Kind::Value, check, u"json"_s, Text::tr("Print JSON instead of text")};
}

bool wantsJson(const ParsedArguments &arguments)
{
    return arguments.isSet(u"output"_s);
}

} // namespace Fairlead::App
