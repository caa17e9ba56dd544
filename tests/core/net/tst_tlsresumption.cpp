#include "core/net/descriptor.h"
#include "core/net/socketcalls.h"
#include "core/net/tlscontextcache.h"
#include "core/net/tlsstream.h"
#include "tests/support/tlsserverconfig.h"

#include <QTcpServer>
#include <QTest>

#include <memory>
#include <mutex>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Fairlead::Net;
using namespace Fairlead::Test;

namespace {

struct CertificateFree {
    void operator()(X509 *certificate) const { X509_free(certificate); }
};
struct KeyFree {
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
};
struct BioFree {
    void operator()(BIO *bio) const { BIO_free_all(bio); }
};

std::unique_ptr<X509, CertificateFree> certificateOf(const Identity &identity)
{
    const QByteArray pem = identity.certificatePem();
    const std::unique_ptr<BIO, BioFree> bio(BIO_new_mem_buf(pem.constData(), int(pem.size())));
    return std::unique_ptr<X509, CertificateFree>(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

/// An OpenSSL server with one context for all its connections, as real servers have (QSslServer makes a context, and
/// with it ticket keys, for each connection). It says one byte to each client, which brings the tickets along.
class TicketServer
{
public:
    TicketServer(const Identity &identity, const Identity *clients, int protocol)
        : m_context(SSL_CTX_new(TLS_server_method()))
    {
        SSL_CTX_set_min_proto_version(m_context, protocol);
        SSL_CTX_set_max_proto_version(m_context, protocol);
        SSL_CTX_use_certificate(m_context, certificateOf(identity).get());
        const QByteArray pem = identity.keyPem();
        const std::unique_ptr<BIO, BioFree> bio(BIO_new_mem_buf(pem.constData(), int(pem.size())));
        const std::unique_ptr<EVP_PKEY, KeyFree> key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
        SSL_CTX_use_PrivateKey(m_context, key.get());
        SSL_CTX_set_session_id_context(m_context, reinterpret_cast<const unsigned char *>("test"), 4);
        if (clients) {
            X509_STORE_add_cert(SSL_CTX_get_cert_store(m_context), certificateOf(*clients).get());
            SSL_CTX_set_verify(m_context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
        }
        if (!m_listener.listen(QHostAddress::LocalHost))
            qFatal("the server cannot listen");
        m_listener.pauseAccepting(); // the thread below does
        m_thread = std::thread([this] { serve(); });
    }
    ~TicketServer()
    {
        ::shutdown(int(m_listener.socketDescriptor()), SHUT_RDWR);
        m_thread.join();
        SSL_CTX_free(m_context);
    }
    TicketServer(const TicketServer &) = delete;
    TicketServer &operator=(const TicketServer &) = delete;

    [[nodiscard]] quint16 port() const { return m_listener.serverPort(); }
    [[nodiscard]] QStringList clientCertificates() const
    {
        const std::lock_guard lock(m_mutex);
        return m_clientCertificates;
    }

private:
    void serve()
    {
        pollfd listener{int(m_listener.socketDescriptor()), POLLIN, 0};
        for (;;) {
            ::poll(&listener, 1, -1); // Qt made the descriptor non-blocking
            const int fd = ::accept(listener.fd, nullptr, nullptr);
            if (fd < 0)
                return;
            serveOne(fd);
            ::close(fd);
        }
    }
    void serveOne(int fd)
    {
        SSL *connection = SSL_new(m_context);
        SSL_set_fd(connection, fd);
        if (SSL_accept(connection) == 1) {
            noteClient(SSL_get0_peer_certificate(connection));
            SSL_write(connection, "x", 1);
            char rest = 0;
            SSL_read(connection, &rest, 1); // until the client has gone
        }
        SSL_free(connection);
    }
    void noteClient(X509 *certificate)
    {
        char name[64] = "";
        if (certificate)
            X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof name);
        const std::lock_guard lock(m_mutex);
        m_clientCertificates.append(QString::fromLatin1(name));
    }

    SSL_CTX *m_context;
    QTcpServer m_listener;
    std::thread m_thread;
    mutable std::mutex m_mutex;
    QStringList m_clientCertificates;
};

/// One connection up to its first byte.
struct Meeting {
    bool gotByte = false;
    bool resumed = false;
    QString error;
};

Meeting meet(quint16 port, const std::shared_ptr<TlsContext> &context)
{
    const Descriptor socket(::socket(AF_INET, SOCK_STREAM, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        return {};
    makeNonBlocking(socket.get());
    TlsStream stream(socket.get(), context);
    Meeting meeting;
    IoResult result;
    (void)QTest::qWaitFor([&] { return (result = stream.handshake()).kind != IoResult::Kind::WouldBlock; }, 10'000);
    meeting.error = result.error;
    if (result.kind != IoResult::Kind::Moved)
        return meeting;
    meeting.resumed = stream.wasResumed();
    char byte = 0;
    (void)QTest::qWaitFor([&] { return (result = stream.read(&byte, 1)).kind != IoResult::Kind::WouldBlock; }, 10'000);
    meeting.gotByte = result.kind == IoResult::Kind::Moved && byte == 'x';
    meeting.error = result.error;
    return meeting;
}

} // namespace

/// The next connection to a server that knows us costs no certificates.
class TestTlsResumption : public QObject
{
    Q_OBJECT

private slots:
    void secondConnectionIsResumed_data()
    {
        QTest::addColumn<int>("protocol");
        QTest::addColumn<bool>("clientCertificate");
        QTest::addRow("TLS 1.3") << TLS1_3_VERSION << false;
        QTest::addRow("TLS 1.2") << TLS1_2_VERSION << false;
        QTest::addRow("TLS 1.3 with a client certificate") << TLS1_3_VERSION << true;
        QTest::addRow("TLS 1.2 with a client certificate") << TLS1_2_VERSION << true;
    }

    void secondConnectionIsResumed()
    {
        QFETCH(const int, protocol);
        QFETCH(const bool, clientCertificate);
        const TicketServer server(m_server, clientCertificate ? &m_authority : nullptr, protocol);
        const auto context = contextWith(clientCertificate ? &m_client : nullptr);

        const Meeting first = meet(server.port(), context);
        QVERIFY2(first.gotByte, qPrintable(first.error));
        QVERIFY(!first.resumed);
        for (int i = 0; i < 3; ++i) { // each brings tickets for the next
            const Meeting next = meet(server.port(), context);
            QVERIFY2(next.gotByte, qPrintable(next.error));
            QVERIFY(next.resumed);
        }
        if (clientCertificate) // a resumed session is still that client's
            QCOMPARE(server.clientCertificates(), QStringList(4, u"dev"_s));
    }

    void ticketsOfTls13AreUsedOnce()
    {
        const auto context = contextWith(nullptr);
        {
            const TicketServer server(m_server, nullptr, TLS1_3_VERSION);
            QVERIFY(meet(server.port(), context).gotByte);
        }
        // OpenSSL's server gave two tickets. Who takes one takes it away.
        int offered = 0;
        for (int i = 0; i < 4; ++i) {
            SSL *connection = context->newConnection();
            offered += SSL_get_session(connection) != nullptr;
            SSL_free(connection);
        }
        QCOMPARE(offered, 2);
    }

    void contextsAreSharedByEqualMaterialOnly()
    {
        TlsContextCache cache;
        const TlsMaterial material = materialWith(&m_client);
        const auto first = cache.get(material, u"127.0.0.1"_s);
        QVERIFY(first);
        QCOMPARE(cache.get(material, u"127.0.0.1"_s).value(), *first);
        QVERIFY(cache.get(material, u"localhost"_s).value() != *first);
        TlsMaterial renewed = material;
        const Identity other(clientWish(), m_authority);
        renewed.clientCertificatePem = other.certificatePem();
        renewed.clientKeyPem = other.keyPem(KeyForm::Pkcs8);
        QVERIFY(cache.get(renewed, u"127.0.0.1"_s).value() != *first);
        TlsMaterial broken = material;
        broken.clientKeyPem = "no key";
        QVERIFY(!cache.get(broken, u"127.0.0.1"_s));
        QCOMPARE(cache.get(material, u"127.0.0.1"_s).value(), *first); // others push nobody out
    }

    void renewedCertificateIsShownToTheServer()
    {
        const TicketServer server(m_server, &m_authority, TLS1_3_VERSION);
        TlsContextCache cache;
        QVERIFY(meet(server.port(), cache.get(materialWith(&m_client), u"127.0.0.1"_s).value()).gotByte);
        CertificateWish wish = clientWish();
        wish.commonName = u"renewed"_s;
        const Identity other(wish, m_authority);
        const Meeting second = meet(server.port(), cache.get(materialWith(&other), u"127.0.0.1"_s).value());
        QVERIFY(second.gotByte && !second.resumed);
        QCOMPARE(server.clientCertificates(), (QStringList{u"dev"_s, u"renewed"_s}));
    }

    void contextsThatNobodyUsesAreForgotten()
    {
        TlsContextCache cache;
        std::weak_ptr<TlsContext> first = cache.get(materialWith(nullptr), u"host"_s).value();
        for (std::size_t i = 0; i < TlsContextCache::Kept; ++i)
            QVERIFY(cache.get(materialWith(nullptr), u"host%1"_s.arg(i)));
        QVERIFY(first.expired());
    }

private:
    static CertificateWish clientWish()
    {
        CertificateWish wish;
        wish.commonName = u"dev"_s;
        return wish;
    }
    [[nodiscard]] TlsMaterial materialWith(const Identity *client) const
    {
        TlsMaterial material;
        material.caPem = m_authority.certificatePem();
        if (client) {
            material.clientCertificatePem = client->certificatePem();
            material.clientKeyPem = client->keyPem(KeyForm::Pkcs8);
        }
        return material;
    }
    [[nodiscard]] std::shared_ptr<TlsContext> contextWith(const Identity *client) const
    {
        return TlsContext::create(materialWith(client), u"127.0.0.1"_s).value();
    }

    const Identity m_authority = makeAuthority();
    const Identity m_server{serverWish(), m_authority};
    const Identity m_client{clientWish(), m_authority};
};

QTEST_GUILESS_MAIN(TestTlsResumption)
#include "tst_tlsresumption.moc"
