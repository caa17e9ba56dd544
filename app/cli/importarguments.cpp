#include "app/cli/importarguments.h"

#include "app/cli/enginecall.h"
#include "app/cli/exchangeflags.h"
#include "app/cli/outputflag.h"

#include <QCoreApplication>
#include <QTextStream>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

using Kind = ArgumentOption::Kind;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

QString checkContextPair(const QString &value)
{
    const qsizetype equals = value.indexOf(u'=');
    return equals > 0 && equals + 1 < value.size() ? QString() : u"must be THEIRS=OURS"_s;
}

} // namespace

ArgumentReader importReader()
{
    ArgumentReader reader;
    reader.addOption(formatOption(u"from"_s, false, Text::tr("What the file is, if it is not to be found out")));
    reader.addOption({u"profile"_s, {}, Kind::Value, {}, u"NAME"_s, Text::tr("Name of the profile that is made")});
    reader.addOption({u"context-map"_s,
                      {},
                      Kind::List,
                      checkContextPair,
                      u"THEIRS=OURS"_s,
                      Text::tr("What a context of the file is called here; may be given several times")});
    reader.addOption({u"replace"_s, {}, Kind::Bool, {}, {}, Text::tr("Replace a profile that has this name")});
    reader.addOption({u"dry-run"_s, {}, Kind::Bool, {}, {}, Text::tr("Only tell what would become of each forward")});
    reader.addOption({u"kubeconfig"_s, {}, Kind::Value, {}, u"FILE"_s, Text::tr("Look for contexts in this file")});
    reader.addOption(outputOption());
    return reader;
}

namespace {

QHash<QString, QString> contextMap(const QStringList &pairs)
{
    QHash<QString, QString> map;
    for (const QString &pair : pairs)
        map.insert(pair.section(u'=', 0, 0), pair.section(u'=', 1));
    return map;
}

} // namespace

Result<ImportArguments, int> readImportArguments(const QStringList &arguments)
{
    const auto parsed = readCommand(
        importReader(), arguments, u"import"_s, u"import [flags] FILE|-"_s,
        Text::tr("Make a profile of the forwards in another program's file, or of kubectl port-forward lines. What "
                 "becomes of each is told; nothing is started.\n\nFormats: %1")
            .arg(formatWords(false).join(u", "_s)));
    if (!parsed)
        return Failure{parsed.error()};
    if (parsed->positionals().size() != 1) {
        QTextStream(stderr) << usageErrorText(u"fairlead import"_s, Text::tr("one file has to be named, or -"));
        return Failure{1};
    }
    return ImportArguments{parsed->positionals().first(),
                           Store::formatFromWord(parsed->value(u"from"_s)),
                           parsed->value(u"profile"_s).trimmed(),
                           contextMap(parsed->values(u"context-map"_s)),
                           parsed->optionalValue(u"kubeconfig"_s),
                           parsed->boolean(u"replace"_s).value_or(false),
                           parsed->boolean(u"dry-run"_s).value_or(false),
                           wantsJson(*parsed)};
}

} // namespace Fairlead::App
