#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QString>

namespace Fairlead::Kube {

/// Why a file could not be read.
struct FileError {
    QString text; ///< the system's words, e.g. "No such file or directory"
    QString go; ///< the same as Go prints it: "open /x: no such file or directory"
    bool missing = false;
};

/// Reads a small file whole, pipes too; more than `limit` bytes are an error. Blocks as long as the file does.
[[nodiscard]] Result<QByteArray, FileError> readFileBytes(const QString &path, qint64 limit);

} // namespace Fairlead::Kube
