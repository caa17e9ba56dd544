#include "core/forward/transportinquiry.h"

#include "core/kube/api/apiclientpool.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::Forward {

namespace {
constexpr int AnswerMs = 5'000;
}

TransportInquiry::TransportInquiry(std::shared_ptr<TransportMemory> memory, QObject *parent)
    : QObject(parent)
    , m_memory(std::move(memory))
{
}

TransportInquiry::~TransportInquiry() = default;

void TransportInquiry::ask(const Kube::ConnectionConfig &config)
{
    cancel();
    m_server = config.server.toString();
    if (m_memory->likely(m_server))
        return;
    m_client = Kube::sharedApiClient(config);
    Kube::ApiClient::Request request;
    request.path = Kube::apiPath(config, {u"version"_s});
    request.timeoutMs = AnswerMs;
    m_client->send(request, this, [this, server = m_server](const Kube::ApiClient::Answer &answer) {
        if (server == m_server)
            take(answer.hasValue() ? *answer : QByteArray());
    });
}

void TransportInquiry::cancel()
{
    m_server.clear();
    m_client.reset();
}

void TransportInquiry::take(const QByteArray &body)
{
    const QString version = QJsonDocument::fromJson(body).object()["gitVersion"_L1].toString();
    if (!version.isEmpty())
        m_memory->expect(m_server, transportForVersion(version));
    if (!m_client)
        return;
    // The client must outlive its own call.
    QMetaObject::invokeMethod(
        this, [client = std::exchange(m_client, nullptr)] {}, Qt::QueuedConnection);
    emit answered();
}

} // namespace Fairlead::Forward
