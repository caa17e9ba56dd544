#pragma once

#include "core/forward/locallistener.h"
#include "core/forward/trafficmeter.h"
#include "core/kube/objects/portspec.h"

#include <QObject>

#include <vector>

namespace Fairlead::Forward {

/// The ports of one forward: their listeners and their counters.
class PortSet final : public QObject
{
    Q_OBJECT

public:
    explicit PortSet(QObject *parent = nullptr);
    ~PortSet() override;

    /// Before the first open(), and after the pod was looked up again: ports that are open stay open, what they lead
    /// to may have changed.
    void setMappings(const QList<Kube::PortMapping> &mappings);
    void forget();
    /// Opens what is not open. True if at least one port is; others carry their errors (kubectl goes on, too).
    bool open(const QStringList &addresses);
    void close();
    [[nodiscard]] bool isOpen() const;
    /// The first sentence about a port that could not be opened; empty if all are open.
    [[nodiscard]] QString firstError() const;
    /// What kubectl prints when no port could be opened: "unable to listen on any of the requested ports: [...]".
    [[nodiscard]] QString kubectlText() const;

    void countOpened(int index);
    void countClosed(int index);
    void addTraffic(int index, quint64 down, quint64 up);
    bool sample(qint64 now);
    [[nodiscard]] QList<PortSnapshot> snapshots() const;
    [[nodiscard]] quint16 remotePort(int index) const;

signals:
    void accepted(int index, Fairlead::Forward::AcceptedSocket &socket);
    void listening(const Fairlead::Forward::PortSnapshot &port);
    /// A line for the log about a port that is not open, or about accepting.
    void complained(const QString &text);

private:
    struct Port {
        Kube::PortMapping mapping;
        LocalListener *listener = nullptr;
        TrafficMeter meter;
        int open = 0;
        quint64 total = 0;
    };

    void add(const Kube::PortMapping &mapping);
    [[nodiscard]] static PortSnapshot snapshotOf(const Port &port);

    std::vector<Port> m_ports;
};

} // namespace Fairlead::Forward
