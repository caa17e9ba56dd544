#include "core/kube/objects/accessdenial.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Kube::AccessDenial)
};

/// A refusal is a line; what is longer than this is something else, and not worth the search.
constexpr qsizetype MaxMessage = 8 * 1024;

/// Go's %q for the characters that occur in names.
QString unquoted(QString text)
{
    static const QRegularExpression escaped(u"\\\\(.)"_s);
    return text.replace(escaped, u"\\1"_s);
}

AccessDenial denialOf(const QRegularExpressionMatch &match)
{
    const QString resource = unquoted(match.captured(u"resource"_s));
    AccessDenial denial;
    denial.user = unquoted(match.captured(u"user"_s));
    denial.verb = match.captured(u"verb"_s);
    denial.apiGroup = unquoted(match.captured(u"group"_s));
    denial.resource = resource.section(u'/', 0, 0);
    denial.subresource = resource.section(u'/', 1);
    denial.namespaceName = unquoted(match.captured(u"namespace"_s));
    return denial;
}

bool isAnonymous(const AccessDenial &denial)
{
    return denial.user.isEmpty() || denial.user == "system:anonymous"_L1;
}

bool isPortForward(const AccessDenial &denial)
{
    return denial.resource == "pods"_L1 && denial.subresource == "portforward"_L1;
}

QString quoted(const QString &argument)
{
    static const QRegularExpression plain(u"\\A[A-Za-z0-9_.:/@=,+-]+\\z"_s);
    if (plain.match(argument).hasMatch())
        return argument;
    return u'\'' + QString(argument).replace(u'\'', u"'\\''"_s) + u'\'';
}

/// What goes together: port-forward is `create` over SPDY and `get` over WebSocket; a list is kept up by a watch.
QString verbsFor(const AccessDenial &denial)
{
    if (isPortForward(denial) || (denial.resource == "nodes"_L1 && denial.subresource == "proxy"_L1))
        return u"create,get"_s;
    if (denial.verb == "get"_L1 || denial.verb == "list"_L1 || denial.verb == "watch"_L1)
        return u"get,list,watch"_s;
    return denial.verb;
}

/// RESOURCE.GROUP/SUBRESOURCE, as `kubectl create role` reads it.
QString resourceArgument(const AccessDenial &denial)
{
    QString text = denial.resource;
    if (!denial.apiGroup.isEmpty())
        text += u'.' + denial.apiGroup;
    if (!denial.subresource.isEmpty())
        text += u'/' + denial.subresource;
    return text;
}

QString roleName(const AccessDenial &denial)
{
    if (isPortForward(denial))
        return u"fairlead-port-forward"_s;
    static const QRegularExpression others(u"[^a-z0-9.-]+"_s);
    const QString what = denial.resource + (denial.subresource.isEmpty() ? QString() : u'-' + denial.subresource);
    return "fairlead-"_L1 + what.toLower().replace(others, u"-"_s);
}

/// --user=NAME, or --serviceaccount=NAMESPACE:NAME.
QString subjectFlag(const AccessDenial &denial)
{
    const QString prefix = u"system:serviceaccount:"_s;
    if (denial.user.startsWith(prefix))
        return "--serviceaccount="_L1 + denial.user.mid(prefix.size());
    return "--user="_L1 + denial.user;
}

QString bindingName(const AccessDenial &denial)
{
    static const QRegularExpression others(u"[^a-z0-9.]+"_s);
    QString who = denial.user.toLower().replace(others, u"-"_s);
    static const QRegularExpression ends(u"\\A[-.]+|[-.]+\\z"_s);
    who.remove(ends);
    return roleName(denial) + u'-' + who;
}

QString what(const AccessDenial &denial)
{
    return denial.subresource.isEmpty() ? denial.resource : denial.resource + u'/' + denial.subresource;
}

} // namespace

std::optional<AccessDenial> accessDenialFrom(const QString &message)
{
    if (message.size() > MaxMessage)
        return {};
    static const QString text = u"\"(?<%1>(?:[^\"\\\\]|\\\\.)*+)\""_s;
    static const QString place = u"(?:in the namespace "_s + text.arg("namespace"_L1) + u"|at the cluster scope)"_s;
    static const QString user = u"User "_s + text.arg("user"_L1) + u" cannot (?<verb>[a-z]+) "_s;
    static const QRegularExpression now(user + u"resource "_s + text.arg("resource"_L1) + u" in API group "_s
                                        + text.arg("group"_L1) + u' ' + place);
    static const QRegularExpression before(user + u"(?<resource>[a-z0-9./-]+) "_s + place);
    for (const QRegularExpression &form : {now, before}) {
        if (const auto match = form.match(message); match.hasMatch())
            return denialOf(match);
    }
    return {};
}

QString sentenceFor(const AccessDenial &denial)
{
    if (isAnonymous(denial)) {
        //: %1 is a verb of the API such as "list", %2 a resource such as "pods"
        return Words::tr("The server does not know who you are, and strangers may not do this (%1 %2).")
            .arg(denial.verb, what(denial));
    }
    if (isPortForward(denial)) {
        //: %1 is a user, %2 a namespace
        return Words::tr("The user “%1” may not forward ports of pods in the namespace “%2”.")
            .arg(denial.user, denial.namespaceName);
    }
    if (denial.namespaceName.isEmpty()) {
        //: %1 is a user, %2 a verb of the API such as "list", %3 a resource such as "nodes"
        return Words::tr("The user “%1” may not do “%2 %3” in the cluster as a whole.")
            .arg(denial.user, denial.verb, what(denial));
    }
    //: %1 is a user, %2 a verb of the API such as "list", %3 a resource such as "pods", %4 a namespace
    return Words::tr("The user “%1” may not do “%2 %3” in the namespace “%4”.")
        .arg(denial.user, denial.verb, what(denial), denial.namespaceName);
}

QString adviceFor(const AccessDenial &denial)
{
    if (isAnonymous(denial))
        return Words::tr("Check the user of the context: its token or certificate is missing or was not accepted.");
    const bool isCluster = denial.namespaceName.isEmpty();
    const QString kind = isCluster ? u"clusterrole"_s : u"role"_s;
    const QString place = isCluster ? QString() : " -n "_L1 + quoted(denial.namespaceName);
    const QString role = u"kubectl create %1 %2 --verb=%3 --resource=%4%5"_s.arg(
        kind, roleName(denial), verbsFor(denial), quoted(resourceArgument(denial)), place);
    const QString binding = u"kubectl create %1binding %2 --%1=%3 %4%5"_s.arg(
        kind, quoted(bindingName(denial)), roleName(denial), quoted(subjectFlag(denial)), place);
    return Words::tr("An administrator can allow it with:") + u'\n' + role + u'\n' + binding;
}

} // namespace Fairlead::Kube
