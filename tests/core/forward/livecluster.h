#pragma once

#include "core/democluster/democluster.h"
#include "core/forward/forwardmanager.h"
#include "tests/support/testprogram.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

namespace Fairlead::Test {

/// The demo cluster at a quick pace and a manager whose times are short, with one forward to look after.
class LiveCluster final
{
public:
    LiveCluster();

    /// Empty, or why the cluster could not start.
    [[nodiscard]] QString problem() const { return m_problem; }
    /// One port of `target` ("deployment/api") in namespace "default", on any free local one.
    [[nodiscard]] static Forward::ForwardSpec spec(const QString &target, const QString &port,
                                                   Forward::PodPolicy policy = Forward::PodPolicy::FirstReady);
    /// Adds such a forward and starts it.
    void forward(const QString &target, const QString &port,
                 Forward::PodPolicy policy = Forward::PodPolicy::FirstReady);
    [[nodiscard]] bool reaches(Forward::State state);
    [[nodiscard]] Forward::ForwardSnapshot snapshot() const { return manager.snapshot(id); }
    [[nodiscard]] quint16 port() const { return snapshot().ports.value(0).localPort; }
    /// An HTTP request of its own connection: what came back.
    [[nodiscard]] ProgramResult get();
    /// Sends a pattern and half-closes; true if the same came back.
    [[nodiscard]] bool echoes();
    [[nodiscard]] static std::future<ProgramResult> startGet(quint16 port);
    [[nodiscard]] static ProgramResult wait(std::future<ProgramResult> &program);
    [[nodiscard]] static bool isPage(const ProgramResult &result);

    Forward::EngineOptions options;
    Demo::DemoCluster cluster;
    Forward::ForwardManager manager;
    Forward::ForwardId id = 0;
    QList<Forward::State> states;
    QList<Forward::ConnectionSnapshot> closed;
    int connectionsAsked = 0; ///< how often the kubeconfig was resolved

private:
    [[nodiscard]] Forward::ConnectionSource source();

    QTemporaryDir m_folder;
    QString m_kubeconfig;
    QString m_problem;
};

/// Connects to a local port again and again, from a thread of its own, while something happens. A port that refuses a
/// connection, even once, was closed.
class PortWatcher final
{
public:
    explicit PortWatcher(quint16 port);
    ~PortWatcher();
    /// Ends it; connections made, and refused.
    void stop();
    [[nodiscard]] int made() const { return m_made; }
    [[nodiscard]] int refused() const { return m_refused; }

private:
    std::atomic<bool> m_ending = false;
    std::atomic<int> m_made = 0;
    std::atomic<int> m_refused = 0;
    std::thread m_thread;
};

} // namespace Fairlead::Test
