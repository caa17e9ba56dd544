#pragma once

#include "core/control/face.h"
#include "core/forward/forwardmanager.h"

namespace Fairlead::App {

/// The engine without a window: there is nobody to ask, and what a command line asks for is started.
class HeadlessFace final : public Control::Face
{
public:
    explicit HeadlessFace(Forward::ForwardManager &manager)
        : m_manager(manager)
    {
    }

    [[nodiscard]] QString name() const override { return QStringLiteral("headless"); }
    void start(const QList<Forward::ForwardId> &ids) override
    {
        for (const Forward::ForwardId id : ids)
            m_manager.start(id);
    }
    bool show(const QString & /*activationToken*/) override { return false; }
    bool askToStart(const QString & /*profile*/) override { return false; }

private:
    Forward::ForwardManager &m_manager;
};

} // namespace Fairlead::App
