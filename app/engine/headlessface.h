#pragma once

#include "core/control/face.h"
#include "core/forward/forwardmanager.h"

#include <functional>
#include <utility>

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

    bool startInFront(const Store::Profile & /*profile*/, const QString & /*activationToken*/) override
    {
        return false;
    }

    /// What there is to write, if anything, and how the program ends.
    void useEnding(std::function<std::optional<QString>()> save, std::function<void(Control::Ending)> end)
    {
        m_save = std::move(save);
        m_end = std::move(end);
    }
    std::optional<QString> saveSession() override { return m_save ? m_save() : std::nullopt; }
    void end(Control::Ending why) override
    {
        if (m_end)
            m_end(why);
    }

private:
    Forward::ForwardManager &m_manager;
    std::function<std::optional<QString>()> m_save;
    std::function<void(Control::Ending)> m_end;
};

} // namespace Fairlead::App
