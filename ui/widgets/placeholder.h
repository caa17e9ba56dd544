#pragma once

#include <QUrl>
#include <QWidget>

class QLabel;
class QPushButton;

namespace Fairlead::Ui {

class IconLabel;

/// What stands where a list would be: a large dim picture, one short title, a sentence, at most one button.
class Placeholder final : public QWidget
{
    Q_OBJECT

public:
    explicit Placeholder(QWidget *parent = nullptr);

    /// `picture` is a name from ui/icons.h. An empty `action` hides the button.
    void setContent(const QString &picture, const QString &title, const QString &text, const QString &action = {});
    /// A link on a line of its own below the sentence; empty takes it away.
    void setLink(const QUrl &link);
    [[nodiscard]] QString title() const;

signals:
    void actionTriggered();
    void linkActivated();

private:
    IconLabel *m_picture;
    QLabel *m_title;
    QLabel *m_text;
    QLabel *m_link;
    QPushButton *m_action;
};

} // namespace Fairlead::Ui
