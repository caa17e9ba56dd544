#pragma once

#include "core/protocol/spdy/frames.h"

#include <QByteArrayView>

namespace Fairlead::Spdy {

/// Writes frames to the end of a buffer, each head and body in one go: the socket gets whole frames, and over TLS
/// a frame does not fall apart into records of a few bytes. Header blocks come compressed.
class FrameEncoder final
{
public:
    explicit FrameEncoder(QByteArray &out)
        : m_out(out)
    {
    }

    void synStream(quint32 stream, bool fin, QByteArrayView block);
    void synReply(quint32 stream, QByteArrayView block);
    void rstStream(quint32 stream, ResetStatus status);
    void ping(quint32 id);
    void goAway(quint32 lastGoodStream, GoAwayStatus status);
    /// One frame; `body` must be shorter than 2^24.
    void data(quint32 stream, QByteArrayView body, bool fin);

private:
    char *grow(qsizetype size);
    char *startControl(FrameType type, quint8 flags, qsizetype length);

    QByteArray &m_out;
};

} // namespace Fairlead::Spdy
