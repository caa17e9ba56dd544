#include "tests/core/protocol/spdy/vectors.h"

#include "core/protocol/spdy/wire.h"

#include <QFile>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Spdy::Test {
namespace {

QString spellHeaders(const Headers &headers)
{
    QStringList parts;
    for (const auto &[name, value] : headers) {
        parts << QString::fromUtf8(name) + u": "_s + QString::fromUtf8(QByteArray(value).replace('\0', "\\0"));
    }
    return u"{"_s + parts.join(u", "_s) + u"}"_s;
}

QString spellBody(const QByteArray &body)
{
    return body.isEmpty() ? u"-"_s : QString::fromLatin1(body.toHex());
}

QString flag(bool set, const QString &word)
{
    return set ? u" "_s + word : QString();
}

QJsonObject load()
{
    QFile file(QStringLiteral(FAIRLEAD_TEST_DATA) + u"/spdy-vectors.json"_s);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("cannot read the vectors");
    }
    const QJsonObject content = QJsonDocument::fromJson(file.readAll()).object();
    if (content.isEmpty()) {
        qFatal("the file of vectors is broken");
    }
    return content;
}

} // namespace

const QJsonObject &vectors()
{
    static const QJsonObject content = load();
    return content;
}

QByteArray bytesOf(const QJsonValue &hex)
{
    return QByteArray::fromHex(hex.toString().toLatin1());
}

ParsedFrame FrameParser::parse(const QByteArray &frame, qsizetype slice)
{
    ParsedFrame result;
    for (qsizetype at = 0; at < frame.size(); at += slice) {
        m_decoder.feed(QByteArrayView(frame).sliced(at, std::min(slice, frame.size() - at)));
        for (auto step = m_decoder.next(); !std::holds_alternative<NeedMoreData>(step); step = m_decoder.next()) {
            if (const auto *piece = std::get_if<DataPiece>(&step)) {
                result.stream = piece->stream;
                result.fin = piece->fin;
                result.body += piece->body;
            } else if (const auto *control = std::get_if<ControlFrame>(&step)) {
                result = parseControl(*control);
            } else {
                result.text = u"error: "_s + describe(std::get<FrameError>(step));
                return result;
            }
        }
    }
    result.wire = frame;
    if (!result.control) {
        result.text = u"DATA %1%2 %3"_s.arg(result.stream).arg(flag(result.fin, u"fin"_s), spellBody(result.body));
    }
    return result;
}

ParsedFrame FrameParser::parseControl(const ControlFrame &frame)
{
    ParsedFrame f;
    f.control = frame.type;
    f.fin = frame.flags & FlagFin;
    f.stream = wordAt(frame.body, 0);
    const quint32 second = frame.body.size() >= 8 ? wordAt(frame.body, 4) : 0;
    f.number = second;
    switch (frame.type) {
    case FrameType::SynStream:
        parseHeaders(frame.body.sliced(10), BlockKind::Request, f);
        f.text = u"SYN_STREAM %1%2%3 assoc=%4 priority=%5 %6"_s.arg(f.stream)
                     .arg(flag(f.fin, u"fin"_s), flag(frame.flags & FlagUnidirectional, u"unidirectional"_s))
                     .arg(second)
                     .arg(quint8(frame.body[8]) >> 5)
                     .arg(spellHeaders(f.headers));
        break;
    case FrameType::SynReply:
    case FrameType::ExtraHeaders:
        parseHeaders(frame.body.sliced(4), BlockKind::Answer, f);
        f.text = u"%1 %2%3 %4"_s.arg(frame.type == FrameType::SynReply ? u"SYN_REPLY"_s : u"HEADERS"_s)
                     .arg(f.stream)
                     .arg(flag(f.fin, u"fin"_s), spellHeaders(f.headers));
        break;
    case FrameType::RstStream:
        f.text = u"RST_STREAM %1 status=%2"_s.arg(f.stream).arg(second);
        break;
    case FrameType::Settings:
        f.text = u"SETTINGS"_s;
        for (qsizetype at = 4; at + 8 <= frame.body.size(); at += 8) {
            const quint32 id = wordAt(frame.body, at);
            f.text += u" %1:%2=%3"_s.arg(id >> 24).arg(id & 0xffffff).arg(wordAt(frame.body, at + 4));
        }
        break;
    case FrameType::Ping:
        f.number = f.stream;
        f.text = u"PING %1"_s.arg(f.stream);
        break;
    case FrameType::GoAway:
        f.text = u"GOAWAY last=%1 status=%2"_s.arg(f.stream).arg(second);
        break;
    case FrameType::WindowUpdate:
        f.text = u"WINDOW_UPDATE %1 delta=%2"_s.arg(f.stream).arg(second);
        break;
    }
    return f;
}

