#include "ui/picker/listkeys.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTreeView>

namespace Fairlead::Ui {

ListKeys::ListKeys(QLineEdit &filter, QTreeView &list)
    : QObject(&list)
    , m_filter(filter)
    , m_list(list)
{
    filter.installEventFilter(this);
    list.installEventFilter(this);
}

bool ListKeys::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && handle(watched, static_cast<QKeyEvent &>(*event)))
        return true;
    return QObject::eventFilter(watched, event);
}

bool ListKeys::handle(QObject *watched, const QKeyEvent &key)
{
    switch (key.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (key.modifiers() & Qt::ControlModifier)
            emit optionsWanted();
        else
            emit forwardWanted();
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: {
        emit moved();
        if (watched != &m_filter)
            return false;
        QKeyEvent copy(key.type(), key.key(), key.modifiers(), key.text(), key.isAutoRepeat(), quint16(key.count()));
        QApplication::sendEvent(&m_list, &copy);
        return true;
    }
    default:
        return false;
    }
}

} // namespace Fairlead::Ui
