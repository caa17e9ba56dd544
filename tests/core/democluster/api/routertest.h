#pragma once

#include "core/democluster/api/router.h"
#include "core/democluster/api/watchfeed.h"
#include "core/democluster/builtin/demoservices.h"
#include "core/democluster/state/demopods.h"

#include <QJsonDocument>
#include <QTest>

namespace Fairlead::Demo {

class FixedClock final : public Clock
{
public:
    [[nodiscard]] qint64 monotonicMs() const override { return 0; }
    [[nodiscard]] QDateTime now() const override { return QDateTime({2026, 11, 23}, {12, 0}, Qt::UTC); }
};

inline QJsonObject bodyOf(const Answer &answer)
{
    return QJsonDocument::fromJson(std::get<Response>(answer).body).object();
}

/// 0: it is no plain response.
inline int codeOf(const Answer &answer)
{
    const auto *response = std::get_if<Response>(&answer);
    return response ? response->code : 0;
}

/// The demo cluster's API without a network: requests go in as values, answers come out. Tests of it begin with what
/// `fairlead demo` has.
class RouterTest : public QObject
{
    Q_OBJECT

protected:
    FixedClock m_clock;
    ObjectStore m_store;
    UserDirectory m_users{QStringLiteral("shop")};
    BuiltinPrograms m_programs;
    NodeAgent m_agent{m_store, m_programs, m_clock, {}};
    ClusterEditor m_editor{m_store, m_agent, m_clock};
    Router m_router{m_store, m_editor, m_users, m_clock, QStringLiteral("127.0.0.1:6443")};

    Request request(const QByteArray &method, const QByteArray &target,
                    const QString &user = QStringLiteral("demo")) const
    {
        Request result;
        result.head.method = method;
        result.head.target = target;
        if (user == QLatin1StringView("demo"))
            result.certificateUser = user;
        else if (!user.isEmpty())
            result.head.fields.add("Authorization", "Bearer " + m_users.tokenOf(user));
        return result;
    }

    static Request upgrade(Request request, const QByteArray &protocol = "SPDY/3.1")
    {
        request.head.fields.add("Connection", "Upgrade");
        request.head.fields.add("Upgrade", protocol);
        request.head.fields.add("X-Stream-Protocol-Version", "portforward.k8s.io");
        return request;
    }

    QList<QJsonObject> lines(WatchFeed &feed) const
    {
        QList<QJsonObject> result;
        for (QByteArray piece = feed.take(); !piece.isEmpty(); piece = feed.take()) {
            for (const QByteArray &line : piece.split('\n')) {
                if (!line.isEmpty())
                    result << QJsonDocument::fromJson(line).object();
            }
        }
        return result;
    }

    WatchPlan watch(const QByteArray &query) const
    {
        return std::get<WatchPlan>(m_router.answer(request("GET", "/api/v1/pods?watch=1&" + query)));
    }

    static QStringList namesIn(const QJsonObject &list)
    {
        QStringList names;
        for (const QJsonValue item : list.value(QLatin1StringView("items")).toArray())
            names << item[QLatin1StringView("metadata")][QLatin1StringView("name")].toString();
        return names;
    }

    static ApiObject service(const QString &nameSpace, const QString &name, const QString &tier)
    {
        return makeService({nameSpace, name, {{QStringLiteral("tier"), tier}}, {{{}, 80, {}}}, false, {}, {}});
    }

private slots:
    void initTestCase()
    {
        for (const ServiceSpec &spec : demoServices(m_clock.now()))
            m_store.putObject(makeService(spec));
        for (const DemoNamespace &ns : demoNamespaces(m_clock.now()))
            m_store.addNamespace(ns.name, ns.created);
        for (const BuiltinPod &pod : demoPods(m_clock.now()))
            m_store.putPod(pod.pod);
        QList<Pod> pods;
        m_store.pods().visit({}, {}, [&pods](const Pod &pod) {
            pods << pod;
            return true;
        });
        for (const ApiObject &owner : ownersOf(pods))
            m_store.putObject(owner);
    }
};

} // namespace Fairlead::Demo
