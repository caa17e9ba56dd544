#pragma once

#include "core/net/tlsfacts.h"
#include "core/net/tlsfailure.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace Fairlead::Net {

/// What came of one attempt to move bytes. Nothing here ever blocks.
struct IoResult {
    enum class Kind {
        Moved, ///< `bytes` went through (handshake, flush: all done)
        WouldBlock, ///< nothing now; wait for the descriptor
        End, ///< the peer will send nothing more, and everything it sent has been read
        Failed ///< broken; `error` says how
    };
    Kind kind = Kind::WouldBlock;
    qsizetype bytes = 0;
    QString error;
    bool byTls = false; ///< with Failed: TLS itself refused (certificate, protocol), not the network

    [[nodiscard]] static IoResult moved(qsizetype bytes) { return {Kind::Moved, bytes, {}, false}; }
    [[nodiscard]] static IoResult wouldBlock() { return {}; }
    [[nodiscard]] static IoResult end() { return {Kind::End, 0, {}, false}; }
    [[nodiscard]] static IoResult failed(const QString &error, bool byTls = false)
    {
        return {Kind::Failed, 0, error, byTls};
    }
};

/// Bytes on a connected, non-blocking descriptor that somebody else owns (StreamSocket): as they are, or through TLS.
/// A failed write leaves reading alone: what the peer sent before it went away can still be read.
class ByteStream
{
public:
    virtual ~ByteStream() = default;

    /// Called again until it answers Moved, End or Failed, before anything else.
    [[nodiscard]] virtual IoResult handshake() = 0;
    [[nodiscard]] virtual IoResult read(char *buffer, qsizetype size) = 0;
    /// Takes a part of `bytes`, at least one byte unless it answers WouldBlock or Failed.
    [[nodiscard]] virtual IoResult write(QByteArrayView bytes) = 0;
    /// Sends what write() or handshake() took and the descriptor did not.
    [[nodiscard]] virtual IoResult flush() = 0;
    [[nodiscard]] virtual bool hasUnsent() const = 0;
    /// read() may give bytes although the descriptor stays silent.
    [[nodiscard]] virtual bool hasUnread() const = 0;
    /// Puts the stream's own goodbye (TLS close_notify) in line to be flushed.
    virtual void sayGoodbye() = 0;
    /// After a failed handshake: what was wrong with the peer's certificate, if that was it.
    [[nodiscard]] virtual std::optional<TlsFailure> tlsFailure() const { return {}; }
    /// After a handshake, if it was one of TLS.
    [[nodiscard]] virtual std::optional<TlsFacts> tlsFacts() const { return {}; }
};

} // namespace Fairlead::Net
