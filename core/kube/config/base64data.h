#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QString>

namespace Fairlead::Kube {

struct DecodedBase64 {
    QByteArray bytes;
    bool paddingMissing = false;
};

/// Standard base64 as Go's encoding/base64 reads it: line breaks inside are skipped, the "-_" alphabet, blanks and
/// anything else are errors. Kinder in one thing: the "=" at the end may be missing. The error is the position
/// (from 0) that Go reports.
[[nodiscard]] Result<DecodedBase64, qsizetype> decodeBase64(const QString &text);

} // namespace Fairlead::Kube
