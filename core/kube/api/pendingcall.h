#pragma once

#include "core/kube/api/apiclient.h"

#include <QPointer>
#include <QTimer>

namespace Fairlead::Kube {

/// One request of ApiClient::send() until its answer was handed over: reads, counts, watches the clock, asks again
/// once. Behind a proxy it goes over an AnswerStream, so that there is one way through proxies with one set of words.
/// Deletes itself; dies unheard when its context or its client does.
class PendingCall final : public QObject
{
    Q_OBJECT

public:
    PendingCall(ApiClient &client, ApiClient::Request request, QObject *context,
                std::function<void(ApiClient::Answer)> done);
    ~PendingCall() override;

    void start();

private:
    void ask();
    void askThroughProxy();
    void read();
    void finish();
    void timeOut();
    void finishStream(const ApiClient::Answer &result);
    void refuseIfTooLarge();
    void answer(ApiClient::Answer answer);
    void drop();
    [[nodiscard]] bool mayAskAgain() const;
    [[nodiscard]] ApiClient::Answer outcome();
    [[nodiscard]] ApiClient::Answer checked(int status, const QByteArray &contentType) const;

    ApiClient &m_client;
    ApiClient::Request m_request;
    QPointer<QObject> m_context;
    std::function<void(ApiClient::Answer)> m_done;
    QPointer<QNetworkReply> m_reply;
    QPointer<AnswerStream> m_stream; ///< instead of a reply, behind a proxy
    QByteArray m_body;
    QTimer m_deadline;
    bool m_askedAgain = false;
};

} // namespace Fairlead::Kube
