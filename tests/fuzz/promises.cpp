#include "promises.h"

#include "core/store/exchange/duplicates.h"
#include "core/store/exchange/exporter.h"
#include "core/store/profiles/profilereader.h"
#include "core/store/profiles/profilewriter.h"

#include <algorithm>
#include <cstdlib>

using namespace Fairlead;
using namespace Fairlead::Store;

namespace {

bool isShowable(const QString &text)
{
    return std::none_of(text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
}

void checkRow(const ImportedRow &row)
{
    promise(!row.source.isEmpty() && isShowable(row.source));
    promise(row.line >= 0 && row.column >= 0);
    for (const QString &remark : row.remarks)
        promise(!remark.isEmpty() && isShowable(remark));
    for (const QString &key : row.unknownKeys)
        promise(isShowable(key));
    promise(row.fate == ImportedRow::Fate::Imported || !row.remarks.isEmpty());
    if (row.fate == ImportedRow::Fate::Skipped)
        return;
    promise(row.forward.has_value());
    const Forward::ForwardSpec &spec = row.forward->spec;
    promise(!spec.target.name.isEmpty() && !spec.ports.isEmpty() && !spec.addresses.isEmpty());
    promise(spec.kubeconfig.isEmpty());
    promise(isShowable(spec.context) && isShowable(spec.name) && isShowable(row.forward->server));
}

void checkKept(const QList<SavedForward> &forwards)
{
    const Profile profile{QStringLiteral("a"), {}, forwards, {}};
    const auto again = readProfile(writeProfile(profile));
    promise(again && again->forwards.size() == forwards.size());
    for (qsizetype i = 0; i < forwards.size(); ++i)
        promise(again->forwards.at(i).spec == forwards.at(i).spec);
    for (const FormatInfo &info : formats()) {
        if (info.writable)
            promise(exportForwards(profile, info.format).written <= forwards.size());
    }
}

/// A script of what was imported gives the same forwards; only their names are comments there.
void checkScript(QList<SavedForward> forwards)
{
    const Exported script = exportForwards({QStringLiteral("a"), {}, forwards, {}}, Format::Commands);
    const auto again = importForwards(script.text, Format::Commands);
    promise(forwards.isEmpty() || again.hasValue());
    const QList<SavedForward> read = again ? again->forwards() : QList<SavedForward>();
    promise(read.size() == forwards.size());
    for (qsizetype i = 0; i < forwards.size(); ++i) {
        promise(read.at(i).spec.target == forwards.at(i).spec.target);
        promise(read.at(i).spec.context == forwards.at(i).spec.context);
        promise(read.at(i).spec.namespaceName == forwards.at(i).spec.namespaceName);
        promise(read.at(i).spec.ports == forwards.at(i).spec.ports);
        promise(read.at(i).spec.addresses == forwards.at(i).spec.addresses);
    }
}

} // namespace

void promise(bool holds)
{
    if (!holds)
        std::abort();
}

void checkImport(const QByteArray &bytes, std::optional<Format> format)
{
    const auto imported = importForwards(bytes, format, {QStringLiteral("id.json"), bytes});
    if (!imported) {
        promise(!imported.error().text.isEmpty() && imported.error().line >= 0 && imported.error().column >= 0);
        return;
    }
    promise(!format || imported->format == *format);
    for (const ImportedRow &row : imported->rows)
        checkRow(row);
    QList<Forward::ForwardSpec> specs;
    for (const SavedForward &forward : imported->forwards())
        specs << forward.spec;
    promise(withoutDuplicates(*imported, specs).forwards().isEmpty());
    checkKept(imported->forwards());
    checkScript(imported->forwards());
}
