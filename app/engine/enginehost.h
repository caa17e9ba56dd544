#pragma once

#include "app/engine/engineparts.h"
#include "core/control/controlserver.h"
#include "core/control/engineapi.h"
#include "core/control/engineseat.h"

#include <optional>

namespace Fairlead::App {

/// Makes this process the engine that others talk to: holds its seat, listens, and has requests answered for one face.
/// Everything that it is given must outlive it.
class EngineHost final : public QObject
{
    Q_OBJECT

public:
    EngineHost(EngineParts &parts, Store::ProfileFolder &folder, Control::Face &face,
               const Control::ForwardDesk::Here &here, QObject *parent = nullptr);
    ~EngineHost() override;

    /// A sentence if it cannot listen; it works all the same, for nobody else.
    [[nodiscard]] std::optional<QString> listen(const Control::EnginePlace &place, Control::EngineLock lock);
    [[nodiscard]] Control::ForwardDesk &desk() { return m_desk; }
    [[nodiscard]] Control::EngineApi &api() { return m_api; }

private:
    std::optional<Control::EngineLock> m_lock; ///< first: let go when nobody listens any more
    Control::ForwardDesk m_desk;
    Control::EngineApi m_api;
    Control::ControlServer m_server;
};

} // namespace Fairlead::App
