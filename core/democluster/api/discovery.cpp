#include "core/democluster/api/discovery.h"

#include "core/democluster/state/resourcetypes.h"

#include <QJsonArray>
#include <QList>
#include <QStringList>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

struct ResourceEntry {
    QString name;
    QString singular;
    bool namespaced;
    QString kind;
    QStringList verbs;
    QStringList shortNames = {};
    QString kindGroupVersion = {}; ///< where the kind is from another group, as Scale is
};

struct GroupEntry {
    QString name; ///< empty: core
    QList<ResourceEntry> resources;
};

/// What can be listed, with its subresources.
QList<ResourceEntry> listableOf(const QString &group)
{
    QList<ResourceEntry> entries;
    for (const ResourceType &type : resourceTypes()) {
        if (type.group != group)
            continue;
        entries << ResourceEntry{type.resource, type.singular, type.namespaced, type.kind, type.verbs, type.shortNames};
        if (!type.scaleVersion.isEmpty()) {
            entries << ResourceEntry{type.resource + u"/scale"_s,
                                     {},
                                     true,
                                     u"Scale"_s,
                                     {u"get"_s, u"patch"_s, u"update"_s},
                                     {},
                                     type.scaleVersion};
        }
    }
    return entries;
}

QList<GroupEntry> makeGroups()
{
    static const QStringList createVerb{u"create"_s};
    QList<GroupEntry> all{
        {{},
         {{u"nodes/proxy"_s, {}, false, u"NodeProxyOptions"_s, {u"create"_s, u"get"_s}},
          {u"pods/portforward"_s, {}, true, u"PodPortForwardOptions"_s, {u"create"_s, u"get"_s}}}},
        {u"apps"_s, {}},
        {u"apps.openshift.io"_s, {}},
        {u"authentication.k8s.io"_s,
         {{u"selfsubjectreviews"_s, u"selfsubjectreview"_s, false, u"SelfSubjectReview"_s, createVerb}}},
        {u"authorization.k8s.io"_s,
         {{u"selfsubjectaccessreviews"_s, u"selfsubjectaccessreview"_s, false, u"SelfSubjectAccessReview"_s,
           createVerb},
          {u"selfsubjectrulesreviews"_s, u"selfsubjectrulesreview"_s, false, u"SelfSubjectRulesReview"_s, createVerb}}},
        {u"batch"_s, {}},
        {projectGroup(), {}}};
    for (GroupEntry &group : all)
        group.resources += listableOf(group.name);
    return all;
}

const QList<GroupEntry> &groups()
{
    static const QList<GroupEntry> all = makeGroups();
    return all;
}

QJsonArray array(const QStringList &texts)
{
    return QJsonArray::fromStringList(texts);
}

QJsonObject resourceList(const GroupEntry &group)
{
    QJsonArray resources;
    for (const ResourceEntry &entry : group.resources) {
        QJsonObject object{{u"name"_s, entry.name},
                           {u"singularName"_s, entry.singular},
                           {u"namespaced"_s, entry.namespaced},
                           {u"kind"_s, entry.kind},
                           {u"verbs"_s, array(entry.verbs)}};
        if (!entry.shortNames.isEmpty())
            object.insert(u"shortNames"_s, array(entry.shortNames));
        if (!entry.kindGroupVersion.isEmpty()) {
            object.insert(u"group"_s, entry.kindGroupVersion.section(u'/', 0, 0));
            object.insert(u"version"_s, entry.kindGroupVersion.section(u'/', 1));
        }
        resources << object;
    }
    const QString version = group.name.isEmpty() ? u"v1"_s : group.name + u"/v1"_s;
    return {{u"kind"_s, u"APIResourceList"_s},
            {u"apiVersion"_s, u"v1"_s},
            {u"groupVersion"_s, version},
            {u"resources"_s, resources}};
}

QJsonObject groupObject(const GroupEntry &group)
{
    const QJsonObject version{{u"groupVersion"_s, group.name + u"/v1"_s}, {u"version"_s, u"v1"_s}};
    return {{u"name"_s, group.name}, {u"versions"_s, QJsonArray{version}}, {u"preferredVersion"_s, version}};
}

QJsonObject groupList(const QString &hiddenGroup)
{
    QJsonArray list;
    for (const GroupEntry &group : groups()) {
        if (!group.name.isEmpty() && group.name != hiddenGroup)
            list << groupObject(group);
    }
    return {{u"kind"_s, u"APIGroupList"_s}, {u"apiVersion"_s, u"v1"_s}, {u"groups"_s, list}};
}

QJsonObject coreVersions(const QString &serverAddress)
{
    const QJsonObject address{{u"clientCIDR"_s, u"0.0.0.0/0"_s}, {u"serverAddress"_s, serverAddress}};
    return {{u"kind"_s, u"APIVersions"_s},
            {u"versions"_s, array({u"v1"_s})},
            {u"serverAddressByClientCIDRs"_s, QJsonArray{address}}};
}

/// Says what API level clients find here, and in the usual place for it (build metadata) who really answers.
QJsonObject versionInfo()
{
    return {{u"major"_s, u"1"_s},
            {u"minor"_s, u"33"_s},
            {u"gitVersion"_s, u"v1.33.0+fairlead-demo"_s},
            {u"gitCommit"_s, u"0000000000000000000000000000000000000000"_s},
            {u"gitTreeState"_s, u"clean"_s},
            {u"buildDate"_s, u"2025-04-23T00:00:00Z"_s},
            {u"goVersion"_s, u"none"_s},
            {u"compiler"_s, u"c++"_s},
            {u"platform"_s, QSysInfo::kernelType() + u'/' + QSysInfo::buildCpuArchitecture()}};
}

std::optional<Response> answerGroup(const QString &path, const QString &hiddenGroup)
{
    for (const GroupEntry &group : groups()) {
        if (group.name.isEmpty()) {
            if (path == "/api/v1"_L1)
                return jsonResponse(resourceList(group));
            continue;
        }
        if (group.name == hiddenGroup)
            continue;
        if (path == u"/apis/"_s + group.name) {
            QJsonObject object = groupObject(group);
            object.insert(u"kind"_s, u"APIGroup"_s);
            object.insert(u"apiVersion"_s, u"v1"_s);
            return jsonResponse(object);
        }
        if (path == u"/apis/%1/v1"_s.arg(group.name))
            return jsonResponse(resourceList(group));
    }
    return std::nullopt;
}

} // namespace

std::optional<Response> answerDiscovery(const QString &rawPath, const QString &serverAddress,
                                        const QString &hiddenGroup)
{
    const QString path = rawPath.size() > 1 && rawPath.endsWith(u'/') ? rawPath.chopped(1) : rawPath;
    if (path == "/version"_L1)
        return jsonResponse(versionInfo());
    if (path == "/api"_L1)
        return jsonResponse(coreVersions(serverAddress));
    if (path == "/apis"_L1)
        return jsonResponse(groupList(hiddenGroup));
    if (path == "/healthz"_L1 || path == "/livez"_L1 || path == "/readyz"_L1)
        return textResponse(200, "ok");
    return answerGroup(path, hiddenGroup);
}

} // namespace Fairlead::Demo
