#pragma once

#include "core/store/exchange/format.h"
#include "core/store/profiles/profile.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Fairlead::Store {

/// What became of one forward of a foreign file.
struct ImportedRow {
    enum class Fate {
        Imported, ///< means the same here
        Changed, ///< is here, but not all of what the file says: remarks say what
        Skipped ///< is not: remarks say why
    };
    int line = 0; ///< from 1; 0: not known
    int column = 0; ///< from 1; 0: not known
    QString source; ///< what the file calls it
    Fate fate = Fate::Imported;
    /// Always there unless skipped. A skipped one may have what could be made out: a duplicate is whole, a reservation
    /// of kubefwd lacks ports. Its context may be one that does not exist here: see matchContext().
    std::optional<SavedForward> forward;
    QStringList remarks; ///< sentences; an imported row may have some, too
    QStringList unknownKeys; ///< what the file says of it that is not known here
};

/// A foreign file as forwards.
struct Imported {
    Format format = Format::Profile;
    QString name; ///< that the file gives the whole; empty: none
    QList<ImportedRow> rows; ///< in the file's order
    QStringList remarks; ///< sentences about the file as a whole
    QStringList unknownKeys; ///< beside the forwards

    /// Those that are imported or changed.
    [[nodiscard]] QList<SavedForward> forwards() const;
    [[nodiscard]] int count(ImportedRow::Fate fate) const;
};

} // namespace Fairlead::Store
