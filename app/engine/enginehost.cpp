#include "app/engine/enginehost.h"

#include <utility>

namespace Fairlead::App {

EngineHost::EngineHost(EngineParts &parts, Store::ProfileFolder &folder, Control::Face &face,
                       const Control::ForwardDesk::Here &here, QObject *parent)
    : QObject(parent)
    , m_desk(parts.forwards, folder, here)
    , m_api(m_desk, face)
    , m_server([this](const Control::Request &request) { return m_api.answer(request); })
    , m_face(face)
{
    m_api.setOverrides(parts.overrides());
    connect(&m_api, &Control::EngineApi::happened, &m_server, &Control::ControlServer::publish);
    connect(&m_api, &Control::EngineApi::ending, this, [this](Control::Ending why) {
        m_ending = why;
        m_server.finish();
    });
    connect(&m_server, &Control::ControlServer::finished, this, [this] {
        if (const auto why = std::exchange(m_ending, std::nullopt))
            m_face.end(*why);
    });
}

EngineHost::~EngineHost() = default;

std::optional<QString> EngineHost::listen(const Control::EnginePlace &place)
{
    m_api.setTakeOverFile(Control::TakeOverFile(place));
    const auto listens = m_server.listen(place);
    return listens ? std::nullopt : std::optional(listens.error());
}

} // namespace Fairlead::App
