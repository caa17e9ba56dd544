#include "core/store/settings.h"

#include "core/store/profiles/profilewords.h"

#include <QSettings>
#include <QStandardPaths>
#include <QUrl>

#include <algorithm>
#include <array>
#include <utility>

namespace Fairlead::Store {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kTypedNamespacesMax = 20;

constexpr auto kWindowGeometry = "window/geometry"_L1;
constexpr auto kWindowState = "window/state"_L1;
constexpr auto kLastContext = "picker/lastContext"_L1;
constexpr auto kColorScheme = "appearance/colorScheme"_L1;
constexpr auto kAddedKubeconfigs = "kubeconfigs/added"_L1;
constexpr auto kCarrier = "forwards/carrier"_L1;
constexpr auto kConnectionWait = "forwards/connectionWaitSeconds"_L1;
constexpr auto kMaxWaiting = "forwards/maxWaiting"_L1;
constexpr auto kConfirmClose = "behaviour/confirmClose"_L1;
constexpr auto kClosing = "behaviour/closing"_L1;
constexpr auto kRestoreSession = "behaviour/restoreSession"_L1;

constexpr auto kProfileOrder = "profiles/order"_L1;

constexpr std::array Closings{std::pair(Settings::Closing::Ask, "ask"_L1),
                              std::pair(Settings::Closing::KeepRunning, "keep-running"_L1),
                              std::pair(Settings::Closing::Quit, "quit"_L1)};

QString userFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + "/fairlead.ini"_L1;
}

/// Names of contexts hold slashes ("shop/api-okd-example:6443/ann"), which QSettings takes for groups.
QString contextKey(const QString &context, QLatin1StringView what)
{
    return u"contexts/%1/%2"_s.arg(QString::fromLatin1(QUrl::toPercentEncoding(context)), what);
}

QString markKey(const QString &context, const QString &server, QLatin1StringView what)
{
    return u"contextMarks/%1@%2/%3"_s.arg(QString::fromLatin1(QUrl::toPercentEncoding(context)),
                                          QString::fromLatin1(QUrl::toPercentEncoding(server)), what);
}

using ContextColor = Settings::ContextColor;

QString layoutKey(const QString &widget)
{
    return u"layout/%1"_s.arg(QString::fromLatin1(QUrl::toPercentEncoding(widget)));
}

/// By a table of values and words; `otherwise` for any other word.
template <typename Table, typename Value>
Value valueOf(const QString &word, const Table &table, Value otherwise)
{
    for (const auto &[value, name] : table) {
        if (word == name)
            return value;
    }
    return otherwise;
}

template <typename Table, typename Value>
void setWord(QSettings &settings, QLatin1StringView key, const Table &table, Value value, Value standard)
{
    settings.remove(key); // what is as it is by itself is not written
    for (const auto &[candidate, name] : table) {
        if (candidate == value && value != standard)
            settings.setValue(key, QString(name));
    }
}

/// A number that a hand wrote into the file may be anything.
int numberIn(const QSettings &settings, QLatin1StringView key, const Settings::Range &range)
{
    bool isNumber = false;
    const int value = settings.value(key).toInt(&isNumber);
    return isNumber && range.contains(value) ? value : range.standard;
}

/// What is as it is by itself is not written, so that a later version may choose better.
void setNumber(QSettings &settings, QLatin1StringView key, const Settings::Range &range, int value)
{
    if (value == range.standard)
        settings.remove(key);
    else
        settings.setValue(key, value);
}

} // namespace

QString colorWord(ContextColor color)
{
    switch (color) {
    case ContextColor::None:
        break;
    case ContextColor::Red:
        return u"red"_s;
    case ContextColor::Orange:
        return u"orange"_s;
    case ContextColor::Green:
        return u"green"_s;
    case ContextColor::Blue:
        return u"blue"_s;
    case ContextColor::Purple:
        return u"purple"_s;
    case ContextColor::Grey:
        return u"grey"_s;
    }
    return {};
}

ContextColor colorOf(const QString &word)
{
    for (const auto color : {ContextColor::Red, ContextColor::Orange, ContextColor::Green, ContextColor::Blue,
                             ContextColor::Purple, ContextColor::Grey}) {
        if (word == colorWord(color))
            return color;
    }
    return ContextColor::None;
}

Settings::Settings(const QString &path, QObject *parent)
    : QObject(parent)
    , m_settings(std::make_unique<QSettings>(path.isEmpty() ? userFile() : path, QSettings::IniFormat))
{
}

Settings::~Settings() = default;

QByteArray Settings::windowGeometry() const
{
    return m_settings->value(kWindowGeometry).toByteArray();
}

void Settings::setWindowGeometry(const QByteArray &geometry)
{
    m_settings->setValue(kWindowGeometry, geometry);
}

QByteArray Settings::windowState() const
{
    return m_settings->value(kWindowState).toByteArray();
}

void Settings::setWindowState(const QByteArray &state)
{
    m_settings->setValue(kWindowState, state);
}

QByteArray Settings::layoutState(const QString &widget) const
{
    return m_settings->value(layoutKey(widget)).toByteArray();
}

void Settings::setLayoutState(const QString &widget, const QByteArray &state)
{
    m_settings->setValue(layoutKey(widget), state);
}

QString Settings::lastContext() const
{
    return m_settings->value(kLastContext).toString();
}

