#pragma once

#include "tests/bench/compare/stage.h"

namespace Fairlead::Bench {

/// A containerd with the peer as its pod, behind the thin adapter of tests/interop/containerd that stands for API
/// server and kubelet. Must run inside OwnMachine (see there). No relays, no delay, one pod: for throughput and first
/// byte.
class ContainerdStage final : public Stage
{
public:
    explicit ContainerdStage(const QString &self)
        : m_self(self)
    {
    }

    [[nodiscard]] QString start() override;
    [[nodiscard]] Result<Route, QString> route(int roundTripMs) override;
    /// The adapter, which is one thread: what it takes nobody else can give.
    [[nodiscard]] ProcessMeter server() const override { return m_server.meter(); }
    [[nodiscard]] QString name() const override;
    [[nodiscard]] QString lost() override { return m_server.lost(QStringLiteral("containerd")); }
    [[nodiscard]] bool hasManyPods() const override { return false; }

private:
    QString m_self;
    QTemporaryDir m_folder;
    ChildProcess m_server;
    Route m_route;
};

/// The role `containerd` of this program: prints "listening PORT" of the adapter, or what went wrong, and then runs
/// until it is ended. Exit status.
[[nodiscard]] int runContainerdRole(int argc, char **argv);

/// Why it cannot be done here; empty when it can.
[[nodiscard]] QString containerdObstacle();

} // namespace Fairlead::Bench
