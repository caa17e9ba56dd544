#include "core/store/exchange/recognise.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

using Kube::YamlNode;

bool has(const YamlNode &node, const QString &key)
{
    return node.find(key) != nullptr;
}

bool anyItemHas(const YamlNode *list, const QString &key)
{
    return list
        && std::any_of(list->items.begin(), list->items.end(), [&](const auto &item) { return has(*item, key); });
}

std::optional<Format> formatOfMap(const YamlNode &root)
{
    if (has(root, u"fairleadProfile"_s))
        return Format::Profile;
    if (has(root, u"port_forwards"_s) || anyItemHas(root.find(u"clusters"_s), u"kubeConfigPath"_s))
        return Format::Lens;
    const bool hasVersionedClusters = has(root, u"version"_s) && has(root, u"clusters"_s);
    if (hasVersionedClusters || has(root, u"_clusters"_s) || anyItemHas(root.find(u"clusters"_s), u"_services"_s))
        return Format::KubeForwarder;
    if (has(root, u"workload_type"_s))
        return Format::Kftray;
    if (has(root, u"serviceConfigurations"_s) || has(root, u"baseUnreservedIP"_s) || has(root, u"reservations"_s))
        return Format::Kubefwd;
    if (has(root, u"portForward"_s) || anyItemHas(root.find(u"profiles"_s), u"portForward"_s))
        return Format::Skaffold;
    if (has(root, u"kind"_s) && (has(root, u"metadata"_s) || has(root, u"items"_s)))
        return Format::Annotations;
    return std::nullopt;
}

std::optional<Format> formatOfList(const YamlNode &root)
{
    if (anyItemHas(&root, u"workload_type"_s))
        return Format::Kftray;
    if (anyItemHas(&root, u"targetPort"_s))
        return Format::Headlamp;
    if (anyItemHas(&root, u"resourceType"_s))
        return Format::Skaffold;
    return std::nullopt;
}

/// Whether a line of the text is like that; matching line by line keeps the time linear.
bool anyLine(const QString &text, const QRegularExpression &pattern)
{
    for (const QStringView line : QStringView(text).tokenize(u'\n')) {
        if (pattern.match(line.first(std::min(line.size(), qsizetype(4'096)))).hasMatch())
            return true;
    }
    return false;
}

/// The first line that says something; empty if there is none.
QStringView firstLine(const QString &text)
{
    for (const QStringView line : QStringView(text).tokenize(u'\n')) {
        const QStringView content = line.trimmed();
        if (!content.isEmpty() && !content.startsWith(u'#') && !content.startsWith("//"_L1))
            return content.first(std::min(content.size(), qsizetype(4'096)));
    }
    return {};
}

} // namespace

std::optional<Format> formatOfTree(const QList<Kube::YamlNodePtr> &documents)
{
    for (const auto &document : documents) {
        const auto format = document->kind == YamlNode::Kind::Map ? formatOfMap(*document)
            : document->kind == YamlNode::Kind::List              ? formatOfList(*document)
                                                                  : std::nullopt;
        if (format)
            return format;
    }
    return std::nullopt;
}

std::optional<Format> formatOfText(const QString &text)
{
    static const QRegularExpression commands(u"\\bport-forward\\b"_s);
    static const QRegularExpression kubefwd(u"\\bkubefwd\\s+(-\\S+\\s+)*(svc|service|services)\\b"_s);
    static const QRegularExpression krelay(
        u"^(-[nl]\\s+\\S+\\s+|--\\S+\\s+)*[A-Za-z.]+/[^\\s/]+(\\s+[\\w:-]*[\\w-](@\\w+)?)+$"_s);
    if (anyLine(text, commands))
        return Format::Commands;
    if (anyLine(text, kubefwd))
        return Format::Kubefwd;
    if (krelay.match(firstLine(text)).hasMatch())
        return Format::Krelay;
    return std::nullopt;
}

bool isTextFormat(Format format)
{
    return format == Format::Commands || format == Format::Krelay;
}

bool looksLikeYaml(const QString &text)
{
    static const QRegularExpression start(u"^(---|-\\s|[\\w.\"'/-]+:(\\s|$))"_s);
    return start.match(firstLine(text)).hasMatch();
}

bool looksLikeJson(const QByteArray &text)
{
    const QByteArrayView content = QByteArrayView(text).trimmed();
    return content.startsWith('{') || content.startsWith('[');
}

} // namespace Fairlead::Store
