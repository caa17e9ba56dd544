#pragma once

#include "core/forward/forwardsnapshot.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace Fairlead::Ui {

class ForwardService;
class ForwardsModel;

/// Carries the service's news into the model: asks once for what changed several times, and never more often than the
/// eye can follow. Rows come and go at once.
class SnapshotFeed final : public QObject
{
    Q_OBJECT

public:
    /// Reads what is there already. Both must outlive it.
    SnapshotFeed(ForwardService &service, ForwardsModel &model, QObject *parent = nullptr);

    /// Brings over everything that waits; for tests and for whoever just did something.
    void flush();

signals:
    /// The model has news of these forwards.
    void updated(const QSet<Fairlead::Forward::ForwardId> &ids);
    void connectionsUpdated(const QSet<Fairlead::Forward::ForwardId> &ids);

private:
    void add(Forward::ForwardId id);
    void remove(Forward::ForwardId id);
    void schedule();

    ForwardService &m_service;
    ForwardsModel &m_model;
    QSet<Forward::ForwardId> m_changed;
    QSet<Forward::ForwardId> m_connections;
    QTimer m_timer;
};

} // namespace Fairlead::Ui
