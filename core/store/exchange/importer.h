#pragma once

#include "core/store/exchange/imported.h"
#include "core/support/result.h"

#include <QByteArray>

namespace Fairlead::Store {

/// What is known of a text beside its bytes.
struct ImportOrigin {
    QString fileName; ///< Lens names its files by cluster; may be empty
    QByteArray lensClusters; ///< Lens's lens-cluster-store.json, which names their contexts; may be empty
};

/// Larger files are refused; they are mistaken for one of these.
constexpr qsizetype MaxImportBytes = 4 * 1024 * 1024;
/// More forwards than anybody has; a bigger file is refused rather than shown in part.
constexpr qsizetype MaxImportedRows = 20'000;

/// Reads forwards of any known format, which it finds out by itself unless told. What one forward says wrongly skips
/// that one; what leaves nothing to read is an error with its place (line 0: the text as a whole).
///
/// Nothing secret is in the result: kubeconfigs, tokens and passwords in the text are not kept, and no path of another
/// machine. Forwards that lead alike are kept once, see withoutDuplicates(). Contexts are named as the file names them
/// and need not exist. Safe on hostile input: size, depth, aliases and rows are bounded, NUL bytes and what is no UTF-8
/// are errors (UTF-16 with its mark is read). No I/O.
[[nodiscard]] Result<Imported, ProfileError> importForwards(const QByteArray &text, std::optional<Format> format = {},
                                                            const ImportOrigin &origin = {});

} // namespace Fairlead::Store
