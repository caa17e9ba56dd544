#pragma once

#include "core/democluster/api/listing.h"
#include "core/support/clock.h"

#include <QByteArray>

namespace Fairlead::Demo {

/// Turns the store's log into the lines of one watch: {"type":...,"object":...} each with a newline. Pull-based and
/// without socket or timer: the connection calls take() when the store changed and bookmark() when it is time for one.
class WatchFeed final
{
public:
    WatchFeed(WatchPlan plan, const ObjectStore &store, const Clock &clock);

    /// So much that a piece is worth a write, and so little that a watch on tens of thousands of pods does not fill the
    /// memory.
    static constexpr qsizetype PieceSize = 256 * 1024;

    /// What is new since the last call, in pieces of a little more than PieceSize; empty if nothing is.
    [[nodiscard]] QByteArray take();
    /// A bookmark with the version up to which everything has been sent; empty if the client did not ask for bookmarks.
    [[nodiscard]] QByteArray bookmark();
    /// The version asked for was too old; the ERROR line has been given and nothing more will come.
    [[nodiscard]] bool isOver() const { return m_over; }
    [[nodiscard]] const WatchPlan &plan() const { return m_plan; }

private:
    template <typename T>
    QByteArray takeOf(const Kind<T> &kind);
    template <typename T>
    QByteArray initialOf(const Kind<T> &kind);
    template <typename T>
    QByteArray changesOf(const Kind<T> &kind);
    template <typename T>
    QByteArray line(const Kind<T> &kind, const QString &type, const T &object);
    QByteArray bookmarkLine(bool endsInitialEvents);
    QByteArray expiredLine(quint64 asked, quint64 oldest);

    WatchPlan m_plan;
    const ObjectStore &m_store;
    const Clock &m_clock;
    std::optional<quint64> m_sent; ///< everything up to this version is out
    std::optional<quint64> m_begun; ///< the version when the first ADDED events began
    QString m_lastKey; ///< of the last of those that is out
    bool m_columnsSent = false;
    bool m_over = false;
};

} // namespace Fairlead::Demo
