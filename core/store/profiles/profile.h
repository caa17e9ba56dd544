#pragma once

#include "core/forward/forwardspec.h"
#include "core/kube/config/yamltree.h"
#include "core/store/restore.h"

#include <QList>
#include <QPair>
#include <QString>
#include <QStringList>

namespace Fairlead::Store {

/// What a file says that this version does not know, in the file's order. It is written back as it was.
using UnknownFields = QList<QPair<QString, Kube::YamlNodePtr>>;

/// A forward as it is kept: what was asked for, and what finds its context again under another name.
struct SavedForward {
    Forward::ForwardSpec spec;
    QString server; ///< API server of its context when it was saved; may be empty
    bool running = true; ///< it ran when the set was saved
    UnknownFields unknown;
};

/// A named set of forwards. Holds no secret and no path of one machine.
struct Profile {
    using Restore = Store::Restore;

    QString name;
    Restore restore = Restore::Nothing; ///< what happens to its forwards when the program starts
    QList<SavedForward> forwards;
    UnknownFields unknown;
};

/// A place in a file and what is wrong there, as a sentence.
struct ProfileError {
    int line = 0; ///< from 1; 0: the file as a whole
    int column = 0; ///< from 1; 0: not known
    QString text;
};

} // namespace Fairlead::Store
