#include "app/engine/takensession.h"

#include <utility>

namespace Fairlead::App {

using Forward::ForwardId;
using Forward::ForwardManager;

TakenSession::TakenSession(const Control::EnginePlace &place)
    : m_file(place)
    , m_session(m_file.load(&m_problem))
{
}

void TakenSession::keep(ForwardManager &manager, const Store::Surroundings &here,
                        std::function<std::optional<QString>()> save)
{
    if (!m_session)
        return;
    m_save = std::move(save);
    for (const Store::PlannedForward &plan : Store::planFor(m_session->asked, here)) {
        if (plan.isToStart() && plan.there != 0 && manager.snapshot(plan.there).state == Forward::State::Stopped)
            m_awaited << plan.there;
    }
    if (m_awaited.isEmpty())
        return letGo();
    connect(&manager, &ForwardManager::stateChanged, this, &TakenSession::settle);
    connect(&manager, &ForwardManager::removed, this, &TakenSession::settle);
}

void TakenSession::settle(ForwardId id)
{
    if (m_awaited.remove(id) && m_awaited.isEmpty())
        letGo();
}

/// What cannot be written stays where it is, for the next run.
void TakenSession::letGo()
{
    if (!m_save())
        m_file.remove();
}

} // namespace Fairlead::App
