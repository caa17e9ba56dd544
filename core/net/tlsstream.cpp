#include "core/net/tlsstream.h"

#include "core/net/opensslerror.h"
#include "core/net/socketcalls.h"
#include "core/support/clock.h"

#include <QSslCertificate>

#include <algorithm>
#include <cerrno>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <utility>

namespace Fairlead::Net {

namespace {
// Plain bytes that are encrypted before the descriptor must have taken them: four records.
constexpr qsizetype EncryptAtOnce = 64 * 1024;
// Read-ahead of encrypted bytes: about four records in one recv().
constexpr size_t ReadAheadBytes = 66 * 1024;
} // namespace

TlsStream::TlsStream(int fd, std::shared_ptr<TlsContext> context)
    : m_fd(fd)
    , m_context(std::move(context))
    , m_connection(m_context->newConnection())
{
    attach(BIO_new_socket(fd, BIO_NOCLOSE));
}

TlsStream::TlsStream(std::unique_ptr<ByteStream> below, std::shared_ptr<TlsContext> context)
    : m_below(std::move(below))
    , m_reader{m_below.get(), {}}
    , m_context(std::move(context))
    , m_connection(m_context->newConnection())
{
    attach(newBio(m_reader));
}

void TlsStream::attach(BIO *fromPeer)
{
    if (!m_connection) {
        BIO_free(fromPeer);
        return;
    }
    BIO *toPeer = BIO_new(BIO_s_mem());
    BIO_set_mem_eof_return(toPeer, -1);
    SSL_set_bio(m_connection, fromPeer, toPeer);
    SSL_set_app_data(m_connection, &m_complaint);
    SSL_set_read_ahead(m_connection, 1);
    SSL_set_default_read_buffer_len(m_connection, ReadAheadBytes);
}

TlsStream::~TlsStream()
{
    SSL_free(m_connection);
}

IoResult TlsStream::handshake()
{
    if (!m_connection)
        return IoResult::failed(takeOpenSslError());
    clearOpenSslErrors();
    errno = 0;
    const int returned = SSL_do_handshake(m_connection);
    const IoResult result = returned == 1 ? IoResult::moved(0) : resultOf(returned);
    const IoResult flushed = flush();
    if (result.kind == IoResult::Kind::Failed || result.kind == IoResult::Kind::End)
        return result;
    return flushed.kind == IoResult::Kind::Failed ? flushed : result;
}

IoResult TlsStream::read(char *buffer, qsizetype size)
{
    if (m_last.kind == IoResult::Kind::End || m_last.kind == IoResult::Kind::Failed)
        return m_last;
    m_last = IoResult::moved(0);
    clearOpenSslErrors();
    qsizetype total = 0;
    while (total < size) { // SSL_read gives one record at a time
        size_t got = 0;
        errno = 0;
        const int returned = SSL_read_ex(m_connection, buffer + total, size_t(size - total), &got);
        if (returned != 1) {
            m_last = resultOf(returned);
            break;
        }
        total += qsizetype(got);
    }
    return total > 0 ? IoResult::moved(total) : m_last;
}

IoResult TlsStream::write(QByteArrayView bytes)
{
    if (hasUnsent()) {
        const IoResult flushed = flush();
        if (flushed.kind != IoResult::Kind::Moved)
            return flushed;
    }
    clearOpenSslErrors();
    const QByteArrayView part = bytes.first(std::min(bytes.size(), EncryptAtOnce));
    qsizetype taken = 0;
    while (taken < part.size()) {
        size_t written = 0;
        const int returned = SSL_write_ex(m_connection, part.data() + taken, size_t(part.size() - taken), &written);
        if (returned != 1)
            return taken > 0 ? IoResult::moved(taken) : resultOf(returned);
        taken += qsizetype(written);
    }
    const IoResult flushed = flush();
    return flushed.kind == IoResult::Kind::Failed ? flushed : IoResult::moved(taken);
}

IoResult TlsStream::flush()
{
    BIO *toPeer = m_connection ? SSL_get_wbio(m_connection) : nullptr;
    char *data = nullptr;
    while (toPeer) {
        const long size = BIO_get_mem_data(toPeer, &data);
        if (size <= 0)
            break;
        const IoResult sent = send(QByteArrayView(data, size));
        if (sent.kind != IoResult::Kind::Moved)
            return sent;
        if (sent.bytes == size) {
            BIO_reset(toPeer);
            break;
        }
        // A memory BIO forgets from its front only by being read.
        static thread_local char sink[16 * 1024];
        for (qsizetype left = sent.bytes; left > 0;)
            left -= BIO_read(toPeer, sink, int(std::min<qsizetype>(left, qsizetype(sizeof sink))));
    }
    return m_below ? m_below->flush() : IoResult::moved(0);
}

IoResult TlsStream::send(QByteArrayView encrypted)
{
    return m_below ? m_below->write(encrypted) : sendSome(m_fd, encrypted);
}

bool TlsStream::hasUnsent() const
{
    return m_connection && (BIO_ctrl_pending(SSL_get_wbio(m_connection)) > 0 || (m_below && m_below->hasUnsent()));
}

bool TlsStream::hasUnread() const
{
    switch (m_last.kind) {
    case IoResult::Kind::WouldBlock: // what is pending now is part of a record: the descriptor will announce the rest
        return false;
    case IoResult::Kind::Moved:
        return m_connection && (SSL_has_pending(m_connection) == 1 || (m_below && m_below->hasUnread()));
    case IoResult::Kind::End:
    case IoResult::Kind::Failed: // still to be told
        break;
    }
    return true;
}

void TlsStream::sayGoodbye()
{
    if (m_connection && SSL_is_init_finished(m_connection))
        SSL_shutdown(m_connection);
    clearOpenSslErrors();
}

bool TlsStream::wasResumed() const
{
    return m_connection && SSL_session_reused(m_connection) == 1;
}

std::optional<TlsFailure> TlsStream::tlsFailure() const
{
    if (m_complaint.errors.isEmpty())
        return {};
    return describeTlsErrors(m_complaint.errors, m_complaint.expectedName, SystemClock::instance().now());
}

std::optional<TlsFacts> TlsStream::tlsFacts() const
{
    if (!m_connection)
        return {};
    X509 *peer = SSL_get1_peer_certificate(m_connection);
    const QSslCertificate certificate = toQtCertificate(peer);
    X509_free(peer);
    return factsOf(certificate, QString::fromLatin1(SSL_get_version(m_connection)));
}

IoResult TlsStream::resultOf(int returned)
{
    const int systemError = errno;
    switch (SSL_get_error(m_connection, returned)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        return IoResult::wouldBlock();
    case SSL_ERROR_ZERO_RETURN:
        return IoResult::end();
    case SSL_ERROR_SYSCALL:
        clearOpenSslErrors();
        if (m_reader.last.kind == IoResult::Kind::Failed)
            return m_reader.last;
        return systemError == 0 ? IoResult::end() : IoResult::failed(systemErrorText(systemError));
    default:
        return IoResult::failed(failureText(), true);
    }
}

QString TlsStream::failureText() const
{
    const long verified = SSL_get_verify_result(m_connection);
    if (verified != X509_V_OK && SSL_get_verify_mode(m_connection) != SSL_VERIFY_NONE) {
        clearOpenSslErrors();
        return QString::fromLatin1(X509_verify_cert_error_string(verified));
    }
    return takeOpenSslError();
}

} // namespace Fairlead::Net
