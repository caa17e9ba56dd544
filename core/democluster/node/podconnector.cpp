#include "core/democluster/node/podconnector.h"

#include "core/democluster/builtin/builtinconnector.h"
#include "core/democluster/node/addressconnector.h"
#include "core/democluster/node/netnsconnector.h"
#include "core/democluster/node/socatconnector.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

std::unique_ptr<PodConnector> makeConnector(const Pod &pod, BuiltinPrograms &programs)
{
    if (const auto *address = std::get_if<AddressTarget>(&pod.target))
        return std::make_unique<AddressConnector>(address->host);
    if (const auto *netns = std::get_if<NetnsTarget>(&pod.target))
        return std::make_unique<NetnsConnector>(pod, netns->path);
    if (const auto *socat = std::get_if<NsenterSocatTarget>(&pod.target))
        return std::make_unique<SocatConnector>(*socat);
    return std::make_unique<BuiltinConnector>(pod, programs);
}

QString nobodyListens(const Pod &pod, quint16 port, const QString &ipv4Cause, const QString &ipv6Cause)
{
    return u"failed to connect to localhost:%1 inside namespace \"%2\", IPv4: %3 IPv6 %4 "_s.arg(port).arg(
        sandboxId(pod), ipv4Cause, ipv6Cause);
}

} // namespace Fairlead::Demo
