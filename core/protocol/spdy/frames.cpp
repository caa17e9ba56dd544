#include "core/protocol/spdy/frames.h"

#include <QCoreApplication>

#include <algorithm>

namespace Fairlead::Spdy {

QByteArray headerValue(const Headers &headers, const QByteArray &name)
{
    const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto &h) { return h.first == name; });
    return found == headers.end() ? QByteArray() : found->second;
}

namespace {

const char *sentence(FrameError error)
{
    switch (error) {
    case FrameError::UnknownControlFrame:
        return QT_TRANSLATE_NOOP("Fairlead::Spdy", "The other end sent a frame of an unknown type.");
    case FrameError::WrongLength:
        return QT_TRANSLATE_NOOP("Fairlead::Spdy", "The other end sent a frame of the wrong length.");
    case FrameError::WrongFlags:
        return QT_TRANSLATE_NOOP("Fairlead::Spdy", "The other end sent a frame with flags that it may not have.");
    case FrameError::StreamZero:
        return QT_TRANSLATE_NOOP("Fairlead::Spdy", "The other end sent a frame for stream 0, which cannot exist.");
    case FrameError::PingZero:
        return QT_TRANSLATE_NOOP("Fairlead::Spdy", "The other end sent a ping with the number 0.");
    case FrameError::ZeroStatus:
        return QT_TRANSLATE_NOOP("Fairlead::Spdy", "The other end reset a stream with the status 0.");
    case FrameError::ControlFrameTooBig:
        return QT_TRANSLATE_NOOP("Fairlead::Spdy", "The other end announced a control frame that is too large.");
    case FrameError::BadCompression:
        return QT_TRANSLATE_NOOP("Fairlead::Spdy", "The other end sent headers that cannot be decompressed.");
    case FrameError::BadHeaderBlock:
        return QT_TRANSLATE_NOOP("Fairlead::Spdy", "The other end sent headers that are malformed or too large.");
    case FrameError::ForbiddenHeader:
        return QT_TRANSLATE_NOOP("Fairlead::Spdy", "The other end sent a header that is forbidden inside a stream.");
    case FrameError::TooManyStreams:
        return QT_TRANSLATE_NOOP("Fairlead::Spdy", "Too many streams were opened on one connection.");
    }
    return "";
}

} // namespace

QString describe(FrameError error)
{
    return QCoreApplication::translate("Fairlead::Spdy", sentence(error));
}

} // namespace Fairlead::Spdy
