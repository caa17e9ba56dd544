#pragma once

#include "app/cli/argumentreader.h"

#include <QStringList>

namespace Fairlead::App {

/// `fairlead demo [--listen ADDR:PORT] [--kubeconfig-out FILE] [--pods FILE]
/// [--fake-pods N [--fake-namespaces M] [--fake-churn EVENTS]]`: runs the demo cluster until SIGINT or
/// SIGTERM. Prints the kubeconfig's path and a command to try. Needs a QCoreApplication; uses its event loop. Gives the
/// exit code: 0 after a signal, 1 if the cluster could not start or the arguments were wrong.
[[nodiscard]] int runDemo(const QStringList &arguments);

/// Its flags.
[[nodiscard]] ArgumentReader demoReader();

} // namespace Fairlead::App
