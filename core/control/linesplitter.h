#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <variant>

namespace Fairlead::Control {

/// Cuts bytes into lines. Sees no socket: whoever has read something feeds it and calls next() until that answers
/// NeedMore. A line over the limit is refused as soon as that many bytes are there without an end; the error is final.
class LineSplitter final
{
public:
    struct NeedMore {
    };
    struct TooLong {
    };
    using Next = std::variant<NeedMore, QByteArray, TooLong>;

    /// `maxLine`: bytes of a line without its end.
    explicit LineSplitter(qsizetype maxLine)
        : m_maxLine(maxLine)
    {
    }

    void feed(QByteArrayView bytes);
    /// Lines come without their end, LF or CR LF; empty ones are left out.
    [[nodiscard]] Next next();

private:
    qsizetype m_maxLine;
    QByteArray m_pending;
    qsizetype m_searched = 0; ///< so far there is no line end in m_pending
    bool m_failed = false;
};

} // namespace Fairlead::Control
