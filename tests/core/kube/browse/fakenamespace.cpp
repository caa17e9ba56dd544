#include "tests/core/kube/browse/fakenamespace.h"

#include "tests/core/kube/fakecluster.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Test {

namespace {

QString nameOf(const QJsonObject &object)
{
    return object["metadata"_L1].toObject()["name"_L1].toString();
}

/// "a=b,c=d" only; what a test needs of the grammar.
bool hasLabels(const QJsonObject &object, const QString &selector)
{
    const QJsonObject labels = object["metadata"_L1].toObject()["labels"_L1].toObject();
    const QStringList wanted = selector.split(u',', Qt::SkipEmptyParts);
    return std::all_of(wanted.begin(), wanted.end(), [&](const QString &label) {
        return labels[label.section(u'=', 0, 0)].toString() == label.section(u'=', 1);
    });
}

bool matches(const QJsonObject &object, const QString &labels, const QString &name)
{
    return hasLabels(object, labels) && (name.isEmpty() || nameOf(object) == name);
}

QString nameSelector(const HttpRequest &request)
{
    const QString field = request.argument(u"fieldSelector"_s);
    return field.startsWith("metadata.name="_L1) ? field.mid(14) : QString();
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

void notFound(HttpAnswerer out, const QByteArray &collection, const QByteArray &name)
{
    out.respond(404, statusJson(404, "NotFound", collection + " \\\"" + name + "\\\" not found"));
}

} // namespace

FakeNamespace::FakeNamespace()
{
    start();
}

FakeNamespace::~FakeNamespace() = default;

void FakeNamespace::start()
{
    m_server = std::make_unique<HttpServer>(
        [this](const HttpRequest &request, HttpAnswerer out) { answer(request, out); }, std::nullopt, nullptr, m_port);
    m_port = m_server->port();
}

void FakeNamespace::stop()
{
    m_watches.clear();
    m_server.reset();
}

void FakeNamespace::put(const QByteArray &collection, QJsonObject object)
{
    QJsonObject metadata = object["metadata"_L1].toObject();
    metadata["resourceVersion"_L1] = QString::number(++m_version);
    metadata["namespace"_L1] = u"ns"_s;
    object["metadata"_L1] = metadata;
    m_objects[collection][nameOf(object)] = object;
    notify(collection, object, false);
}

void FakeNamespace::remove(const QByteArray &collection, const QString &name)
{
    ++m_version;
    const QJsonObject object = m_objects[collection].take(name);
    notify(collection, object, true);
}

void FakeNamespace::notify(const QByteArray &collection, const QJsonObject &object, bool removed)
{
    for (Watch &watch : m_watches) {
        if (watch.collection != collection)
            continue;
        const QString name = nameOf(object);
        const bool sees = !removed && matches(object, watch.labels, watch.name);
        const bool knew = watch.seen.contains(name);
        if (sees)
            send(watch, knew ? "MODIFIED" : "ADDED", object);
        else if (knew)
            send(watch, "DELETED", object);
        if (sees)
            watch.seen.insert(name);
        else
            watch.seen.remove(name);
    }
}

void FakeNamespace::send(Watch &watch, const QByteArray &type, const QJsonObject &object)
{
    watch.out.chunk("{\"type\":\"" + type + "\",\"object\":" + compact(object) + "}\n");
}

void FakeNamespace::endWatches()
{
    const QList<Watch> watches = std::exchange(m_watches, {});
    for (Watch watch : watches)
        watch.out.end();
}

void FakeNamespace::expireWatches(const QByteArray &collection)
{
    for (Watch &watch : m_watches) {
        if (watch.collection == collection)
            watch.out.chunk("{\"type\":\"ERROR\",\"object\":" + statusJson(410, "Expired", "too old resource version")
                            + "}\n");
    }
    m_watches.removeIf([&](const Watch &watch) { return watch.collection == collection; });
}

int FakeNamespace::openWatches(const QByteArray &collection) const
{
    return int(std::count_if(m_watches.begin(), m_watches.end(),
                             [&](const Watch &watch) { return watch.collection == collection && watch.out.isOpen(); }));
}

void FakeNamespace::answer(const HttpRequest &request, HttpAnswerer out)
{
    if (fault && fault(request, out))
        return;
    if (request.path == "/api/v1/namespaces/ns") {
        if (namespaceExists)
            out.respond(200, R"({"kind":"Namespace","metadata":{"name":"ns"}})");
        else
            notFound(out, "namespaces", "ns");
        return;
    }
    // .../namespaces/ns/COLLECTION[/NAME]
    const QByteArrayList parts = request.path.mid(request.path.indexOf("/namespaces/ns/") + 15).split('/');
    const QByteArray collection = parts.first();
    const bool isWatch = request.query.hasQueryItem(u"watch"_s);
    const QByteArray verb = parts.size() > 1 ? "get" : isWatch ? "watch" : "list";
    ++m_counts[verb + ' ' + collection];
    if (m_forbidden.contains(verb + ' ' + collection))
        out.respond(403, statusJson(403, "Forbidden", collection + " is forbidden: cannot " + verb));
    else if (verb == "get")
        get(collection, parts.at(1), out);
    else if (isWatch)
        watch(collection, request, out);
    else
        list(collection, request, out);
}

void FakeNamespace::get(const QByteArray &collection, const QByteArray &name, HttpAnswerer out)
{
    const QJsonObject object = m_objects.value(collection).value(QString::fromUtf8(name));
    if (object.isEmpty())
        notFound(out, collection, name);
    else
        out.respond(200, compact(object));
}

void FakeNamespace::list(const QByteArray &collection, const HttpRequest &request, HttpAnswerer out)
{
    QJsonArray items;
    const auto objects = m_objects.value(collection);
    for (QJsonObject object : objects) {
        if (!matches(object, request.argument(u"labelSelector"_s), nameSelector(request)))
            continue;
        object.remove("kind"_L1); // as API servers do in lists
        items.append(object);
    }
    out.respond(200,
                compact({{u"kind"_s, u"List"_s},
                         {u"metadata"_s, QJsonObject{{u"resourceVersion"_s, QString::number(m_version)}}},
                         {u"items"_s, items}}));
}

void FakeNamespace::watch(const QByteArray &collection, const HttpRequest &request, HttpAnswerer out)
{
    Watch watch{collection, request.argument(u"labelSelector"_s), nameSelector(request), out, {}};
    out.begin();
    const int since = request.argument(u"resourceVersion"_s).toInt();
    const auto objects = m_objects.value(collection);
    for (const QJsonObject &object : objects) {
        if (!matches(object, watch.labels, watch.name))
            continue;
        // What came between the list and the watch is told, as a real server does.
        if (object["metadata"_L1].toObject()["resourceVersion"_L1].toString().toInt() > since)
            send(watch, "ADDED", object);
        watch.seen.insert(nameOf(object));
    }
    m_watches.append(watch);
}

QJsonObject runningPod(const QString &name, const QJsonObject &labels, const QString &uid)
{
    const QJsonObject ready{{u"type"_s, u"Ready"_s}, {u"status"_s, u"True"_s}};
    return {{u"kind"_s, u"Pod"_s},
            {u"metadata"_s, QJsonObject{{u"name"_s, name}, {u"uid"_s, uid}, {u"labels"_s, labels}}},
            {u"spec"_s, QJsonObject{{u"nodeName"_s, u"n1"_s}}},
            {u"status"_s, QJsonObject{{u"phase"_s, u"Running"_s}, {u"conditions"_s, QJsonArray{ready}}}}};
}

} // namespace Fairlead::Test
