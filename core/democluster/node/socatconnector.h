#pragma once

#include "core/democluster/node/podconnector.h"

namespace Fairlead::Demo {

/// The node side of OKD and of Kubernetes before containerd: for each connection runs
/// `[prefix...] nsenter -t PID -n socat - TCP4:localhost:PORT` and copies between the stream and its standard input and
/// output. With a prefix another program (a helper pod) brings nsenter and socat, so that the host needs neither;
/// without one they are looked for first, because users know the message that names the missing one.
class SocatConnector final : public PodConnector
{
public:
    explicit SocatConnector(NsenterSocatTarget target);

    void connectTo(quint16 port, QObject *context, Done done) override;

    /// `searchPath` as in $PATH; a sentence that names the first missing program, or nothing.
    [[nodiscard]] static QString missingProgram(const QStringList &prefix, const QString &searchPath);

private:
    NsenterSocatTarget m_target;
};

} // namespace Fairlead::Demo
