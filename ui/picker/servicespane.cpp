#include "ui/picker/servicespane.h"

#include "ui/picker/listkeys.h"
#include "ui/picker/pickerdelegate.h"
#include "ui/widgets/filterfield.h"
#include "ui/widgets/placeholder.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

ServicesPane::ServicesPane(QWidget *parent)
    : QWidget(parent)
    , m_services(this)
    , m_filter(m_services, this)
    , m_filterField(new QLineEdit(this))
    , m_pages(new QStackedWidget(this))
    , m_table(new QTreeView(this))
    , m_placeholder(new Placeholder(this))
{
    m_filterField->setObjectName(u"serviceFilter"_s);
    makeFilterField(*m_filterField, tr("Filter services…"), tr("Filter services"));
    setUpTable();
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_placeholder);
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins({});
    lines->addWidget(m_pages);

    auto *keys = new ListKeys(*m_filterField, *m_table);
    connect(keys, &ListKeys::moved, this, [this] { m_userSelected = true; });
    connect(keys, &ListKeys::forwardWanted, this, &ServicesPane::forwardWanted);
    connect(keys, &ListKeys::optionsWanted, this, &ServicesPane::optionsWanted);
    connect(m_filterField, &QLineEdit::textChanged, this, &ServicesPane::filterTyped);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ServicesPane::currentChanged);
    connect(m_table, &QTreeView::clicked, this, [this] { m_userSelected = true; });
    connect(m_table, &QTreeView::doubleClicked, this, &ServicesPane::forwardWanted);
    connect(m_placeholder, &Placeholder::actionTriggered, m_filterField, &QLineEdit::clear);
}

void ServicesPane::setUpTable()
{
    m_table->setObjectName(u"services"_s);
    m_table->setAccessibleName(tr("Services"));
    m_table->setModel(&m_filter);
    m_table->setItemDelegate(new PickerDelegate(m_table));
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    QHeaderView *header = m_table->header();
    header->setStretchLastSection(true);
    const int letter = fontMetrics().averageCharWidth();
    constexpr int NameLetters = 22;
    constexpr int NamespaceLetters = 18;
    constexpr int PortsLetters = 34;
    header->resizeSection(ServicesModel::ServiceColumn, NameLetters * letter);
    header->resizeSection(ServicesModel::NamespaceColumn, NamespaceLetters * letter);
    header->resizeSection(ServicesModel::PortsColumn, PortsLetters * letter);
}

const Kube::ServiceInfo *ServicesPane::currentService() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? &m_services.service(m_filter.mapToSource(current).row()) : nullptr;
}

void ServicesPane::start(const QString &namespaceName)
{
    m_namespaceName = namespaceName;
    m_phase = Phase::Loading;
    m_userSelected = false;
    m_services.setServices({});
    m_table->setColumnHidden(ServicesModel::NamespaceColumn, !namespaceName.isEmpty());
    refresh();
}

void ServicesPane::setServices(const QList<Kube::ServiceInfo> &services)
{
    m_phase = Phase::Complete;
    m_services.setServices(services);
    refresh();
}

void ServicesPane::showFailure(const QString &title, const QString &text)
{
    if (m_services.rowCount() > 0)
        return; // what is known stays of use
    m_phase = Phase::Failed;
    m_placeholder->setContent(u"empty-pods"_s, title, text);
    refresh();
}

void ServicesPane::filterTyped(const QString &text)
{
    m_userSelected = false;
    m_filter.setQuery(PodQuery(text));
    refresh();
}

void ServicesPane::refresh()
{
    const bool listed = m_filter.rowCount() > 0;
    if (!listed && m_phase != Phase::Failed)
        updatePlaceholder();
    m_pages->setCurrentWidget(listed ? static_cast<QWidget *>(m_table) : m_placeholder);
    selectSomething();
    emit currentChanged();
}

/// The best match is always ready for Enter, until the user moves to another service.
void ServicesPane::selectSomething()
{
    if (m_filter.rowCount() == 0)
        m_table->setCurrentIndex({});
    else if (!m_userSelected || !m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_filter.index(0, 0));
}

void ServicesPane::updatePlaceholder()
{
    const bool everywhere = m_namespaceName.isEmpty();
    if (m_services.rowCount() > 0)
        m_placeholder->setContent(u"empty-search"_s,
                                  tr("No service matches “%1”", "what was typed").arg(m_filterField->text().trimmed()),
                                  {}, tr("Clear filter"));
    else if (m_phase == Phase::Loading)
        m_placeholder->setContent(u"empty-pods"_s,
                                  everywhere ? tr("Reading the services of all namespaces…")
                                             : tr("Reading the services of %1…", "a namespace").arg(m_namespaceName),
                                  {});
    else
        m_placeholder->setContent(u"empty-pods"_s,
                                  everywhere ? tr("No services in any namespace")
                                             : tr("No services in %1", "a namespace").arg(m_namespaceName),
                                  tr("A service appears here as soon as it is created."));
}

} // namespace Fairlead::Ui
