#pragma once

#include "tests/support/httpserver.h"

#include <QJsonObject>
#include <QMap>
#include <QSet>

#include <functional>
#include <memory>

namespace Fairlead::Test {

/// The objects of one namespace "ns" as an API server keeps them: GET, lists and watches with labelSelector (equality
/// only) and fieldSelector metadata.name, versions, 404s in an API server's words. Rights are taken away by verb.
/// A watch sees an object whose labels cease to match go (DELETED), as real ones do. All in the thread where it was
/// made.
class FakeNamespace
{
public:
    FakeNamespace();
    ~FakeNamespace();

    [[nodiscard]] QUrl url() const { return m_server->url(); }

    /// `collection` is "pods", "services", "deployments", ...; the object's name is in its metadata.
    void put(const QByteArray &collection, QJsonObject object);
    void remove(const QByteArray &collection, const QString &name);

    /// "get", "list" or "watch" of a collection answers 403.
    void forbid(const QByteArray &verb, const QByteArray &collection) { m_forbidden.insert(verb + ' ' + collection); }
    void allow(const QByteArray &verb, const QByteArray &collection) { m_forbidden.remove(verb + ' ' + collection); }

    /// All watches end as the server's own time limit ends them.
    void endWatches();
    /// All watches of the collection are told that their version is too old.
    void expireWatches(const QByteArray &collection);
    /// Nobody listens any more, connections break; until start() on the same port.
    void stop();
    void start();

    [[nodiscard]] int openWatches(const QByteArray &collection) const;
    /// How often "get", "list" or "watch" of the collection was asked for.
    [[nodiscard]] int requests(const QByteArray &verb, const QByteArray &collection) const
    {
        return m_counts.value(verb + ' ' + collection);
    }

    bool namespaceExists = true;
    /// Consulted first; true when it has answered, or will.
    std::function<bool(const HttpRequest &, HttpAnswerer)> fault;

private:
    struct Watch {
        QByteArray collection;
        QString labels;
        QString name;
        HttpAnswerer out;
        QSet<QString> seen; ///< names it knows of
    };

    void answer(const HttpRequest &request, HttpAnswerer out);
    void get(const QByteArray &collection, const QByteArray &name, HttpAnswerer out);
    void list(const QByteArray &collection, const HttpRequest &request, HttpAnswerer out);
    void watch(const QByteArray &collection, const HttpRequest &request, HttpAnswerer out);
    void notify(const QByteArray &collection, const QJsonObject &object, bool removed);
    static void send(Watch &watch, const QByteArray &type, const QJsonObject &object);

    QMap<QByteArray, QMap<QString, QJsonObject>> m_objects; ///< by collection and name
    QList<Watch> m_watches;
    QSet<QByteArray> m_forbidden;
    QMap<QByteArray, int> m_counts; ///< by "verb collection"
    int m_version = 100;
    quint16 m_port = 0;
    std::unique_ptr<HttpServer> m_server;
};

/// A Pod that runs and is ready, on a node.
[[nodiscard]] QJsonObject runningPod(const QString &name, const QJsonObject &labels, const QString &uid = {});

} // namespace Fairlead::Test
