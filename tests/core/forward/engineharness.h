#pragma once

#include "core/forward/forwardmanager.h"
#include "tests/support/faultserver.h"
#include "tests/support/testprogram.h"

#include <QSignalSpy>
#include <QTest>

namespace Fairlead::Test {

/// A fault server and a manager with one forward to it; times are short.
class EngineHarness final
{
public:
    explicit EngineHarness(const ServerScript &script = {});

    /// A forward of `remote` ports on 127.0.0.1 (random local ports).
    [[nodiscard]] static Forward::ForwardSpec spec(const QList<quint16> &remote = {80});
    /// Adds a forward of `remote` ports on 127.0.0.1 (random local ports) and starts it.
    void start(const QList<quint16> &remote = {80});
    /// Waits until the forward is in `state`; false after 15 s.
    [[nodiscard]] bool reaches(Forward::State state);
    [[nodiscard]] quint16 localPort(qsizetype index = 0) const;
    [[nodiscard]] Forward::ForwardSnapshot snapshot() const { return manager.snapshot(id); }
    /// Runs a program against the forward while the event loop goes on.
    [[nodiscard]] ProgramResult run(ProgramPlan plan = {}, qsizetype portIndex = 0);
    [[nodiscard]] static ProgramResult wait(std::future<ProgramResult> &program);
    /// The snapshot of the connection that was closed as the `index`th, when its end has arrived here.
    [[nodiscard]] Forward::ConnectionSnapshot closed(qsizetype index = 0);

    /// Before start(): what carries SPDY, otherwise what the engine chooses.
    void setTransport(Net::TransportChoice transport);
    /// Rows and a column "transport" for tests that hold for each.
    static void addTransports();

    static Forward::ForwardManager::Options shortTimes();

    FaultServer server;
    Forward::ForwardManager manager;
    Forward::ForwardId id = 0;
    QList<Forward::ConnectionSnapshot> closedConnections;
    QList<Forward::State> states;
};

} // namespace Fairlead::Test

Q_DECLARE_METATYPE(Fairlead::Net::TransportChoice)
