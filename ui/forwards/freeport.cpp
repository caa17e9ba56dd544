#include "ui/forwards/freeport.h"

#include <QSet>

#include <algorithm>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

constexpr int PortsTried = 100; ///< whoever finds that many taken lives on a very busy computer
constexpr int LastPort = 65'535;

bool isTaken(const Forward::PortSnapshot &port)
{
    return std::any_of(port.listeners.begin(), port.listeners.end(),
                       [](const Forward::ListenerStatus &one) { return one.systemError == EADDRINUSE; });
}

bool isFreeOnAll(const QStringList &addresses, quint16 port, const PortHolder &holder)
{
    return std::none_of(addresses.begin(), addresses.end(), [&](const QString &address) {
        return holder(address == "localhost"_L1 ? u"127.0.0.1"_s : address, port).has_value();
    });
}

} // namespace

std::optional<quint16> freePortFrom(quint16 first, const PortTest &isFree)
{
    for (int port = first; port < std::min(first + PortsTried, LastPort + 1); ++port) {
        if (isFree(quint16(port)))
            return quint16(port);
    }
    return std::nullopt;
}

bool lacksLocalPort(const Forward::ForwardSnapshot &forward)
{
    return forward.state == Forward::State::Failed && std::any_of(forward.ports.begin(), forward.ports.end(), isTaken);
}

Forward::ForwardSpec withFreePorts(const Forward::ForwardSnapshot &forward, const PortHolder &holder)
{
    Forward::ForwardSpec spec = forward.spec;
    QSet<quint16> own;
    for (const Forward::PortSnapshot &port : forward.ports)
        own << port.localPort;
    for (qsizetype i = 0; i < std::min(spec.ports.size(), forward.ports.size()); ++i) {
        const Forward::PortSnapshot &port = forward.ports.at(i);
        if (!isTaken(port))
            continue;
        const auto isFree = [&](quint16 candidate) {
            return !own.contains(candidate) && isFreeOnAll(spec.addresses, candidate, holder);
        };
        spec.ports[i].local = freePortFrom(port.localPort, isFree).value_or(0);
        own << *spec.ports.at(i).local;
    }
    return spec;
}

} // namespace Fairlead::Ui
