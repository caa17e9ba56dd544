#pragma once

#include "core/support/result.h"

#include <QString>

namespace Fairlead::App {

/// A word of the command line that is a link of ours, whatever it says.
[[nodiscard]] bool isLink(const QString &word);

/// The profile that `fairlead://up/NAME` names; NAME is percent-encoded. Anything else, or anything more, is an error
/// (a sentence): links come from strangers. Pure.
[[nodiscard]] Result<QString, QString> profileOfLink(const QString &link);

} // namespace Fairlead::App
