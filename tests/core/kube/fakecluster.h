#pragma once

#include "tests/support/httpserver.h"

#include <QMap>

namespace Fairlead::Test {

/// The list and watch side of an API server, for pods of all namespaces and namespaces: pages, versions, Tables.
/// Faults are set by the test; everything happens in the thread where it was made.
class FakeCluster
{
public:
    FakeCluster();

    [[nodiscard]] QUrl url() const { return m_server.url(); }
    [[nodiscard]] const HttpServer &server() const { return m_server; }

    /// Quietly, for the next list.
    void setPod(const QString &name, const QString &status);
    void clearPods() { m_pods.clear(); }
    /// Also as an event on all open watches of pods.
    void change(const QByteArray &type, const QString &name, const QString &status);
    [[nodiscard]] QByteArray event(const QByteArray &type, const QString &name, const QString &status,
                                   bool withColumns = false) const;
    /// Bytes on all open watches of pods.
    void sendRaw(const QByteArray &bytes);
    void endWatches();
    [[nodiscard]] int openWatches() const { return int(m_watches.size()); }
    [[nodiscard]] QString version() const { return QString::number(m_version); }

    /// Consulted first; true when it has answered.
    std::function<bool(const HttpRequest &, HttpAnswerer)> fault;
    bool knowsTables = true;
    bool honoursLimit = true;

private:
    void answer(const HttpRequest &request, HttpAnswerer out);
    void list(const HttpRequest &request, HttpAnswerer out);
    void watch(HttpAnswerer out);
    [[nodiscard]] QByteArray entry(const QString &name, const QString &status) const;
    [[nodiscard]] QByteArray listJson(const QByteArrayList &entries, const QByteArray &metadata) const;

    QMap<QString, QString> m_pods;
    QList<HttpAnswerer> m_watches;
    int m_version = 100;
    HttpServer m_server;
};

/// A Status as API servers send it.
[[nodiscard]] QByteArray statusJson(int code, const QByteArray &reason, const QByteArray &message);

} // namespace Fairlead::Test
