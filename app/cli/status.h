#pragma once

#include "app/cli/argumentreader.h"

#include <QJsonObject>
#include <QStringList>

namespace Fairlead::App {

/// `fairlead status`: the forwards of the engine that runs.
[[nodiscard]] int runStatus(const QStringList &arguments);

/// Where a forward of the protocol listens: "localhost:8080" for both loopback addresses, else each address; or the
/// port that it would take.
[[nodiscard]] QString localAddresses(const QJsonObject &forward);

/// State and reason of a forward of the protocol, in words.
[[nodiscard]] QString stateWords(const QJsonObject &forward);
[[nodiscard]] QString reasonWords(const QJsonObject &forward);

/// Its flags.
[[nodiscard]] ArgumentReader statusReader();

} // namespace Fairlead::App
