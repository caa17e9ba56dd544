#pragma once

#include "app/cli/argumentreader.h"

#include <QStringList>

namespace Fairlead::App {

/// `fairlead doctor [TARGET [PORT]]`: checks step by step what has to work before a port can be forwarded, prints what
/// each step found and what to do about it. `arguments` stand behind "doctor". Exit code 1 if a step found something
/// bad.
///
/// With -o json one object at the end: `healthy`, and `checks`, a list of objects with id, title, outcome (good,
/// warning, bad, skipped), text, detail, advice and ms (null: not measured). Never prints a secret.
[[nodiscard]] int runDoctor(const QStringList &arguments);

/// Its flags.
[[nodiscard]] ArgumentReader doctorReader();

} // namespace Fairlead::App
