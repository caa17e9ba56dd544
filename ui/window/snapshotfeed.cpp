#include "ui/window/snapshotfeed.h"

#include "ui/forwards/forwardsmodel.h"
#include "ui/window/forwardservice.h"

#include <chrono>

using namespace std::chrono_literals;

namespace Fairlead::Ui {

using Forward::ForwardId;

namespace {
// Short enough that a click and its effect are one, long enough that 200 connections ending together are one update.
constexpr auto Settle = 60ms;
} // namespace

SnapshotFeed::SnapshotFeed(ForwardService &service, ForwardsModel &model, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_model(model)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(Settle);
    connect(&m_timer, &QTimer::timeout, this, &SnapshotFeed::flush);
    connect(&service, &ForwardService::added, this, &SnapshotFeed::add);
    connect(&service, &ForwardService::removed, this, &SnapshotFeed::remove);
    connect(&service, &ForwardService::changed, this, [this](const QList<ForwardId> &ids) {
        m_changed.unite({ids.cbegin(), ids.cend()});
        schedule();
    });
    connect(&service, &ForwardService::connectionsChanged, this, [this](const QList<ForwardId> &ids) {
        m_connections.unite({ids.cbegin(), ids.cend()});
        schedule();
    });
    const QList<ForwardId> ids = service.ids();
    for (const ForwardId id : ids)
        add(id);
}

void SnapshotFeed::flush()
{
    m_timer.stop();
    const QSet<ForwardId> changed = std::exchange(m_changed, {});
    const QSet<ForwardId> connections = std::exchange(m_connections, {});
    for (const ForwardId id : changed) {
        if (m_model.find(id))
            m_model.put(m_service.snapshot(id));
    }
    if (!changed.isEmpty())
        emit updated(changed);
    if (!connections.isEmpty())
        emit connectionsUpdated(connections);
}

void SnapshotFeed::add(ForwardId id)
{
    m_model.put(m_service.snapshot(id));
    emit updated({id});
}

void SnapshotFeed::remove(ForwardId id)
{
    m_changed.remove(id);
    m_connections.remove(id);
    m_model.remove(id);
    emit updated({id});
}

void SnapshotFeed::schedule()
{
    if (!m_timer.isActive())
        m_timer.start();
}

} // namespace Fairlead::Ui
