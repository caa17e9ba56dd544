#include "ui/details/detailspanel.h"

#include "ui/connections/connectionsmodel.h"
#include "ui/connections/connectionsview.h"
#include "ui/details/factspage.h"
#include "ui/details/logview.h"
#include "ui/format.h"
#include "ui/forwards/describe.h"
#include "ui/widgets/placeholder.h"
#include "ui/widgets/tablecolumns.h"

#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Forward::ForwardSnapshot;

DetailsPanel::DetailsPanel(Store::Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_pages(new QStackedWidget(this))
    , m_nothing(new QLabel(this))
    , m_tabs(new QTabWidget(this))
    , m_summary(new QLabel(this))
    , m_connections(new ConnectionsModel(this))
    , m_connectionsView(new ConnectionsView(*m_connections, settings))
    , m_connectionsPages(new QStackedWidget)
    , m_noConnections(new Placeholder)
    , m_log(new LogView)
    , m_facts(new FactsPage)
{
    setObjectName(u"details"_s);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setForegroundRole(QPalette::PlaceholderText);
    m_connectionsPages->addWidget(m_connectionsView);
    m_connectionsPages->addWidget(m_noConnections);
    m_tabs->setDocumentMode(true);
    m_tabs->setObjectName(u"detailsTabs"_s);
    m_tabs->setAccessibleName(tr("Details of the selected forward"));
    m_tabs->tabBar()->setAccessibleName(tr("Kinds of details"));
    m_tabs->addTab(m_connectionsPages, tr("Connections"));
    m_tabs->addTab(m_log, tr("Log"));
    m_tabs->addTab(m_facts, tr("Details"));
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    m_summary->setContentsMargins(12, 0, 12, 6);
    m_tabs->setCornerWidget(m_summary, Qt::TopRightCorner);
    m_pages->addWidget(m_tabs);
    m_pages->addWidget(m_nothing);
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins({});
    box->addWidget(m_pages);
    m_noConnections->setAutoFillBackground(true);
    m_noConnections->setBackgroundRole(QPalette::Base);
    connect(m_facts, &FactsPage::copyRequested, this, &DetailsPanel::copyDetailsRequested);
    connect(m_noConnections, &Placeholder::linkActivated, this, &DetailsPanel::openRequested);
    openNothing(0);
}

void DetailsPanel::open(const ForwardSnapshot &forward, const QList<Forward::ConnectionSnapshot> &connections,
                        const QList<Forward::LogLine> &log)
{
    if (m_id != forward.id)
        m_connections->clear(); // ids of connections are unique in their forward only
    m_id = forward.id;
    m_log->setLines(log);
    m_pages->setCurrentWidget(m_tabs);
    m_forward = forward;
    setConnections(connections);
    update(forward);
}

void DetailsPanel::openNothing(int selectedCount)
{
    m_id = 0;
    m_nothing->setText(selectedCount == 0 ? tr("Select a forward to see its connections, its log and its details.")
                                          : tr("%n forward(s) selected", nullptr, selectedCount));
    m_pages->setCurrentWidget(m_nothing);
    m_connections->clear();
    m_log->setLines({});
}

void DetailsPanel::update(const ForwardSnapshot &forward)
{
    m_forward = forward;
    m_facts->show(forward);
    const bool moved = forward.traffic.bytesDown > 0 || forward.traffic.bytesUp > 0;
    //: Above the details: %1 is the forward's name, %2 and %3 what it received and sent so far.
    m_summary->setText(!moved ? forwardName(forward.spec)
                              : tr("%1 · ↓ %2 ↑ %3")
                                    .arg(forwardName(forward.spec), formatBytes(forward.traffic.bytesDown),
                                         formatBytes(forward.traffic.bytesUp)));
    refreshEmptyConnections();
}

void DetailsPanel::setConnections(const QList<Forward::ConnectionSnapshot> &connections)
{
    m_connections->setConnections(connections);
    QWidget *page = connections.isEmpty() ? static_cast<QWidget *>(m_noConnections) : m_connectionsView;
    m_connectionsPages->setCurrentWidget(page);
}

void DetailsPanel::addLogLine(const Forward::LogLine &line)
{
    m_log->append(line);
}

void DetailsPanel::focusCurrentTab()
{
    QWidget *page = m_tabs->currentWidget();
    if (page == m_connectionsPages)
        page = m_connections->rowCount() > 0 ? static_cast<QWidget *>(m_connectionsView) : m_tabs->tabBar();
    page->setFocus(Qt::ShortcutFocusReason);
}

void DetailsPanel::saveLayout() const
{
    m_connectionsView->columns().save();
}

void DetailsPanel::refreshEmptyConnections()
{
    const QUrl url = browserUrl(m_forward);
    const bool listens = isActive(m_forward.state) && url.isValid();
    m_noConnections->setContent(u"empty-connections"_s, tr("No connections yet"),
                                listens ? tr("Programs can connect to the local port now.")
                                        : tr("The forward does not run, so no program can connect."));
    m_noConnections->setLink(listens ? url : QUrl());
}

} // namespace Fairlead::Ui
