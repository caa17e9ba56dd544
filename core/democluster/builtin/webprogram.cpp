#include "core/democluster/builtin/webprogram.h"

#include "core/democluster/builtin/webconnection.h"
#include "core/democluster/builtin/webpage.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

constexpr qint64 MaxDownload = Q_INT64_C(64) * 1024 * 1024 * 1024;

std::shared_ptr<WebCounters> startCounters()
{
    auto counters = std::make_shared<WebCounters>();
    counters->uptime.start();
    return counters;
}

QByteArray statsJson(const ProgramPlace &place, const WebCounters &counters)
{
    const QJsonObject stats{{u"pod"_s, place.pod},
                            {u"namespace"_s, place.nameSpace},
                            {u"uptimeSeconds"_s, counters.uptime.elapsed() / 1000},
                            {u"requests"_s, counters.requests},
                            {u"pageViews"_s, counters.pageViews},
                            {u"bytesSent"_s, counters.bytesSent},
                            {u"bytesReceived"_s, counters.bytesReceived},
                            {u"connections"_s, counters.connections},
                            {u"connectionsTotal"_s, counters.connectionsTotal}};
    return QJsonDocument(stats).toJson(QJsonDocument::Compact) + '\n';
}

WebAnswer answerDownload(const QByteArray &number)
{
    bool ok = false;
    const qint64 size = number.toLongLong(&ok);
    if (!ok || size < 0 || size > MaxDownload)
        return {400, "text/plain; charset=utf-8", "/bytes/N: N is a number of bytes, at most 64 GiB\n"};
    return {200, "application/octet-stream", {}, size};
}

WebAnswer answerUpload(const WebRequest &request)
{
    const QJsonObject result{{u"bytes"_s, request.bodySize}, {u"sha256"_s, QString::fromLatin1(request.bodySha256)}};
    return {200, "application/json", QJsonDocument(result).toJson(QJsonDocument::Compact) + '\n'};
}

WebAnswer answerWeb(const WebRequest &request, const ProgramPlace &place, WebCounters &counters)
{
    if (request.path == "/upload" && (request.method == "POST" || request.method == "PUT"))
        return answerUpload(request);
    if (request.method != "GET" && request.method != "HEAD")
        return {405, "text/plain; charset=utf-8", "only GET here; POST /upload takes anything\n"};
    if (request.path == "/") {
        ++counters.pageViews;
        return {200, "text/html; charset=utf-8", webPage(place)};
    }
    if (request.path == "/stats")
        return {200, "application/json", statsJson(place, counters)};
    if (request.path == "/healthz")
        return {200, "text/plain; charset=utf-8", "ok\n"};
    if (request.path.startsWith("/bytes/"))
        return answerDownload(request.path.mid(7));
    return {404, "text/plain; charset=utf-8", "not here; try / or /bytes/1000000\n"};
}

QByteArray metricsText(const ProgramPlace &place, const WebCounters &counters)
{
    const QByteArray labels = "{pod=\"" + place.pod.toUtf8() + "\",namespace=\"" + place.nameSpace.toUtf8() + "\"} ";
    const auto metric = [&labels](const QByteArray &name, const QByteArray &type, qint64 value) {
        return "# TYPE " + name + ' ' + type + '\n' + name + labels + QByteArray::number(value) + '\n';
    };
    return metric("demo_uptime_seconds", "counter", counters.uptime.elapsed() / 1000)
        + metric("demo_http_requests_total", "counter", counters.requests)
        + metric("demo_http_connections", "gauge", counters.connections)
        + metric("demo_http_sent_bytes_total", "counter", counters.bytesSent)
        + metric("demo_http_received_bytes_total", "counter", counters.bytesReceived);
}

} // namespace

WebProgram::WebProgram(ProgramPlace place)
    : m_place(std::move(place))
    , m_counters(startCounters())
{
}

QByteArray WebProgram::downloadPiece(qint64 index, qint64 size)
{
    constexpr int prime = 251; // not a power of two, so that a lost or doubled block shows
    constexpr int largest = 64 * 1024;
    static const QByteArray pattern = [] {
        QByteArray bytes(largest + prime, Qt::Uninitialized);
        for (int i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<char>(i % prime);
        return bytes;
    }();
    return pattern.mid(index % prime, qMin<qint64>(size, largest));
}

void WebProgram::serve(std::unique_ptr<PodChannel> connection)
{
    const auto handler = [place = m_place, counters = m_counters](const WebRequest &request) {
        return answerWeb(request, place, *counters);
    };
    new WebConnection(std::move(connection), m_counters, handler, this);
}

MetricsProgram::MetricsProgram(ProgramPlace place)
    : m_place(std::move(place))
    , m_counters(startCounters())
{
}

void MetricsProgram::serve(std::unique_ptr<PodChannel> connection)
{
    const auto handler = [place = m_place, counters = m_counters](const WebRequest &request) -> WebAnswer {
        if (request.path != "/metrics")
            return {404, "text/plain; charset=utf-8", "not here; try /metrics\n"};
        return {200, "text/plain; version=0.0.4; charset=utf-8", metricsText(place, *counters)};
    };
    new WebConnection(std::move(connection), m_counters, handler, this);
}

} // namespace Fairlead::Demo
