#pragma once

#include <QHash>

namespace Fairlead::Spdy {

/// The streams of a session that are open in at least one direction. A stream whose two sides have finished is
/// forgotten at once; its id is never used again, so nothing needs to be kept of it.
class StreamTable final
{
public:
    struct Stream {
        bool openedByPeer = false;
        bool replied = false; ///< SYN_REPLY went out or came in
        bool localFinished = false;
        bool remoteFinished = false;
    };

    void insert(quint32 id, Stream stream);
    /// Null if unknown. The pointer is good until the next change of the table.
    [[nodiscard]] Stream *find(quint32 id);
    [[nodiscard]] bool contains(quint32 id) const { return m_streams.contains(id); }
    [[nodiscard]] qsizetype size() const { return m_streams.size(); }

    void finishLocal(quint32 id);
    void finishRemote(quint32 id);
    /// Whether it was there.
    bool remove(quint32 id) { return m_streams.remove(id); }

private:
    QHash<quint32, Stream> m_streams;
};

} // namespace Fairlead::Spdy
