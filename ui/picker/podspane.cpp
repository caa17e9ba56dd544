#include "ui/picker/podspane.h"

#include "ui/picker/listkeys.h"
#include "ui/picker/pickerdelegate.h"
#include "ui/widgets/filterfield.h"
#include "ui/widgets/placeholder.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QStackedWidget>
#include <QTimer>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAgeIntervalMs = 1000; ///< ages below two minutes are shown in seconds

QHeaderView::ResizeMode resizeModeOf(int column)
{
    return column == PodsModel::PodColumn ? QHeaderView::Stretch : QHeaderView::Interactive;
}

} // namespace

PodsPane::PodsPane(QWidget *parent)
    : QWidget(parent)
    , m_pods(this)
    , m_filter(m_pods, this)
    , m_filterField(new QLineEdit(this))
    , m_progress(new QLabel(this))
    , m_pages(new QStackedWidget(this))
    , m_table(new QTreeView(this))
    , m_placeholder(new Placeholder(this))
    , m_ageTimer(new QTimer(this))
{
    m_filterField->setObjectName(u"filter"_s);
    makeFilterField(*m_filterField, tr("Filter pods…"), tr("Filter pods"));
    m_progress->setObjectName(u"progress"_s);
    m_progress->setForegroundRole(QPalette::PlaceholderText);
    setUpTable();

    m_pages->addWidget(m_table);
    m_pages->addWidget(m_placeholder);
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins({});
    lines->addWidget(m_pages);

    auto *keys = new ListKeys(*m_filterField, *m_table);
    connect(keys, &ListKeys::moved, this, [this] { m_userSelected = true; });
    connect(keys, &ListKeys::forwardWanted, this, &PodsPane::forwardWanted);
    connect(keys, &ListKeys::optionsWanted, this, &PodsPane::optionsWanted);
    connect(m_filterField, &QLineEdit::textChanged, this, &PodsPane::filterTyped);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &PodsPane::currentChanged);
    connect(m_table, &QTreeView::clicked, this, [this] { m_userSelected = true; });
    connect(m_table, &QTreeView::doubleClicked, this, &PodsPane::forwardWanted);
    connect(m_placeholder, &Placeholder::actionTriggered, this, [this] {
        if (m_phase == Phase::Nothing)
            emit actionTriggered();
        else
            m_filterField->clear();
    });
    connect(m_ageTimer, &QTimer::timeout, m_table->viewport(), qOverload<>(&QWidget::update));
    m_ageTimer->start(kAgeIntervalMs);
}

void PodsPane::setUpTable()
{
    m_table->setObjectName(u"pods"_s);
    m_table->setAccessibleName(tr("Pods"));
    m_table->setModel(&m_filter);
    m_table->setItemDelegate(new PickerDelegate(m_table));
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSortingEnabled(true);
    QHeaderView *header = m_table->header();
    header->setStretchLastSection(false);
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    const QFontMetrics metrics(font());
    const auto width = [&metrics](const QString &widest) { return metrics.horizontalAdvance(widest) + 26; };
    const QHash<int, int> widths{{PodsModel::NamespaceColumn, width(u"openshift-ingress"_s)},
                                 {PodsModel::ReadyColumn, width(tr("Ready"))},
                                 {PodsModel::StatusColumn, width(u"CrashLoopBackOff"_s)},
                                 {PodsModel::RestartsColumn, width(u"17 (41m ago)"_s)},
                                 {PodsModel::AgeColumn, width(u"59m59s"_s)}};
    for (int column = 0; column < PodsModel::ColumnCount; ++column) {
        header->setSectionResizeMode(column, resizeModeOf(column));
        if (widths.contains(column))
            header->resizeSection(column, widths.value(column));
    }
    m_table->setColumnHidden(PodsModel::NamespaceColumn, true);
}

const Kube::PodRow *PodsPane::currentPod() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? &m_pods.pod(m_filter.mapToSource(current).row()) : nullptr;
}

