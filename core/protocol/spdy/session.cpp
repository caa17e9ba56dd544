#include "core/protocol/spdy/session.h"

#include "core/protocol/spdy/framedecoder.h"
#include "core/protocol/spdy/frameencoder.h"
#include "core/protocol/spdy/headerblock.h"
#include "core/protocol/spdy/headercompressor.h"
#include "core/protocol/spdy/headerdecompressor.h"
#include "core/protocol/spdy/streamtable.h"
#include "core/protocol/spdy/wire.h"

#include <QSet>

#include <algorithm>
#include <utility>

namespace Fairlead::Spdy {

class Session::Private
{
public:
    Private(Role role, Limits limits);

    [[nodiscard]] std::optional<Event> handle(const ControlFrame &frame);
    [[nodiscard]] std::optional<Event> handle(const DataPiece &piece);
    [[nodiscard]] Event fail(FrameError error);

    [[nodiscard]] bool mayOpen() const;
    void reply(quint32 id, StreamTable::Stream &stream);

    Limits limits;
    FrameDecoder decoder;
    HeaderDecompressor decompressor;
    HeaderCompressor compressor;
    StreamTable streams;
    QByteArray output;
    FrameEncoder encoder{output};

    quint32 nextStream; ///< the id that our next stream gets
    quint32 nextPing;
    QSet<quint32> pendingPings;
    quint32 lastPeerStream = 0; ///< the highest id that the peer opened and we took
    bool isServer;
    bool goAwaySent = false;
    bool goAwayReceived = false;
    bool failed = false;

private:
    std::optional<Event> onSynStream(const ControlFrame &frame);
    std::optional<Event> accept(quint32 id, quint8 flags, Headers headers);
    std::optional<Event> onSynReply(const ControlFrame &frame);
    std::optional<Event> onHeaders(const ControlFrame &frame);
    std::optional<Event> onRstStream(const ControlFrame &frame);
    std::optional<Event> onSettings(const ControlFrame &frame);
    std::optional<Event> onPing(const ControlFrame &frame);
    std::optional<Event> onGoAway(const ControlFrame &frame);
    Result<Headers, FrameError> readHeaders(QByteArrayView block, BlockKind kind);
};

Session::Private::Private(Role role, Limits wanted)
    : limits(wanted)
    , decoder(wanted.controlFrameBytes)
    , decompressor(largestPlainBlock(wanted))
    , nextStream(role == Role::Client ? 1 : 2)
    , nextPing(nextStream)
    , isServer(role == Role::Server)
{
}

/// Ends the session. The library of the other end sends a GOAWAY in this case too, with the status 0; ours tells why.
Event Session::Private::fail(FrameError error)
{
    if (!goAwaySent) {
        encoder.goAway(lastPeerStream, GoAwayStatus::ProtocolError);
    }
    failed = true;
    return SessionFailed{error, describe(error)};
}

std::optional<Event> Session::Private::handle(const ControlFrame &frame)
{
    switch (frame.type) {
    case FrameType::SynStream:
        return onSynStream(frame);
    case FrameType::SynReply:
        return onSynReply(frame);
    case FrameType::RstStream:
        return onRstStream(frame);
    case FrameType::Settings:
        return onSettings(frame);
    case FrameType::Ping:
        return onPing(frame);
    case FrameType::GoAway:
        return onGoAway(frame);
    case FrameType::ExtraHeaders:
        return onHeaders(frame);
    case FrameType::WindowUpdate:
        break; // nobody has flow control; there is no window to update
    }
    return {};
}

std::optional<Event> Session::Private::handle(const DataPiece &piece)
{
    const StreamTable::Stream *stream = streams.find(piece.stream);
    if (!stream || stream->remoteFinished || (piece.body.isEmpty() && !piece.fin)) {
        return {};
    }
    if (piece.fin) {
        streams.finishRemote(piece.stream);
    }
    return DataReceived{piece.stream, piece.body, piece.fin};
}

Result<Headers, FrameError> Session::Private::readHeaders(QByteArrayView block, BlockKind kind)
{
    const Result<QByteArray, FrameError> plain = decompressor.decompress(block);
    if (!plain) {
        return Failure{plain.error()};
    }
    return decodeHeaderBlock(plain.value(), kind, limits);
}

std::optional<Event> Session::Private::onSynStream(const ControlFrame &frame)
{
    const quint32 id = wordAt(frame.body, 0) & MaxStreamId;
    Result<Headers, FrameError> headers = readHeaders(frame.body.sliced(10), BlockKind::Request);
    if (!headers) {
        return fail(headers.error());
    }
    if (id == 0) {
        return fail(FrameError::StreamZero);
    }
    if (!isServer) {
        encoder.rstStream(id, ResetStatus::RefusedStream);
        return {};
    }
    if (goAwaySent || goAwayReceived) {
        return {}; // one of us has said that there will be no more
    }
    // Ids must rise. The parity is not looked at, gaps are fine; an old id names the stream that the peer already has,
    // and the peer's library takes the reset for that one.
    if (id <= lastPeerStream || (lastPeerStream != 0 && id == lastPeerStream + 1)) {
        encoder.rstStream(id, ResetStatus::ProtocolError);
        return {};
    }
    return accept(id, frame.flags, std::move(headers).value());
}

std::optional<Event> Session::Private::accept(quint32 id, quint8 flags, Headers headers)
{
    if (streams.size() >= qsizetype(limits.streams)) {
        return fail(FrameError::TooManyStreams);
    }
    lastPeerStream = id;
    const bool fin = flags & FlagFin;
    streams.insert(id,
                   {.openedByPeer = true,
                    .replied = false,
                    .localFinished = bool(flags & FlagUnidirectional),
                    .remoteFinished = fin});
    return StreamOpened{id, std::move(headers), fin};
}

std::optional<Event> Session::Private::onSynReply(const ControlFrame &frame)
{
    const quint32 id = wordAt(frame.body, 0) & MaxStreamId;
    const Result<Headers, FrameError> headers = readHeaders(frame.body.sliced(4), BlockKind::Answer);
    if (!headers) {
        return fail(headers.error());
    }
    if (id == 0) {
        return fail(FrameError::StreamZero);
    }
    StreamTable::Stream *stream = streams.find(id);
    if (!stream || stream->openedByPeer || stream->replied) {
        return {};
    }
    stream->replied = true;
    const bool fin = (frame.flags & FlagFin) && !stream->remoteFinished;
    if (fin) {
        streams.finishRemote(id);
    }
    return StreamReplied{id, fin};
}

std::optional<Event> Session::Private::onHeaders(const ControlFrame &frame)
{
    const quint32 id = wordAt(frame.body, 0) & MaxStreamId;
    const Result<Headers, FrameError> headers = readHeaders(frame.body.sliced(4), BlockKind::Answer);
    if (!headers) {
        return fail(headers.error());
    }
    if (id == 0) {
        return fail(FrameError::StreamZero);
    }
    // Port forwarding gives these headers no meaning, but a FIN on them ends the direction as it does on DATA.
    return handle(DataPiece{id, {}, bool(frame.flags & FlagFin)});
}

std::optional<Event> Session::Private::onRstStream(const ControlFrame &frame)
{
    const quint32 id = wordAt(frame.body, 0) & MaxStreamId;
    const quint32 status = wordAt(frame.body, 4);
    if (id == 0) {
        return fail(FrameError::StreamZero);
    }
    if (status == 0) {
        return fail(FrameError::ZeroStatus);
    }
    if (!streams.remove(id)) {
        return {};
    }
    return StreamReset{id, ResetStatus(status)};
}

std::optional<Event> Session::Private::onSettings(const ControlFrame &frame)
{
    const quint64 announced = 4 + quint64(wordAt(frame.body, 0)) * 8;
    if (announced != quint64(frame.body.size())) {
        return fail(FrameError::WrongLength);
    }
    return {};
}

std::optional<Event> Session::Private::onPing(const ControlFrame &frame)
{
    const quint32 id = wordAt(frame.body, 0);
    if (id == 0) {
        return fail(FrameError::PingZero);
    }
    if (id % 2 != nextPing % 2) {
        encoder.ping(id);
        return {};
    }
    if (!pendingPings.remove(id)) {
        return {};
    }
    return PingAnswered{id};
}

std::optional<Event> Session::Private::onGoAway(const ControlFrame &frame)
{
    goAwayReceived = true;
    return GoAwayReceived{wordAt(frame.body, 0) & MaxStreamId, GoAwayStatus(wordAt(frame.body, 4))};
}

bool Session::Private::mayOpen() const
{
    return !failed && !goAwaySent && !goAwayReceived && nextStream <= MaxStreamId
        && streams.size() < qsizetype(limits.streams);
}

void Session::Private::reply(quint32 id, StreamTable::Stream &stream)
{
    if (stream.openedByPeer && !stream.replied) {
        stream.replied = true;
        encoder.synReply(id, compressor.compress(encodeHeaderBlock({})));
    }
}

Session::Session(Role role, Limits limits)
    : d(std::make_unique<Private>(role, limits))
{
}

Session::~Session() = default;

void Session::receive(QByteArrayView bytes)
{
    if (!d->failed) {
        d->decoder.feed(bytes);
    }
}

std::optional<Event> Session::nextEvent()
{
    while (!d->failed) {
        const FrameDecoder::Step step = d->decoder.next();
        std::optional<Event> event;
        if (std::holds_alternative<NeedMoreData>(step)) {
            break;
        }
        if (const auto *error = std::get_if<FrameError>(&step)) {
            event = d->fail(*error);
        } else if (const auto *piece = std::get_if<DataPiece>(&step)) {
            event = d->handle(*piece);
        } else {
            event = d->handle(std::get<ControlFrame>(step));
        }
        if (event) {
            return event;
        }
    }
    return {};
}

quint32 Session::openStream(const Headers &headers, bool fin)
{
    if (!d->mayOpen()) {
        return 0;
    }
    const quint32 id = d->nextStream;
    d->nextStream += 2;
    d->streams.insert(id, {.localFinished = fin});
    d->encoder.synStream(id, fin, d->compressor.compress(encodeHeaderBlock(headers)));
    return id;
}

void Session::replyToStream(quint32 stream)
{
    StreamTable::Stream *known = d->failed ? nullptr : d->streams.find(stream);
    if (known) {
        d->reply(stream, *known);
    }
}

void Session::sendData(quint32 stream, QByteArrayView body, bool fin)
{
    StreamTable::Stream *known = d->failed ? nullptr : d->streams.find(stream);
    if (!known || known->localFinished || (body.isEmpty() && !fin)) {
        return;
    }
    d->reply(stream, *known); // the peer's library drops data that comes before the reply
    while (body.size() > MaxDataBody) {
        d->encoder.data(stream, body.first(MaxDataBody), false);
        body = body.sliced(MaxDataBody);
    }
    d->encoder.data(stream, body, fin);
    if (fin) {
        d->streams.finishLocal(stream);
    }
}

void Session::resetStream(quint32 stream, ResetStatus status)
{
    if (!d->failed && d->streams.remove(stream)) {
        d->encoder.rstStream(stream, status);
    }
}

quint32 Session::sendPing()
{
    const quint32 id = d->nextPing;
    d->nextPing = id + 2 <= MaxStreamId ? id + 2 : (d->isServer ? 2 : 1);
    if (!d->failed) {
        d->pendingPings.insert(id);
        d->encoder.ping(id);
    }
    return id;
}

void Session::sendGoAway(GoAwayStatus status)
{
    if (!d->failed && !d->goAwaySent) {
        d->goAwaySent = true;
        d->encoder.goAway(d->lastPeerStream, status);
    }
}

QByteArray Session::takeOutput()
{
    return std::exchange(d->output, {});
}

qsizetype Session::outputSize() const
{
    return d->output.size();
}

bool Session::isKnown(quint32 stream) const
{
    return d->streams.contains(stream);
}

qsizetype Session::openStreams() const
{
    return d->streams.size();
}

bool Session::mayOpenStreams() const
{
    return d->mayOpen();
}

bool Session::hasFailed() const
{
    return d->failed;
}

} // namespace Fairlead::Spdy
