#pragma once

#include "core/store/restore.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>

class QSettings;

namespace Fairlead::Store {

/// What the program remembers between runs, one typed table: an INI file in the user's config folder, or one that a
/// test names. Lives in the window's thread. Holds no secret.
class Settings final : public QObject
{
    Q_OBJECT

public:
    /// An empty path means the user's own file.
    explicit Settings(const QString &path = {}, QObject *parent = nullptr);
    ~Settings() override;

    [[nodiscard]] QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray &geometry);
    [[nodiscard]] QByteArray windowState() const;
    void setWindowState(const QByteArray &state);
    /// State of a header or splitter, by the widget's object name.
    [[nodiscard]] QByteArray layoutState(const QString &widget) const;
    void setLayoutState(const QString &widget, const QByteArray &state);

    [[nodiscard]] QString lastContext() const;
    void setLastContext(const QString &context);
    /// The namespace last used in a context.
    [[nodiscard]] QString lastNamespace(const QString &context) const;
    void setLastNamespace(const QString &context, const QString &namespaceName);
    /// Namespaces typed by hand because the user may not list them, newest first, at most 20 a context.
    [[nodiscard]] QStringList typedNamespaces(const QString &context) const;
    void rememberNamespace(const QString &context, const QString &namespaceName);

    /// Kubeconfig files that stand beside the usual ones, as absolute paths, oldest first.
    [[nodiscard]] QStringList addedKubeconfigs() const;
    void setAddedKubeconfigs(const QStringList &paths);

    /// To tell contexts apart by; how they look is the window's business.
    enum class ContextColor { None, Red, Orange, Green, Blue, Purple, Grey };
    /// What the user has said about a context. It belongs to the name and the server together: a context of the same
    /// name that leads elsewhere is another one.
    struct ContextMark {
        ContextColor color = ContextColor::None;
        bool isProtected = false; ///< ask before the first start of a run

        bool operator==(const ContextMark &) const = default;
    };
    [[nodiscard]] ContextMark contextMark(const QString &context, const QString &server) const;
    void setContextMark(const QString &context, const QString &server, const ContextMark &mark);

    enum class ColorScheme { System, Light, Dark };
    [[nodiscard]] ColorScheme colorScheme() const;
    void setColorScheme(ColorScheme scheme);
    /// What carries forwards to API servers: what each takes, or only that.
    enum class Carrier { Automatic, Spdy, WebSocket };
    [[nodiscard]] Carrier carrier() const;
    void setCarrier(Carrier carrier);
    /// What a number may be, and what it is unless the user says otherwise.
    struct Range {
        int least;
        int most;
        int standard;

        [[nodiscard]] constexpr bool contains(qint64 value) const { return value >= least && value <= most; }
    };
    /// How long a new connection of a forward is held while there is no tunnel. Less than a second would reset
    /// connections whose tunnel is only being made; after an hour no program waits any more.
    static constexpr Range ConnectionWaitSeconds{1, 3'600, 30};
    /// How many are held at most; 0 holds none. Each takes a descriptor, of which a process often has 1,024.
    static constexpr Range MaxWaiting{0, 1'000, 64};
    [[nodiscard]] int connectionWaitSeconds() const;
    [[nodiscard]] int maxWaiting() const;
    /// Both at once; what is outside of its range becomes the nearest in it.
    void setWaiting(int seconds, int connections);
    /// What closing the window means while forwards run.
    enum class Closing { Ask, KeepRunning, Quit };
    [[nodiscard]] Closing closing() const;
    void setClosing(Closing closing);
    /// What happens at the next start to the forwards that the window has now. Nothing: it begins empty.
    [[nodiscard]] Restore restoreSession() const;
    void setRestoreSession(Restore restore);

    /// Names of profiles as the user has placed them. Those that are not in it come after them.
    [[nodiscard]] QStringList profileOrder() const;
    void setProfileOrder(const QStringList &names);

signals:
    void contextMarksChanged();
    void colorSchemeChanged();
    void carrierChanged();
    /// connectionWaitSeconds() or maxWaiting().
    void waitingChanged();

private:
    std::unique_ptr<QSettings> m_settings;
};

/// A colour as files have it: "red"; empty for none.
[[nodiscard]] QString colorWord(Settings::ContextColor color);
/// None for any other word.
[[nodiscard]] Settings::ContextColor colorOf(const QString &word);

} // namespace Fairlead::Store
