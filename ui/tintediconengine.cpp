#include "ui/tintediconengine.h"

#include <QGuiApplication>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <utility>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

namespace {

/// Dimmed as much as a disabled word: a third of the ink.
constexpr int kDisabledAlpha = 90;

QColor inkFor(Tone tone, QIcon::Mode mode)
{
    const QPalette palette = QGuiApplication::palette();
    if (mode == QIcon::Selected)
        return selectedToneColor(tone, palette);
    QColor color = toneColor(tone, palette);
    if (mode == QIcon::Disabled)
        color.setAlpha(kDisabledAlpha);
    return color;
}

QPixmap rendered(const QString &file, const QSize &size)
{
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(file);
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    return pixmap;
}

void fillInk(QPixmap &pixmap, const QColor &ink)
{
    QPainter painter(&pixmap);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), ink);
}

void fade(QPixmap &pixmap)
{
    QPainter painter(&pixmap);
    painter.setCompositionMode(QPainter::CompositionMode_DestinationIn);
    painter.fillRect(pixmap.rect(), QColor(0, 0, 0, kDisabledAlpha));
}

} // namespace

TintedIconEngine::TintedIconEngine(QString file, std::optional<Tone> tone)
    : m_file(std::move(file))
    , m_tone(tone)
{
}

void TintedIconEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state)
{
    const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : qreal(1);
    QPixmap image = scaledPixmap((QSizeF(rect.size()) * ratio).toSize(), mode, state, ratio);
    image.setDevicePixelRatio(ratio);
    painter->drawPixmap(rect, image);
}

QPixmap TintedIconEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state)
{
    return scaledPixmap(size, mode, state, 1);
}

QPixmap TintedIconEngine::scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal)
{
    if (size.isEmpty())
        return {};
    const QColor ink = m_tone ? inkFor(*m_tone, mode) : QColor();
    const QString cacheKey = u"fairlead:%1:%2x%3:%4:%5"_s.arg(m_file)
                                 .arg(size.width())
                                 .arg(size.height())
                                 .arg(ink.rgba(), 8, 16, QLatin1Char('0'))
                                 .arg(m_tone ? -1 : int(mode));
    QPixmap pixmap;
    if (QPixmapCache::find(cacheKey, &pixmap))
        return pixmap;
    pixmap = rendered(m_file, size);
    if (m_tone)
        fillInk(pixmap, ink);
    else if (mode == QIcon::Disabled)
        fade(pixmap);
    QPixmapCache::insert(cacheKey, pixmap);
    return pixmap;
}

QList<QSize> TintedIconEngine::availableSizes(QIcon::Mode, QIcon::State)
{
    // A desktop asks for these when it takes the window's icon; every other size works as well.
    return {{16, 16}, {24, 24}, {32, 32}, {48, 48}, {64, 64}, {128, 128}, {256, 256}};
}

QIconEngine *TintedIconEngine::clone() const
{
    return new TintedIconEngine(*this);
}

QString TintedIconEngine::key() const
{
    return u"FairleadTintedIconEngine"_s;
}

} // namespace Fairlead::Ui
