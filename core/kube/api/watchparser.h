#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonObject>

#include <optional>
#include <variant>

namespace Fairlead::Kube {

struct WatchEvent {
    enum class Type { Added, Modified, Deleted, Bookmark, Error, Unknown };
    Type type = Type::Unknown;
    QJsonObject object; ///< for Error a Status
};

/// What makes the rest of a watch unusable.
enum class WatchFault { LineTooLong, NotJson };

struct WatchNeedsMore {
};
using WatchStep = std::variant<WatchNeedsMore, WatchEvent, WatchFault>;

/// Cuts the body of a watch into events: one JSON object a line, lines cut anywhere by the network. No I/O.
///
/// A line longer than MaxLine is refused while it is still coming, so a server cannot make us buffer without end. A
/// fault is final: next() repeats it and later bytes are dropped. A last line without its line feed was cut off and
/// never becomes an event. Empty lines are skipped. Use from one thread at a time.
class WatchParser
{
public:
    /// etcd holds objects of up to 1.5 MiB; as JSON inside an event they take a few times that at the very most.
    static constexpr qsizetype MaxLine = 8 * 1024 * 1024;

    explicit WatchParser(qsizetype maxLine = MaxLine)
        : m_maxLine(maxLine)
    {
    }

    void feed(QByteArrayView bytes);
    [[nodiscard]] WatchStep next();

private:
    WatchStep fail(WatchFault fault);

    qsizetype m_maxLine;
    QByteArray m_pending;
    qsizetype m_start = 0; ///< of the line being read, in m_pending
    qsizetype m_scanned = 0; ///< no line feed before this
    std::optional<WatchFault> m_fault;
};

} // namespace Fairlead::Kube
