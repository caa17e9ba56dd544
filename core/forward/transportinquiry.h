#pragma once

#include "core/forward/transportmemory.h"
#include "core/kube/config/connectionconfig.h"

#include <QObject>

#include <memory>

namespace Fairlead::Kube {
class ApiClient;
}

namespace Fairlead::Forward {

/// Asks a server for its version where nothing is known of its transports yet, and tells TransportMemory what that
/// makes likely. One question at a time. A server that is silent for five seconds, or says nothing of use, is answered
/// too: then SPDY comes first. Lives in its forward's thread.
class TransportInquiry final : public QObject
{
    Q_OBJECT

public:
    explicit TransportInquiry(std::shared_ptr<TransportMemory> memory, QObject *parent = nullptr);
    ~TransportInquiry() override;

    /// Forgets a former question. Asks nothing where the memory has an answer.
    void ask(const Kube::ConnectionConfig &config);
    void cancel();
    [[nodiscard]] bool isUnderWay() const { return m_client != nullptr; }

signals:
    /// Whatever came of it; once for each ask() that is under way afterwards and not cancelled.
    void answered();

private:
    void take(const QByteArray &body);

    const std::shared_ptr<TransportMemory> m_memory;
    QString m_server;
    std::shared_ptr<Kube::ApiClient> m_client; ///< while it is under way
};

} // namespace Fairlead::Forward
