#pragma once

#include "core/net/bytestream.h"
#include "core/net/peercheck.h"
#include "core/net/streambio.h"
#include "core/net/tlscontext.h"

#include <memory>

namespace Fairlead::Net {

/// TLS, client side, on a connected descriptor or, for a server behind an https proxy, on the TLS with that proxy.
///
/// OpenSSL reads from the descriptor itself, a few records at a time. What it wants to send goes to a buffer in memory
/// first: so several records leave in one send(), and a peer that is gone fails our send() without failing OpenSSL's
/// state: its last records can still be decrypted and delivered.
class TlsStream final : public ByteStream
{
public:
    TlsStream(int fd, std::shared_ptr<TlsContext> context);
    TlsStream(std::unique_ptr<ByteStream> below, std::shared_ptr<TlsContext> context);
    ~TlsStream() override;

    [[nodiscard]] IoResult handshake() override;
    [[nodiscard]] IoResult read(char *buffer, qsizetype size) override;
    [[nodiscard]] IoResult write(QByteArrayView bytes) override;
    [[nodiscard]] IoResult flush() override;
    [[nodiscard]] bool hasUnsent() const override;
    [[nodiscard]] bool hasUnread() const override;
    void sayGoodbye() override;
    [[nodiscard]] std::optional<TlsFailure> tlsFailure() const override;
    [[nodiscard]] std::optional<TlsFacts> tlsFacts() const override;
    /// After the handshake: the server knew us by a ticket.
    [[nodiscard]] bool wasResumed() const;

private:
    void attach(BIO *fromPeer);
    [[nodiscard]] IoResult send(QByteArrayView encrypted);
    [[nodiscard]] IoResult resultOf(int returned);
    [[nodiscard]] QString failureText() const;

    int m_fd = -1;
    std::unique_ptr<ByteStream> m_below; ///< instead of the descriptor
    BelowReader m_reader;
    std::shared_ptr<TlsContext> m_context;
    SSL *m_connection;
    PeerComplaint m_complaint;
    IoResult m_last; ///< what read() met after it had already filled a part of the buffer
};

} // namespace Fairlead::Net
