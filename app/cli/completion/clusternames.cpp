#include "app/cli/completion/clusternames.h"

#include "core/kube/api/apiclient.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

constexpr int PatienceMs = 1'500; // longer feels like a shell that hangs
constexpr auto MostNames = "500"_L1; // more nobody reads in a terminal

/// The names of several lists, asked for at once; a list that does not come in time is empty.
class Lists
{
public:
    explicit Lists(const Kube::ConnectionConfig &config)
        : m_client(config)
    {
    }

    /// Of the list at `path`; they come in front of them `prefix`.
    void ask(const QByteArray &path, const QString &prefix, const QString &fieldSelector = {})
    {
        QUrlQuery query;
        query.addQueryItem(u"limit"_s, MostNames);
        if (!fieldSelector.isEmpty())
            query.addQueryItem(u"fieldSelector"_s, fieldSelector);
        const qsizetype index = m_names.size();
        m_names << QStringList();
        ++m_open;
        m_client.send({.path = path, .query = query, .timeoutMs = PatienceMs}, nullptr,
                      [this, index, prefix](const Kube::ApiClient::Answer &answer) {
                          if (answer)
                              m_names[index] = namesIn(*answer, prefix);
                          if (--m_open == 0)
                              m_loop.quit();
                      });
    }

    [[nodiscard]] QStringList wait()
    {
        if (!m_client.refusal()) {
            QTimer::singleShot(PatienceMs, &m_loop, &QEventLoop::quit);
            m_loop.exec();
        }
        QStringList all;
        for (const QStringList &names : std::as_const(m_names))
            all += names;
        return all;
    }

private:
    [[nodiscard]] static QStringList namesIn(const QByteArray &answer, const QString &prefix)
    {
        QStringList names;
        const QJsonArray items = QJsonDocument::fromJson(answer)[u"items"_s].toArray();
        for (const auto &item : items)
            names << prefix + item[u"metadata"_s][u"name"_s].toString();
        return names;
    }

    QList<QStringList> m_names;
    int m_open = 0;
    QEventLoop m_loop;
    Kube::ApiClient m_client; ///< last: its end calls nobody
};

bool mayAsk(const Kube::ConnectionConfig &config)
{
    return !config.exec && !config.authProvider;
}

} // namespace

QStringList namespaceNames(const Kube::ConnectionConfig &config)
{
    if (!mayAsk(config))
        return {};
    Lists lists(config);
    lists.ask(Kube::apiPath(config, {u"api"_s, u"v1"_s, u"namespaces"_s}), {});
    return lists.wait();
}

QStringList targetNames(const Kube::ConnectionConfig &config)
{
    if (!mayAsk(config))
        return {};
    Lists lists(config);
    const QStringList place{u"api"_s, u"v1"_s, u"namespaces"_s, config.namespaceName};
    lists.ask(Kube::apiPath(config, place + QStringList{u"pods"_s}), {},
              u"status.phase!=Succeeded,status.phase!=Failed"_s);
    lists.ask(Kube::apiPath(config, place + QStringList{u"services"_s}), u"svc/"_s);
    return lists.wait();
}

} // namespace Fairlead::App
