#include "ui/details/factspage.h"

#include "ui/format.h"
#include "ui/forwards/describe.h"
#include "ui/icons.h"

#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Forward::ForwardSnapshot;

namespace {

/// One line a listening address: where, to which port, with its trouble or its share of the traffic.
QString portsText(const ForwardSnapshot &forward)
{
    QStringList lines;
    for (const Forward::PortSnapshot &port : forward.ports) {
        for (const Forward::ListenerStatus &listener : port.listeners) {
            const LocalEnd end{listener.address, listener.port ? listener.port : port.localPort, {}, {}, false};
            QString line = FactsPage::tr("%1 → %2").arg(addressText(end)).arg(port.remotePort);
            if (!port.name.isEmpty())
                line += u" (%1)"_s.arg(port.name);
            if (!listener.error.isEmpty())
                line += u" – "_s + listener.error;
            lines << line;
        }
        if (forward.ports.size() > 1 && port.totalConnections > 0) {
            //: Traffic of one port: %1 bytes received, %2 bytes sent, %3 as in "3 of 41".
            lines << FactsPage::tr("    %1 received, %2 sent, connections: %3")
                         .arg(formatBytes(port.traffic.bytesDown), formatBytes(port.traffic.bytesUp),
                              connectionsText(port.openConnections, port.totalConnections));
        }
    }
    return lines.isEmpty() ? localToolTip(localEnds(forward)) : lines.join('\n'_L1);
}

QString trafficText(const Forward::Traffic &traffic)
{
    //: %1 and %2 are amounts of data with their unit.
    return FactsPage::tr("%1 received, %2 sent").arg(formatBytes(traffic.bytesDown), formatBytes(traffic.bytesUp));
}

} // namespace

FactsPage::FactsPage(QWidget *parent)
    : QScrollArea(parent)
{
    setObjectName(u"facts"_s);
    setAccessibleName(tr("Details of the forward"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    auto *content = new QWidget(this);
    content->setBackgroundRole(QPalette::Base);
    setBackgroundRole(QPalette::Base);
    auto *box = new QVBoxLayout(content);
    box->setContentsMargins(12, 10, 12, 10);
    // No QFormLayout: with hidden rows and texts that wrap, the one of Qt 6.4 writes behind its own array.
    m_form = new QGridLayout;
    m_form->setHorizontalSpacing(18);
    m_form->setVerticalSpacing(5);
    m_form->setColumnStretch(1, 1);
    box->addLayout(m_form);
    addFacts();
    auto *copy = new QPushButton(icon(u"copy"_s), tr("Copy details"), content);
    copy->setAccessibleName(copy->text());
    connect(copy, &QPushButton::clicked, this, &FactsPage::copyRequested);
    box->addSpacing(6);
    box->addWidget(copy, 0, Qt::AlignLeading);
    box->addStretch();
    setWidget(content);
}

void FactsPage::addFacts()
{
    addFact(Fact::State, tr("State"));
    addFact(Fact::Reason, tr("Reason"));
    addFact(Fact::Detail, tr("In the server's words"));
    addFact(Fact::Advice, tr("What helps"));
    addFact(Fact::Since, tr("Since"));
    addFact(Fact::NextTry, tr("Next try"));
    addFact(Fact::Name, tr("Name"));
    addFact(Fact::Notes, tr("Notes"));
    addFact(Fact::Tags, tr("Tags"));
    addFact(Fact::Url, tr("Opens in the browser"));
    addFact(Fact::Target, tr("Target"));
    addFact(Fact::Pods, tr("Pods"));
    addFact(Fact::Place, tr("Namespace and context"));
    addFact(Fact::Ports, tr("Local addresses"));
    addFact(Fact::Traffic, tr("Traffic"));
    addFact(Fact::Connections, tr("Connections"));
    addFact(Fact::Reconnects, tr("Reconnects"));
    addFact(Fact::RoundTrip, tr("Round trip"));
    addFact(Fact::Transport, tr("Carried by"));
    addFact(Fact::LastActivity, tr("Last activity"));
    addFact(Fact::Command, tr("The same by hand"));
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    for (const Fact fact : {Fact::Ports, Fact::Command, Fact::Detail, Fact::Advice})
        m_values.value(fact)->setFont(fixed);
}

void FactsPage::addFact(Fact fact, const QString &label)
{
    auto *value = new QLabel;
    value->setTextFormat(Qt::PlainText);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setWordWrap(true);
    value->setAccessibleName(label);
    auto *title = new QLabel(label);
    title->setForegroundRole(QPalette::PlaceholderText);
    title->setBuddy(value);
    const int row = m_form->rowCount();
    m_form->addWidget(title, row, 0, Qt::AlignTop);
    m_form->addWidget(value, row, 1);
    m_values.insert(fact, value);
    m_titles.insert(fact, title);
}

void FactsPage::set(Fact fact, const QString &text)
{
    QLabel *value = m_values.value(fact);
    const bool shown = !text.isEmpty();
    if (value->text() != text) {
        value->setText(text);
        value->setAccessibleDescription(text);
    }
    value->setVisible(shown);
    m_titles.value(fact)->setVisible(shown);
}

void FactsPage::show(const ForwardSnapshot &forward)
{
    set(Fact::State, Forward::stateText(forward.state));
    const QString held = heldText(forward);
    set(Fact::Reason, held.isEmpty() ? forward.reason.text : forward.reason.text + u' ' + held);
    set(Fact::Detail, forward.reason.detail);
    set(Fact::Advice, forward.reason.advice);
    set(Fact::Since, formatTime(forward.reason.since));
    set(Fact::NextTry, forward.reason.nextTry ? formatTime(*forward.reason.nextTry) : QString());
    set(Fact::Name, forwardName(forward.spec));
    set(Fact::Notes, forward.spec.about.notes);
    set(Fact::Tags, tagsText(forward.spec.about));
    set(Fact::Url, forward.spec.about.url.isEmpty() ? QString() : browserUrl(forward).toDisplayString());
    set(Fact::Target, targetText(forward.spec));
    set(Fact::Pods, forward.spec.target.isFollowed() ? podText(forward) : QString());
    set(Fact::Place, placeText(forward.spec));
    set(Fact::Ports, portsText(forward));
    set(Fact::Traffic, trafficText(forward.traffic));
    set(Fact::Connections, connectionsText(forward.openConnections, forward.totalConnections));
    set(Fact::Reconnects, forward.reconnects > 0 ? QString::number(forward.reconnects) : QString());
    set(Fact::RoundTrip, forward.roundTripMs ? formatRoundTrip(*forward.roundTripMs) : QString());
    set(Fact::Transport, forward.transport ? Forward::transportText(*forward.transport) : QString());
    set(Fact::LastActivity, forward.lastActivity ? formatTime(*forward.lastActivity) : QString());
    set(Fact::Command, Forward::commandLine(forward.spec, u"kubectl"_s));
}

} // namespace Fairlead::Ui
