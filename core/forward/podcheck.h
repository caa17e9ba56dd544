#pragma once

#include "core/forward/forwardspec.h"
#include "core/forward/trouble.h"
#include "core/kube/connectionconfig.h"

#include <QObject>

#include <memory>

namespace Fairlead::Kube {
class ApiClient;
}

namespace Fairlead::Forward {

/// Asks the API server whether a forward's pod can be forwarded to, and turns port names into numbers, as kubectl does
/// before it upgrades. Who may forward but not read pods goes on with numbers unchecked. One question at a time.
class PodCheck final : public QObject
{
    Q_OBJECT

public:
    using Ports = QList<Kube::PortMapping>;

    explicit PodCheck(QObject *parent = nullptr);
    ~PodCheck() override;

    /// passed() or failed() follows, after this has returned; a question that is still open is dropped.
    void ask(const Kube::ConnectionConfig &config, const ForwardSpec &spec);
    void cancel();

signals:
    void passed(const Fairlead::Forward::PodCheck::Ports &ports);
    void failed(const Fairlead::Forward::Trouble &trouble);

private:
    void judge(const Kube::PodInfo &pod);
    void onError(const Kube::ApiError &error);

    ForwardSpec m_spec;
    std::unique_ptr<QObject> m_question; ///< the context of the request; its end cancels
};

} // namespace Fairlead::Forward
