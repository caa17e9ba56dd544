#pragma once

#include "ui/window/forwardservice.h"

#include <QHash>

namespace Fairlead::Ui {

/// Forwards that exist on paper only: a test or a preview says what they do.
class PaperForwards final : public ForwardService
{
    Q_OBJECT

public:
    using ForwardService::ForwardService;

    /// Puts a forward there as it is given; an id of 0 gets the next one. Says added() or changed().
    Forward::ForwardId put(Forward::ForwardSnapshot forward);
    void putConnections(Forward::ForwardId id, const QList<Forward::ConnectionSnapshot> &connections);
    void putLog(Forward::ForwardId id, const QList<Forward::LogLine> &lines);
    /// All ports are free but these.
    void putHolder(quint16 port, const Forward::PortOwner &holder) { m_holders[port] = holder; }
    /// What was asked for, in order: "start 3", "retry 5".
    [[nodiscard]] const QStringList &calls() const { return m_calls; }
    void forgetCalls() { m_calls.clear(); }

    Forward::ForwardId add(const Forward::ForwardSpec &spec) override;
    void start(Forward::ForwardId id) override;
    void stop(Forward::ForwardId id) override;
    void retry(Forward::ForwardId id) override;
    void remove(Forward::ForwardId id) override;
    void update(Forward::ForwardId id, const Forward::ForwardSpec &spec) override;
    [[nodiscard]] QList<Forward::ForwardId> ids() const override { return m_order; }
    [[nodiscard]] Forward::ForwardSnapshot snapshot(Forward::ForwardId id) const override;
    [[nodiscard]] QList<Forward::ConnectionSnapshot> connections(Forward::ForwardId id) const override;
    [[nodiscard]] QList<Forward::LogLine> log(Forward::ForwardId id) const override;
    [[nodiscard]] std::optional<Forward::PortOwner> portHolder(const QString &address, quint16 port) const override;

private:
    void become(Forward::ForwardId id, Forward::State state);
    void note(const char *verb, Forward::ForwardId id);

    QList<Forward::ForwardId> m_order;
    QHash<Forward::ForwardId, Forward::ForwardSnapshot> m_forwards;
    QHash<Forward::ForwardId, QList<Forward::ConnectionSnapshot>> m_connections;
    QHash<Forward::ForwardId, QList<Forward::LogLine>> m_logs;
    QHash<quint16, Forward::PortOwner> m_holders;
    Forward::ForwardId m_last = 0;
    QStringList m_calls;
};

/// A forward of one port, the local one equal to the remote one.
[[nodiscard]] Forward::ForwardSnapshot paperForward(const QString &name, Forward::State state, quint16 port,
                                                    const QString &context = QStringLiteral("okd-dev"));
[[nodiscard]] Forward::Reason because(const QString &text, const QString &detail = {}, const QDateTime &since = {},
                                      const std::optional<QDateTime> &nextTry = {});
/// Fills in a believable working day: every state, several ports, an IPv6 address, an error.
void fillWithExamples(PaperForwards &forwards);

} // namespace Fairlead::Ui
