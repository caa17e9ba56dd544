#include "core/democluster/server/clusterserver.h"

#include "core/democluster/access/certificates.h"
#include "core/democluster/access/kubeconfigwriter.h"
#include "core/democluster/builtin/demoservices.h"
#include "core/democluster/server/httpconnection.h"
#include "core/democluster/state/podsfile.h"

#include <QCoreApplication>
#include <QSslKey>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

QSslConfiguration tlsConfiguration(const PemPair &server, const QByteArray &authority)
{
    QSslConfiguration tls;
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setLocalCertificate(QSslCertificate(server.certificate, QSsl::Pem));
    tls.setPrivateKey(QSslKey(server.key, QSsl::Ec, QSsl::Pem));
    tls.setCaCertificates(QSslCertificate::fromData(authority, QSsl::Pem));
    // A certificate is asked for, not demanded: token users have none.
    tls.setPeerVerifyMode(QSslSocket::QueryPeer);
    // A resumed session would carry no client certificate, and so no user.
    tls.setSslOption(QSsl::SslOptionDisableSessionTickets, true);
    tls.setSslOption(QSsl::SslOptionDisableSessionSharing, true);
    return tls;
}

QList<QHostAddress> certifiedAddresses(const QHostAddress &listening)
{
    QList<QHostAddress> addresses{QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6)};
    const bool wildcard = listening == QHostAddress(QHostAddress::AnyIPv4)
        || listening == QHostAddress(QHostAddress::AnyIPv6) || listening == QHostAddress(QHostAddress::Any);
    if (!wildcard && !addresses.contains(listening))
        addresses << listening;
    return addresses;
}

QString hostForUrl(const QHostAddress &address)
{
    if (address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::Any))
        return u"127.0.0.1"_s;
    if (address == QHostAddress(QHostAddress::AnyIPv6))
        return u"[::1]"_s;
    return address.protocol() == QAbstractSocket::IPv6Protocol ? u'[' + address.toString() + u']' : address.toString();
}

/// What signs and proves, made anew at each start.
struct Identity {
    QSslConfiguration tls;
    QByteArray authority; ///< PEM
    PemPair client; ///< of user demo
};

Result<Identity, QString> makeIdentity(const QHostAddress &listening)
{
    const auto authority = CertificateAuthority::create(u"fairlead-demo-ca"_s);
    if (!authority)
        return Failure{authority.error()};
    const auto server = authority->issueServer(certifiedAddresses(listening), {"localhost", "kubernetes.default.svc"});
    if (!server)
        return Failure{server.error()};
    const auto client = authority->issueClient("demo", {"demo:admins"});
    if (!client)
        return Failure{client.error()};
    const QByteArray pem = authority->certificatePem();
    return Identity{tlsConfiguration(*server, pem), pem, *client};
}

} // namespace

ClusterServer::ClusterServer(const Clock &clock, const LifePace &pace)
    : m_clock(clock)
    , m_pace(pace)
    , m_users(limitedNamespace())
{
}

ClusterServer::~ClusterServer()
{
    close();
}

QString ClusterServer::url() const
{
    return u"https://%1:%2"_s.arg(hostForUrl(serverAddress())).arg(serverPort());
}

Result<QString, QString> ClusterServer::start(const Options &options, const QString &kubeconfigPath)
{
    const Result<QList<Pod>, QString> declared = declaredPods(options);
    if (!declared)
        return Failure{declared.error()};
    const Result<Identity, QString> identity = makeIdentity(options.address);
    if (!identity)
        return Failure{identity.error()};
    m_tls = identity->tls;
    if (!listen(options.address, options.port)) {
        return Failure{QCoreApplication::translate("DemoCluster", "The demo cluster cannot listen on %1 port %2: %3")
                           .arg(options.address.toString())
                           .arg(options.port)
                           .arg(errorString())};
    }
    fillStore(*declared);
    m_oneSecondRule = options.oneSecondRule;
    m_router = std::make_unique<Router>(m_store, m_users, m_clock, url().section(u"//"_s, 1));
    const KubeconfigContent content{url(),
                                    identity->authority,
                                    identity->client,
                                    m_users.tokenOf(u"demo-token"_s),
                                    m_users.tokenOf(u"viewer"_s),
                                    m_users.viewerNamespace()};
    return writeKubeconfig(kubeconfigPath, kubeconfigText(content));
}

Result<QList<Pod>, QString> ClusterServer::declaredPods(const Options &options) const
{
    return options.podsFile.isEmpty() ? QList<Pod>() : readPodsFile(options.podsFile, m_clock.now());
}

/// A declared pod takes the place of a built-in one of its name.
void ClusterServer::fillStore(const QList<Pod> &declared)
{
    const QDateTime now = m_clock.now();
    for (const DemoNamespace &ns : demoNamespaces(now))
        m_store.addNamespace(ns.name, ns.created);
    const auto isDeclared = [&declared](const Pod &pod) {
        return std::any_of(declared.begin(), declared.end(), [&pod](const Pod &other) {
            return other.name == pod.name && other.nameSpace == pod.nameSpace;
        });
    };
    for (const BuiltinPod &pod : demoPods(now)) {
        if (!isDeclared(pod.pod))
            new PodLife(pod, m_store, m_programs, m_clock, m_pace, &m_sessions);
    }
    for (const Pod &pod : declared) {
        m_store.addNamespace(pod.nameSpace, now);
        m_store.putPod(pod);
    }
    for (const ServiceSpec &service : demoServices(now))
        m_store.putObject(makeService(service));
    QList<Pod> owned;
    m_store.pods().visit({}, {}, [&owned](const Pod &pod) { return owned << pod, true; });
    for (const ApiObject &owner : ownersOf(owned))
        m_store.putObject(owner);
}

void ClusterServer::incomingConnection(qintptr descriptor)
{
    auto socket = std::make_unique<QSslSocket>();
    if (!socket->setSocketDescriptor(descriptor))
        return;
    if (m_sessions.children().size() >= MaxConnections)
        return; // the socket closes with its owner
    socket->setSslConfiguration(m_tls);
    auto *connection = new HttpConnection(std::move(socket), *m_router, m_store, m_clock, &m_sessions);
    connect(connection, &HttpConnection::upgraded, this,
            [this, connection](const UpgradePlan &plan, const QByteArray &bytesBehind) {
                startSession(*connection, plan, bytesBehind);
            });
    connection->start();
}

void ClusterServer::startSession(HttpConnection &connection, const UpgradePlan &plan, const QByteArray &bytesBehind)
{
    std::unique_ptr<QSslSocket> socket = connection.takeSocket();
    const Pod *pod = m_store.findPod(plan.nameSpace, plan.pod);
    if (!pod)
        return; // cannot be: the router has just found it
    const NodeServices services{m_store, m_programs, m_clock, m_oneSecondRule};
    auto *session = new NodeSession(std::move(socket), *pod, services, &m_sessions);
    session->begin(bytesBehind);
}

} // namespace Fairlead::Demo