void Settings::setLastContext(const QString &context)
{
    m_settings->setValue(kLastContext, context);
}

QString Settings::lastNamespace(const QString &context) const
{
    return m_settings->value(contextKey(context, "lastNamespace"_L1)).toString();
}

void Settings::setLastNamespace(const QString &context, const QString &namespaceName)
{
    m_settings->setValue(contextKey(context, "lastNamespace"_L1), namespaceName);
}

QStringList Settings::typedNamespaces(const QString &context) const
{
    return m_settings->value(contextKey(context, "typedNamespaces"_L1)).toStringList();
}

void Settings::rememberNamespace(const QString &context, const QString &namespaceName)
{
    if (namespaceName.isEmpty())
        return;
    QStringList names = typedNamespaces(context);
    names.removeAll(namespaceName);
    names.prepend(namespaceName);
    m_settings->setValue(contextKey(context, "typedNamespaces"_L1), names.mid(0, kTypedNamespacesMax));
}

QStringList Settings::addedKubeconfigs() const
{
    return m_settings->value(kAddedKubeconfigs).toStringList();
}

void Settings::setAddedKubeconfigs(const QStringList &paths)
{
    if (paths.isEmpty())
        m_settings->remove(kAddedKubeconfigs);
    else
        m_settings->setValue(kAddedKubeconfigs, paths);
}

Settings::ContextMark Settings::contextMark(const QString &context, const QString &server) const
{
    return {colorOf(m_settings->value(markKey(context, server, "color"_L1)).toString()),
            m_settings->value(markKey(context, server, "protected"_L1)).toBool()};
}

void Settings::setContextMark(const QString &context, const QString &server, const ContextMark &mark)
{
    if (mark == contextMark(context, server))
        return;
    const auto put = [this](const QString &key, bool isSet, const QVariant &value) {
        if (isSet)
            m_settings->setValue(key, value);
        else
            m_settings->remove(key);
    };
    put(markKey(context, server, "color"_L1), mark.color != ContextColor::None, colorWord(mark.color));
    put(markKey(context, server, "protected"_L1), mark.isProtected, true);
    emit contextMarksChanged();
}

Settings::ColorScheme Settings::colorScheme() const
{
    const QString word = m_settings->value(kColorScheme).toString();
    if (word == "light"_L1)
        return ColorScheme::Light;
    if (word == "dark"_L1)
        return ColorScheme::Dark;
    return ColorScheme::System;
}

void Settings::setColorScheme(ColorScheme scheme)
{
    if (scheme == colorScheme())
        return;
    if (scheme == ColorScheme::System)
        m_settings->remove(kColorScheme);
    else
        m_settings->setValue(kColorScheme, scheme == ColorScheme::Dark ? u"dark"_s : u"light"_s);
    emit colorSchemeChanged();
}

Settings::Carrier Settings::carrier() const
{
    const QString word = m_settings->value(kCarrier).toString();
    if (word == "spdy"_L1)
        return Carrier::Spdy;
    if (word == "websocket"_L1)
        return Carrier::WebSocket;
    return Carrier::Automatic;
}

void Settings::setCarrier(Carrier carrier)
{
    if (carrier == this->carrier())
        return;
    if (carrier == Carrier::Automatic)
        m_settings->remove(kCarrier);
    else
        m_settings->setValue(kCarrier, carrier == Carrier::Spdy ? u"spdy"_s : u"websocket"_s);
    emit carrierChanged();
}

int Settings::connectionWaitSeconds() const
{
    return numberIn(*m_settings, kConnectionWait, ConnectionWaitSeconds);
}

int Settings::maxWaiting() const
{
    return numberIn(*m_settings, kMaxWaiting, MaxWaiting);
}

void Settings::setWaiting(int seconds, int connections)
{
    seconds = std::clamp(seconds, ConnectionWaitSeconds.least, ConnectionWaitSeconds.most);
    connections = std::clamp(connections, MaxWaiting.least, MaxWaiting.most);
    if (seconds == connectionWaitSeconds() && connections == maxWaiting())
        return;
    setNumber(*m_settings, kConnectionWait, ConnectionWaitSeconds, seconds);
    setNumber(*m_settings, kMaxWaiting, MaxWaiting, connections);
    emit waitingChanged();
}

Settings::Closing Settings::closing() const
{
    // Versions before 0.2 knew only whether to ask.
    const bool asked = m_settings->value(kConfirmClose, true).toBool();
    return valueOf(m_settings->value(kClosing).toString(), Closings, asked ? Closing::Ask : Closing::Quit);
}

void Settings::setClosing(Closing closing)
{
    m_settings->remove(kConfirmClose);
    setWord(*m_settings, kClosing, Closings, closing, Closing::Ask);
}

Restore Settings::restoreSession() const
{
    return valueOf(m_settings->value(kRestoreSession).toString(), Words::Restores, Restore::Ask);
}

void Settings::setRestoreSession(Restore restore)
{
    setWord(*m_settings, kRestoreSession, Words::Restores, restore, Restore::Ask);
}

QStringList Settings::profileOrder() const
{
    return m_settings->value(kProfileOrder).toStringList();
}

void Settings::setProfileOrder(const QStringList &names)
{
    m_settings->setValue(kProfileOrder, names);
}

} // namespace Fairlead::Store
