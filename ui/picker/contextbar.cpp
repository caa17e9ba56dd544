#include "ui/picker/contextbar.h"

#include "ui/contexts/contextsmodel.h"
#include "ui/picker/contextchooser.h"

#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kContextLetters = 18;
constexpr int kNamespaceLetters = 16;
constexpr int kRowsShown = 20;

QLabel *labelFor(const QString &text, QWidget *buddy)
{
    auto *label = new QLabel(text, buddy->parentWidget());
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setBuddy(buddy);
    return label;
}

} // namespace

ContextBar::ContextBar(QWidget *parent)
    : QWidget(parent)
    , m_contexts(new ContextsModel(this))
    , m_context(new ContextChooser(*m_contexts, this))
    , m_namespace(new QComboBox(this))
    , m_namespaceLabel(labelFor({}, m_namespace))
{
    m_context->setObjectName(u"context"_s);
    m_context->setAccessibleName(tr("Context"));
    m_context->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_context->setMinimumContentsLength(kContextLetters);
    m_namespace->setObjectName(u"namespace"_s);
    nameNamespaces(false);
    m_namespace->setEditable(true);
    m_namespace->setInsertPolicy(QComboBox::NoInsert);
    m_namespace->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_namespace->setMinimumContentsLength(kNamespaceLetters);
    m_namespace->setMaxVisibleItems(kRowsShown);
    m_namespace->completer()->setFilterMode(Qt::MatchContains);
    m_namespace->completer()->setCompletionMode(QCompleter::PopupCompletion);

    auto *line = new QHBoxLayout(this);
    line->setContentsMargins({});
    line->setSpacing(10);
    line->addWidget(labelFor(tr("&Context"), m_context));
    line->addWidget(m_context);
    line->addWidget(m_namespaceLabel);
    line->addWidget(m_namespace);

    connect(m_context, &QComboBox::activated, this, [this] {
        updateToolTip();
        emit contextChosen(context());
    });
    connect(m_namespace, &QComboBox::activated, this, &ContextBar::takeNamespace);
    connect(m_namespace->lineEdit(), &QLineEdit::editingFinished, this, &ContextBar::takeNamespace);
    // The list of completions hands Enter to the field past any event filter.
    connect(m_namespace->lineEdit(), &QLineEdit::returnPressed, this, &ContextBar::finish);
    m_namespace->lineEdit()->installEventFilter(this);
}

void ContextBar::setContexts(const QList<Kube::ContextSummary> &contexts, const Kube::ContextRef &current)
{
    m_contexts->setContexts(contexts);
    const int row = m_contexts->rowOf(current);
    m_context->setCurrentIndex(row >= 0 || contexts.isEmpty() ? row : 0);
    m_context->setEnabled(!contexts.isEmpty());
    m_namespace->setEnabled(!contexts.isEmpty());
    updateToolTip();
}

void ContextBar::startNamespaces(const QString &current)
{
    m_namespaceName = current;
    nameNamespaces(false);
    fillNamespaces({}, true);
}

void ContextBar::setNamespaces(const QList<Kube::NamespaceRow> &namespaces)
{
    QStringList names;
    for (const Kube::NamespaceRow &row : namespaces)
        names << row.name;
    names.sort();
    fillNamespaces(names, !m_projects); // who sees only some may hardly list pods of all
}

void ContextBar::setProjects()
{
    nameNamespaces(true);
}

void ContextBar::nameNamespaces(bool projects)
{
    m_projects = projects;
    m_namespaceLabel->setText(projects ? tr("Pro&ject") : tr("&Namespace"));
    m_namespace->setAccessibleName(projects ? tr("Project") : tr("Namespace"));
    m_namespace->setToolTip(projects ? tr("You may not list namespaces here. These are the projects that you may see; "
                                          "another one can be typed.")
                                     : QString());
    m_namespace->setAccessibleDescription(m_namespace->toolTip());
}

void ContextBar::setTypedNamespaces(const QStringList &names)
{
    fillNamespaces(names, false);
}

Kube::ContextRef ContextBar::context() const
{
    return m_context->current();
}

void ContextBar::setMarks(const ContextMarks &marks)
{
    m_contexts->setMarks(&marks);
}

void ContextBar::focusNamespace()
{
    m_namespace->setFocus();
    m_namespace->lineEdit()->selectAll();
}

/// Lists come again and again while pages arrive; what the user is typing at that moment stays.
void ContextBar::fillNamespaces(const QStringList &names, bool withAll)
{
    const QSignalBlocker quiet(m_namespace);
    const QSignalBlocker quietLine(m_namespace->lineEdit());
    const bool typing = m_namespace->lineEdit()->isModified() && m_namespace->lineEdit()->hasFocus();
    const QString typed = m_namespace->lineEdit()->text();
    m_namespace->clear();
    if (withAll)
        m_namespace->addItem(tr("All namespaces"), QString());
    for (const QString &name : names)
        m_namespace->addItem(name, name);
    showNamespace();
    if (typing) {
        m_namespace->setEditText(typed);
        m_namespace->lineEdit()->setModified(true);
    }
}

void ContextBar::showNamespace()
{
    const QSignalBlocker quiet(m_namespace);
    const int row = m_namespace->findData(m_namespaceName);
    m_namespace->setCurrentIndex(row);
    m_namespace->setEditText(m_namespaceName.isEmpty() ? tr("All namespaces") : m_namespaceName);
    m_namespace->lineEdit()->setModified(false);
}

void ContextBar::takeNamespace()
{
    const QString text = m_namespace->currentText().trimmed();
    const int row = m_namespace->findText(text);
    const QString name = row >= 0 ? m_namespace->itemData(row).toString() : text;
    if (text.isEmpty() || name == m_namespaceName) {
        showNamespace();
        return;
    }
    m_namespaceName = name;
    showNamespace();
    emit namespaceChosen(name, row < 0);
}

void ContextBar::finish()
{
    takeNamespace();
    emit finished();
}

/// Enter here must not reach the window's default button: who has chosen a namespace has not chosen a pod of it yet.
bool ContextBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && watched == m_namespace->lineEdit()) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            finish();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ContextBar::updateToolTip()
{
    m_context->setToolTip(m_context->currentData(Qt::ToolTipRole).toString());
    m_context->setAccessibleDescription(m_context->toolTip());
}

} // namespace Fairlead::Ui
