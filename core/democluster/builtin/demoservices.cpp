#include "core/democluster/builtin/demoservices.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

constexpr qint64 Day = 24 * 60 * 60;

Labels app(const QString &name)
{
    return {{u"app"_s, name}};
}

QList<ServiceSpec> showcase(const QDateTime &created)
{
    const QString ns = u"default"_s;
    return {
        {ns, u"kubernetes"_s, {}, {{u"https"_s, 443, u"6443"_s}}, false, {}, created},
        // 80 is not what the pod listens on, and the target is a name: clients must look it up in the pod
        {ns,
         u"web"_s,
         app(u"web"_s),
         {{u"http"_s, 80, u"http"_s}, {u"metrics"_s, 9090, u"metrics"_s}},
         false,
         {},
         created},
        {ns, u"echo"_s, app(u"echo"_s), {{{}, 7, u"7000"_s}}, false, {}, created},
        {ns, u"api"_s, app(u"api"_s), {{u"http"_s, 80, u"http"_s}}, false, {}, created},
        // headless: the port goes to the pod as it is, whatever targetPort says
        {ns, u"db"_s, app(u"db"_s), {{u"sql"_s, 5432, u"sql"_s}}, true, {}, created},
        {ns, u"legacy"_s, app(u"legacy"_s), {{u"http"_s, 80, u"8080"_s}}, false, {}, created},
        {ns, u"nobody"_s, app(u"nobody"_s), {{u"http"_s, 80, u"http"_s}}, false, {}, created},
        {ns, u"elsewhere"_s, {}, {}, false, u"elsewhere.example"_s, created},
    };
}

QList<ServiceSpec> others(const QDateTime &created)
{
    return {
        {u"shop"_s, u"frontend"_s, app(u"frontend"_s), {{u"http"_s, 80, u"http"_s}}, false, {}, created},
        {u"shop"_s, u"cart"_s, app(u"cart"_s), {{u"http"_s, 8080, u"http"_s}}, true, {}, created},
        {u"shop"_s, u"payment"_s, app(u"payment"_s), {{u"https"_s, 443, u"https"_s}}, false, {}, created},
        {u"monitoring"_s, u"prometheus"_s, app(u"prometheus"_s), {{u"web"_s, 9090, u"web"_s}}, true, {}, created},
        {u"monitoring"_s, u"grafana"_s, app(u"grafana"_s), {{u"http"_s, 3000, u"http"_s}}, false, {}, created},
        {u"kube-system"_s,
         u"kube-dns"_s,
         app(u"coredns"_s),
         {{u"dns"_s, 53, u"dns"_s, u"UDP"_s}, {u"dns-tcp"_s, 53, u"dns-tcp"_s}, {u"metrics"_s, 9153, u"metrics"_s}},
         false,
         {},
         created},
    };
}

} // namespace

QList<ServiceSpec> demoServices(const QDateTime &now)
{
    return showcase(now.addSecs(-3 * Day)) + others(now.addSecs(-18 * Day));
}

} // namespace Fairlead::Demo
