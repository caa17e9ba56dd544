#pragma once

#include <QtCore/qnamespace.h>

namespace Fairlead::Ui {

/// What the picker's models say beside Qt's own roles; painted by PickerDelegate.
enum PickerRole {
    ToneRole = Qt::UserRole, ///< int of Tone
    MatchRole ///< MatchedLetters of the text
};

} // namespace Fairlead::Ui
