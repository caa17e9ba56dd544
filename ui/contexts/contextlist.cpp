#include "ui/contexts/contextlist.h"

#include "ui/contexts/contextdelegate.h"
#include "ui/contexts/contextsmodel.h"
#include "ui/widgets/filterfield.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {
constexpr int Gap = 6;
}

void ContextsFilter::setText(const QString &text)
{
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

bool ContextsFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QString text = sourceModel()->index(row, 0, parent).data(ContextsModel::SearchRole).toString();
    return std::all_of(m_words.cbegin(), m_words.cend(),
                       [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

ContextList::ContextList(ContextsModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_filter(new ContextsFilter(this))
    , m_field(new QLineEdit(this))
    , m_view(new QListView(this))
{
    m_filter->setSourceModel(&model);
    m_field->setObjectName(u"contextFilter"_s);
    makeFilterField(*m_field, tr("Filter contexts…"), tr("Filter contexts"));
    m_field->installEventFilter(this);
    m_view->setObjectName(u"contexts"_s);
    m_view->setAccessibleName(tr("Contexts"));
    m_view->setModel(m_filter);
    m_view->setItemDelegate(new ContextDelegate(m_view));
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setMouseTracking(true);
    setFocusProxy(m_field);
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins({});
    lines->setSpacing(Gap);
    lines->addWidget(m_field);
    lines->addWidget(m_view, 1);

    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        if (!m_view->currentIndex().isValid())
            m_view->setCurrentIndex(m_filter->index(0, 0));
    });
    connect(m_view, &QListView::clicked, this, &ContextList::choose);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &ContextList::currentChanged);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &ContextList::currentChanged);
}

void ContextList::begin(const Kube::ContextRef &current)
{
    m_field->clear();
    select(current);
    m_field->setFocus();
}

int ContextList::currentRow() const
{
    return m_filter->mapToSource(m_view->currentIndex()).row();
}

void ContextList::select(const Kube::ContextRef &context)
{
    const QModelIndex index = m_filter->mapFromSource(m_model.index(m_model.rowOf(context)));
    m_view->setCurrentIndex(index);
    if (index.isValid())
        m_view->scrollTo(index, QAbstractItemView::PositionAtCenter);
}

int ContextList::heightFor(int rows) const
{
    int height = 2 * m_view->frameWidth();
    for (int row = 0; row < std::min(rows, m_filter->rowCount()); ++row)
        height += m_view->sizeHintForIndex(m_filter->index(row, 0)).height();
    return height + m_field->sizeHint().height() + Gap;
}

void ContextList::choose(const QModelIndex &index)
{
    if (index.isValid())
        emit chosen(m_filter->mapToSource(index).row());
}

bool ContextList::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        QCoreApplication::sendEvent(m_view, event);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_view->currentIndex());
        return true;
    default:
        return false;
    }
}

} // namespace Fairlead::Ui
