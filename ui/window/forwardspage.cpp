#include "ui/window/forwardspage.h"

#include "core/store/settings.h"
#include "ui/details/detailspanel.h"
#include "ui/forwards/forwardsmodel.h"
#include "ui/forwards/forwardsview.h"
#include "ui/sidebar/categorymodel.h"
#include "ui/sidebar/sidebar.h"
#include "ui/widgets/messagearea.h"
#include "ui/widgets/placeholder.h"
#include "ui/widgets/tablecolumns.h"
#include "ui/window/forwardservice.h"

#include <QEvent>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Fairlead::Ui {

using Forward::ForwardId;

namespace {
constexpr auto UndoOffered = 20s; ///< long enough to read, look at the table and decide
const QString RemovedKey = u"removed"_s;
} // namespace

ForwardsPage::ForwardsPage(ForwardService &service, ForwardsModel &model, Store::Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_service(service)
    , m_model(model)
    , m_settings(settings)
    , m_filter(new ForwardsFilter(this))
    , m_categories(new CategoryModel(model, this))
    , m_sideBar(new SideBar(*m_categories))
    , m_messages(new MessageArea)
    , m_empty(new Placeholder)
    , m_pages(new QStackedWidget)
    , m_details(new DetailsPanel(settings))
    , m_removedTimer(new QTimer(this))
    , m_across(new QSplitter(Qt::Horizontal))
    , m_down(new QSplitter(Qt::Vertical))
{
    m_filter->setSourceModel(&model);
    m_table = new ForwardsView(model, *m_filter, settings);
    auto *upper = new QWidget;
    build(upper);
    watch();
    refreshEmptiness();
}

ForwardsPage::~ForwardsPage() = default;

void ForwardsPage::build(QWidget *upper)
{
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    m_empty->setAutoFillBackground(true);
    m_empty->setBackgroundRole(QPalette::Base);
    auto *upperBox = new QVBoxLayout(upper);
    upperBox->setContentsMargins({});
    upperBox->setSpacing(0);
    upperBox->addWidget(m_messages);
    upperBox->addWidget(m_pages, 1);

    m_down->setObjectName(u"tableAndDetails"_s);
    m_down->addWidget(upper);
    m_down->addWidget(m_details);
    m_down->setStretchFactor(0, 3);
    m_down->setStretchFactor(1, 1);
    m_down->setCollapsible(0, false);
    m_down->setCollapsible(1, false);
    m_across->setObjectName(u"sideBarAndTable"_s);
    m_across->addWidget(m_sideBar);
    m_across->addWidget(m_down);
    m_across->setStretchFactor(0, 0);
    m_across->setStretchFactor(1, 1);
    m_across->setCollapsible(1, false);
    for (QSplitter *splitter : {m_across, m_down}) {
        splitter->setHandleWidth(1);
        splitter->restoreState(m_settings.layoutState(splitter->objectName()));
    }
    m_downState = m_settings.layoutState(m_down->objectName());
    if (m_settings.layoutState(m_across->objectName()).isEmpty())
        m_across->setSizes({m_sideBar->sizeHint().width(), 100'000});
    if (m_settings.layoutState(m_down->objectName()).isEmpty())
        m_down->setSizes({100'000, fontMetrics().height() * 17});
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins({});
    box->setSpacing(0);
    box->addWidget(m_across);
}

void ForwardsPage::watch()
{
    connect(m_sideBar, &SideBar::categoryChosen, m_filter, &ForwardsFilter::setCategory);
    connect(m_table, &ForwardsView::selectionMoved, this, &ForwardsPage::showSelection);
    connect(m_empty, &Placeholder::actionTriggered, this, &ForwardsPage::pressEmptyButton);
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_filter, signal, this, &ForwardsPage::refreshEmptiness);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &ForwardsPage::refreshEmptiness);
    connect(m_filter, &QAbstractItemModel::layoutChanged, this, &ForwardsPage::refreshEmptiness);
    // Rows that never passed the filter come and go without a word from it.
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &ForwardsPage::refreshEmptiness);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &ForwardsPage::refreshEmptiness);
    connect(m_sideBar, &SideBar::categoryChosen, this, &ForwardsPage::refreshEmptiness);
    connect(&m_service, &ForwardService::logged, this, [this](ForwardId id, const Forward::LogLine &line) {
        if (id == m_details->forwardId())
            m_details->addLogLine(line);
    });
    connect(m_messages, &MessageArea::dismissed, this, [this](const QString &key) {
        if (key == RemovedKey)
            emit removedDismissed();
    });
    m_removedTimer->setSingleShot(true);
    m_removedTimer->setInterval(UndoOffered);
    connect(m_removedTimer, &QTimer::timeout, this, &ForwardsPage::removedDismissed);
}

QList<Forward::ForwardSnapshot> ForwardsPage::selection() const
{
    QList<Forward::ForwardSnapshot> forwards;
    const QList<ForwardId> ids = m_table->selectedIds();
    for (const ForwardId id : ids)
        forwards << *m_model.find(id);
    return forwards;
}

void ForwardsPage::setFilterText(const QString &text)
{
    m_filterText = text.trimmed();
    m_filter->setText(text);
    refreshEmptiness();
}

void ForwardsPage::setHasClusters(bool has, const QStringList &lookedAt)
{
    m_hasClusters = has;
    m_lookedAt = lookedAt;
    refreshEmptiness();
}

void ForwardsPage::setDetailsShown(bool shown)
{
    m_detailsShown = shown;
    refreshDetails();
}

/// A splitter forgets the size of a hidden pane; so what the user chose is kept here meanwhile.
void ForwardsPage::refreshDetails()
{
    const bool show = m_detailsShown && m_model.rowCount() > 0;
    if (show == !m_details->isHidden())
        return;
    if (!show && isVisible()) // before that there is no size yet that anybody chose
        m_downState = m_down->saveState();
    m_details->setVisible(show);
    if (show && !m_downState.isEmpty())
        m_down->restoreState(m_downState);
}

void ForwardsPage::showRemoved(const QString &text)
{
    if (text.isEmpty()) {
        m_removedTimer->stop();
        m_messages->withdraw(RemovedKey);
        return;
    }
    m_messages->withdraw(RemovedKey); // the same words again are news again
    m_messages->say(RemovedKey, {Tone::Accent, text, {}, tr("Undo"), [this] { emit undoRequested(); }});
    m_removedTimer->start();
}

void ForwardsPage::reveal(ForwardId id)
{
    const QModelIndex row = m_model.indexOf(id);
    if (!row.isValid())
        return;
    if (!m_filter->mapFromSource(row).isValid()) {
        m_sideBar->choose({});
        emit clearFilterRequested();
    }
    m_table->select(id);
}

void ForwardsPage::saveLayout() const
{
    m_settings.setLayoutState(m_across->objectName(), m_across->saveState());
    m_settings.setLayoutState(m_down->objectName(), m_details->isHidden() ? m_downState : m_down->saveState());
    m_table->columns().save();
    m_details->saveLayout();
}

void ForwardsPage::onUpdated(const QSet<ForwardId> &ids)
{
    const ForwardId shown = m_details->forwardId();
    if (!ids.contains(shown))
        return;
    if (const Forward::ForwardSnapshot *forward = m_model.find(shown))
        m_details->update(*forward);
}

void ForwardsPage::onConnectionsUpdated(const QSet<ForwardId> &ids)
{
    const ForwardId shown = m_details->forwardId();
    if (ids.contains(shown))
        m_details->setConnections(m_service.connections(shown));
}

void ForwardsPage::showSelection()
{
    const QList<ForwardId> ids = m_table->selectedIds();
    if (ids.size() != 1)
        m_details->openNothing(int(ids.size()));
    else if (ids.first() != m_details->forwardId())
        m_details->open(*m_model.find(ids.first()), m_service.connections(ids.first()), m_service.log(ids.first()));
    emit selectionMoved();
}

void ForwardsPage::refreshEmptiness()
{
    const bool hadNone = m_emptiness == Emptiness::NoForwards || m_emptiness == Emptiness::NoClusters;
    m_emptiness = Emptiness::None;
    if (m_model.rowCount() == 0)
        m_emptiness = m_hasClusters ? Emptiness::NoForwards : Emptiness::NoClusters;
    else if (m_filter->rowCount() == 0)
        m_emptiness = Emptiness::NoMatch;
    switch (m_emptiness) {
    case Emptiness::None:
        break;
    case Emptiness::NoClusters:
        //: %1 is a list of files.
        m_empty->setContent(u"empty-clusters"_s, tr("No clusters found"),
                            tr("Fairlead looked in %1.").arg(m_lookedAt.join(u", "_s)), tr("Add kubeconfig…"));
        break;
    case Emptiness::NoForwards:
        m_empty->setContent(
            u"empty-forwards"_s, tr("No forwards yet"),
            tr("Pick a pod and one of its ports, and it can be reached on this computer. Forwards of other "
               "tools can be pasted or dropped here."),
            tr("New forward"));
        break;
    case Emptiness::NoMatch:
        if (m_filterText.isEmpty()) {
            m_empty->setContent(u"empty-search"_s, tr("No forward here now"), {}, tr("Show all"));
        } else {
            //: %1 is what was typed into the filter.
            m_empty->setContent(u"empty-search"_s, tr("No forward matches “%1”").arg(m_filterText), {},
                                tr("Clear filter"));
        }
        break;
    }
    const bool empty = m_emptiness != Emptiness::None;
    m_pages->setCurrentWidget(empty ? static_cast<QWidget *>(m_empty) : m_table);
    // A table that was hidden could not take the keyboard.
    if (hadNone && !empty && !qobject_cast<QLineEdit *>(window()->focusWidget()))
        m_table->setFocus();
    refreshDetails();
}

void ForwardsPage::pressEmptyButton()
{
    if (m_emptiness == Emptiness::NoClusters) {
        emit kubeconfigRequested();
    } else if (m_emptiness == Emptiness::NoForwards) {
        emit newForwardRequested();
    } else {
        if (m_filterText.isEmpty())
            m_sideBar->choose({});
        emit clearFilterRequested();
    }
}

void ForwardsPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        refreshEmptiness();
}

} // namespace Fairlead::Ui
