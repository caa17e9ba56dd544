#include "core/protocol/spdy/framedecoder.h"

#include "core/protocol/spdy/wire.h"

#include <QtEndian>

#include <algorithm>

namespace Fairlead::Spdy {
namespace {

bool isKnownType(quint16 type)
{
    // 5 (NOOP) and 10 (CREDENTIAL) are in older drafts; the library that we talk to has neither.
    return (type >= 1 && type <= 9) && type != 5;
}

bool fitsType(FrameType type, quint32 length)
{
    switch (type) {
    case FrameType::SynStream:
        return length >= 10;
    case FrameType::SynReply:
    case FrameType::ExtraHeaders:
        return length >= 4;
    case FrameType::Settings:
        return length >= 4 && (length - 4) % 8 == 0;
    case FrameType::Ping:
        return length == 4;
    case FrameType::RstStream:
    case FrameType::GoAway:
    case FrameType::WindowUpdate:
        return length == 8;
    }
    return false;
}

bool hasNoFlags(FrameType type)
{
    return type == FrameType::RstStream || type == FrameType::Ping || type == FrameType::GoAway
        || type == FrameType::WindowUpdate;
}

} // namespace

void FrameDecoder::feed(QByteArrayView bytes)
{
    Q_ASSERT_X(m_input.isEmpty() || m_phase == Phase::Failed, "FrameDecoder::feed", "earlier bytes are not consumed");
    m_input = bytes;
}

FrameDecoder::Step FrameDecoder::next()
{
    if (m_phase == Phase::Head && !takeHead()) {
        return NeedMoreData{};
    }
    switch (m_phase) {
    case Phase::Control:
        return takeControl();
    case Phase::Data:
        return takeData();
    case Phase::Head:
    case Phase::Failed:
        break;
    }
    m_input = {};
    return m_error;
}

bool FrameDecoder::takeHead()
{
    const auto headBytes = qsizetype(m_head.size());
    if (m_headSize == 0 && m_input.size() >= headBytes) {
        startFrame(cut(headBytes).data());
        return true;
    }
    const QByteArrayView part = cut(std::min(headBytes - m_headSize, m_input.size()));
    std::copy(part.begin(), part.end(), m_head.begin() + m_headSize);
    m_headSize += part.size();
    if (m_headSize < headBytes) {
        return false;
    }
    m_headSize = 0;
    startFrame(m_head.data());
    return true;
}

void FrameDecoder::startFrame(const char *head)
{
    const auto first = qFromBigEndian<quint32>(head);
    const auto second = qFromBigEndian<quint32>(head + 4);
    const auto flags = quint8(second >> 24);
    const quint32 length = second & 0xffffff;
    if (first & ControlBit) {
        startControl(quint16(first & 0xffff), flags, length); // the version between is not looked at, see README.md
        return;
    }
    m_phase = Phase::Data;
    m_stream = first;
    m_flags = flags;
    m_left = qsizetype(length);
    if (first == 0) {
        m_phase = Phase::Failed;
        m_error = FrameError::StreamZero;
    }
}

void FrameDecoder::startControl(quint16 type, quint8 flags, quint32 length)
{
    m_phase = Phase::Failed;
    if (!isKnownType(type)) {
        m_error = FrameError::UnknownControlFrame;
    } else if (length > m_maxControlBody) {
        m_error = FrameError::ControlFrameTooBig;
    } else if (!fitsType(FrameType(type), length)) {
        m_error = FrameError::WrongLength;
    } else if (flags != 0 && hasNoFlags(FrameType(type))) {
        m_error = FrameError::WrongFlags;
    } else {
        m_phase = Phase::Control;
        m_type = FrameType(type);
        m_flags = flags;
        m_left = qsizetype(length);
        m_control.clear();
    }
}

FrameDecoder::Step FrameDecoder::takeControl()
{
    QByteArrayView body;
    if (m_control.isEmpty() && m_input.size() >= m_left) {
        body = cut(m_left);
    } else {
        const QByteArrayView part = cut(std::min(m_left, m_input.size()));
        m_control.append(part.data(), part.size());
        m_left -= part.size();
        if (m_left > 0) {
            return NeedMoreData{};
        }
        body = m_control;
    }
    m_phase = Phase::Head;
    return ControlFrame{m_type, m_flags, body};
}

FrameDecoder::Step FrameDecoder::takeData()
{
    if (m_left > 0 && m_input.isEmpty()) {
        return NeedMoreData{};
    }
    const QByteArrayView body = cut(std::min(m_left, m_input.size()));
    m_left -= body.size();
    const bool isLast = m_left == 0;
    if (isLast) {
        m_phase = Phase::Head;
    }
    return DataPiece{m_stream, body, isLast && (m_flags & FlagFin)};
}

QByteArrayView FrameDecoder::cut(qsizetype size)
{
    const QByteArrayView front = m_input.first(size);
    m_input = m_input.sliced(size);
    return front;
}

} // namespace Fairlead::Spdy
