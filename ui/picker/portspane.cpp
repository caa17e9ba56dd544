#include "ui/picker/portspane.h"

#include "ui/icons.h"
#include "ui/picker/pickerdelegate.h"
#include "ui/picker/servicesmodel.h"
#include "ui/theme.h"
#include "ui/widgets/placeholder.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

namespace {

QLabel *wrappingLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

QString PortsPane::sentenceAbout(const Kube::PodInfo &pod)
{
    if (pod.deleting)
        return tr("This pod is being deleted. A forward to it will end with it.");
    if (pod.phase == "Succeeded"_L1 || pod.phase == "Failed"_L1)
        return tr("This pod has ended (%1): nothing listens in it any more.", "status word").arg(pod.status);
    if (!pod.phase.isEmpty() && pod.phase != "Running"_L1)
        return tr("This pod is not running yet (%1). You can forward it already; connections wait for it.",
                  "status word")
            .arg(pod.status.isEmpty() ? pod.phase : pod.status);
    if (!pod.phase.isEmpty() && !pod.ready)
        return tr("This pod runs but is not ready (%1).", "status word").arg(pod.status);
    return pod.owner.isEmpty() ? QString() : tr("belongs to %1", "such as ReplicaSet/api-7f9").arg(pod.owner);
}

PortsPane::PortsPane(QWidget *parent)
    : QWidget(parent)
    , m_ports(firstPortFreeForAll(), this)
    , m_pages(new QStackedWidget(this))
    , m_placeholder(new Placeholder(this))
    , m_pod(wrappingLabel(this))
    , m_state(wrappingLabel(this))
    , m_table(new QTreeView(this))
    , m_hint(wrappingLabel(this))
    , m_other(new QLineEdit(this))
    , m_problem(wrappingLabel(this))
{
    QFont bold = font();
    bold.setBold(true);
    m_pod->setFont(bold);
    m_pod->setObjectName(u"podName"_s);
    m_pod->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_state->setObjectName(u"podState"_s);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_problem->setObjectName(u"portProblem"_s);
    m_other->setObjectName(u"otherPort"_s);
    m_other->setPlaceholderText(tr("Other port: 8080 or local:remote"));
    m_other->setAccessibleName(tr("Other port"));
    m_other->installEventFilter(this);
    setUpTable();

    auto *page = new QWidget(this);
    auto *lines = new QVBoxLayout(page);
    lines->setContentsMargins({});
    lines->setSpacing(4);
    lines->addWidget(m_pod);
    lines->addWidget(m_state);
    lines->addSpacing(4);
    lines->addWidget(m_table, 1);
    lines->addWidget(m_hint);
    lines->addSpacing(4);
    lines->addWidget(m_other);
    lines->addWidget(m_problem);
    m_pages->addWidget(m_placeholder);
    m_pages->addWidget(page);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->addWidget(m_pages);

    connect(&m_ports, &PortsModel::chosenChanged, this, &PortsPane::chosenChanged);
    connect(m_other, &QLineEdit::textEdited, this, [this] {
        sayProblem({});
        emit chosenChanged();
    });
    showNoPod();
}

void PortsPane::setUpTable()
{
    m_table->setObjectName(u"ports"_s);
    m_table->setAccessibleName(tr("Ports"));
    m_table->setModel(&m_ports);
    m_table->setItemDelegate(new PickerDelegate(m_table));
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setEditTriggers(QAbstractItemView::SelectedClicked | QAbstractItemView::EditKeyPressed
                             | QAbstractItemView::DoubleClicked);
    m_table->header()->setStretchLastSection(false);
    m_table->header()->setSectionResizeMode(PortsModel::PortColumn, QHeaderView::ResizeToContents);
    m_table->header()->setSectionResizeMode(PortsModel::NameColumn, QHeaderView::Stretch);
    m_table->header()->resizeSection(PortsModel::LocalColumn, fontMetrics().horizontalAdvance(u"00000 any free"_s));
    m_table->installEventFilter(this);
    connect(m_table, &QTreeView::doubleClicked, this, [this](const QModelIndex &index) {
        if (index.column() == PortsModel::LocalColumn || !m_ports.isUsable(index.row()))
            return;
        m_ports.tickOnly(index.row());
        emit forwardWanted();
    });
}

void PortsPane::showNoPod()
{
    showNothing(tr("Choose a pod"));
}

void PortsPane::showNoService()
{
    showNothing(tr("Choose a service"));
}

void PortsPane::showNothing(const QString &title)
{
    m_ports.clear();
    m_placeholder->setContent(u"port"_s, title, tr("Its ports are listed here."));
    m_pages->setCurrentIndex(0);
}

void PortsPane::showService(const Kube::ServiceInfo &service)
{
    if (m_pages->currentIndex() == 0 || m_pod->text() != service.name) {
        m_other->clear();
        sayProblem({});
    }
    const QString problem = problemOf(service);
    Kube::PodInfo rows;
    rows.namespaceName = service.namespaceName;
    rows.name = service.name;
    for (const Kube::ServicePort &port : service.ports)
        rows.ports << Kube::ContainerPort{port.name, port.port, port.protocol, {}};
    if (problem.isEmpty())
        m_ports.setPod(rows);
    else
        m_ports.clear();
    m_other->setEnabled(problem.isEmpty());
    m_hint->setText(tr("This service declares no ports."));
    m_hint->setVisible(problem.isEmpty() && m_ports.rowCount() == 0);
    showHeader(service.name,
               problem.isEmpty()
                   ? tr("leads to pods with %1", "labels").arg(QString(service.selector).replace(u',', u", "_s))
                   : problem);
}

void PortsPane::showLoading(const QString &pod, const QString &status)
{
    m_ports.clear();
    m_other->setEnabled(true);
    m_other->clear();
    sayProblem({});
    m_hint->setText(tr("Reading its ports…"));
    m_hint->show();
    showHeader(pod, status);
}

void PortsPane::showPod(const Kube::PodInfo &pod)
{
    m_ports.setPod(pod);
    m_hint->setText(tr("This pod declares no ports. It may listen all the same: type one."));
    m_hint->setVisible(m_ports.rowCount() == 0);
    showHeader(pod.name, sentenceAbout(pod));
}

void PortsPane::showFailure(const Kube::PodInfo &known, const Kube::ApiError &error)
{
    m_ports.setPod(known);
    m_hint->setText(tr("Its ports could not be read; you can type one."));
    m_hint->show();
    showHeader(known.name, error.message);
    sayProblem(error.detail);
}

void PortsPane::showHeader(const QString &name, const QString &state)
{
    m_pod->setText(name);
    m_state->setText(state);
    m_state->setVisible(!state.isEmpty());
    m_pages->setCurrentIndex(1);
}

void PortsPane::focusPorts()
{
    if (m_ports.rowCount() == 0) {
        m_other->setFocus();
        return;
    }
    m_table->setFocus();
    if (!m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_ports.index(0, PortsModel::PortColumn));
}

bool PortsPane::hasTypedPort() const
{
    return !m_other->text().trimmed().isEmpty();
}

bool PortsPane::takeTypedPort()
{
    const QString typed = m_other->text().trimmed();
    if (typed.isEmpty())
        return true;
    const Result<int, QString> row = m_ports.addTyped(typed);
    if (!row) {
        sayProblem(row.error());
        m_other->setFocus();
        return false;
    }
    m_other->clear();
    sayProblem({});
    m_hint->hide();
    m_table->scrollTo(m_ports.index(*row, PortsModel::PortColumn));
    return true;
}

void PortsPane::sayProblem(const QString &text)
{
    QPalette ink = m_problem->palette();
    ink.setColor(QPalette::WindowText, toneColor(Tone::Bad, palette()));
    m_problem->setPalette(ink);
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

bool PortsPane::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key != Qt::Key_Return && key != Qt::Key_Enter)
        return QWidget::eventFilter(watched, event);
    // In the field, Enter first adds what was typed; with nothing typed it forwards, as everywhere.
    if (watched == m_other && !m_other->text().trimmed().isEmpty())
        takeTypedPort();
    else
        emit forwardWanted();
    return true;
}

} // namespace Fairlead::Ui
