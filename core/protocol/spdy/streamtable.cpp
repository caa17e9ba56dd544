#include "core/protocol/spdy/streamtable.h"

namespace Fairlead::Spdy {

void StreamTable::insert(quint32 id, Stream stream)
{
    if (!stream.localFinished || !stream.remoteFinished) {
        m_streams.insert(id, stream);
    }
}

StreamTable::Stream *StreamTable::find(quint32 id)
{
    const auto found = m_streams.find(id);
    return found == m_streams.end() ? nullptr : &found.value();
}

void StreamTable::finishLocal(quint32 id)
{
    if (Stream *stream = find(id)) {
        stream->localFinished = true;
        if (stream->remoteFinished) {
            m_streams.remove(id);
        }
    }
}

void StreamTable::finishRemote(quint32 id)
{
    if (Stream *stream = find(id)) {
        stream->remoteFinished = true;
        if (stream->localFinished) {
            m_streams.remove(id);
        }
    }
}

} // namespace Fairlead::Spdy
