#include "ui/widgets/iconlabel.h"

#include "ui/icons.h"

#include <QEvent>

namespace Fairlead::Ui {

IconLabel::IconLabel(int size, QWidget *parent)
    : QLabel(parent)
    , m_size(size)
{
    setAlignment(Qt::AlignCenter);
}

void IconLabel::setIcon(const QString &name, Tone tone, bool dimmed)
{
    m_name = name;
    m_tone = tone;
    m_dimmed = dimmed;
    refresh();
}

void IconLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_name.isEmpty())
        refresh();
}

void IconLabel::refresh()
{
    const QIcon::Mode mode = m_dimmed ? QIcon::Disabled : QIcon::Normal;
    setPixmap(icon(m_name, m_tone).pixmap(QSize(m_size, m_size), devicePixelRatioF(), mode));
}

} // namespace Fairlead::Ui
