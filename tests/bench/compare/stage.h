#pragma once

#include "core/support/result.h"
#include "tests/bench/compare/childprocess.h"
#include "tests/bench/compare/route.h"

#include <QHash>
#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace Fairlead::Bench {

/// Everything that the clients talk to.
class Stage
{
public:
    virtual ~Stage() = default;

    /// Answers what went wrong, or nothing.
    [[nodiscard]] virtual QString start() = 0;
    /// The way to the peer with that round trip between client and API server. 0: on the spot.
    [[nodiscard]] virtual Result<Route, QString> route(int roundTripMs) = 0;
    /// Of the process whose CPU could be the limit.
    [[nodiscard]] virtual ProcessMeter server() const = 0;
    [[nodiscard]] virtual QString name() const = 0;
    /// What ended that should run, with its last words; nothing when all is there. Figures from then on are worth
    /// nothing.
    [[nodiscard]] virtual QString lost() = 0;
    /// Whether the pods p0, p1... of DemoStage are there, each of them the peer.
    [[nodiscard]] virtual bool hasManyPods() const = 0;
};

/// `fairlead demo` and the peer, a process each.
class DemoStage final : public Stage
{
public:
    /// Pods p0, p1... that all are the peer, for many forwards.
    static constexpr int ManyPods = 200;

    DemoStage(const QString &self, const QString &fairlead)
        : m_self(self)
        , m_fairlead(fairlead)
    {
    }

    [[nodiscard]] QString start() override;
    [[nodiscard]] Result<Route, QString> route(int roundTripMs) override;
    [[nodiscard]] ProcessMeter server() const override { return m_cluster.meter(); }
    [[nodiscard]] QString name() const override;
    [[nodiscard]] QString lost() override;
    [[nodiscard]] bool hasManyPods() const override { return true; }

private:
    [[nodiscard]] QString startPeer();
    [[nodiscard]] QString startCluster();
    [[nodiscard]] Result<Route, QString> delayed(int roundTripMs);

    QString m_self;
    QString m_fairlead;
    QTemporaryDir m_folder;
    ChildProcess m_peer;
    ChildProcess m_cluster;
    std::vector<std::unique_ptr<ChildProcess>> m_delays;
    QHash<int, Route> m_routes;
};

} // namespace Fairlead::Bench
