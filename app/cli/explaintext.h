#pragma once

#include "core/kube/config/resolution.h"

#include <QJsonObject>
#include <QString>

namespace Fairlead::App {

/// A resolution for people: a table of what, value and origin; then warnings and the error. Tokens, passwords and keys
/// only show up with `secrets`.
[[nodiscard]] QString explanationText(const Kube::Resolution &resolution, bool secrets);

/// The same for programs; the keys are listed at runConfigExplain().
[[nodiscard]] QJsonObject explanationJson(const Kube::Resolution &resolution, bool secrets);

} // namespace Fairlead::App
