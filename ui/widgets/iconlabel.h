#pragma once

#include "ui/theme.h"

#include <QLabel>
#include <QString>

namespace Fairlead::Ui {

/// An icon of ui/icons.h standing by itself; drawn afresh when the palette changes.
class IconLabel final : public QLabel
{
    Q_OBJECT

public:
    /// `size` in pixels of the layout.
    explicit IconLabel(int size, QWidget *parent = nullptr);

    /// `dimmed`: as a disabled one, for large pictures that must not shout.
    void setIcon(const QString &name, Tone tone, bool dimmed = false);

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();

    int m_size;
    QString m_name;
    Tone m_tone = Tone::Text;
    bool m_dimmed = false;
};

} // namespace Fairlead::Ui
