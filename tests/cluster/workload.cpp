#include "tests/cluster/workload.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace Fairlead;
using namespace Qt::StringLiterals;

namespace {

constexpr int PodPort = 8080; // above 1024: OKD runs pods as nobody in particular
constexpr int AnswerMs = 60'000;

QJsonObject labels(const QString &name)
{
    return {{u"app"_s, name}};
}

} // namespace

QJsonObject deploymentObject(const QString &name, const QString &image)
{
    // What the "restricted" pod security standard asks for.
    const QJsonObject safe{{u"allowPrivilegeEscalation"_s, false},
                           {u"capabilities"_s, QJsonObject{{u"drop"_s, QJsonArray{u"ALL"_s}}}}};
    const QJsonObject container{
        {u"name"_s, u"server"_s},
        {u"image"_s, image},
        {u"args"_s, QJsonArray{u"netexec"_s, u"--http-port=%1"_s.arg(PodPort)}},
        {u"ports"_s, QJsonArray{QJsonObject{{u"name"_s, u"http"_s}, {u"containerPort"_s, PodPort}}}},
        {u"readinessProbe"_s, QJsonObject{{u"tcpSocket"_s, QJsonObject{{u"port"_s, u"http"_s}}}}},
        {u"securityContext"_s, safe}};
    const QJsonObject pod{
        {u"terminationGracePeriodSeconds"_s, 1},
        {u"automountServiceAccountToken"_s, false},
        {u"securityContext"_s, QJsonObject{{u"seccompProfile"_s, QJsonObject{{u"type"_s, u"RuntimeDefault"_s}}}}},
        {u"containers"_s, QJsonArray{container}}};
    return {{u"apiVersion"_s, u"apps/v1"_s},
            {u"kind"_s, u"Deployment"_s},
            {u"metadata"_s, QJsonObject{{u"name"_s, name}, {u"labels"_s, labels(name)}}},
            {u"spec"_s,
             QJsonObject{{u"replicas"_s, 2},
                         {u"selector"_s, QJsonObject{{u"matchLabels"_s, labels(name)}}},
                         {u"template"_s,
                          QJsonObject{{u"metadata"_s, QJsonObject{{u"labels"_s, labels(name)}}}, {u"spec"_s, pod}}}}}};
}

QJsonObject serviceObject(const QString &name)
{
    const QJsonObject port{{u"name"_s, u"http"_s}, {u"port"_s, 80}, {u"targetPort"_s, u"http"_s}};
    return {{u"apiVersion"_s, u"v1"_s},
            {u"kind"_s, u"Service"_s},
            {u"metadata"_s, QJsonObject{{u"name"_s, name}, {u"labels"_s, labels(name)}}},
            {u"spec"_s, QJsonObject{{u"selector"_s, labels(name)}, {u"ports"_s, QJsonArray{port}}}}};
}

Workload::Workload(const Kube::ConnectionConfig &config, ClusterSettings settings)
    : m_client(config)
    , m_settings(std::move(settings))
    , m_namespace(config.namespaceName)
{
}

Workload::~Workload()
{
    if (m_name.isEmpty())
        return;
    const QStringList namespaced{u"namespaces"_s, m_namespace};
    const QStringList paths[] = {QStringList{u"apis"_s, u"apps"_s, u"v1"_s} + namespaced
                                     + QStringList{u"deployments"_s, m_name},
                                 QStringList{u"api"_s, u"v1"_s} + namespaced + QStringList{u"services"_s, m_name}};
    for (const QStringList &path : paths) {
        if (const QString why = send("DELETE", path, {{u"propagationPolicy"_s, u"Background"_s}}); !why.isEmpty())
            qWarning("%s is left behind: %s", qPrintable(path.join(u'/')), qPrintable(why));
    }
}

QString Workload::make()
{
    m_name = u"fairlead-e2e-%1"_s.arg(QRandomGenerator::global()->generate(), 8, 16, QLatin1Char('0'));
    QString why = send("POST", {u"apis"_s, u"apps"_s, u"v1"_s, u"namespaces"_s, m_namespace, u"deployments"_s},
                       deploymentObject(m_name, m_settings.image));
    if (why.isEmpty())
        why = send("POST", {u"api"_s, u"v1"_s, u"namespaces"_s, m_namespace, u"services"_s}, serviceObject(m_name));
    m_settings.target = u"deployment/"_s + m_name;
    m_settings.mayDeletePods = true;
    return why;
}

QString Workload::deletePod(const QString &name)
{
    return send("DELETE", {u"api"_s, u"v1"_s, u"namespaces"_s, m_namespace, u"pods"_s, name}, {});
}

QString Workload::send(const QByteArray &verb, const QStringList &path, const QJsonObject &body)
{
    std::optional<Kube::ApiClient::Answer> answer;
    Kube::ApiClient::Request request;
    request.verb = verb;
    request.path = Kube::apiPath(m_client.config(), path);
    if (!body.isEmpty())
        request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    m_client.send(request, nullptr, [&answer](const Kube::ApiClient::Answer &got) { answer = got; });
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, AnswerMs))
        return u"the server did not answer"_s;
    return *answer ? QString() : answer->error().message + u' ' + answer->error().detail;
}
