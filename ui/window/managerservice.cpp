#include "core/forward/forwardmanager.h"
#include "core/forward/portprobe.h"
#include "ui/window/forwardservice.h"

namespace Fairlead::Ui {

using Forward::ForwardId;
using Forward::ForwardManager;

ManagerService::ManagerService(ForwardManager &manager, QObject *parent)
    : ForwardService(parent)
    , m_manager(manager)
{
    connect(&manager, &ForwardManager::added, this, &ForwardService::added);
    connect(&manager, &ForwardManager::removed, this, &ForwardService::removed);
    connect(&manager, &ForwardManager::changed, this, &ForwardService::changed);
    connect(&manager, &ForwardManager::connectionsChanged, this, &ForwardService::connectionsChanged);
    connect(&manager, &ForwardManager::logged, this, &ForwardService::logged);
    const auto touched = [this](ForwardId id) { emit connectionsChanged({id}); };
    connect(&manager, &ForwardManager::connectionOpened, this, touched);
    connect(&manager, &ForwardManager::connectionClosed, this, touched);
    connect(&manager, &ForwardManager::stateChanged, this, [this](ForwardId id) { emit changed({id}); });
}

ForwardId ManagerService::add(const Forward::ForwardSpec &spec)
{
    return m_manager.add(spec);
}

void ManagerService::start(ForwardId id)
{
    m_manager.start(id);
}

void ManagerService::stop(ForwardId id)
{
    m_manager.stop(id);
}

void ManagerService::retry(ForwardId id)
{
    m_manager.retry(id);
}

void ManagerService::remove(ForwardId id)
{
    m_manager.remove(id);
}

void ManagerService::update(ForwardId id, const Forward::ForwardSpec &spec)
{
    m_manager.update(id, spec);
}

QList<ForwardId> ManagerService::ids() const
{
    return m_manager.ids();
}

Forward::ForwardSnapshot ManagerService::snapshot(ForwardId id) const
{
    return m_manager.snapshot(id);
}

QList<Forward::ConnectionSnapshot> ManagerService::connections(ForwardId id) const
{
    return m_manager.connections(id);
}

QList<Forward::LogLine> ManagerService::log(ForwardId id) const
{
    return m_manager.log(id);
}

std::optional<Forward::PortOwner> ManagerService::portHolder(const QString &address, quint16 port) const
{
    return Forward::portHolder(address, port);
}

} // namespace Fairlead::Ui
