#pragma once

#include "core/net/bytestream.h"

typedef struct bio_st BIO;

namespace Fairlead::Net {

/// What OpenSSL reads from when there is no descriptor of its own: another stream, e.g. the TLS with a proxy.
struct BelowReader {
    ByteStream *below = nullptr;
    IoResult last; ///< what the last read came to; OpenSSL has no place for its words
};

/// A BIO that only reads. `reader` has to outlive it; the caller owns the BIO. Null when out of memory.
[[nodiscard]] BIO *newBio(BelowReader &reader);

} // namespace Fairlead::Net
