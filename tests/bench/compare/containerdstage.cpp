#include "tests/bench/compare/containerdstage.h"

#include "tests/bench/compare/peer.h"
#include "tests/interop/containerd/apiadapter.h"
#include "tests/interop/containerd/containerd.h"
#include "tests/interop/containerd/ownmachine.h"

#include <QCoreApplication>
#include <QFile>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace Fairlead::Bench {
namespace {

int complain(const QString &text)
{
    QTextStream(stdout) << text << '\n';
    return 1;
}

} // namespace

QString containerdObstacle()
{
    if (!QFile::exists(QStringLiteral(FAIRLEAD_PODPEER)))
        return u"the pod's program is not built: the compiler cannot link statically"_s;
    if (const QString missing = Containerd::missingPart(); !missing.isEmpty())
        return missing;
    return OwnMachine::isInside() ? QString() : OwnMachine::obstacle();
}

int runContainerdRole(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (const QString problem = OwnMachine::furnish(); !problem.isEmpty())
        return complain(problem);
    Containerd containerd;
    if (const QString problem = containerd.start(QStringLiteral(FAIRLEAD_PODPEER)); !problem.isEmpty())
        return complain(problem);
    const CriAnswer pod = containerd.cri().runPodSandbox("web", OwnMachine::controlGroup().toUtf8());
    if (!pod.error.isEmpty())
        return complain(pod.error + containerd.logTail());
    ApiAdapter adapter(containerd.cri());
    adapter.setPod("web", pod.message);
    const quint16 port = adapter.listen();
    QTextStream(stdout) << u"listening %1\n"_s.arg(port) << Qt::flush;
    return QCoreApplication::exec();
}

QString ContainerdStage::name() const
{
    return u"containerd's streaming server, without TLS"_s;
}

QString ContainerdStage::start()
{
    if (const QString problem = m_server.start(m_self, {u"--role"_s, u"containerd"_s}); !problem.isEmpty())
        return problem;
    const QString port = m_server.waitForLines(u"listening "_s, 1).value(0).section(u' ', 1);
    if (port.isEmpty())
        return m_server.output();
    m_route = {.kubeconfig = m_folder.filePath(u"kubeconfig"_s),
               .namespaceName = u"default"_s,
               .pod = u"web"_s,
               .commandPort = Peer::CommandPort,
               .greeterPort = Peer::GreeterPort};
    QFile kubeconfig(m_route.kubeconfig);
    if (!kubeconfig.open(QIODevice::WriteOnly))
        return kubeconfig.errorString();
    kubeconfig.write(u"{\"apiVersion\": \"v1\", \"kind\": \"Config\", \"current-context\": \"node\", \"clusters\": "
                     "[{\"name\": \"node\", \"cluster\": {\"server\": \"http://127.0.0.1:%1\"}}], \"contexts\": "
                     "[{\"name\": \"node\", \"context\": {\"cluster\": \"node\", \"user\": \"\"}}]}"_s.arg(port)
                         .toUtf8());
    return {};
}

Result<Route, QString> ContainerdStage::route(int roundTripMs)
{
    if (roundTripMs > 0)
        return Failure{u"There is no delay in front of containerd."_s};
    return m_route;
}

} // namespace Fairlead::Bench
