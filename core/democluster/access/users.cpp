#include "core/democluster/access/users.h"

#include <QRandomGenerator>
#include <QUuid>

#include <array>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

bool covers(const QStringList &allowed, const QString &wanted)
{
    return allowed.contains(u"*"_s) || allowed.contains(wanted);
}

QString resourceWithSub(const AccessAttributes &wanted)
{
    return wanted.subresource.isEmpty() ? wanted.resource : wanted.resource + u'/' + wanted.subresource;
}

bool ruleAllows(const AccessRule &rule, const AccessAttributes &wanted)
{
    return covers(rule.verbs, wanted.verb) && covers(rule.groups, wanted.group)
        && covers(rule.resources, resourceWithSub(wanted))
        && (rule.nameSpace.isEmpty() || rule.nameSpace == wanted.nameSpace);
}

/// What every signed-in user may read: the role system:discovery of a real cluster.
bool isDiscovery(const AccessAttributes &wanted)
{
    static const QStringList roots{u"/api"_s,   u"/apis"_s,   u"/version"_s, u"/healthz"_s,
                                   u"/livez"_s, u"/readyz"_s, u"/openapi"_s};
    for (const QString &root : roots) {
        if (wanted.path == root || wanted.path.startsWith(root + u'/'))
            return wanted.verb == "get"_L1;
    }
    return false;
}

/// The role system:basic-user: everybody may ask what they may do and who they are.
bool isSelfReview(const AccessAttributes &wanted)
{
    return wanted.verb == "create"_L1 && wanted.resource.startsWith("selfsubject"_L1);
}

QByteArray randomToken()
{
    constexpr int words = 8; // 256 bits
    std::array<quint32, words> bits{};
    QRandomGenerator::system()->fillRange(bits.data(), words);
    const QByteArray raw(reinterpret_cast<const char *>(bits.data()), sizeof bits);
    return "sha256~" + raw.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

User makeUser(const QString &name, const QStringList &groups, const QList<AccessRule> &rules)
{
    static const QUuid userSpace(u"{6d2b1c58-6d0f-4f2e-9a55-0c2f1c7b8a10}"_s);
    return {name, QUuid::createUuidV5(userSpace, name).toString(QUuid::WithoutBraces), groups, rules};
}

} // namespace

bool User::mayDo(const AccessAttributes &wanted) const
{
    if (wanted.resource.isEmpty() ? isDiscovery(wanted) : isSelfReview(wanted))
        return true;
    return std::any_of(rules.begin(), rules.end(), [&](const AccessRule &rule) { return ruleAllows(rule, wanted); });
}

UserDirectory::UserDirectory(const QString &viewerNamespace)
    : m_viewerNamespace(viewerNamespace)
{
    const QString everybody = u"system:authenticated"_s;
    const QList<AccessRule> everything{{{u"*"_s}, {u"*"_s}, {u"*"_s}, {}}};
    const QList<AccessRule> viewing{
        {{u"get"_s, u"list"_s, u"watch"_s},
         {QString(), u"apps"_s, u"batch"_s, u"apps.openshift.io"_s},
         {u"pods"_s, u"events"_s, u"services"_s, u"replicationcontrollers"_s, u"deployments"_s, u"replicasets"_s,
          u"statefulsets"_s, u"daemonsets"_s, u"jobs"_s, u"deploymentconfigs"_s},
         viewerNamespace},
        {{u"get"_s, u"create"_s}, {QString()}, {u"pods/portforward"_s}, viewerNamespace},
        {{u"get"_s}, {QString()}, {u"namespaces"_s}, viewerNamespace},
    };
    m_byName.insert(u"demo"_s, makeUser(u"demo"_s, {u"demo:admins"_s, everybody}, everything));
    m_byName.insert(u"demo-token"_s, makeUser(u"demo-token"_s, {u"demo:admins"_s, everybody}, everything));
    m_byName.insert(u"viewer"_s, makeUser(u"viewer"_s, {u"demo:viewers"_s, everybody}, viewing));
    m_tokens.insert(randomToken(), u"demo-token"_s);
    m_tokens.insert(randomToken(), u"viewer"_s);
}

std::optional<User> UserDirectory::byCertificate(const QString &commonName) const
{
    const auto found = m_byName.constFind(commonName);
    return found == m_byName.cend() ? std::nullopt : std::optional(*found);
}

std::optional<User> UserDirectory::byToken(const QByteArray &token) const
{
    const auto found = m_tokens.constFind(token);
    return found == m_tokens.cend() ? std::nullopt : byCertificate(*found);
}

QByteArray UserDirectory::tokenOf(const QString &user) const
{
    return m_tokens.key(user);
}

QString forbiddenMessage(const User &user, const AccessAttributes &wanted)
{
    if (wanted.resource.isEmpty())
        return u"forbidden: User \"%1\" cannot %2 path \"%3\""_s.arg(user.name, wanted.verb, wanted.path);
    const QString subject = wanted.name.isEmpty() ? wanted.resource : u"%1 \"%2\""_s.arg(wanted.resource, wanted.name);
    const QString scope =
        wanted.nameSpace.isEmpty() ? u"at the cluster scope"_s : u"in the namespace \"%1\""_s.arg(wanted.nameSpace);
    return u"%1 is forbidden: User \"%2\" cannot %3 resource \"%4\" in API group \"%5\" %6"_s.arg(
        subject, user.name, wanted.verb, resourceWithSub(wanted), wanted.group, scope);
}

} // namespace Fairlead::Demo
