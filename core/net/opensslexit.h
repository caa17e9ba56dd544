#pragma once

namespace Fairlead::Net {

/// Keeps OpenSSL from tearing itself down when the process exits. QThread::wait() returns while the system's thread is
/// still about to run the destructors of its thread-local data; OpenSSL frees some there, and frees it again from its
/// exit handler: a crash in one of some hundred exits of a busy machine. The system takes the memory back anyway.
///
/// Has to come before all other calls of OpenSSL: call it where a global constant gets its value. True if it worked.
bool skipOpenSslCleanup();

} // namespace Fairlead::Net
