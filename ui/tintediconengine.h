#pragma once

#include "ui/theme.h"

#include <QIconEngine>
#include <QString>

#include <optional>

namespace Fairlead::Ui {

/// Draws a one-colour SVG in a tone of the application's palette, or an SVG as it is when there is no tone. The colour
/// is looked up at each painting, the pixmap kept in QPixmapCache under it: a change of palette needs no message here.
class TintedIconEngine final : public QIconEngine
{
public:
    TintedIconEngine(QString file, std::optional<Tone> tone);

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    QList<QSize> availableSizes(QIcon::Mode mode, QIcon::State state) override;
    [[nodiscard]] QIconEngine *clone() const override;
    [[nodiscard]] QString key() const override;

private:
    QString m_file;
    std::optional<Tone> m_tone;
};

} // namespace Fairlead::Ui
