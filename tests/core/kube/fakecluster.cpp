#include "tests/core/kube/fakecluster.h"

namespace Fairlead::Test {

namespace {

const QByteArray Columns =
    R"("columnDefinitions":[{"name":"Name"},{"name":"Ready"},{"name":"Status"},{"name":"Restarts"},{"name":"Age"}])";

bool isWatch(const HttpRequest &request)
{
    return request.query.hasQueryItem(QStringLiteral("watch"));
}

} // namespace

QByteArray statusJson(int code, const QByteArray &reason, const QByteArray &message)
{
    return "{\"kind\":\"Status\",\"status\":\"Failure\",\"reason\":\"" + reason + "\",\"message\":\"" + message
        + "\",\"code\":" + QByteArray::number(code) + "}";
}

FakeCluster::FakeCluster()
    : m_server([this](const HttpRequest &request, HttpAnswerer out) { answer(request, out); })
{
}

void FakeCluster::setPod(const QString &name, const QString &status)
{
    m_pods.insert(name, status);
    ++m_version;
}

void FakeCluster::change(const QByteArray &type, const QString &name, const QString &status)
{
    setPod(name, status);
    if (type == "DELETED")
        m_pods.remove(name);
    sendRaw(event(type, name, status));
}

QByteArray FakeCluster::entry(const QString &name, const QString &status) const
{
    const QByteArray metadata = "\"metadata\":{\"name\":\"" + name.toUtf8()
        + "\",\"namespace\":\"ns\",\"uid\":\"u\",\"resourceVersion\":\"" + QByteArray::number(m_version) + "\"}";
    if (!knowsTables)
        return "{\"kind\":\"Pod\"," + metadata + ",\"spec\":{\"containers\":[{}]},\"status\":{\"phase\":\""
            + status.toUtf8() + "\"}}";
    return "{\"cells\":[\"" + name.toUtf8() + "\",\"1/1\",\"" + status.toUtf8()
        + "\",\"0\",\"5m\"],\"object\":{\"kind\":\"PartialObjectMetadata\"," + metadata + "}}";
}

QByteArray FakeCluster::event(const QByteArray &type, const QString &name, const QString &status,
                              bool withColumns) const
{
    QByteArray object = entry(name, status);
    if (knowsTables)
        object = "{\"kind\":\"Table\"," + (withColumns ? Columns + ',' : QByteArray()) + "\"rows\":[" + object + "]}";
    return "{\"type\":\"" + type + "\",\"object\":" + object + "}\n";
}

void FakeCluster::sendRaw(const QByteArray &bytes)
{
    for (HttpAnswerer &watch : m_watches)
        watch.chunk(bytes);
}

void FakeCluster::endWatches()
{
    const QList<HttpAnswerer> watches = std::exchange(m_watches, {});
    for (HttpAnswerer watch : watches)
        watch.end();
}

void FakeCluster::answer(const HttpRequest &request, HttpAnswerer out)
{
    if (fault && fault(request, out))
        return;
    if (request.path.endsWith("/pods")) {
        if (isWatch(request))
            watch(out);
        else
            list(request, out);
    } else if (request.path == "/api/v1/namespaces") {
        if (isWatch(request))
            out.begin();
        else
            out.respond(200,
                        R"({"kind":"NamespaceList","metadata":{"resourceVersion":"7"},"items":[)"
                        R"({"metadata":{"name":"b"}},{"metadata":{"name":"a"},"status":{"phase":"Terminating"}}]})");
    } else {
        out.respond(404, statusJson(404, "NotFound", "not here"));
    }
}

void FakeCluster::list(const HttpRequest &request, HttpAnswerer out)
{
    const int start = request.argument(QStringLiteral("continue")).toInt();
    const int limit = honoursLimit ? request.argument(QStringLiteral("limit")).toInt() : int(m_pods.size());
    QByteArrayList entries;
    const QStringList names = m_pods.keys();
    const int end = qMin(start + limit, int(names.size()));
    for (int i = start; i < end; ++i)
        entries << entry(names[i], m_pods[names[i]]);
    QByteArray metadata = "\"resourceVersion\":\"" + QByteArray::number(m_version) + "\"";
    if (end < names.size())
        metadata += ",\"continue\":\"" + QByteArray::number(end)
            + "\",\"remainingItemCount\":" + QByteArray::number(names.size() - end);
    out.respond(200, listJson(entries, metadata));
}

QByteArray FakeCluster::listJson(const QByteArrayList &entries, const QByteArray &metadata) const
{
    const QByteArray head = knowsTables ? "\"kind\":\"Table\"," + Columns : QByteArray("\"kind\":\"PodList\"");
    const QByteArray key = knowsTables ? "rows" : "items";
    return "{" + head + ",\"metadata\":{" + metadata + "},\"" + key + "\":[" + entries.join(',') + "]}";
}

void FakeCluster::watch(HttpAnswerer out)
{
    out.begin();
    m_watches.append(out);
}

} // namespace Fairlead::Test
