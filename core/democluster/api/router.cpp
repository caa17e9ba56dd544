#include "core/democluster/api/router.h"

#include "core/democluster/api/changes.h"
#include "core/democluster/api/discovery.h"
#include "core/democluster/api/reviews.h"
#include "core/democluster/api/upgradecheck.h"
#include "core/protocol/websocket/handshake.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

bool isReadVerb(const QString &verb)
{
    return verb == "get"_L1 || verb == "list"_L1 || verb == "watch"_L1;
}

bool isPortForward(const RequestInfo &info)
{
    return info.resource == "pods"_L1 && info.subresource == "portforward"_L1;
}

/// /api/v1/nodes/{node}/proxy/portForward/{ns}/{pod}[/{uid}]
bool isNodePortForward(const RequestInfo &info)
{
    return info.resource == "nodes"_L1 && info.subresource == "proxy"_L1 && info.rest.value(0) == "portForward"_L1;
}

/// Everybody may ask for projects; which ones are given depends on who asks.
bool isProjectRead(const RequestInfo &info)
{
    return info.group == projectGroup() && info.resource == "projects"_L1 && isReadVerb(info.verb);
}

/// A project is seen by those who may read the namespace of its name.
Visibility visibilityFor(const ResourceType &type, const User &user)
{
    if (type.storage != ResourceType::Storage::Projects)
        return {};
    return [user](const QString &name) { return user.mayDo({u"get"_s, {}, u"namespaces"_s, {}, name, name, {}}); };
}

View readView(Rendering rendering, const RequestInfo &info)
{
    View view{rendering};
    if (const QString include = info.parameter(u"includeObject"_s); !include.isEmpty())
        view.includeObject = include;
    return view;
}

bool isKnownMethod(const QByteArray &method)
{
    return method == "GET" || method == "HEAD" || method == "POST" || method == "PUT" || method == "PATCH"
        || method == "DELETE";
}

} // namespace

Router::Router(const ObjectStore &store, ClusterEditor &editor, const UserDirectory &users, const Clock &clock,
               QString serverAddress, bool projects)
    : m_store(store)
    , m_editor(editor)
    , m_users(users)
    , m_clock(clock)
    , m_serverAddress(std::move(serverAddress))
    , m_projects(projects)
{
}

std::optional<User> Router::authenticate(const Request &request) const
{
    if (!request.certificateUser.isEmpty())
        return m_users.byCertificate(request.certificateUser);
    const QByteArray credentials = request.head.fields.value("Authorization");
    const qsizetype space = credentials.indexOf(' ');
    if (space < 0 || credentials.first(space).toLower() != "bearer")
        return std::nullopt;
    return m_users.byToken(credentials.mid(space + 1).trimmed());
}

Answer Router::answer(const Request &request) const
{
    if (!isKnownMethod(request.head.method))
        return toResponse(methodNotAllowed());
    const RequestInfo info = readRequestInfo(request.head.method, request.head.target);
    const std::optional<User> user = authenticate(request);
    if (!user)
        return toResponse(unauthorized());
    if (request.head.fields.contains("Impersonate-User"))
        return toResponse(forbidden(u"the demo cluster does not allow impersonation"_s));
    if (!(m_projects && isProjectRead(info)) && !user->mayDo(info.attributes()))
        return toResponse(forbidden(forbiddenMessage(*user, info.attributes())));
    if (!info.isResource || info.resource.isEmpty()) {
        if (request.head.method != "GET")
            return toResponse(methodNotAllowed());
        return discovery(info.path).value_or(toResponse(unknownResource()));
    }
    if (info.version != "v1"_L1)
        return toResponse(unknownResource());
    if (info.group.isEmpty() && isPortForward(info) && !info.nameSpace.isEmpty())
        return answerPortForward(request, info.nameSpace, info.name);
    if (info.group.isEmpty() && isNodePortForward(info))
        return answerNodeProxy(request, info);
    const ResourceType *type = findResourceType(info.group, info.resource);
    if (type && (m_projects || type->group != projectGroup()))
        return answerResource(request, *type, info, *user);
    const bool isReview = (info.group == "authorization.k8s.io"_L1 || info.group == "authentication.k8s.io"_L1)
        && info.resource.startsWith("selfsubject"_L1);
    if (!isReview)
        return discovery(info.path).value_or(toResponse(unknownResource()));
    if (info.verb != "create"_L1)
        return toResponse(methodNotAllowed());
    return answerReview(info.resource, request.head.fields.value("Content-Type"), request.body, *user);
}

