// Manifests whose annotations suggest forwards: k9s reads those of pods, kftray those of services. Both are documented
// in the READMEs of the two.
#include "core/store/exchange/foreignwords.h"
#include "core/store/exchange/readers.h"
#include "core/store/exchange/rowmaker.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

using Kube::YamlNode;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

const QString AutoForwards = u"k9scli.io/auto-port-forwards"_s;
const QString Forwards = u"k9scli.io/port-forwards"_s;
const QString KftrayConfigs = u"kftray.app/configs"_s;
const QString KftrayEnabled = u"kftray.app/enabled"_s;

const YamlNode *childOf(const YamlNode *node, const QString &key)
{
    return node ? node->find(key) : nullptr;
}

QString textOf(const YamlNode *node, const QString &key)
{
    const YamlNode *child = childOf(node, key);
    return child ? child->text : QString();
}

/// An object of a manifest, as far as its annotations are concerned.
struct Object {
    QString kind;
    QString name;
    QString namespaceName;
    const YamlNode *annotations; ///< nullptr: none
};

RowMaker makeRow(const Object &object, const YamlNode &annotation)
{
    RowMaker row(annotation);
    row.setSource(object.kind.toLower() + u'/' + object.name);
    row.setNamespace(object.namespaceName);
    row.setTarget(object.name.isEmpty() ? QString() : object.kind.toLower() + u'/' + object.name);
    return row;
}

/// `[container::][local:]port`. The container only says where a name is looked up; ports of a pod are one set.
void addK9sPort(RowMaker &row, const QString &written)
{
    const qsizetype container = written.indexOf("::"_L1);
    const QString port = container < 0 ? written : written.mid(container + 2);
    if (port.isEmpty())
        row.skip(Text::tr("\"%1\" names no port.").arg(shownText(written)));
    else
        row.addPort(port);
}

ImportedRow k9sRow(const Object &object, const YamlNode &annotation, bool startsByItself)
{
    RowMaker row = makeRow(object, annotation);
    row.setRunning(startsByItself);
    for (const QString &part : annotation.text.split(u',', Qt::SkipEmptyParts))
        addK9sPort(row, part.trimmed());
    return row.finish();
}

/// `ALIAS-LOCAL-REMOTE`: the alias may have dashes and the remote port may be a name with some, so the local port is
/// the last part that is a number and has something behind it.
ImportedRow kftrayRow(const Object &object, const YamlNode &annotation, const QString &config)
{
    static const QRegularExpression pattern(u"\\A(.+)-([0-9]{1,5})-([^,]+)\\z"_s);
    RowMaker row = makeRow(object, annotation);
    const auto parts = pattern.match(config);
    if (textOf(object.annotations, KftrayEnabled) != "true"_L1)
        row.skip(Text::tr("The service does not say \"kftray.app/enabled\"."));
    if (!parts.hasMatch()) {
        row.skip(Text::tr("\"%1\" is not of the form ALIAS-LOCAL-REMOTE.").arg(shownText(config)));
        return row.finish();
    }
    row.setName(parts.captured(1));
    row.addPort(parts.captured(2), parts.captured(3));
    return row.finish();
}

void readAnnotationsOf(const Object &object, Imported &result)
{
    for (const QString &key : {AutoForwards, Forwards}) {
        const YamlNode *annotation = childOf(object.annotations, key);
        if (annotation && !annotation->text.isEmpty())
            result.rows.append(k9sRow(object, *annotation, key == AutoForwards));
    }
    const YamlNode *configs = childOf(object.annotations, KftrayConfigs);
    if (!configs)
        return;
    for (const QString &config : configs->text.split(u',', Qt::SkipEmptyParts))
        result.rows.append(kftrayRow(object, *configs, config.trimmed()));
}

/// The object's own annotations, and those that its pods get from the template.
void readObject(const YamlNode &node, Imported &result)
{
    if (node.kind != YamlNode::Kind::Map)
        return;
    const YamlNode *metadata = node.find(u"metadata"_s);
    Object object{textOf(&node, u"kind"_s), textOf(metadata, u"name"_s), textOf(metadata, u"namespace"_s),
                  childOf(metadata, u"annotations"_s)};
    readAnnotationsOf(object, result);
    const YamlNode *pods = childOf(childOf(childOf(&node, u"spec"_s), u"template"_s), u"metadata"_s);
    object.annotations = childOf(pods, u"annotations"_s);
    readAnnotationsOf(object, result);
    if (const YamlNode *items = node.find(u"items"_s)) {
        for (const auto &item : items->items)
            readObject(*item, result);
    }
}

} // namespace

Reading readAnnotations(const QList<Kube::YamlNodePtr> &documents)
{
    Imported result{Format::Annotations};
    for (const auto &document : documents)
        readObject(*document, result);
    if (result.rows.isEmpty())
        return Failure{ProfileError{
            0, 0, Text::tr("Nothing in this manifest has annotations of k9s or kftray that suggest a forward.")}};
    return result;
}

} // namespace Fairlead::Store
