#pragma once

#include "core/control/face.h"

#include <QPointer>

#include <functional>

class QMessageBox;

namespace Fairlead::Ui {
class MainWindow;
}

namespace Fairlead::App {

/// The engine with a window: what is to be started passes the window's own questions (protected contexts), and links
/// ask in it.
class WindowFace final : public Control::Face
{
public:
    /// `startProfile`: what the user's yes to a link does.
    WindowFace(Ui::MainWindow &window, std::function<void(const QString &profile)> startProfile);

    [[nodiscard]] QString name() const override { return QStringLiteral("window"); }
    void start(const QList<Forward::ForwardId> &ids) override;
    bool show(const QString &activationToken) override;
    bool askToStart(const QString &profile) override;
    bool startInFront(const Store::Profile &profile, const QString &activationToken) override;
    std::optional<QString> saveSession() override;
    void end(Control::Ending why) override;

private:
    Ui::MainWindow &m_window;
    std::function<void(const QString &)> m_startProfile;
    QPointer<QMessageBox> m_question;
};

} // namespace Fairlead::App
