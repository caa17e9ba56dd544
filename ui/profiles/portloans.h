#pragma once

#include "core/store/profiles/profile.h"
#include "ui/window/forwardservice.h"

#include <QHash>
#include <QObject>

namespace Fairlead::Ui {

/// Forwards that listen on other local ports than they should, for this time: they get their own back when they are
/// stopped.
class PortLoans final : public QObject
{
    Q_OBJECT

public:
    explicit PortLoans(ForwardService &service, QObject *parent = nullptr);

    using Ports = QList<Kube::PortArgument>;
    /// The forward has other ports now than `own`.
    void note(Forward::ForwardId id, const Ports &own);
    /// It has its own again.
    void forget(Forward::ForwardId id) { m_loans.remove(id); }
    /// What the forward is when it listens where it should.
    [[nodiscard]] Forward::ForwardSpec ownSpec(Forward::ForwardId id) const;

private:
    struct Loan {
        Ports own;
        bool ran = false; ///< it has begun to run with the others; before that it is stopped, too
    };

    void look(Forward::ForwardId id);

    ForwardService &m_service;
    QHash<Forward::ForwardId, Loan> m_loans;
};

} // namespace Fairlead::Ui
