#include "ui/widgets/filterfield.h"

#include "ui/icons.h"

#include <QLineEdit>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

void makeFilterField(QLineEdit &field, const QString &placeholder, const QString &name)
{
    field.setPlaceholderText(placeholder);
    field.setAccessibleName(name);
    field.setClearButtonEnabled(true);
    field.addAction(icon(u"search"_s, Tone::Muted), QLineEdit::LeadingPosition);
    // Besides the words: the magnifier and the frame, each with some air.
    const int rest = 2 * field.style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, &field);
    field.setMinimumWidth(field.fontMetrics().horizontalAdvance(placeholder) + rest);
}

} // namespace Fairlead::Ui
