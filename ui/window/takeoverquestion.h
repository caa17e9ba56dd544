#pragma once

#include <QDateTime>
#include <QDialog>
#include <QStringList>

class QDialogButtonBox;

namespace Fairlead::Ui {

/// Asked before the window opens while an engine without one runs: whether its forwards move into the window. There is
/// only one engine a user, so without that there is no window.
class TakeOverQuestion final : public QDialog
{
    Q_OBJECT

public:
    /// The engine that runs.
    struct Facts {
        QDateTime since;
        qint64 pid = 0;
        int forwards = 0;
        int running = 0;
        int connections = 0; ///< open now
        QStringList missing = {}; ///< contexts of its forwards that are not here, so that those could not run
        QString profile = {}; ///< that was to be started; could be started there as well
        bool byLink = false; ///< any web page may have led here
    };
    enum class Choice { Cancel, Move, StartThere };

    explicit TakeOverQuestion(const Facts &facts, QWidget *parent = nullptr);

    [[nodiscard]] Choice choice() const { return m_choice; }

private:
    [[nodiscard]] QDialogButtonBox *makeButtons(const Facts &facts);
    void layOut(const QString &text, QWidget *buttons);

    Choice m_choice = Choice::Cancel;
};

} // namespace Fairlead::Ui
