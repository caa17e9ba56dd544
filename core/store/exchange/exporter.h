#pragma once

#include "core/store/exchange/format.h"
#include "core/store/profiles/profile.h"

#include <QByteArray>

namespace Fairlead::Store {

/// What a format cannot hold of one forward.
struct ExportRemark {
    qsizetype forward = 0; ///< its place in the profile
    bool leftOut = false; ///< nothing of it is in the file
    QString text; ///< sentence
};

struct Exported {
    QByteArray text;
    QList<ExportRemark> remarks; ///< in the profile's order
    int written = 0; ///< forwards of which something is in the text
};

/// A profile in the words of another program; the format has to be writable (see FormatInfo). What comes out is read
/// by importForwards() as the same forwards, but for what the remarks say and for names and order of ports that go into
/// entries of their own. Holds no secret and no path of this machine. No I/O.
[[nodiscard]] Exported exportForwards(const Profile &profile, Format format);

} // namespace Fairlead::Store
