#pragma once

#include "core/store/profiles/foresight.h"
#include "core/store/profiles/profileplan.h"
#include "ui/window/forwardservice.h"

#include <QObject>

#include <functional>

class QWidget;

namespace Fairlead::Ui {

class ContextMarks;

/// Stands between "start this profile" and the start: says what is in the way, if anything needs a decision, and takes
/// the ways that were chosen.
class StartForesight final : public QObject
{
    Q_OBJECT

public:
    /// `window` is what the question belongs to.
    StartForesight(const ForwardService &service, const ContextMarks &marks, QWidget &window);

    struct Plan {
        Store::Profile profile; ///< its name may be empty
        Store::Surroundings here; ///< forwards with the ports that are their own, not those that are lent
        QList<Forward::ForwardId> leaving = {}; ///< forwards that go before anything starts
    };
    /// Calls `then` with the profile as it is to be started: at once, if nothing needs a decision; when the user has
    /// made it; or never.
    void pass(const Plan &plan, const std::function<void(const Store::Profile &)> &then);

private:
    [[nodiscard]] QList<Store::Obstacle> look(const Plan &plan) const;

    const ForwardService &m_service;
    const ContextMarks &m_marks;
    QWidget &m_window;
};

} // namespace Fairlead::Ui
