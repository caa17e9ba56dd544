#include "core/kube/config/incluster.h"

#include "core/kube/config/filebytes.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

constexpr qint64 MaxNamespaceBytes = 4096; // a name has 63

QString joinHostPort(const QString &host, const QString &port)
{
    return host.contains(u':') ? u"[%1]:%2"_s.arg(host, port) : u"%1:%2"_s.arg(host, port);
}

} // namespace

std::optional<InClusterEntries> inClusterEntries(const LoadOptions &options)
{
    const QString host = options.environment.value(u"KUBERNETES_SERVICE_HOST"_s);
    const QString port = options.environment.value(u"KUBERNETES_SERVICE_PORT"_s);
    const QString token = options.serviceAccountDirectory + "/token"_L1;
    if (host.isEmpty() || port.isEmpty() || !QFileInfo(token).isFile())
        return std::nullopt;

    InClusterEntries entries;
    entries.cluster.name = u"in-cluster"_s;
    entries.cluster.file = options.serviceAccountDirectory;
    entries.cluster.server = u"https://"_s + joinHostPort(host, port);
    const QString ca = options.serviceAccountDirectory + "/ca.crt"_L1;
    if (QFileInfo(ca).isFile()) // client-go goes on with the system's roots, too
        entries.cluster.caFile = ca;
    entries.user.name = u"service-account"_s;
    entries.user.file = options.serviceAccountDirectory;
    entries.user.tokenFile = token;
    if (const auto name = readFileBytes(options.serviceAccountDirectory + "/namespace"_L1, MaxNamespaceBytes))
        entries.namespaceName = QString::fromUtf8(*name).trimmed();
    return entries;
}

} // namespace Fairlead::Kube
