#include "core/net/tlscontext.h"

#include "core/net/opensslerror.h"
#include "core/net/opensslexit.h"
#include "core/net/peercheck.h"

#include <QHostAddress>
#include <QUrl>

#include <ctime>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace Fairlead::Net {

namespace {

[[maybe_unused]] const bool opensslStays = skipOpenSslCleanup();

struct BioDeleter {
    void operator()(BIO *bio) const { BIO_free_all(bio); }
};
struct CertificateDeleter {
    void operator()(X509 *certificate) const { X509_free(certificate); }
};
struct KeyDeleter {
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
};
using BioPointer = std::unique_ptr<BIO, BioDeleter>;
using CertificatePointer = std::unique_ptr<X509, CertificateDeleter>;
using KeyPointer = std::unique_ptr<EVP_PKEY, KeyDeleter>;

BioPointer openText(const QByteArray &text)
{
    return BioPointer(BIO_new_mem_buf(text.constData(), int(text.size())));
}

// A key with a password cannot be used: without this OpenSSL would ask for one on the terminal.
int noPassword(char *, int, int, void *)
{
    return 0;
}

CertificatePointer nextCertificate(BIO *bio)
{
    return CertificatePointer(PEM_read_bio_X509_AUX(bio, nullptr, noPassword, nullptr));
}

// A burst of set-ups takes one each; more than a few are old before they are used.
constexpr std::size_t TicketsKept = 16;

/// An old one would only cost the server a look, but it would be taken instead of a good one.
bool isFresh(const SSL_SESSION *ticket)
{
    const auto age = long(std::time(nullptr)) - SSL_SESSION_get_time(ticket);
    return SSL_SESSION_is_resumable(ticket) == 1 && age < SSL_SESSION_get_timeout(ticket);
}

bool isSingleUse(const SSL_SESSION *ticket)
{
    return SSL_SESSION_get_protocol_version(ticket) >= TLS1_3_VERSION;
}

} // namespace

Result<std::shared_ptr<TlsContext>, QString> TlsContext::create(const TlsMaterial &material, const QString &host)
{
    std::shared_ptr<TlsContext> context(new TlsContext);
    const QString name = material.serverName.isEmpty() ? host : material.serverName;
    context->m_nameIsAddress = !QHostAddress(name).isNull();
    context->m_name = context->m_nameIsAddress ? name.toLatin1() : QUrl::toAce(name);
    context->m_verify = !material.insecure;
    if (const QString error = context->load(material); !error.isEmpty())
        return Failure{error};
    return context;
}

TlsContext::~TlsContext()
{
    for (SSL_SESSION *ticket : m_tickets)
        SSL_SESSION_free(ticket);
    SSL_CTX_free(m_context);
}

QString TlsContext::load(const TlsMaterial &material)
{
    m_context = SSL_CTX_new(TLS_client_method());
    if (!m_context)
        return takeOpenSslError();
    SSL_CTX_set_min_proto_version(m_context, TLS1_2_VERSION);
    // Load balancers close without close_notify; SPDY has its own end of stream, so nothing can be cut unnoticed.
    SSL_CTX_set_options(m_context, SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(m_context,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    static constexpr unsigned char http11[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    SSL_CTX_set_alpn_protos(m_context, http11, sizeof http11);
    rememberTickets();
    if (QString error = loadRoots(material); !error.isEmpty())
        return error;
    return loadClientCertificate(material);
}

QString TlsContext::loadRoots(const TlsMaterial &material)
{
    if (!m_verify) {
        SSL_CTX_set_verify(m_context, SSL_VERIFY_NONE, nullptr);
        return {};
    }
    SSL_CTX_set_verify(m_context, SSL_VERIFY_PEER, nullptr);
    X509_STORE *store = SSL_CTX_get_cert_store(m_context);
    X509_VERIFY_PARAM_set_flags(X509_STORE_get0_param(store), X509_V_FLAG_PARTIAL_CHAIN);
    SSL_CTX_set_cert_verify_callback(m_context, &verifyPeer, nullptr);
    if ((material.caPem.isEmpty() || material.withSystemRoots) && SSL_CTX_set_default_verify_paths(m_context) != 1)
        return takeOpenSslError();
    if (material.caPem.isEmpty())
        return {};
    const BioPointer bio = openText(material.caPem);
    int count = 0;
    while (const CertificatePointer root = nextCertificate(bio.get())) {
        X509_STORE_add_cert(store, root.get());
        ++count;
    }
    clearOpenSslErrors(); // reading stops with "no start line"
    return count > 0 ? QString() : QStringLiteral("unable to load root certificates");
}

QString TlsContext::loadClientCertificate(const TlsMaterial &material)
{
    if (material.clientCertificatePem.isEmpty())
        return {};
    const BioPointer certificates = openText(material.clientCertificatePem);
    const CertificatePointer leaf = nextCertificate(certificates.get());
    if (!leaf || SSL_CTX_use_certificate(m_context, leaf.get()) != 1)
        return takeOpenSslError();
    while (const CertificatePointer issuer = nextCertificate(certificates.get()))
        SSL_CTX_add1_chain_cert(m_context, issuer.get());
    clearOpenSslErrors();
    const BioPointer keyText = openText(material.clientKeyPem);
    const KeyPointer key(PEM_read_bio_PrivateKey(keyText.get(), nullptr, noPassword, nullptr));
    if (!key || SSL_CTX_use_PrivateKey(m_context, key.get()) != 1 || SSL_CTX_check_private_key(m_context) != 1)
        return takeOpenSslError();
    return {};
}

void TlsContext::rememberTickets()
{
    SSL_CTX_set_session_cache_mode(m_context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_set_app_data(m_context, this);
    SSL_CTX_sess_set_new_cb(m_context, [](SSL *connection, SSL_SESSION *session) {
        auto *self = static_cast<TlsContext *>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(connection)));
        // A copy: OpenSSL spoils a session when its connection ends without close_notify, as lost ones do.
        if (SSL_SESSION *copy = SSL_SESSION_dup(session))
            self->keepTicket(copy);
        return 0; // the original stays with the connection
    });
}

void TlsContext::keepTicket(SSL_SESSION *ticket)
{
    const std::lock_guard lock(m_ticketMutex);
    m_tickets.push_back(ticket);
    if (m_tickets.size() > TicketsKept) {
        SSL_SESSION_free(m_tickets.front());
        m_tickets.pop_front();
    }
}

SSL_SESSION *TlsContext::takeTicket()
{
    const std::lock_guard lock(m_ticketMutex);
    while (!m_tickets.empty()) {
        SSL_SESSION *ticket = m_tickets.back();
        if (!isFresh(ticket)) {
            m_tickets.pop_back();
            SSL_SESSION_free(ticket);
            continue;
        }
        if (!isSingleUse(ticket))
            return SSL_SESSION_dup(ticket);
        m_tickets.pop_back();
        return ticket;
    }
    return nullptr;
}

SSL *TlsContext::newConnection()
{
    SSL *connection = SSL_new(m_context);
    if (!connection)
        return nullptr;
    SSL_set_connect_state(connection);
    if (m_nameIsAddress)
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), m_name.constData());
    else {
        SSL_set_tlsext_host_name(connection, m_name.constData());
        SSL_set_hostflags(connection, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        SSL_set1_host(connection, m_name.constData());
    }
    if (SSL_SESSION *ticket = takeTicket()) {
        SSL_set_session(connection, ticket);
        SSL_SESSION_free(ticket); // the connection has its own reference
    }
    return connection;
}

} // namespace Fairlead::Net
