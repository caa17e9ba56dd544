#include "tests/core/forward/livecluster.h"

#include "core/kube/config/kubeconfig.h"
#include "tests/support/faultserver.h"

#include <arpa/inet.h>
#include <chrono>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Fairlead::Test {

LiveCluster::LiveCluster()
    : manager(source())
{
    Demo::Options played;
    played.kubeconfigOut = m_folder.filePath(u"kubeconfig"_s);
    played.pace.startMs = 100;
    played.pace.graceMs = 100;
    played.pace.restartMs = 300;
    const auto started = cluster.start(played);
    if (started)
        m_kubeconfig = *started;
    else
        m_problem = started.error();
    options.halfCloseQuietMs = 100;
    options.firstRetryMs = 50;
    options.maxRetryMs = 300;
    options.pingIntervalMs = 100;
    options.pingDeadlineMs = 600;
    options.connectTimeoutMs = 1'000;
    options.filesCheckMs = 100;
    QObject::connect(&manager, &Forward::ForwardManager::stateChanged, &manager,
                     [this](Forward::ForwardId, Forward::State state) { states.append(state); });
    QObject::connect(
        &manager, &Forward::ForwardManager::connectionClosed, &manager,
        [this](Forward::ForwardId, const Forward::ConnectionSnapshot &connection) { closed.append(connection); });
}

Forward::ConnectionSource LiveCluster::source()
{
    return [this](const Kube::ContextRef &) {
        ++connectionsAsked;
        Kube::ConnectionFlags flags;
        flags.kubeconfig = m_kubeconfig;
        return Kube::Kubeconfig::load(Kube::LoadOptions::fromSystem(flags)).resolve(flags);
    };
}

Forward::ForwardSpec LiveCluster::spec(const QString &target, const QString &port, Forward::PodPolicy policy)
{
    Forward::ForwardSpec spec;
    spec.namespaceName = u"default"_s;
    spec.target = *Kube::parseTarget(target);
    spec.policy = policy;
    spec.addresses = QStringList{u"127.0.0.1"_s};
    spec.ports = {{quint16(0), port}};
    return spec;
}

void LiveCluster::forward(const QString &target, const QString &port, Forward::PodPolicy policy)
{
    manager.setOptions(options);
    id = manager.add(spec(target, port, policy));
    manager.start(id);
}

bool LiveCluster::reaches(Forward::State state)
{
    return QTest::qWaitFor([&] { return snapshot().state == state; }, 20'000);
}

std::future<ProgramResult> LiveCluster::startGet(quint16 port)
{
    ProgramPlan plan;
    plan.send = "GET / HTTP/1.1\r\nHost: demo\r\nConnection: close\r\n\r\n";
    return runProgram(port, plan);
}

ProgramResult LiveCluster::wait(std::future<ProgramResult> &program)
{
    const bool done = QTest::qWaitFor(
        [&] { return program.wait_for(std::chrono::milliseconds(0)) == std::future_status::ready; }, 60'000);
    return done ? program.get() : ProgramResult{};
}

ProgramResult LiveCluster::get()
{
    std::future<ProgramResult> program = startGet(port());
    return wait(program);
}

bool LiveCluster::isPage(const ProgramResult &result)
{
    return result.received.startsWith("HTTP/1.1 200 ");
}

bool LiveCluster::echoes()
{
    ProgramPlan plan;
    plan.send = pattern(3, 10'000);
    plan.stopAfter = plan.send.size();
    std::future<ProgramResult> program = runProgram(port(), plan);
    return wait(program).received == plan.send;
}

PortWatcher::PortWatcher(quint16 port)
    : m_thread([this, port] {
        while (!m_ending) {
            const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            sockaddr_in address{};
            address.sin_family = AF_INET;
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            address.sin_port = htons(port);
            const bool connected = ::connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof(address)) == 0;
            ++(connected ? m_made : m_refused);
            ::close(descriptor);
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    })
{
}

PortWatcher::~PortWatcher()
{
    stop();
}

void PortWatcher::stop()
{
    m_ending = true;
    if (m_thread.joinable())
        m_thread.join();
}

} // namespace Fairlead::Test
