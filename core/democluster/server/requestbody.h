#pragma once

#include "core/protocol/http/message.h"

#include <QByteArray>
#include <QByteArrayView>

namespace Fairlead::Demo {

/// Reads the body of one request: none, Content-Length, or chunked (RFC 9112 section 6). Feed it until it is complete;
/// what follows belongs to the next request. The body can be taken in pieces while it arrives. No socket, no clock.
class RequestBody final
{
public:
    enum class State { Reading, Complete, TooLarge, Malformed };

    /// `cap`: a longer body is an error, known from Content-Length as soon as the head is in; 0: any length.
    RequestBody(const Http::RequestHead &head, qint64 cap);

    State feed(QByteArrayView bytes);
    [[nodiscard]] State state() const { return m_state; }
    /// The body bytes that came since the last call.
    [[nodiscard]] QByteArray takeBody();
    /// Once complete: the bytes behind the body.
    [[nodiscard]] QByteArray takeRest();

private:
    enum class Part { Plain, ChunkSize, ChunkData, ChunkEnd, Trailer };
    void setUpLength(const QByteArray &value);
    void keep(qsizetype count);
    bool step();
    bool stepLine();
    void readSizeLine(const QByteArray &line);

    State m_state = State::Reading;
    Part m_part = Part::Plain;
    qint64 m_cap;
    qint64 m_left = 0; ///< of the plain body or the current chunk
    qint64 m_total = 0;
    qsizetype m_trailerBytes = 0;
    QByteArray m_pending;
    QByteArray m_body;
};

} // namespace Fairlead::Demo
