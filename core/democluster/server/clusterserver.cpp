#include "core/democluster/server/clusterserver.h"

#include "core/democluster/access/certificates.h"
#include "core/democluster/access/kubeconfigwriter.h"
#include "core/democluster/node/nodesession.h"
#include "core/democluster/server/httpconnection.h"
#include "core/democluster/state/demopods.h"
#include "core/net/opensslexit.h"

#include <QCoreApplication>
#include <QSslKey>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

[[maybe_unused]] const bool opensslStays = Net::skipOpenSslCleanup();

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

ClusterServer::ClusterServer(ClusterWorld &world, const Clock &clock)
    : m_world(world)
    , m_clock(clock)
    , m_users(limitedNamespace())
{
    connect(&world.agent(), &NodeAgent::programsEnded, this, &ClusterServer::endConnectionsTo);
}

ClusterServer::~ClusterServer()
{
    takeDown();
}

QString ClusterServer::url() const
{
    return u"https://%1:%2"_s.arg(hostForUrl(m_address)).arg(m_port);
}

Result<QString, QString> ClusterServer::start(const Options &options, const QString &kubeconfigPath)
{
    const Result<Identity, QString> identity = makeIdentity(options.address);
    if (!identity)
        return Failure{identity.error()};
    m_tls = identity->tls;
    m_oneSecondRule = options.oneSecondRule;
    m_address = options.address;
    m_port = options.port;
    if (const auto listening = bringUp(); !listening)
        return listening;
    const QString address = url().section(u"//"_s, 1);
    m_router = std::make_unique<Router>(m_world.store(), m_world.editor(), m_users, m_clock, address, options.projects);
    setCarriers(options.carriers);
    const KubeconfigContent content{url(),
                                    identity->authority,
                                    identity->client,
                                    m_users.tokenOf(u"demo-token"_s),
                                    m_users.tokenOf(u"viewer"_s),
                                    m_users.viewerNamespace()};
    return writeKubeconfig(kubeconfigPath, kubeconfigText(content));
}

Result<QString, QString> ClusterServer::bringUp()
{
    if (!isListening() && !listen(m_address, m_port)) {
        return Failure{QCoreApplication::translate("DemoCluster", "The demo cluster cannot listen on %1 port %2: %3")
                           .arg(m_address.toString())
                           .arg(m_port)
                           .arg(errorString())};
    }
    m_port = serverPort();
    return url();
}

void ClusterServer::takeDown()
{
    close();
    m_held.clear();
    for (QObject *parent : {&m_connections, &m_channels}) {
        while (!parent->children().isEmpty())
            delete parent->children().first();
    }
}

void ClusterServer::setBlackHole(bool on)
{
    m_blackHole = on;
    for (HttpConnection *connection : children<HttpConnection>())
        connection->setBlackHole(on);
    for (NodeSession *session : children<NodeSession>())
        session->setBlackHole(on);
    if (on)
        return;
    for (FileDescriptor &held : std::exchange(m_held, {}))
        serve(held.release());
}

void ClusterServer::setCarriers(Carriers carriers)
{
    if (m_router)
        m_router->setCarriers(carriers);
}

int ClusterServer::disturbUpgraded(Disturbance disturbance)
{
    const QList<NodeSession *> sessions = children<NodeSession>();
    for (NodeSession *session : sessions)
        session->disturb(disturbance);
    return static_cast<int>(sessions.size());
}

Traffic ClusterServer::traffic() const
{
    Traffic now = m_traffic;
    now.openUpgraded = static_cast<int>(children<NodeSession>().size());
    return now;
}

template <typename T>
QList<T *> ClusterServer::children() const
{
    return m_connections.findChildren<T *>(QString(), Qt::FindDirectChildrenOnly);
}

void ClusterServer::endConnectionsTo(const QString &podUid)
{
    for (NodeSession *session : children<NodeSession>()) {
        if (session->pod().uid == podUid)
            session->programsEnded();
    }
}

void ClusterServer::incomingConnection(qintptr descriptor)
{
    ++m_traffic.connections;
    if (m_connections.children().size() + qsizetype(m_held.size()) >= MaxConnections)
        FileDescriptor closed(static_cast<int>(descriptor));
    else if (m_blackHole)
        m_held.emplace_back(static_cast<int>(descriptor)); // not even its first bytes are read
    else
        serve(descriptor);
}

void ClusterServer::serve(qintptr descriptor)
{
    auto socket = std::make_unique<QSslSocket>();
    if (!socket->setSocketDescriptor(descriptor))
        return;
    socket->setSslConfiguration(m_tls);
    auto *connection = new HttpConnection(std::move(socket), *m_router, m_world.store(), m_clock, &m_connections);
    connect(connection, &HttpConnection::requestRead, this, [this] { ++m_traffic.requests; });
    connect(connection, &HttpConnection::upgraded, this,
            [this, connection](const UpgradePlan &plan, const QByteArray &bytesBehind) {
                startSession(*connection, plan, bytesBehind);
            });
    connection->start();
}

void ClusterServer::startSession(HttpConnection &connection, const UpgradePlan &plan, const QByteArray &bytesBehind)
{
    std::unique_ptr<QSslSocket> socket = connection.takeSocket();
    const Pod *pod = m_world.store().findPod(plan.nameSpace, plan.pod);
    if (!pod)
        return; // cannot be: the router has just found it
    ++m_traffic.upgrades;
    m_traffic.webSockets += plan.webSocketKey.isEmpty() ? 0 : 1;
    m_traffic.nodeProxies += plan.throughNode ? 1 : 0;
    const NodeServices services{m_world.store(), m_world.programs(), m_clock, m_oneSecondRule};
    const auto carrier = plan.webSocketKey.isEmpty() ? NodeSession::Carrier::Plain : NodeSession::Carrier::WebSocket;
    auto *session = new NodeSession(std::move(socket), carrier, *pod, services, &m_channels, &m_connections);
    session->begin(bytesBehind);
}

} // namespace Fairlead::Demo
