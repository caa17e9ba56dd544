#include "core/democluster/api/jsonpatch.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

using Merge = QJsonValue (*)(const QJsonValue &, const QJsonValue &);

QJsonObject mergeObjects(QJsonObject target, const QJsonObject &patch, Merge merge)
{
    for (auto it = patch.constBegin(); it != patch.constEnd(); ++it) {
        if (it.value().isNull())
            target.remove(it.key());
        else
            target.insert(it.key(), merge(target.value(it.key()), it.value()));
    }
    return target;
}

/// The key that all entries of a patch's list have; empty: the list is replaced.
QString mergeKey(const QJsonArray &entries)
{
    const auto allHave = [&entries](const QString &key) {
        return std::all_of(entries.begin(), entries.end(),
                           [&key](const QJsonValue &entry) { return entry.toObject().contains(key); });
    };
    for (const QString &key : {u"containerPort"_s, u"port"_s, u"name"_s, u"type"_s}) {
        if (!entries.isEmpty() && allHave(key))
            return key;
    }
    return {};
}

QJsonArray mergeLists(QJsonArray target, const QJsonArray &patch)
{
    const QString key = mergeKey(patch);
    if (key.isEmpty())
        return patch;
    for (const QJsonValue entry : patch) {
        const auto same = [&](const QJsonValue &other) { return other.toObject().value(key) == entry[key]; };
        const auto found = std::find_if(target.begin(), target.end(), same);
        if (entry["$patch"_L1] == "delete"_L1) {
            if (found != target.end())
                target.erase(found);
        } else if (found == target.end()) {
            target.append(strategicMergePatch({}, entry));
        } else {
            *found = strategicMergePatch(*found, entry);
        }
    }
    return target;
}

QJsonObject withoutDirectives(QJsonObject patch)
{
    for (const QString &key : patch.keys()) {
        if (key.startsWith(u'$'))
            patch.remove(key);
    }
    return patch;
}

} // namespace

QJsonValue mergePatch(const QJsonValue &target, const QJsonValue &patch)
{
    if (!patch.isObject())
        return patch;
    return mergeObjects(target.toObject(), patch.toObject(), mergePatch);
}

QJsonValue strategicMergePatch(const QJsonValue &target, const QJsonValue &patch)
{
    if (patch.isArray())
        return mergeLists(target.toArray(), patch.toArray());
    if (!patch.isObject())
        return patch;
    const bool replaces = patch["$patch"_L1] == "replace"_L1;
    return mergeObjects(replaces ? QJsonObject() : target.toObject(), withoutDirectives(patch.toObject()),
                        strategicMergePatch);
}

} // namespace Fairlead::Demo
