#include "ui/format.h"
#include "ui/forwards/describe.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

struct FactsText {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Ui::FactsText)
};

void addPorts(QStringList &lines, const Forward::ForwardSnapshot &forward)
{
    for (const Forward::PortSnapshot &port : forward.ports) {
        for (const Forward::ListenerStatus &listener : port.listeners) {
            const LocalEnd end{listener.address, listener.port, {}, {}, false};
            //: A listening address: %1 is "127.0.0.1:8080", %2 the port in the pod.
            QString line = FactsText::tr("Port: %1 → %2").arg(addressText(end)).arg(port.remotePort);
            if (!listener.error.isEmpty())
                line += u" - "_s + listener.error;
            lines << line;
        }
    }
}

} // namespace

QString factsText(const Forward::ForwardSnapshot &forward)
{
    QStringList lines;
    const auto add = [&lines](const QString &label, const QString &value) {
        if (!value.isEmpty()) {
            //: A line of a list of facts: %1 is the label, %2 the value.
            lines << FactsText::tr("%1: %2").arg(label, value);
        }
    };
    add(FactsText::tr("Name"), forwardName(forward.spec));
    add(FactsText::tr("Notes"), forward.spec.about.notes);
    add(FactsText::tr("Tags"), tagsText(forward.spec.about));
    add(FactsText::tr("State"), Forward::stateText(forward.state));
    add(FactsText::tr("Reason"), forward.reason.text);
    add(FactsText::tr("In the server's words"), forward.reason.detail);
    add(FactsText::tr("What helps"), forward.reason.advice);
    add(FactsText::tr("Since"), forward.reason.since.toString(Qt::ISODate));
    add(FactsText::tr("Target"), targetText(forward.spec));
    if (forward.spec.target.isFollowed())
        add(FactsText::tr("Pods"), podText(forward));
    if (forward.reconnects > 0)
        add(FactsText::tr("Reconnects"), QString::number(forward.reconnects));
    add(FactsText::tr("Namespace"), forward.spec.namespaceName);
    add(FactsText::tr("Context"), forward.spec.context);
    if (!forward.spec.kubeconfig.isEmpty())
        add(FactsText::tr("Kubeconfig"), forward.spec.kubeconfig);
    addPorts(lines, forward);
    add(FactsText::tr("Received"), formatBytes(forward.traffic.bytesDown));
    add(FactsText::tr("Sent"), formatBytes(forward.traffic.bytesUp));
    add(FactsText::tr("Connections"), connectionsText(forward.openConnections, forward.totalConnections));
    if (forward.roundTripMs)
        add(FactsText::tr("Round trip"), formatRoundTrip(*forward.roundTripMs));
    if (forward.transport)
        add(FactsText::tr("Carried by"), Forward::transportText(*forward.transport));
    add(FactsText::tr("Command"), Forward::commandLine(forward.spec, u"kubectl"_s));
    return lines.join('\n'_L1) + '\n'_L1;
}

} // namespace Fairlead::Ui
