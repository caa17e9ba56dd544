#include "ui/colorscheme.h"

#include "ui/theme.h"
#ifdef FAIRLEAD_WITH_DBUS
#include "ui/portalcolorscheme.h"
#endif

#include <QApplication>
#include <QEvent>
#include <QStyle>
#include <QToolTip>

#include <optional>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

namespace {

/// Lives as a child of the application object and keeps its palette as wanted.
class SchemeKeeper final : public QObject
{
public:
    explicit SchemeKeeper(QObject *parent);

    void setScheme(Store::Settings::ColorScheme scheme);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply();
    [[nodiscard]] bool wantsDark(const QPalette &desktop) const;
    [[nodiscard]] std::optional<bool> portalSaysDark() const;

    Store::Settings::ColorScheme m_scheme = Store::Settings::ColorScheme::System;
    bool m_applying = false;
#ifdef FAIRLEAD_WITH_DBUS
    PortalColorScheme m_portal;
#endif
};

SchemeKeeper::SchemeKeeper(QObject *parent)
    : QObject(parent)
{
    parent->installEventFilter(this);
#ifdef FAIRLEAD_WITH_DBUS
    connect(&m_portal, &PortalColorScheme::changed, this, &SchemeKeeper::apply);
#endif
}

void SchemeKeeper::setScheme(Store::Settings::ColorScheme scheme)
{
    m_scheme = scheme;
    apply();
}

bool SchemeKeeper::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange && watched == parent() && !m_applying)
        apply();
    return QObject::eventFilter(watched, event);
}

std::optional<bool> SchemeKeeper::portalSaysDark() const
{
#ifdef FAIRLEAD_WITH_DBUS
    if (m_portal.preference() != PortalColorScheme::Preference::None)
        return m_portal.preference() == PortalColorScheme::Preference::Dark;
#endif
    return std::nullopt;
}

bool SchemeKeeper::wantsDark(const QPalette &desktop) const
{
    if (m_scheme == Store::Settings::ColorScheme::System)
        return portalSaysDark().value_or(isDark(desktop));
    return m_scheme == Store::Settings::ColorScheme::Dark;
}

/// Qt falls back to the style's own colours where the desktop gives none.
bool isOfNoDesktop(const QPalette &palette)
{
    const QPalette standard = QApplication::style()->standardPalette();
    for (const auto role : {QPalette::Window, QPalette::Base, QPalette::Text, QPalette::Highlight}) {
        if (palette.color(role) != standard.color(role))
            return false;
    }
    return QApplication::style()->name().compare("fusion"_L1, Qt::CaseInsensitive) == 0;
}

void SchemeKeeper::apply()
{
    m_applying = true;
    QApplication::setPalette(QPalette()); // back to the desktop's, to see what that is now
    const QPalette desktop = QApplication::palette();
    const bool dark = wantsDark(desktop);
    if (isOfNoDesktop(desktop) || isDark(desktop) != dark)
        QApplication::setPalette(dark ? darkPalette() : lightPalette());
    QToolTip::setPalette(QApplication::palette());
    m_applying = false;
}

} // namespace

void applyColorScheme(Store::Settings::ColorScheme scheme)
{
    static SchemeKeeper *keeper = nullptr;
    if (!keeper) {
        keeper = new SchemeKeeper(qApp);
        QObject::connect(keeper, &QObject::destroyed, qApp, [] { keeper = nullptr; });
    }
    keeper->setScheme(scheme);
}

} // namespace Fairlead::Ui
