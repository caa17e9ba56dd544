#pragma once

#include "core/support/result.h"

#include <QString>

namespace Fairlead::Control {

/// Where the one engine of this user is found.
struct EnginePlace {
    QString folder;

    [[nodiscard]] QString socket() const { return folder + QStringLiteral("/engine.sock"); }
    [[nodiscard]] QString lock() const { return folder + QStringLiteral("/engine.lock"); }
};

/// `$XDG_RUNTIME_DIR/fairlead`. Where that is not set (cron, su), the folder that the system gives a user of this id,
/// /run/user/UID, if it is there, else a private one in the folder for temporary files. Made if it is missing.
///
/// It must belong to this user and be closed to all others (0700): whoever can open the socket in it can open ports. An
/// error is a sentence.
[[nodiscard]] Result<EnginePlace, QString> enginePlace();

/// The same below a folder that is given.
[[nodiscard]] Result<EnginePlace, QString> enginePlaceAt(const QString &folder);

} // namespace Fairlead::Control
