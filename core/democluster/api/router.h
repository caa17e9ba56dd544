#pragma once

#include "core/democluster/access/users.h"
#include "core/democluster/api/listing.h"
#include "core/democluster/control/clustereditor.h"
#include "core/democluster/democluster.h"
#include "core/support/clock.h"

#include <variant>

namespace Fairlead::Demo {

/// A request with its body, and who presented which client certificate (empty: none that our CA signed).
struct Request {
    Http::RequestHead head;
    QByteArray body;
    QString certificateUser;
};

/// The answer is: switch this connection to SPDY, or a WebSocket around it, and forward ports of that pod.
struct UpgradePlan {
    QString nameSpace;
    QString pod;
    QByteArray webSocketKey; ///< the request's; empty: SPDY itself
    bool throughNode = false; ///< it came by the node's proxy
};

using Answer = std::variant<Response, WatchPlan, UpgradePlan>;

/// Decides what a request gets: who asks, may they, what is it about. Changes go through the editor. Knows no socket.
/// Order as in an API server: 401 before 403 before 404.
class Router final
{
public:
    Router(const ObjectStore &store, ClusterEditor &editor, const UserDirectory &users, const Clock &clock,
           QString serverAddress, bool projects = true);

    [[nodiscard]] Answer answer(const Request &request) const;
    void setCarriers(Carriers carriers) { m_carriers = carriers; }

private:
    [[nodiscard]] std::optional<User> authenticate(const Request &request) const;
    [[nodiscard]] Answer answerResource(const Request &request, const ResourceType &type, const RequestInfo &info,
                                        const User &user) const;
    [[nodiscard]] Answer answerRead(const Request &request, const ResourceType &type, const RequestInfo &info,
                                    const User &user) const;
    [[nodiscard]] std::optional<Response> discovery(const QString &path) const;
    [[nodiscard]] Response answerGet(const ResourceType &type, const RequestInfo &info, const View &view) const;
    [[nodiscard]] Answer answerPortForward(const Request &request, const QString &nameSpace, const QString &name) const;
    [[nodiscard]] Answer answerNodeProxy(const Request &request, const RequestInfo &info) const;

    const ObjectStore &m_store;
    ClusterEditor &m_editor;
    const UserDirectory &m_users;
    const Clock &m_clock;
    QString m_serverAddress;
    bool m_projects;
    Carriers m_carriers;
};

} // namespace Fairlead::Demo
