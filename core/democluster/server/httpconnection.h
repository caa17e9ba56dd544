#pragma once

#include "core/democluster/api/router.h"
#include "core/democluster/server/requestbody.h"
#include "core/protocol/http/headparser.h"

#include <QObject>
#include <QSslSocket>
#include <QTimer>

#include <memory>
#include <optional>

namespace Fairlead::Demo {

class WatchStream;

/// One client's TLS connection while it speaks HTTP/1.1: requests one after the other with keep-alive, answers, watches
/// as chunked streams. After an upgrade the socket is handed on and this object ends. Owns the socket; deletes itself
/// when the connection ends. Lives in the cluster's thread. Limits: a body of 1 MiB, 30 s for the TLS handshake and for
/// each request, 3 minutes of silence between requests. A watching client that leaves more than 1 MiB unread gets
/// nothing more until it has read.
class HttpConnection final : public QObject
{
    Q_OBJECT

public:
    HttpConnection(std::unique_ptr<QSslSocket> socket, const Router &router, const ObjectStore &store,
                   const Clock &clock, QObject *parent);
    ~HttpConnection() override;

    /// Begins the TLS handshake.
    void start();
    /// During upgraded(): the socket, without any connection to this object.
    [[nodiscard]] std::unique_ptr<QSslSocket> takeSocket();

    /// On: nothing is read, nothing is sent, until it is off again. (A TLS handshake that has begun is completed.)
    void setBlackHole(bool on);

signals:
    void requestRead();
    /// The 101 is in the socket's buffer. The receiver takes the socket with takeSocket() during this signal.
    void upgraded(const Fairlead::Demo::UpgradePlan &plan, const QByteArray &bytesBehind);

private:
    enum class Phase { Handshake, Head, Body, Watch, Closing, HandedOver };

    void onEncrypted();
    void onReadyRead();
    void process();
    bool processHead();
    bool processBody();
    void dispatch();
    void send(const Response &response, bool close);
    void fail(const ApiStatus &status);
    void startWatch(WatchPlan plan);
    void sendWatchLines(const QByteArray &text);
    void updateWatch();
    void endWatch();
    void upgrade(const UpgradePlan &plan);
    void waitFor(Phase phase);
    void close();
    void onTimeout();

    std::unique_ptr<QSslSocket> m_socket;
    const Router &m_router;
    const ObjectStore &m_store;
    const Clock &m_clock;
    Phase m_phase = Phase::Handshake;
    QByteArray m_pending;
    Http::RequestParser m_parser;
    Request m_request;
    std::optional<RequestBody> m_body;
    WatchStream *m_watch = nullptr;
    QTimer m_timer;
    bool m_blackHole = false;
};

} // namespace Fairlead::Demo
