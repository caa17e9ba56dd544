#include "app/cli/importreport.h"

#include "app/cli/texttable.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <array>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

using Store::ImportedRow;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

constexpr std::array FateWords{"imported"_L1, "changed"_L1, "skipped"_L1};

QString fateText(ImportedRow::Fate fate)
{
    switch (fate) {
    case ImportedRow::Fate::Imported:
        return Text::tr("imported");
    case ImportedRow::Fate::Changed:
        return Text::tr("changed");
    case ImportedRow::Fate::Skipped:
        break;
    }
    return Text::tr("skipped");
}

QStringList portTexts(const Forward::ForwardSpec &spec)
{
    QStringList texts;
    for (const Kube::PortArgument &port : spec.ports)
        texts << Kube::portText(port);
    return texts;
}

QString orDash(const QString &text)
{
    return text.isEmpty() ? u"-"_s : text;
}

QStringList cells(const ImportedRow &row)
{
    const QString line = row.line > 0 ? QString::number(row.line) : u"-"_s;
    if (!row.forward)
        return {line, fateText(row.fate), u"-"_s, u"-"_s, u"-"_s, u"-"_s, row.source};
    const Forward::ForwardSpec &spec = row.forward->spec;
    return {line,
            fateText(row.fate),
            Kube::targetText(spec.target),
            orDash(portTexts(spec).join(u' ')),
            orDash(spec.context),
            orDash(spec.namespaceName),
            row.source};
}

QString remarksOf(const ImportedRow &row)
{
    QStringList sentences = row.remarks;
    if (!row.unknownKeys.isEmpty())
        sentences << Text::tr("Not known here: %1.").arg(row.unknownKeys.join(u", "_s));
    if (sentences.isEmpty())
        return {};
    const QString place = row.line > 0 ? Text::tr("line %1").arg(row.line) : row.source;
    return Text::tr("%1: %2", "%1 place, %2 sentences").arg(place, sentences.join(u' ')) + u'\n';
}

QJsonValue forwardJson(const std::optional<Store::SavedForward> &forward)
{
    if (!forward)
        return QJsonValue::Null;
    const Forward::ForwardSpec &spec = forward->spec;
    const bool isSelector = spec.target.kind == Kube::TargetRef::Kind::Selector;
    QJsonObject object{{u"target"_s, isSelector ? u"selector/"_s + spec.target.name : Kube::targetText(spec.target)},
                       {u"ports"_s, QJsonArray::fromStringList(portTexts(spec))},
                       {u"addresses"_s, QJsonArray::fromStringList(spec.addresses)}};
    const std::pair<QString, QString> texts[] = {{u"context"_s, spec.context},
                                                 {u"namespace"_s, spec.namespaceName},
                                                 {u"server"_s, forward->server},
                                                 {u"name"_s, spec.name}};
    for (const auto &[key, text] : texts) {
        if (!text.isEmpty())
            object[key] = text;
    }
    return object;
}

QJsonObject rowJson(const ImportedRow &row)
{
    return {{u"line"_s, row.line},
            {u"column"_s, row.column},
            {u"fate"_s, FateWords.at(size_t(row.fate))},
            {u"source"_s, row.source},
            {u"forward"_s, forwardJson(row.forward)},
            {u"remarks"_s, QJsonArray::fromStringList(row.remarks)},
            {u"unknownKeys"_s, QJsonArray::fromStringList(row.unknownKeys)}};
}

} // namespace

QString importTable(const Store::Imported &imported)
{
    QList<QStringList> rows{{u"LINE"_s, u"FATE"_s, u"TARGET"_s, u"PORTS"_s, u"CONTEXT"_s, u"NAMESPACE"_s, u"SOURCE"_s}};
    QString remarks;
    for (const QString &sentence : imported.remarks)
        remarks += sentence + u'\n';
    if (!imported.unknownKeys.isEmpty())
        remarks += Text::tr("Not known here: %1.").arg(imported.unknownKeys.join(u", "_s)) + u'\n';
    for (const ImportedRow &row : imported.rows) {
        rows << cells(row);
        remarks += remarksOf(row);
    }
    return textTable(rows) + (remarks.isEmpty() ? QString() : u'\n' + remarks);
}

QJsonObject importJson(const Store::Imported &imported)
{
    QJsonArray rows;
    for (const ImportedRow &row : imported.rows)
        rows.append(rowJson(row));
    return {{u"format"_s, Store::formatInfo(imported.format).word},
            {u"name"_s, imported.name},
            {u"remarks"_s, QJsonArray::fromStringList(imported.remarks)},
            {u"unknownKeys"_s, QJsonArray::fromStringList(imported.unknownKeys)},
            {u"rows"_s, rows}};
}

} // namespace Fairlead::App
