#pragma once

#include "core/store/profiles/profilefile.h"

#include <optional>

namespace Fairlead::Store {

/// The forwards of the last run, kept as a profile in a file of its own beside the user's profiles.
class SessionFile final
{
public:
    /// An empty path means the user's own file, `last-session.yaml` in the program's data folder.
    explicit SessionFile(const QString &path = {});

    /// nullopt if there is none. One that cannot be read is put aside, not overwritten, and `problem` says so.
    [[nodiscard]] std::optional<Profile> load(QString *problem) const;
    /// Writes it, unless it is what was written last. A sentence if that fails.
    [[nodiscard]] std::optional<QString> save(const QList<SavedForward> &forwards);

private:
    QString m_path;
    QByteArray m_written;
};

} // namespace Fairlead::Store
