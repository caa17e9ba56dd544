#pragma once

#include "core/kube/api/apiclient.h"

#include <QPointer>
#include <QTimer>

namespace Fairlead::Kube {

/// One request of ApiClient::send() until its answer was handed over: signs in, reads, counts, watches the clock,
/// asks again once. Behind a proxy it goes over an AnswerStream, so that there is one way through proxies with one set
/// of words; also with fields that QNetworkAccessManager cannot send.
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
    void signIn();
    void signInAgain();
    void ask();
    void askByStream();
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
    QPointer<AnswerStream> m_stream; ///< instead of a reply
    quint64 m_credential = 0; ///< number of the one that was sent
    QByteArray m_body;
    QTimer m_deadline;
    bool m_askedAgain = false;
    bool m_signedInAgain = false;
};

} // namespace Fairlead::Kube
