#include "core/protocol/websocket/mask.h"

#include <cstring>

namespace Fairlead::WebSocket {

namespace {
constexpr qsizetype WordBytes = 8;
constexpr qsizetype WordsAtOnce = 4; // enough independent work for the processor, and for its vector unit

/// The key, as it lies over a word whose first byte is the frame's byte number `phase`.
quint64 maskWord(MaskKey key, quint64 phase)
{
    std::array<char, WordBytes> bytes{};
    for (quint64 i = 0; i < WordBytes; ++i)
        bytes[i] = key[(phase + i) % 4];
    quint64 word = 0;
    std::memcpy(&word, bytes.data(), sizeof word);
    return word;
}
} // namespace

void applyMask(char *out, QByteArrayView bytes, MaskKey key, quint64 phase)
{
    const char *in = bytes.data();
    const qsizetype size = bytes.size();
    const quint64 mask = maskWord(key, phase);
    qsizetype at = 0;
    for (; at + WordsAtOnce * WordBytes <= size; at += WordsAtOnce * WordBytes) {
        std::array<quint64, WordsAtOnce> words{};
        std::memcpy(words.data(), in + at, sizeof words);
        for (quint64 &word : words)
            word ^= mask;
        std::memcpy(out + at, words.data(), sizeof words);
    }
    for (; at < size; ++at)
        out[at] = char(in[at] ^ key[(phase + quint64(at)) % 4]);
}

} // namespace Fairlead::WebSocket