void FrameParser::parseHeaders(QByteArrayView block, BlockKind kind, ParsedFrame &into)
{
    const Result<QByteArray, FrameError> plain = m_decompressor.decompress(block);
    if (plain) {
        into.plain = plain.value();
        const Result<Headers, FrameError> headers = decodeHeaderBlock(into.plain, kind, m_limits);
        into.headers = headers ? headers.value() : Headers{{"broken"_ba, {}}};
    }
}

QList<QByteArray> splitFrames(const QByteArray &bytes)
{
    QList<QByteArray> frames;
    for (qsizetype at = 0; at < bytes.size();) {
        const auto size = qsizetype(8 + (wordAt(bytes, at + 4) & 0xffffff));
        frames << bytes.mid(at, size);
        at += size;
    }
    return frames;
}

QString spell(const Event &event)
{
    struct Speller {
        QString operator()(const StreamOpened &e) const
        {
            return u"opened %1%2 %3"_s.arg(e.stream).arg(flag(e.fin, u"fin"_s), spellHeaders(e.headers));
        }
        QString operator()(const StreamReplied &e) const
        {
            return u"replied %1%2"_s.arg(e.stream).arg(flag(e.fin, u"fin"_s));
        }
        QString operator()(const DataReceived &e) const
        {
            return u"data %1%2 %3"_s.arg(e.stream).arg(flag(e.fin, u"fin"_s), spellBody(e.body.toByteArray()));
        }
        QString operator()(const StreamReset &e) const
        {
            return u"reset %1 status=%2"_s.arg(e.stream).arg(quint32(e.status));
        }
        QString operator()(const PingAnswered &e) const { return u"pong %1"_s.arg(e.id); }
        QString operator()(const GoAwayReceived &e) const
        {
            return u"goaway last=%1 status=%2"_s.arg(e.lastGoodStream).arg(quint32(e.status));
        }
        QString operator()(const SessionFailed &e) const { return u"failed: "_s + e.text; }
    };
    return std::visit(Speller(), event);
}

QStringList eventsOf(Session &session, const QByteArray &bytes, qsizetype slice)
{
    QStringList events;
    std::optional<DataReceived> joined;
    QByteArray payload;
    const auto flush = [&] {
        if (joined) {
            joined->body = payload;
            events << spell(*joined);
            joined.reset();
            payload.clear();
        }
    };
    for (qsizetype at = 0; at < bytes.size(); at += slice) {
        session.receive(QByteArrayView(bytes).sliced(at, std::min(slice, bytes.size() - at)));
        while (const std::optional<Event> event = session.nextEvent()) {
            const auto *data = std::get_if<DataReceived>(&*event);
            if (!data || (joined && joined->stream != data->stream)) {
                flush();
            }
            if (data) {
                payload += data->body;
                joined = *data;
            } else {
                events << spell(*event);
            }
        }
    }
    flush();
    return events;
}

QByteArray word(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray controlFrame(quint16 type, quint8 flags, const QByteArray &body)
{
    return word(0x80030000 | type) + word(quint32(flags) << 24 | quint32(body.size())) + body;
}

QByteArray dataFrame(quint32 stream, quint8 flags, const QByteArray &body)
{
    return word(stream) + word(quint32(flags) << 24 | quint32(body.size())) + body;
}

} // namespace Fairlead::Spdy::Test
