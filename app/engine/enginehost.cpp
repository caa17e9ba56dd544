#include "app/engine/enginehost.h"

namespace Fairlead::App {

EngineHost::EngineHost(EngineParts &parts, Store::ProfileFolder &folder, Control::Face &face,
                       const Control::ForwardDesk::Here &here, QObject *parent)
    : QObject(parent)
    , m_desk(parts.forwards, folder, here)
    , m_api(m_desk, face)
    , m_server([this](const Control::Request &request) { return m_api.answer(request); })
{
    connect(&m_api, &Control::EngineApi::happened, &m_server, &Control::ControlServer::publish);
}

EngineHost::~EngineHost() = default;

std::optional<QString> EngineHost::listen(const Control::EnginePlace &place, Control::EngineLock lock)
{
    m_lock.emplace(std::move(lock));
    const auto listens = m_server.listen(place);
    return listens ? std::nullopt : std::optional(listens.error());
}

} // namespace Fairlead::App
