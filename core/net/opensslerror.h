#pragma once

#include <QString>

namespace Fairlead::Net {

/// The newest error of OpenSSL's queue of this thread in its own words; empties the queue.
[[nodiscard]] QString takeOpenSslError();
void clearOpenSslErrors();

} // namespace Fairlead::Net
