#pragma once

#include "core/protocol/websocket/frame.h"

namespace Fairlead::WebSocket {

/// `out` becomes `bytes` with the mask put on or taken off, which is the same. `phase`: how many bytes of the frame
/// came before these. `out` may be where the bytes are, or apart from them. Goes by words: a client masks all it
/// uploads.
void applyMask(char *out, QByteArrayView bytes, MaskKey key, quint64 phase = 0);

} // namespace Fairlead::WebSocket
