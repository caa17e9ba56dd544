#pragma once

#include "app/engine/engineparts.h"
#include "core/control/controlserver.h"
#include "core/control/engineapi.h"
#include "core/control/engineplace.h"

#include <optional>

namespace Fairlead::App {

/// Makes this process the engine that others talk to: listens, and has requests answered for one face. Everything that
/// it is given must outlive it.
class EngineHost final : public QObject
{
    Q_OBJECT

public:
    EngineHost(EngineParts &parts, Store::ProfileFolder &folder, Control::Face &face,
               const Control::ForwardDesk::Here &here, QObject *parent = nullptr);
    ~EngineHost() override;

    /// The caller holds the place's lock for longer than there are forwards: whoever has the lock next wants their
    /// ports. A sentence if it cannot listen; it works all the same, for nobody else.
    [[nodiscard]] std::optional<QString> listen(const Control::EnginePlace &place);
    [[nodiscard]] Control::ForwardDesk &desk() { return m_desk; }
    [[nodiscard]] Control::EngineApi &api() { return m_api; }

private:
    Control::ForwardDesk m_desk;
    Control::EngineApi m_api;
    Control::ControlServer m_server;
    Control::Face &m_face;
    std::optional<Control::Ending> m_ending; ///< from when it was told to until it does
};

} // namespace Fairlead::App