void PodsPane::start(const QString &namespaceName)
{
    m_namespaceName = namespaceName;
    m_phase = Phase::Loading;
    m_expected = -1;
    m_userSelected = false;
    m_pods.clear();
    m_filter.setMatchesNamespaces(namespaceName.isEmpty());
    m_table->setColumnHidden(PodsModel::NamespaceColumn, !namespaceName.isEmpty());
    updatePage();
}

void PodsPane::merge(const QList<Kube::PodRow> &rows, const QStringList &removed)
{
    const int before = m_filter.rowCount();
    m_filter.merge(rows, removed);
    if (m_filter.rowCount() != before || !removed.isEmpty())
        updatePage();
}

void PodsPane::setProgress(int, int expected, bool complete)
{
    m_phase = complete ? Phase::Complete : Phase::Loading;
    m_expected = expected;
    updatePage();
}

void PodsPane::showNothing(const QString &picture, const QString &title, const QString &text, const QString &action)
{
    m_phase = Phase::Nothing;
    m_pods.clear();
    m_placeholder->setContent(picture, title, text, action);
    updatePage();
}

void PodsPane::filterTyped(const QString &text)
{
    m_userSelected = false;
    m_filter.setQuery(PodQuery(text));
    updatePage();
}

/// The best match is always ready for Enter, until the user moves to another pod.
void PodsPane::selectSomething()
{
    if (m_filter.rowCount() == 0)
        m_table->setCurrentIndex({});
    if (m_filter.rowCount() == 0 || (m_userSelected && m_table->currentIndex().isValid()))
        return;
    const QModelIndex best = m_filter.index(0, 0);
    if (m_table->currentIndex().row() != 0)
        m_table->setCurrentIndex(best);
    m_table->scrollToTop();
}

void PodsPane::updatePage()
{
    updateProgress();
    const bool listed = m_phase != Phase::Nothing && m_filter.rowCount() > 0;
    if (m_phase != Phase::Nothing && !listed)
        updatePlaceholder();
    m_pages->setCurrentWidget(listed ? static_cast<QWidget *>(m_table) : m_placeholder);
    selectSomething();
    emit currentChanged(); // a filter takes the selected row away without a word of the selection model
}

void PodsPane::updatePlaceholder()
{
    const bool everywhere = m_namespaceName.isEmpty();
    if (m_pods.rowCount() > 0) {
        m_placeholder->setContent(
            u"empty-search"_s, tr("No pod matches “%1”", "what was typed").arg(m_filterField->text().trimmed()),
            m_phase == Phase::Loading ? tr("More pods are still being read.") : QString(), tr("Clear filter"));
    } else if (m_phase == Phase::Loading) {
        m_placeholder->setContent(u"empty-pods"_s,
                                  everywhere ? tr("Reading the pods of all namespaces…")
                                             : tr("Reading the pods of %1…", "a namespace").arg(m_namespaceName),
                                  {});
    } else {
        m_placeholder->setContent(u"empty-pods"_s,
                                  everywhere ? tr("No pods in any namespace")
                                             : tr("No pods in %1", "a namespace").arg(m_namespaceName),
                                  tr("A pod appears here as soon as it is created."));
    }
}

void PodsPane::updateProgress()
{
    m_progress->setText(progressText());
}

QString PodsPane::progressText() const
{
    if (m_phase == Phase::Nothing)
        return {};
    const int loaded = m_pods.rowCount();
    const QLocale locale;
    QString text;
    if (!m_filter.query().isEmpty())
        text = tr("%1 of %n pod(s)", "matching of all", std::max(loaded, m_expected))
                   .arg(locale.toString(m_filter.rowCount()));
    else if (m_phase == Phase::Loading && m_expected > loaded)
        text = tr("%1 of %n pod(s)", "loaded of all", m_expected).arg(locale.toString(loaded));
    else
        text = tr("%n pod(s)", nullptr, loaded);
    return m_phase == Phase::Loading ? tr("%1 · loading more…", "such as: 3 of 214 pods").arg(text) : text;
}

} // namespace Fairlead::Ui
