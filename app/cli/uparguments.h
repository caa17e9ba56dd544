#pragma once

#include "app/cli/argumentreader.h"
#include "core/kube/config/kubeconfig.h"

#include <chrono>
#include <optional>

namespace Fairlead::App {

/// What `fairlead up` was told.
struct UpArguments {
    QString profile; ///< a name, or the absolute path of a file
    std::optional<std::chrono::milliseconds> wait; ///< until all run, at most that long
    bool headless = false;
    bool json = false;
    Kube::ConnectionFlags connection;
    bool hasConnection = false; ///< some of its flags were given
};

/// An exit code, if help was asked for or the arguments are wrong; that is printed then.
[[nodiscard]] Result<UpArguments, int> readUpArguments(const QStringList &arguments);

/// Its flags.
[[nodiscard]] ArgumentReader upReader();

} // namespace Fairlead::App
