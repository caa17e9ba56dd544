#pragma once

#include "core/forward/forwardspec.h"
#include "core/support/result.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace Fairlead::Control {

/// A forward by all that it may be called.
struct Called {
    Forward::ForwardId id = 0;
    QString name;
    QStringList profiles = {};
};

/// The forwards that words name. A word is the id of one, else the name of some, else a profile, whose forwards are
/// meant (maybe none); no words mean all. Each forward comes once, in the order of `all`. An error is a sentence about
/// the first word that is nothing. Pure.
[[nodiscard]] Result<QList<Forward::ForwardId>, QString>
selectForwards(const QStringList &words, const QList<Called> &all, const QStringList &profiles);

} // namespace Fairlead::Control
