#pragma once

#include "core/democluster/node/podconnector.h"

namespace Fairlead::Demo {

/// Connects to a server inside this process. A port without one refuses as a real pod does.
class BuiltinConnector final : public PodConnector
{
public:
    BuiltinConnector(const Pod &pod, BuiltinPrograms &programs);

    void connectTo(quint16 port, QObject *context, Done done) override;
    [[nodiscard]] QString causePrefix() const override;

private:
    Outcome connectNow(quint16 port);

    Pod m_pod;
    BuiltinPrograms &m_programs;
};

} // namespace Fairlead::Demo
