#include "app/cli/export.h"

#include "app/cli/enginecall.h"
#include "app/cli/exchangeflags.h"
#include "core/store/exchange/exporter.h"
#include "core/store/exchange/foreignwords.h"
#include "core/store/profiles/profilelookup.h"
#include "core/store/profiles/profileplan.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>
#include <QTextStream>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

using Kind = ArgumentOption::Kind;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

} // namespace

ArgumentReader exportReader()
{
    ArgumentReader reader;
    reader.addOption(formatOption(u"to"_s, true, Text::tr("What to write; kubectl, a shell script, unless given")));
    reader.addOption({u"context"_s, {}, Kind::Value, {}, u"NAME"_s, Text::tr("Only the forwards of this context")});
    reader.addOption({u"replace"_s, {}, Kind::Bool, {}, {}, Text::tr("Replace the file if there is one")});
    return reader;
}

namespace {

Store::Profile withContext(Store::Profile profile, const std::optional<QString> &context)
{
    if (context)
        profile.forwards.removeIf([&](const auto &forward) { return forward.spec.context != *context; });
    return profile;
}

void printRemarks(const Store::Profile &profile, const Store::Exported &exported)
{
    QTextStream err(stderr);
    for (const Store::ExportRemark &remark : exported.remarks) {
        const QString name = Store::displayName(profile.forwards.at(remark.forward).spec);
        err << (remark.leftOut ? Text::tr("left out: [%1] %2", "%1 forward, %2 sentence")
                               : Text::tr("note: [%1] %2", "%1 forward, %2 sentence"))
                   .arg(Store::shownText(name), Store::shownText(remark.text, 500))
            << '\n';
    }
}

/// What is wrong, or nothing. A script can be run at once.
QString writeFile(const QString &path, const Store::Exported &exported, bool isScript, bool replace)
{
    if (QFileInfo::exists(path) && !replace)
        return Text::tr("There is a file %1 already. Use --replace to replace it.").arg(path);
    QSaveFile file(path);
    bool isFine = file.open(QIODevice::WriteOnly) && file.write(exported.text) == exported.text.size();
    if (isFine && isScript)
        isFine = file.setPermissions(file.permissions() | QFile::ExeOwner | QFile::ExeUser);
    isFine = isFine && file.commit();
    return isFine ? QString() : Text::tr("%1 could not be written: %2.").arg(path, file.errorString());
}

void writeOut(const QByteArray &text)
{
    QFile out;
    if (out.open(stdout, QIODevice::WriteOnly))
        out.write(text);
}

} // namespace

int runExport(const QStringList &arguments)
{
    const auto parsed = readCommand(
        exportReader(), arguments, u"export"_s, u"export [flags] PROFILE [FILE]"_s,
        Text::tr("Write a profile as a file of another program. PROFILE is the name of one that was saved, or a file. "
                 "What the other program has no place for is told.\n\nFormats: %1")
            .arg(formatWords(true).join(u", "_s)));
    if (!parsed)
        return parsed.error();
    const QStringList words = parsed->positionals();
    if (words.isEmpty() || words.size() > 2) {
        QTextStream(stderr) << usageErrorText(u"fairlead export"_s, Text::tr("one profile has to be named"));
        return 1;
    }
    const Store::ProfileFolder folder;
    const auto found = Store::lookUpProfile(words.first(), folder);
    if (!found)
        return complain(found.error());
    const Store::Profile profile = withContext(*found, parsed->optionalValue(u"context"_s));
    const auto format = Store::formatFromWord(parsed->value(u"to"_s)).value_or(Store::Format::Commands);
    const Store::Exported exported = Store::exportForwards(profile, format);
    printRemarks(profile, exported);
    if (exported.written == 0)
        return complain(Text::tr("There is no forward in it that %1 can hold.").arg(Store::formatInfo(format).title));
    const QString path = words.value(1, u"-"_s);
    if (path == "-"_L1) {
        writeOut(exported.text);
        return 0;
    }
    const QString problem =
        writeFile(path, exported, format == Store::Format::Commands, parsed->boolean(u"replace"_s).value_or(false));
    return problem.isEmpty() ? 0 : complain(problem);
}

} // namespace Fairlead::App
