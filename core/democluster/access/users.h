#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Fairlead::Demo {

/// What a request wants to do, in the terms of Kubernetes' RBAC. Without a resource it is about `path`.
struct AccessAttributes {
    QString verb;
    QString group;
    QString resource;
    QString subresource;
    QString nameSpace; ///< empty: cluster scope
    QString name;
    QString path; ///< of a request that is about no resource, e.g. /version
};

/// A rule that allows; "*" stands for all. `resources` may hold "pods/portforward".
struct AccessRule {
    QStringList verbs;
    QStringList groups;
    QStringList resources;
    QString nameSpace; ///< empty: everywhere
};

struct User {
    QString name;
    QString uid;
    QStringList groups;
    QList<AccessRule> rules;

    [[nodiscard]] bool mayDo(const AccessAttributes &wanted) const;
};

/// The users of the demo cluster: `demo` by client certificate, `demo-token` and `viewer` by token. The first two may
/// do everything; `viewer` sees pods, services and owners of one namespace and may forward ports of the pods, and may
/// not list namespaces. Tokens are random and new with each start.
class UserDirectory final
{
public:
    explicit UserDirectory(const QString &viewerNamespace);

    [[nodiscard]] std::optional<User> byCertificate(const QString &commonName) const;
    [[nodiscard]] std::optional<User> byToken(const QByteArray &token) const;
    /// Empty for a user without one.
    [[nodiscard]] QByteArray tokenOf(const QString &user) const;
    [[nodiscard]] const QString &viewerNamespace() const { return m_viewerNamespace; }

private:
    QString m_viewerNamespace;
    QHash<QString, User> m_byName;
    QHash<QByteArray, QString> m_tokens;
};

/// The API server's sentence for a refusal, e.g. `pods is forbidden: User "viewer" cannot list resource "pods" in API
/// group "" in the namespace "default"`.
[[nodiscard]] QString forbiddenMessage(const User &user, const AccessAttributes &wanted);

} // namespace Fairlead::Demo
