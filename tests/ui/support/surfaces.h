#pragma once

#include "core/kube/config/contextstore.h"
#include "core/store/profiles/profilefolder.h"
#include "core/store/settings.h"
#include "support/paperforwards.h"

#include <QTemporaryDir>

#include <functional>
#include <memory>

class QWidget;

namespace Fairlead::Ui {

class MainWindow;

/// The window over example forwards and profiles, with a home of its own; and every dialog as it opens over that. For
/// tests that look at all of them and for the preview.
class Surfaces final
{
public:
    Surfaces();
    ~Surfaces();

    [[nodiscard]] PaperForwards &paper() { return *m_paper; }
    [[nodiscard]] Store::Settings &settings() { return m_settings; }
    [[nodiscard]] MainWindow &window() { return *m_window; }
    /// Forwards in all states and two profiles come in; before that the window is empty.
    void fill();

    struct Dialog {
        const char *name;
        std::function<std::unique_ptr<QWidget>()> make;
    };
    /// Not yet shown. Call fill() before.
    [[nodiscard]] QList<Dialog> dialogs();

private:
    [[nodiscard]] std::unique_ptr<QWidget> conflicts() const;
    [[nodiscard]] std::unique_ptr<QWidget> import() const;
    [[nodiscard]] std::unique_ptr<QWidget> picker() const;

    QTemporaryDir m_home;
    Store::Settings m_settings;
    Kube::ContextStore m_contexts;
    Store::ProfileFolder m_profiles;
    PaperForwards *m_paper;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace Fairlead::Ui
