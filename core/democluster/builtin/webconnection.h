#pragma once

#include "core/democluster/builtin/webprogram.h"
#include "core/democluster/server/requestbody.h"
#include "core/protocol/http/headparser.h"

#include <QCryptographicHash>

#include <functional>
#include <optional>

namespace Fairlead::Demo {

/// A complete answer of a built-in web server; a download is sent behind it without being held in memory.
struct WebAnswer {
    int status = 200;
    QByteArray contentType = "text/plain; charset=utf-8";
    QByteArray body;
    qint64 download = 0; ///< instead of `body`: so many bytes of the download pattern
};

/// What arrived of one request: its body is only counted and hashed, whatever its size.
struct WebRequest {
    QByteArray method;
    QByteArray path;
    qint64 bodySize = 0;
    QByteArray bodySha256; ///< hex
};

/// One connection of a built-in web server: parses requests, asks `handler`, writes answers with back-pressure.
/// Child of the program; deletes itself when the connection ends.
class WebConnection final : public QObject
{
    Q_OBJECT

public:
    using Handler = std::function<WebAnswer(const WebRequest &)>;

    WebConnection(std::unique_ptr<PodChannel> channel, std::shared_ptr<WebCounters> counters, Handler handler,
                  QObject *parent);
    ~WebConnection() override;

private:
    void onReceived(QByteArrayView bytes);
    void process();
    bool readHead();
    bool readBody();
    void answer();
    void badRequest();
    void write(const QByteArray &bytes);
    void continueDownload();
    void finishAnswer();
    void end();

    PodChannel *m_channel;
    std::shared_ptr<WebCounters> m_counters;
    Handler m_handler;
    QByteArray m_pending;
    Http::RequestParser m_parser;
    std::optional<Http::RequestHead> m_head;
    std::optional<RequestBody> m_body;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    qint64 m_bodySize = 0;
    qint64 m_downloadLeft = 0;
    qint64 m_downloadSent = 0;
    bool m_inputOver = false;
};

} // namespace Fairlead::Demo
