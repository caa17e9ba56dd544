#pragma once

#include "app/cli/argumentreader.h"
#include "core/kube/config/kubeconfig.h"
#include "core/support/result.h"

#include <QStringList>

#include <optional>

namespace Fairlead::App {

/// What the program was told when it is to open its window.
struct WindowArguments {
    Kube::ConnectionFlags connection;
    bool hasConnection = false; ///< some of its flags were given
    bool demo = false;
    bool headless = false; ///< with the demo: unseen
    bool takeOver = false; ///< from an engine without a window, without a question
    QString screenshot;
    QString profile; ///< `up PROFILE`: to start at once
    QString link; ///< a fairlead:// link that was followed
};

/// An error is what goes to standard error.
[[nodiscard]] Result<WindowArguments, QString> readWindowArguments(const QStringList &arguments);

/// Its flags.
[[nodiscard]] ArgumentReader windowReader();

} // namespace Fairlead::App
