#pragma once

#include "core/forward/forwardmanager.h"

#include <QMainWindow>

#include <memory>
#include <optional>

namespace Fairlead::Kube {
class ContextStore;
}
namespace Fairlead::Store {
struct MovedSession;
struct Profile;
struct Surroundings;
class ProfileFolder;
class Settings;
} // namespace Fairlead::Store

namespace Fairlead::Ui {

class ForwardService;

/// The window: forwards table, details below it, side bar, picker. Owns nothing of the engine; everything that it
/// shows comes from the manager's snapshots.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Forward::ForwardManager &forwards, Kube::ContextStore &contexts, Store::Settings &settings,
               QWidget *parent = nullptr);
    /// With another source of forwards than a manager: tests and previews.
    MainWindow(std::unique_ptr<ForwardService> service, Kube::ContextStore &contexts, Store::Settings &settings,
               QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Gives the window its profiles, and keeps its forwards from run to run in `sessionFile` (empty: the user's own).
    /// Without, there is no menu of profiles and forwards are forgotten. What another engine has handed over (`moved`)
    /// is here at once and runs if it ran there. Once, before the window is shown.
    void useProfiles(Store::ProfileFolder &folder, const QString &sessionFile = {},
                     const Store::MovedSession *moved = nullptr);
    /// Writes its forwards for the next run now. A sentence if that fails.
    std::optional<QString> saveSession();
    /// Ends the program without a question.
    void quit();
    /// Whether another start of the program calls present(): then the window may be closed and forwards go on.
    void setComesBack(bool comesBack);

    /// Starts forwards of its manager, as a click on Start does: protected contexts are asked for first.
    void startForwards(const QList<Forward::ForwardId> &ids);
    /// The same with a profile, as its entry in the menu does: what is in the way is said first. Needs useProfiles().
    void startProfile(const Store::Profile &profile);
    /// Contexts and forwards as profiles mean them: a port that is another one for this time is its own. As above.
    [[nodiscard]] Store::Surroundings surroundings() const;

public slots:
    /// Shows the window in front of others, wherever it was: hidden, minimized, behind. Whether it gets the keyboard
    /// is the window manager's decision.
    void present();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Fairlead::Ui