std::optional<Response> Router::discovery(const QString &path) const
{
    return answerDiscovery(path, m_serverAddress, m_projects ? QString() : projectGroup());
}

Answer Router::answerResource(const Request &request, const ResourceType &type, const RequestInfo &info,
                              const User &user) const
{
    const ChangeRequest change{info, request.head.fields.value("Content-Type"), request.body};
    if (info.subresource == "scale"_L1)
        return answerScale(change, type, m_store, m_editor);
    if (!info.subresource.isEmpty())
        return toResponse(unknownResource());
    if (request.head.method == "HEAD")
        return toResponse(methodNotAllowed());
    if (!isReadVerb(info.verb))
        return answerChange(change, type, m_store, m_editor);
    return answerRead(request, type, info, user);
}

Answer Router::answerRead(const Request &request, const ResourceType &type, const RequestInfo &info,
                          const User &user) const
{
    const auto rendering = negotiateRendering(request.head.fields.tokens("Accept"));
    if (!rendering)
        return toResponse(notAcceptable());
    const View view = readView(*rendering, info);
    const Visibility visible = visibilityFor(type, user);
    if (info.verb == "watch"_L1) {
        Result<WatchPlan, ApiStatus> plan = planWatch(type, info, view, m_store, visible);
        return plan ? Answer(std::move(*plan)) : Answer(toResponse(plan.error()));
    }
    if (info.verb == "list"_L1)
        return answerList(type, info, view, m_store, m_clock.now(), visible);
    if (visible && !visible(info.name)) // as OpenShift answers, whether there is such a project or not
        return toResponse(forbidden(forbiddenMessage(user, info.attributes())));
    return answerGet(type, info, view);
}

Response Router::answerGet(const ResourceType &type, const RequestInfo &info, const View &view) const
{
    const QString nameSpace = type.namespaced ? info.nameSpace : QString();
    const auto answer = withKind(type, [&](const auto &kind) {
        const auto *object = kind.in(m_store).find(storeKey(nameSpace, info.name));
        return object ? std::optional(jsonResponse(renderOne(kind, *object, view, m_clock.now()))) : std::nullopt;
    });
    return answer.value_or(toResponse(notFound(type, info.name)));
}

Answer Router::answerPortForward(const Request &request, const QString &nameSpace, const QString &name) const
{
    if (request.head.method != "GET" && request.head.method != "POST")
        return toResponse(methodNotAllowed());
    const Pod *pod = m_store.findPod(nameSpace, name);
    if (!pod)
        return toResponse(notFound(resourceType(u"Pod"_s), name));
    if (auto refusal = refuseUpgrade(request.head, *pod, m_carriers))
        return std::move(*refusal);
    const bool webSocket = WebSocket::asksForWebSocket(request.head.fields);
    return UpgradePlan{nameSpace, name, webSocket ? request.head.fields.value("Sec-WebSocket-Key") : QByteArray()};
}

Answer Router::answerNodeProxy(const Request &request, const RequestInfo &info) const
{
    const QString nameSpace = info.rest.value(1);
    const QString name = info.rest.value(2);
    const Pod *pod = m_store.findPod(nameSpace, name);
    // The node part may be NAME, NAME:PORT or https:NAME:PORT.
    const QStringList nodeParts = info.name.split(u':');
    const bool onThatNode = pod && nodeParts.contains(pod->nodeName);
    if (!onThatNode)
        return textResponse(404, "pod does not exist\n");
    if (info.rest.size() > 3 && info.rest.at(3) != pod->uid)
        return textResponse(404, "pod not found\n");
    // Nodes before Kubernetes 1.36 have no tunnel of their own; the API server's is on pods/portforward.
    if (WebSocket::asksForWebSocket(request.head.fields))
        return refuseChannelProtocol();
    Answer answer = answerPortForward(request, nameSpace, name);
    if (auto *plan = std::get_if<UpgradePlan>(&answer))
        plan->throughNode = true;
    return answer;
}

} // namespace Fairlead::Demo
