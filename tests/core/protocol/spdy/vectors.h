#pragma once

#include "core/protocol/spdy/framedecoder.h"
#include "core/protocol/spdy/frames.h"
#include "core/protocol/spdy/headerblock.h"
#include "core/protocol/spdy/headerdecompressor.h"
#include "core/protocol/spdy/session.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

/// What the tests of SPDY share: recorded bytes (tests/data/spdy-vectors.json) and ways to spell frames and events.
namespace Fairlead::Spdy::Test {

/// The file of vectors, read once. Fails the test program when it cannot be read.
const QJsonObject &vectors();
QByteArray bytesOf(const QJsonValue &hex);

/// One frame, taken apart for comparing.
struct ParsedFrame {
    std::optional<FrameType> control; ///< none: DATA
    quint32 stream = 0;
    bool fin = false;
    quint32 number = 0; ///< status or ping id
    Headers headers;
    QByteArray plain; ///< the header block before compression
    QByteArray body;
    QByteArray wire; ///< the frame as it came
    QString text; ///< spelled as in the file of vectors
};

/// Reads the frames of one direction, one at a time, since they share a zlib stream.
class FrameParser
{
public:
    /// `frame` is one whole frame, which is fed to the decoder in slices.
    ParsedFrame parse(const QByteArray &frame, qsizetype slice = 1 << 24);

private:
    ParsedFrame parseControl(const ControlFrame &frame);
    void parseHeaders(QByteArrayView block, BlockKind kind, ParsedFrame &into);

    Limits m_limits;
    FrameDecoder m_decoder{m_limits.controlFrameBytes};
    HeaderDecompressor m_decompressor{largestPlainBlock(m_limits)};
};

/// Cuts at the lengths in the heads, without the decoder under test.
QList<QByteArray> splitFrames(const QByteArray &bytes);
QString spell(const Event &event);

/// Hands `bytes` over in slices and spells the events; pieces of payload of one stream that follow each other are
/// joined, so that the result does not depend on the slices.
QStringList eventsOf(Session &session, const QByteArray &bytes, qsizetype slice = 1 << 24);

/// Bytes of frames that our encoder does not write, or not in this form.
QByteArray controlFrame(quint16 type, quint8 flags, const QByteArray &body);
QByteArray dataFrame(quint32 stream, quint8 flags, const QByteArray &body);
QByteArray word(quint32 value);

} // namespace Fairlead::Spdy::Test
