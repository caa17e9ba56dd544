#pragma once

#include "core/store/profiles/profile.h"

#include <QList>
#include <QString>

#include <optional>

namespace Fairlead::Control {

/// Why an engine ends because somebody on its socket said so.
enum class Ending {
    HandOver, ///< a window goes on with its forwards
    Quit
};

/// What differs between the engine's two faces, the window and none. Called in the manager's thread.
class Face
{
public:
    virtual ~Face() = default;
    /// "window" or "headless": part of the protocol.
    [[nodiscard]] virtual QString name() const = 0;
    /// Starts forwards; a window may ask the user first.
    virtual void start(const QList<Forward::ForwardId> &ids) = 0;
    /// Brings the window to the front, with the token that the desktop gave for it; false: there is none.
    virtual bool show(const QString &activationToken) = 0;
    /// Shows the window with the question whether this profile is to be started, since it was a link that asked for it;
    /// false: there is nobody to ask.
    virtual bool askToStart(const QString &profile) = 0;
    /// Brings the window to the front and starts the profile there as its menu does: what is in the way is asked about
    /// first. False: there is no window.
    virtual bool startInFront(const Store::Profile &profile, const QString &activationToken) = 0;
    /// Writes the forwards for the next run, as they run now. A sentence if that fails.
    virtual std::optional<QString> saveSession() = 0;
    /// Ends the program without a question; those who talk to it have their answers.
    virtual void end(Ending why) = 0;
};

} // namespace Fairlead::Control
