#include "tests/bench/transferfixture.h"

#include "core/kube/config/kubeconfig.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace Fairlead::Bench {

QString TransferFixture::start()
{
    const QString podsFile = m_folder.filePath(u"pods.yaml"_s);
    QFile pods(podsFile);
    if (!pods.open(QIODevice::WriteOnly))
        return pods.errorString();
    // The pod listens where the BytePeer listens; the declared port is only a declaration.
    pods.write(QStringLiteral("pods:\n"
                              "  - name: bytes\n"
                              "    namespace: bench\n"
                              "    ports: [{name: data, containerPort: %1}]\n"
                              "    address: 127.0.0.1\n")
                   .arg(m_peer.port())
                   .toUtf8());
    pods.close();

    Demo::Options options;
    options.podsFile = podsFile;
    options.kubeconfigOut = m_folder.filePath(u"kubeconfig"_s);
    const Result<QString, QString> started = m_cluster.start(options);
    if (!started)
        return started.error();
    m_kubeconfig = *started;
    return {};
}

Forward::ConnectionSource TransferFixture::connections() const
{
    return [path = m_kubeconfig](const Kube::ContextRef &context) {
        Kube::ConnectionFlags flags;
        flags.kubeconfig = path;
        if (!context.name.isEmpty())
            flags.context = context.name;
        return Kube::Kubeconfig::load(Kube::LoadOptions::fromSystem(flags)).resolve(flags);
    };
}

Forward::ForwardSpec TransferFixture::forwardToPeer()
{
    return {.namespaceName = u"bench"_s,
            .target = {Kube::TargetRef::Kind::Pod, u"bytes"_s},
            .ports = {{.local = quint16(0), .remote = u"data"_s}},
            .addresses = {u"127.0.0.1"_s}};
}

} // namespace Fairlead::Bench
