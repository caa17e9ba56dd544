#pragma once

#include "core/protocol/http/headparser.h"
#include "core/protocol/portforward/pairassembler.h"
#include "core/protocol/spdy/session.h"
#include "core/protocol/websocket/bytepipe.h"
#include "tests/support/faultserver.h"

#include <QObject>
#include <QSslSocket>

#include <map>

class QTimer;

namespace Fairlead::Test {

/// One connection to the fault server, on its thread: HTTP first, SPDY after the upgrade.
class FaultConnection final : public QObject
{
    Q_OBJECT

public:
    FaultConnection(FaultServer &server, const ServerScript &script, qintptr descriptor, const QSslConfiguration &tls,
                    QObject *parent);
    ~FaultConnection() override;

    void kill(FaultServer::Kill kind);
    void blackHoleChanged();

private:
    struct Pair {
        quint32 error = 0;
        quint32 data = 0;
        PairScript script = PairScript::Echo;
        quint16 port = 0;
        qint64 sourceSize = 0;
        qint64 sourceAt = 0;
        bool clientEnded = false;
        bool over = false;
    };

    void onReadyRead();
    void onRequest(const Http::RequestHead &head);
    void answerPod();
    void answerVersion();
    void answerUpgrade(const Http::RequestHead &head);
    void answer(int status, const QByteArray &type, const QByteArray &body);
    void answerStatus(int status, const QByteArray &reason, const QByteArray &message);
    [[nodiscard]] QByteArray acceptance(const Http::RequestHead &head) const;
    void becomeSpdy(const Http::RequestHead &head, const QByteArray &rest);
    void receive(QByteArray bytes);
    void takePayload(QByteArrayView bytes);
    /// What the session has to say, in whatever carries it.
    void sendOutput();
    void handle(const Spdy::Event &event);
    void openStream(const Spdy::StreamOpened &stream);
    void startPair(const PortForward::PairAssembler::Pair &streams);
    void onData(const Spdy::DataReceived &data);
    void onClientEnd(Pair &pair);
    void pump();
    void endSource(Pair &pair);
    void endOrderly(Pair &pair);
    void flush();
    [[nodiscard]] qint64 unsent() const;
    void noteAcknowledged();
    [[nodiscard]] Pair *pairOf(quint32 stream);

    FaultServer &m_server;
    ServerScript m_script;
    QSslSocket *m_socket;
    QTimer *m_poll;
    Http::RequestParser m_parser;
    Spdy::Session m_session;
    std::optional<WebSocket::BytePipe> m_pipe;
    PortForward::PairAssembler m_assembler;
    std::map<quint32, Pair> m_pairs; ///< by data stream
    bool m_upgraded = false;
    bool m_reading = true;
};

} // namespace Fairlead::Test
