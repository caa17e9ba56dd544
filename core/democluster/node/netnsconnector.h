#pragma once

#include "core/democluster/node/podconnector.h"

namespace Fairlead::Demo {

/// Connects to localhost inside a network namespace, 127.0.0.1 first, then ::1, as containerd does. Only the sockets
/// are made in there, by a helper thread that ends right after; no other thread ever changes its namespace. Needs
/// CAP_SYS_ADMIN over the namespace; without it the error text says so.
class NetnsConnector final : public PodConnector
{
public:
    explicit NetnsConnector(const Pod &pod, QString path);

    void connectTo(quint16 port, QObject *context, Done done) override;
    [[nodiscard]] QString causePrefix() const override;

private:
    Pod m_pod;
    QString m_path;
};

} // namespace Fairlead::Demo
