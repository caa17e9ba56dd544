#pragma once

#include "core/democluster/builtin/builtinprogram.h"

#include <QElapsedTimer>

namespace Fairlead::Demo {

/// What a web program has done since it started; the page shows it and the metrics port exports it.
struct WebCounters {
    QElapsedTimer uptime;
    qint64 requests = 0;
    qint64 pageViews = 0;
    qint64 bytesSent = 0;
    qint64 bytesReceived = 0;
    int connections = 0;
    int connectionsTotal = 0;
};

/// A small HTTP/1.1 server: `/` a page that counts live, `/stats` its numbers as JSON, `/bytes/N` N bytes to download,
/// `POST /upload` takes any body and answers with its size and SHA-256, `/healthz`.
class WebProgram final : public BuiltinProgram
{
    Q_OBJECT

public:
    explicit WebProgram(ProgramPlace place);
    void serve(std::unique_ptr<PodChannel> connection) override;

    /// `size` bytes (at most 64 KiB) of what /bytes/N sends, from byte `index` on: byte i is i mod 251, so that whoever
    /// downloads can check every one.
    [[nodiscard]] static QByteArray downloadPiece(qint64 index, qint64 size);

private:
    ProgramPlace m_place;
    std::shared_ptr<WebCounters> m_counters;
};

/// The metrics port beside it, in the text format of Prometheus.
class MetricsProgram final : public BuiltinProgram
{
    Q_OBJECT

public:
    explicit MetricsProgram(ProgramPlace place);
    void serve(std::unique_ptr<PodChannel> connection) override;

private:
    ProgramPlace m_place;
    std::shared_ptr<WebCounters> m_counters;
};

} // namespace Fairlead::Demo
