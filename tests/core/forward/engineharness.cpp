#include "tests/core/forward/engineharness.h"

#include <QEventLoop>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Fairlead::Test {

EngineHarness::EngineHarness(const ServerScript &script)
    : server(script)
    , manager([this](const Kube::ContextRef &) { return server.connection(); })
{
    manager.setOptions(shortTimes());
    QObject::connect(&manager, &Forward::ForwardManager::connectionClosed, &manager,
                     [this](Forward::ForwardId, const Forward::ConnectionSnapshot &connection) {
                         closedConnections.append(connection);
                     });
    QObject::connect(&manager, &Forward::ForwardManager::stateChanged, &manager,
                     [this](Forward::ForwardId, Forward::State state) { states.append(state); });
}

Forward::ForwardManager::Options EngineHarness::shortTimes()
{
    Forward::ForwardManager::Options options;
    options.halfCloseQuietMs = 100;
    options.firstRetryMs = 50;
    options.maxRetryMs = 200;
    return options;
}

void EngineHarness::setTransport(Net::TransportChoice transport)
{
    auto options = shortTimes();
    options.transport = transport;
    manager.setOptions(options);
}

void EngineHarness::addTransports()
{
    QTest::addColumn<Net::TransportChoice>("transport");
    QTest::addRow("SPDY") << Net::TransportChoice::Spdy;
    QTest::addRow("WebSocket") << Net::TransportChoice::WebSocket;
}

Forward::ForwardSpec EngineHarness::spec(const QList<quint16> &remote)
{
    Forward::ForwardSpec spec;
    spec.context = u"test"_s;
    spec.namespaceName = u"default"_s;
    spec.target.name = u"pod"_s;
    spec.addresses = QStringList{u"127.0.0.1"_s};
    for (const quint16 port : remote)
        spec.ports.append({quint16(0), QString::number(port)});
    return spec;
}

void EngineHarness::start(const QList<quint16> &remote)
{
    id = manager.add(spec(remote));
    manager.start(id);
}

bool EngineHarness::reaches(Forward::State state)
{
    return QTest::qWaitFor([&] { return snapshot().state == state; }, 15'000);
}

quint16 EngineHarness::localPort(qsizetype index) const
{
    return snapshot().ports.value(index).localPort;
}

ProgramResult EngineHarness::run(ProgramPlan plan, qsizetype portIndex)
{
    std::future<ProgramResult> program = runProgram(localPort(portIndex), std::move(plan));
    return wait(program);
}

ProgramResult EngineHarness::wait(std::future<ProgramResult> &program)
{
    const bool done = QTest::qWaitFor(
        [&] { return program.wait_for(std::chrono::milliseconds(0)) == std::future_status::ready; }, 60'000);
    return done ? program.get() : ProgramResult{};
}

Forward::ConnectionSnapshot EngineHarness::closed(qsizetype index)
{
    if (!QTest::qWaitFor([&] { return closedConnections.size() > index; }, 15'000))
        return {};
    return closedConnections.at(index);
}

} // namespace Fairlead::Test
