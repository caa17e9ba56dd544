#pragma once

#include "core/forward/forwardsnapshot.h"
#include "core/forward/portowner.h"

#include <QObject>

namespace Fairlead::Forward {
class ForwardManager;
}

namespace Fairlead::Ui {

/// What the window needs of the engine, and nothing more. The seam for tests and previews: they hand in forwards that
/// only exist on paper. Everything happens in the window's thread.
class ForwardService : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual Forward::ForwardId add(const Forward::ForwardSpec &spec) = 0;
    virtual void start(Forward::ForwardId id) = 0;
    virtual void stop(Forward::ForwardId id) = 0;
    virtual void retry(Forward::ForwardId id) = 0;
    virtual void remove(Forward::ForwardId id) = 0;
    /// As ForwardManager::update().
    virtual void update(Forward::ForwardId id, const Forward::ForwardSpec &spec) = 0;

    [[nodiscard]] virtual QList<Forward::ForwardId> ids() const = 0;
    [[nodiscard]] virtual Forward::ForwardSnapshot snapshot(Forward::ForwardId id) const = 0;
    [[nodiscard]] virtual QList<Forward::ConnectionSnapshot> connections(Forward::ForwardId id) const = 0;
    [[nodiscard]] virtual QList<Forward::LogLine> log(Forward::ForwardId id) const = 0;

    /// As Forward::portHolder().
    [[nodiscard]] virtual std::optional<Forward::PortOwner> portHolder(const QString &address, quint16 port) const = 0;

signals:
    void added(Fairlead::Forward::ForwardId id);
    void removed(Fairlead::Forward::ForwardId id);
    void changed(const QList<Fairlead::Forward::ForwardId> &ids);
    void connectionsChanged(const QList<Fairlead::Forward::ForwardId> &ids);
    void logged(Fairlead::Forward::ForwardId id, const Fairlead::Forward::LogLine &line);
};

/// The real one: passes everything on to a manager, which must outlive it.
class ManagerService final : public ForwardService
{
    Q_OBJECT

public:
    explicit ManagerService(Forward::ForwardManager &manager, QObject *parent = nullptr);

    Forward::ForwardId add(const Forward::ForwardSpec &spec) override;
    void start(Forward::ForwardId id) override;
    void stop(Forward::ForwardId id) override;
    void retry(Forward::ForwardId id) override;
    void remove(Forward::ForwardId id) override;
    void update(Forward::ForwardId id, const Forward::ForwardSpec &spec) override;
    [[nodiscard]] QList<Forward::ForwardId> ids() const override;
    [[nodiscard]] Forward::ForwardSnapshot snapshot(Forward::ForwardId id) const override;
    [[nodiscard]] QList<Forward::ConnectionSnapshot> connections(Forward::ForwardId id) const override;
    [[nodiscard]] QList<Forward::LogLine> log(Forward::ForwardId id) const override;
    [[nodiscard]] std::optional<Forward::PortOwner> portHolder(const QString &address, quint16 port) const override;

private:
    Forward::ForwardManager &m_manager;
};

} // namespace Fairlead::Ui
