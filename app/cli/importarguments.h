#pragma once

#include "app/cli/argumentreader.h"
#include "core/store/exchange/format.h"
#include "core/support/result.h"

#include <QHash>
#include <QStringList>

#include <optional>

namespace Fairlead::App {

/// What `fairlead import` was told.
struct ImportArguments {
    QString file; ///< "-": standard input
    std::optional<Store::Format> format;
    QString profile; ///< empty: what the file is called
    QHash<QString, QString> contexts; ///< names here, by those of the file
    std::optional<QString> kubeconfig;
    bool replace = false;
    bool dryRun = false;
    bool json = false;
};

/// An exit code, if help was asked for or the arguments are wrong; that is printed then.
[[nodiscard]] Result<ImportArguments, int> readImportArguments(const QStringList &arguments);

/// Its flags.
[[nodiscard]] ArgumentReader importReader();

} // namespace Fairlead::App
