#pragma once

#include "core/store/exchange/imported.h"

#include <QJsonObject>

namespace Fairlead::App {

/// What became of each forward, as a table, and what there is to say about them below it.
[[nodiscard]] QString importTable(const Store::Imported &imported);

/// The same for programs: format, name, remarks, unknownKeys, and rows of line, column, fate (imported, changed,
/// skipped), source, remarks, unknownKeys and forward (target, ports, addresses, and what there is of context,
/// namespace, server and name; null where there is none).
[[nodiscard]] QJsonObject importJson(const Store::Imported &imported);

} // namespace Fairlead::App
