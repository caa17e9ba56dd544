#include "core/net/plainstream.h"

#include "core/net/socketcalls.h"

namespace Fairlead::Net {

IoResult PlainStream::read(char *buffer, qsizetype size)
{
    return receiveSome(m_fd, buffer, size);
}

IoResult PlainStream::write(QByteArrayView bytes)
{
    return sendSome(m_fd, bytes);
}

} // namespace Fairlead::Net
