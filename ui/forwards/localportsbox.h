#pragma once

#include "core/kube/objects/portspec.h"

#include <QWidget>

class QLineEdit;

namespace Fairlead::Ui {

/// The local ports of a forward, a line each: "[8080] → http". An empty field takes the port's own number, 0 any that
/// is free.
class LocalPortsBox final : public QWidget
{
    Q_OBJECT

public:
    explicit LocalPortsBox(const QList<Kube::PortArgument> &ports, QWidget *parent = nullptr);

    /// What was given, with the local ports that are typed now.
    [[nodiscard]] QList<Kube::PortArgument> ports() const;
    /// Why that cannot be, as a sentence; empty if it can.
    [[nodiscard]] QString problem() const;
    /// Where a label in front of this should lead.
    [[nodiscard]] QWidget *field() const;

signals:
    void changed();

private:
    QList<Kube::PortArgument> m_ports;
    QList<QLineEdit *> m_fields;
};

} // namespace Fairlead::Ui
