#include "app/cli/import.h"

#include "app/cli/enginecall.h"
#include "app/cli/importarguments.h"
#include "app/cli/importreport.h"
#include "core/kube/config/kubeconfig.h"
#include "core/store/exchange/importfile.h"
#include "core/store/profiles/profilelookup.h"
#include "core/store/profiles/profileplan.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTextStream>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

using Store::ImportedRow;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

Result<Store::Imported, Store::ProfileError> readSource(const ImportArguments &arguments)
{
    if (arguments.file != "-"_L1)
        return Store::importFile(arguments.file, arguments.format);
    QFile input;
    QByteArray text;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return Failure{Store::ProfileError{0, 0, Text::tr("Standard input cannot be read.")}};
    // One byte more than is allowed tells that there are more.
    for (QByteArray part = input.read(1 + Store::MaxImportBytes);
         !part.isEmpty() && text.size() <= Store::MaxImportBytes; part = input.read(1 + Store::MaxImportBytes))
        text += part;
    return Store::importForwards(text, arguments.format);
}

QList<Store::KnownContext> contextsHere(const ImportArguments &arguments)
{
    Kube::ConnectionFlags flags;
    flags.kubeconfig = arguments.kubeconfig;
    const auto kubeconfig = Kube::Kubeconfig::load(Kube::LoadOptions::fromSystem(flags));
    return Store::surroundingsOf(kubeconfig.contexts(), kubeconfig.currentContext()).contexts;
}

/// Gives a forward the context that it means here, with its server, so that the profile finds it elsewhere; one that
/// there is not is kept as it is, and told.
void placeRow(ImportedRow &row, const ImportArguments &arguments, const QList<Store::KnownContext> &contexts)
{
    if (!row.forward || row.fate == ImportedRow::Fate::Skipped)
        return;
    Store::SavedForward &forward = *row.forward;
    forward.spec.context = arguments.contexts.value(forward.spec.context, forward.spec.context);
    const Store::ContextMatch match = Store::matchContext(forward, contexts);
    if (const QString remark = Store::remarkOn(match, forward); !remark.isEmpty())
        row.remarks << remark;
    if (match.kind == Store::ContextMatch::Kind::Same && !forward.spec.context.isEmpty())
        forward.server = Store::savedForward(forward.spec, forward.running, contexts).server;
}

QString profileName(const ImportArguments &arguments, const Store::Imported &imported)
{
    if (!arguments.profile.isEmpty())
        return arguments.profile;
    if (!imported.name.isEmpty())
        return imported.name;
    const QString base = QFileInfo(arguments.file).completeBaseName();
    return arguments.file == "-"_L1 || base.isEmpty() ? u"imported"_s : base;
}

/// What is wrong, or nothing.
QString save(const ImportArguments &arguments, const QString &name, const Store::Imported &imported)
{
    Store::ProfileFolder folder;
    if (folder.find(name) && !arguments.replace)
        return Text::tr("There is a profile named \"%1\" already. Use --replace, or --profile for another name.")
            .arg(name);
    const Store::Profile profile{name, Store::Profile::Restore::Nothing, imported.forwards(), {}};
    const auto problem = arguments.replace ? folder.overwrite(profile) : folder.save(profile);
    return problem ? problem->text : QString();
}

int printJson(const QJsonObject &object, bool isFine)
{
    QTextStream(stdout) << QString::fromUtf8(QJsonDocument(object).toJson());
    return isFine ? 0 : 1;
}

int failToRead(const ImportArguments &arguments, const Store::ProfileError &error)
{
    if (arguments.json)
        return printJson({{u"error"_s, error.text}, {u"line"_s, error.line}, {u"column"_s, error.column}}, false);
    return complain(Store::placedText(arguments.file, error));
}

void printText(const ImportArguments &arguments, const Store::Imported &imported, const QString &name)
{
    QTextStream out(stdout);
    const qsizetype taken = imported.rows.size() - imported.count(ImportedRow::Fate::Skipped);
    const QString summary = arguments.dryRun ? Text::tr("%1 of %2 forwards would become profile \"%3\".")
                                             : Text::tr("%1 of %2 forwards became profile \"%3\".");
    out << importTable(imported) << '\n' << summary.arg(taken).arg(imported.rows.size()).arg(name) << '\n';
}

} // namespace

int runImport(const QStringList &words)
{
    const auto arguments = readImportArguments(words);
    if (!arguments)
        return arguments.error();
    auto imported = readSource(*arguments);
    if (!imported)
        return failToRead(*arguments, imported.error());
    const auto contexts = contextsHere(*arguments);
    for (ImportedRow &row : imported->rows)
        placeRow(row, *arguments, contexts);
    const QString name = profileName(*arguments, *imported);
    const bool isEmpty = imported->forwards().isEmpty();
    const QString problem = isEmpty ? Text::tr("There is no forward in it that can be imported.")
        : arguments->dryRun         ? QString()
                                    : save(*arguments, name, *imported);
    if (arguments->json) {
        QJsonObject object = importJson(*imported);
        object[u"profile"_s] = problem.isEmpty() && !arguments->dryRun ? QJsonValue(name) : QJsonValue();
        if (!problem.isEmpty())
            object[u"error"_s] = problem;
        return printJson(object, problem.isEmpty());
    }
    if (problem.isEmpty())
        printText(*arguments, *imported, name);
    else
        QTextStream(stdout) << importTable(*imported);
    return problem.isEmpty() ? 0 : complain(problem);
}

} // namespace Fairlead::App
