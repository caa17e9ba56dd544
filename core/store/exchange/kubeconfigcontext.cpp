#include "core/store/exchange/kubeconfigcontext.h"

#include "core/kube/config/yamltree.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

using Kube::YamlNode;

QString textAt(const YamlNode *map, const QString &key)
{
    const YamlNode *node = map ? map->find(key) : nullptr;
    return node ? node->text : QString();
}

/// The `inner` mapping of the entry of that name in one of the kubeconfig's lists.
const YamlNode *entry(const YamlNode &root, const QString &list, const QString &name, const QString &inner)
{
    const YamlNode *entries = root.find(list);
    if (!entries)
        return nullptr;
    for (const auto &item : entries->items) {
        if (textAt(item.get(), u"name"_s) == name)
            return item->find(inner);
    }
    return nullptr;
}

} // namespace

NamedContext contextOfKubeconfig(const QString &kubeconfig, const QString &name)
{
    const auto tree = Kube::parseYaml(kubeconfig.toUtf8());
    if (!tree)
        return {name, {}};
    const YamlNode &root = **tree;
    const QString current = name.isEmpty() ? textAt(&root, u"current-context"_s) : name;
    const QString cluster = textAt(entry(root, u"contexts"_s, current, u"context"_s), u"cluster"_s);
    return {current, textAt(entry(root, u"clusters"_s, cluster, u"cluster"_s), u"server"_s)};
}

} // namespace Fairlead::Store
