#pragma once

#include "ui/theme.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace Fairlead::Ui {

class IconLabel;

/// A problem said where it matters, without a box in the way: a sentence, the other side's own words below it, and the
/// remedy as a button. Hidden until there is something to say; tells assistive tools when it says something new.
class InlineMessage final : public QFrame
{
    Q_OBJECT

public:
    explicit InlineMessage(QWidget *parent = nullptr);

    /// `tone` is Accent (news), Good, Warning or Bad. Empty `detail` or `action`: without that part.
    void say(Tone tone, const QString &text, const QString &detail = {}, const QString &action = {});
    void clear();
    /// Shows a cross that says dismissed(); off at first.
    void setDismissable(bool dismissable);
    [[nodiscard]] QString text() const;

signals:
    void actionTriggered();
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone = Tone::Warning;
    IconLabel *m_symbol;
    QLabel *m_text;
    QLabel *m_detail;
    QPushButton *m_action;
    QToolButton *m_cross;
};

} // namespace Fairlead::Ui
