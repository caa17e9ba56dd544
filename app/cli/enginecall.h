#pragma once

#include "app/cli/argumentreader.h"
#include "core/control/engineclient.h"

#include <memory>
#include <optional>

namespace Fairlead::App {

/// What commands that talk to the engine exit with; part of the interface (docs/engine.md).
enum EngineExit { Done = 0, NotDone = 1, TimeIsOver = 2, NoEngine = 3 };

/// The engine that runs; nullptr after a line on standard error, if there is none.
[[nodiscard]] std::unique_ptr<Control::EngineClient> reachEngine();

/// The engine that runs; nullptr if there is none, without a word.
[[nodiscard]] std::unique_ptr<Control::EngineClient> findEngine();

/// Reads the arguments of a command. If there is nothing left to do, because help was asked for or they are wrong, that
/// is printed and what is given is the exit code.
[[nodiscard]] Result<ParsedArguments, int> readCommand(const ArgumentReader &reader, const QStringList &arguments,
                                                       const QString &command, const QString &usage,
                                                       const QString &what);

/// "error: TEXT" on standard error; gives NotDone.
int complain(const QString &error);

} // namespace Fairlead::App
