#include "importedtext.h"

using namespace Fairlead;
using namespace Fairlead::Store;
using namespace Qt::StringLiterals;

namespace {

QString place(int line, int column)
{
    return QString::number(line) + u':' + QString::number(column);
}

QString forwardText(const SavedForward &forward)
{
    const Forward::ForwardSpec &spec = forward.spec;
    QStringList words{Kube::targetText(spec.target)};
    for (const Kube::PortArgument &port : spec.ports)
        words << Kube::portText(port);
    const auto add = [&words](const QString &key, const QString &value) {
        if (!value.isEmpty())
            words << key + u'=' + value;
    };
    add(u"context"_s, spec.context);
    add(u"namespace"_s, spec.namespaceName);
    add(u"name"_s, spec.name);
    if (spec.addresses != Forward::ForwardSpec().addresses)
        add(u"addresses"_s, spec.addresses.join(u','));
    add(u"server"_s, forward.server);
    add(u"kubeconfig"_s, spec.kubeconfig);
    add(u"url"_s, spec.about.url);
    add(u"running"_s, forward.running ? QString() : u"false"_s);
    return words.join(u' ');
}

QString rowText(const ImportedRow &row)
{
    static const QStringList fates{u"imported"_s, u"changed"_s, u"skipped"_s};
    QString text = place(row.line, row.column) + u' ' + fates.at(int(row.fate)) + u" | "_s + row.source + u'\n';
    if (row.forward)
        text += u"    "_s + forwardText(*row.forward) + u'\n';
    for (const QString &remark : row.remarks)
        text += u"    - "_s + remark + u'\n';
    if (!row.unknownKeys.isEmpty())
        text += u"    ? "_s + row.unknownKeys.join(u", "_s) + u'\n';
    return text;
}

} // namespace

QString importedText(const Result<Imported, ProfileError> &result)
{
    if (!result)
        return u"error "_s + place(result.error().line, result.error().column) + u' ' + result.error().text + u'\n';
    QString text = formatInfo(result->format).word + u'\n';
    if (!result->name.isEmpty())
        text += u"name "_s + result->name + u'\n';
    for (const QString &remark : result->remarks)
        text += u"- "_s + remark + u'\n';
    if (!result->unknownKeys.isEmpty())
        text += u"? "_s + result->unknownKeys.join(u", "_s) + u'\n';
    for (const ImportedRow &row : result->rows)
        text += rowText(row);
    return text;
}
