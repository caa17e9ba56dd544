#include "tests/bench/compare/roles.h"

#include "core/forward/forwardmanager.h"
#include "core/kube/config/kubeconfig.h"
#include "tests/bench/compare/containerdstage.h"
#include "tests/bench/compare/delayline.h"
#include "tests/bench/compare/peer.h"
#include "tests/bench/compare/tlswire.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>
#include <pthread.h>
#include <sys/resource.h>
#include <thread>

using namespace Qt::StringLiterals;

namespace Fairlead::Bench::Roles {
namespace {

constexpr int BadUsage = 2;

void say(const QString &line)
{
    std::fputs((line + u'\n').toUtf8().constData(), stdout);
    std::fflush(stdout);
}

/// Thousands of threads, a few frames deep.
void makeThreadsSmall()
{
    constexpr size_t StackBytes = 256 * 1024;
    pthread_attr_t attributes;
    ::pthread_attr_init(&attributes);
    ::pthread_attr_setstacksize(&attributes, StackBytes);
    ::pthread_setattr_default_np(&attributes);
    ::pthread_attr_destroy(&attributes);
}

int runPeer(const QStringList &arguments)
{
    makeThreadsSmall();
    std::signal(SIGPIPE, SIG_IGN); // OpenSSL writes without MSG_NOSIGNAL
    const TlsServer tls(arguments.value(0).toStdString(), arguments.value(1).toStdString());
    if (!tls.isUsable())
        return BadUsage;
    const Peer::Accept plain = [](int descriptor) { return std::make_unique<Wire>(descriptor); };
    const Peer::Accept secure = [&tls](int descriptor) { return tls.accept(descriptor); };
    uint16_t ports[4]{};
    int listeners[4]{};
    for (int i = 0; i < 4; ++i)
        listeners[i] = listenLocally(ports[i]);
    say(u"ports %1 %2 %3 %4"_s.arg(ports[0]).arg(ports[1]).arg(ports[2]).arg(ports[3]));
    std::thread(Peer::serve, listeners[1], Peer::Speaks::First, std::cref(plain)).detach();
    std::thread(Peer::serve, listeners[2], Peer::Speaks::Second, std::cref(secure)).detach();
    std::thread(Peer::serve, listeners[3], Peer::Speaks::First, std::cref(secure)).detach();
    Peer::serve(listeners[0], Peer::Speaks::Second, plain);
}

int runDelay(const QStringList &arguments)
{
    DelayLine line(std::chrono::milliseconds(arguments.value(0).toInt()));
    QString ports = u"ports"_s;
    for (const QString &target : arguments.mid(1))
        ports += u" %1"_s.arg(line.add(target.toUShort()));
    say(ports);
    line.run();
}

Forward::ConnectionSource connectionsFrom(const QString &kubeconfig)
{
    return [kubeconfig](const Kube::ContextRef &) {
        Kube::ConnectionFlags flags;
        flags.kubeconfig = kubeconfig;
        return Kube::Kubeconfig::load(Kube::LoadOptions::fromSystem(flags)).resolve(flags);
    };
}

void limitDescriptors(int most)
{
    if (most <= 0)
        return;
    const rlimit limit{.rlim_cur = static_cast<rlim_t>(most), .rlim_max = static_cast<rlim_t>(most)};
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

int runEngine(int argc, char **argv, const QStringList &arguments)
{
    if (arguments.size() != 5)
        return BadUsage;
    limitDescriptors(arguments.at(4).toInt());
    const QCoreApplication application(argc, argv);
    Forward::ForwardManager manager(connectionsFrom(arguments.at(0)));
    QObject::connect(
        &manager, &Forward::ForwardManager::listening, &application,
        [](Forward::ForwardId, const Forward::PortSnapshot &port) { say(u"port %1"_s.arg(port.localPort)); });
    QObject::connect(&manager, &Forward::ForwardManager::logged, &application,
                     [](Forward::ForwardId, const Forward::LogLine &line) { say(u"log %1"_s.arg(line.text)); });
    for (int i = 0; i < arguments.at(3).toInt(); ++i) {
        manager.start(manager.add({.namespaceName = arguments.at(1),
                                   .target = {Kube::TargetRef::Kind::Pod, u"p%1"_s.arg(i)},
                                   .ports = {{.local = quint16(0), .remote = arguments.at(2)}},
                                   .addresses = {u"127.0.0.1"_s}}));
    }
    return QCoreApplication::exec();
}

} // namespace

int run(int argc, char **argv, const QStringList &arguments)
{
    const QString role = arguments.value(0);
    if (role == "peer"_L1)
        return runPeer(arguments.mid(1));
    if (role == "delay"_L1)
        return runDelay(arguments.mid(1));
    if (role == "containerd"_L1)
        return runContainerdRole(argc, argv);
    if (role == "engine"_L1)
        return runEngine(argc, argv, arguments.mid(1));
    return BadUsage;
}

} // namespace Fairlead::Bench::Roles
