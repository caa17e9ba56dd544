#pragma once

#include "core/democluster/node/podconnector.h"

namespace Fairlead::Demo {

/// Plain TCP to a host and the pod's port. Host names are looked up; all their addresses are tried in order.
class AddressConnector final : public PodConnector
{
public:
    explicit AddressConnector(QString host);

    void connectTo(quint16 port, QObject *context, Done done) override;

private:
    QString m_host;
};

} // namespace Fairlead::Demo
