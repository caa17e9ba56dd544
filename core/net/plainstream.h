#pragma once

#include "core/net/bytestream.h"

namespace Fairlead::Net {

/// recv() and send() as they are. Byte counts are what the kernel took and gave.
class PlainStream final : public ByteStream
{
public:
    explicit PlainStream(int fd)
        : m_fd(fd)
    {
    }

    [[nodiscard]] IoResult handshake() override { return IoResult::moved(0); }
    [[nodiscard]] IoResult read(char *buffer, qsizetype size) override;
    [[nodiscard]] IoResult write(QByteArrayView bytes) override;
    [[nodiscard]] IoResult flush() override { return IoResult::moved(0); }
    [[nodiscard]] bool hasUnsent() const override { return false; }
    [[nodiscard]] bool hasUnread() const override { return false; }
    void sayGoodbye() override { }

private:
    int m_fd;
};

} // namespace Fairlead::Net
