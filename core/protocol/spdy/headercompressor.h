#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace Fairlead::Spdy {

/// Compresses the header blocks that one side of a session sends. All of them are one zlib stream that begins with
/// the dictionary and is flushed to a byte boundary after each block, so blocks must leave in the order in which they
/// were compressed, and each must leave.
class HeaderCompressor final
{
public:
    HeaderCompressor();
    ~HeaderCompressor();
    HeaderCompressor(const HeaderCompressor &) = delete;
    HeaderCompressor &operator=(const HeaderCompressor &) = delete;

    [[nodiscard]] QByteArray compress(QByteArrayView plain);

private:
    struct Stream;
    std::unique_ptr<Stream> m_stream;
};

} // namespace Fairlead::Spdy
