#pragma once

#include "core/forward/engineoptions.h"
#include "core/forward/forwardsnapshot.h"
#include "core/kube/config/connectionconfig.h"
#include "core/kube/config/contextref.h"
#include "core/support/result.h"

#include <QObject>

#include <functional>
#include <memory>

namespace Fairlead::Forward {

/// Gives the connection for a context, fresh from its kubeconfig, or a sentence. Called in the manager's thread.
using ConnectionSource = std::function<Result<Kube::ConnectionConfig, QString>(const Kube::ContextRef &context)>;

/// Owns every forward of the program.
///
/// Lives in the window's (or main) thread. Each forward lives on one of a few I/O threads with everything it owns;
/// what it does arrives here as value snapshots, merged, at most four times a second a forward. State changes and
/// connection ends are never lost in merging. stop() and remove() close the local ports at once.
/// Nothing here blocks but the destructor, which ends the I/O threads.
class ForwardManager final : public QObject
{
    Q_OBJECT

public:
    explicit ForwardManager(ConnectionSource connections, QObject *parent = nullptr);
    ~ForwardManager() override;

    /// Adds a stopped forward.
    ForwardId add(const ForwardSpec &spec);
    void start(ForwardId id);
    void stop(ForwardId id);
    /// Tries again now, whatever the state; like start() for a stopped or failed one.
    void retry(ForwardId id);
    void remove(ForwardId id);
    /// Every active forward asks its server now whether its tunnels live, and those that wait try again. Done by itself
    /// when the machine wakes up or its network changes.
    void checkNow();
    /// Changes a forward; a running one is restarted with it, unless it only has another name or other words about it.
    void update(ForwardId id, const ForwardSpec &spec);

    [[nodiscard]] QList<ForwardId> ids() const;
    [[nodiscard]] ForwardSnapshot snapshot(ForwardId id) const;
    /// Open connections and the last hundred closed ones, newest first.
    [[nodiscard]] QList<ConnectionSnapshot> connections(ForwardId id) const;
    /// The last thousand lines, oldest first.
    [[nodiscard]] QList<LogLine> log(ForwardId id) const;

    /// Test and settings knobs of the engine; a forward takes them at its next start.
    using Options = EngineOptions;
    void setOptions(const Options &options);

signals:
    void added(Fairlead::Forward::ForwardId id);
    void removed(Fairlead::Forward::ForwardId id);
    void changed(const QList<Fairlead::Forward::ForwardId> &ids);
    /// Once for every change of state, in order.
    void stateChanged(Fairlead::Forward::ForwardId id, Fairlead::Forward::State state,
                      const Fairlead::Forward::Reason &reason);
    /// Once for every port of a forward, when it listens (on at least one address).
    void listening(Fairlead::Forward::ForwardId id, const Fairlead::Forward::PortSnapshot &port);
    void connectionOpened(Fairlead::Forward::ForwardId id, const Fairlead::Forward::ConnectionSnapshot &connection);
    void connectionClosed(Fairlead::Forward::ForwardId id, const Fairlead::Forward::ConnectionSnapshot &connection);
    /// Counters of connections of these forwards moved.
    void connectionsChanged(const QList<Fairlead::Forward::ForwardId> &ids);
    void logged(Fairlead::Forward::ForwardId id, const Fairlead::Forward::LogLine &line);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Fairlead::Forward
