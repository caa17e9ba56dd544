#pragma once

#include "core/forward/forwardsnapshot.h"

#include <QObject>

#include <functional>

namespace Fairlead::Ui {

class ForwardService;
class ForwardsModel;
class StartGuard;

/// What can be done to forwards, one or many at once. Reports in a sentence what cannot be seen in the table.
class ForwardCommands final : public QObject
{
    Q_OBJECT

public:
    using Ids = QList<Forward::ForwardId>;

    ForwardCommands(ForwardService &service, const ForwardsModel &model, QObject *parent = nullptr);

    /// Asked before anything is started; must outlive this. Without one nothing is asked.
    void setGuard(StartGuard *guard) { m_guard = guard; }

    /// Adds one and starts it; restored() tells where it is.
    void addAndStart(const Forward::ForwardSpec &spec);
    void start(const Ids &ids);
    void stop(const Ids &ids);
    void retry(const Ids &ids);
    /// Those of this context that wait for a sign-in.
    void retrySignIns(const Kube::ContextRef &context);
    /// Starts them if none is active, else stops those that are.
    void toggle(const Ids &ids);
    /// Takes them away; undoRemove() brings the last ones back.
    void remove(const Ids &ids);
    void undoRemove();
    void forgetRemoved();
    [[nodiscard]] bool canUndo() const { return !m_removed.isEmpty(); }

    /// One browser page a forward: the one that browserUrl() says, or the port with this index.
    void openInBrowser(const Ids &ids, int port = -1);
    /// Another name, other words, ports or addresses. Restarts a running one where it must.
    void change(Forward::ForwardId id, const Forward::ForwardSpec &spec);
    /// Moves it away from local ports that somebody else has, and starts it.
    void useFreePorts(Forward::ForwardId id);
    /// One line an address: of the port with this index, or of every port.
    void copyAddress(const Ids &ids, int port = -1);
    /// One line a forward, as `program` ("kubectl", "oc") would do it.
    void copyCommand(const Ids &ids, const QString &program);
    void copyDetails(const Ids &ids);

signals:
    /// A short-lived remark, for the status bar.
    void notice(const QString &text);
    /// `text` is empty when there is nothing to bring back any more.
    void removedChanged(const QString &text);
    /// It is in the table (again).
    void restored(Fairlead::Forward::ForwardId id);

private:
    struct Removed {
        Forward::ForwardSpec spec;
        bool active = false;
    };

    [[nodiscard]] QList<Kube::ContextRef> contextsOf(const Ids &ids) const;
    void pass(const QList<Kube::ContextRef> &contexts, const std::function<void()> &then);
    void copy(const QStringList &lines, const QString &notice);

    ForwardService &m_service;
    const ForwardsModel &m_model;
    QList<Removed> m_removed;
    StartGuard *m_guard = nullptr;
};

} // namespace Fairlead::Ui
