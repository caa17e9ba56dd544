#include "ui/forwards/localportsbox.h"

#include <QGridLayout>
#include <QIntValidator>
#include <QLabel>
#include <QLineEdit>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

constexpr int HighestPort = 65'535;

QString placeholderFor(const Kube::PortArgument &port)
{
    bool isNumber = false;
    port.remote.toUShort(&isNumber);
    return isNumber ? port.remote : LocalPortsBox::tr("its number", "of a port that is known by name");
}

} // namespace

LocalPortsBox::LocalPortsBox(const QList<Kube::PortArgument> &ports, QWidget *parent)
    : QWidget(parent)
    , m_ports(ports)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setColumnStretch(2, 1);
    for (const Kube::PortArgument &port : ports) {
        const int row = int(m_fields.size());
        auto *field = new QLineEdit(this);
        field->setObjectName(u"localPort%1"_s.arg(row));
        field->setValidator(new QIntValidator(0, HighestPort, field));
        field->setPlaceholderText(placeholderFor(port));
        field->setMaximumWidth(field->fontMetrics().horizontalAdvance(u"its number 00"_s) + 16);
        //: %1 is a port in the pod, a number or a name.
        field->setAccessibleName(tr("Local port for port %1").arg(port.remote));
        field->setAccessibleDescription(tr("Empty: the same number as in the pod; 0: any free port."));
        field->setToolTip(field->accessibleDescription());
        if (port.local)
            field->setText(QString::number(*port.local));
        grid->addWidget(field, row, 0);
        grid->addWidget(new QLabel(u"→"_s, this), row, 1);
        auto *remote = new QLabel(port.remote, this);
        remote->setTextFormat(Qt::PlainText);
        grid->addWidget(remote, row, 2);
        connect(field, &QLineEdit::textChanged, this, &LocalPortsBox::changed);
        m_fields << field;
    }
}

QList<Kube::PortArgument> LocalPortsBox::ports() const
{
    QList<Kube::PortArgument> ports = m_ports;
    for (int i = 0; i < ports.size(); ++i) {
        const QString typed = m_fields.at(i)->text();
        ports[i].local = typed.isEmpty() ? std::nullopt : std::optional(typed.toUShort());
    }
    return ports;
}

QString LocalPortsBox::problem() const
{
    QSet<quint16> taken;
    const QList<Kube::PortArgument> all = ports();
    for (int i = 0; i < all.size(); ++i) {
        if (!m_fields.at(i)->hasAcceptableInput() && !m_fields.at(i)->text().isEmpty())
            return tr("A port is a number up to 65535.");
        const quint16 local = all.at(i).local.value_or(all.at(i).remote.toUShort());
        if (local != 0 && taken.contains(local))
            return tr("Local port %1 is there twice.").arg(local);
        taken << local;
    }
    return {};
}

QWidget *LocalPortsBox::field() const
{
    return m_fields.value(0);
}

} // namespace Fairlead::Ui
