#include "ui/picker/contextchooser.h"

#include "ui/contexts/contextlist.h"
#include "ui/contexts/contextsmodel.h"

#include <QFrame>
#include <QListView>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {
constexpr int PopupMargin = 6;
constexpr int PopupLetters = 80;
constexpr int RowsShown = 9;
} // namespace

ContextChooser::ContextChooser(ContextsModel &model, QWidget *parent)
    : QComboBox(parent)
    , m_contexts(model)
{
    setModel(&model);
}

Kube::ContextRef ContextChooser::current() const
{
    return currentData(ContextsModel::RefRole).value<Kube::ContextRef>();
}

void ContextChooser::build()
{
    m_popup = new QFrame(this, Qt::Popup);
    m_popup->setObjectName(u"contextPopup"_s);
    m_popup->setFrameShape(QFrame::StyledPanel);
    m_list = new ContextList(m_contexts, m_popup);
    auto *lines = new QVBoxLayout(m_popup);
    lines->setContentsMargins(PopupMargin, PopupMargin, PopupMargin, PopupMargin);
    lines->addWidget(m_list);
    connect(m_list, &ContextList::chosen, this, [this](int row) {
        hidePopup();
        setCurrentIndex(row);
        emit activated(row);
    });
    // A kubeconfig may be written anew while the list is open.
    connect(&m_contexts, &QAbstractItemModel::modelReset, m_popup, [this] { m_list->select(current()); });
}

void ContextChooser::showPopup()
{
    if (count() == 0)
        return;
    if (!m_popup)
        build();
    m_list->begin(current());
    place();
    m_popup->show();
    m_list->setFocus(Qt::PopupFocusReason);
    m_list->select(current()); // scrolls, now that there is a size
}

void ContextChooser::hidePopup()
{
    if (m_popup)
        m_popup->hide();
    QComboBox::hidePopup(); // resets what the style shows
}

void ContextChooser::place()
{
    const QRect room = screen()->availableGeometry();
    const int width = std::min(std::max(this->width(), fontMetrics().averageCharWidth() * PopupLetters), room.width());
    const int height =
        std::min(m_list->heightFor(RowsShown) + 2 * (PopupMargin + m_popup->frameWidth()), room.height() * 2 / 3);
    QPoint corner = mapToGlobal(rect().bottomLeft() + QPoint(0, 1));
    if (layoutDirection() == Qt::RightToLeft)
        corner.setX(mapToGlobal(rect().bottomRight()).x() - width + 1);
    if (corner.y() + height > room.bottom())
        corner.setY(mapToGlobal(rect().topLeft()).y() - height);
    corner.setX(std::clamp(corner.x(), room.left(), std::max(room.left(), room.right() - width + 1)));
    corner.setY(std::max(corner.y(), room.top()));
    m_popup->setGeometry(QRect(corner, QSize(width, height)));
}

} // namespace Fairlead::Ui
