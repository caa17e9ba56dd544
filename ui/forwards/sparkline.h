#pragma once

#include <QColor>
#include <QList>
#include <QPolygonF>
#include <QRectF>

class QPainter;

/// The last minute of a rate as a small filled curve.
namespace Fairlead::Ui {

inline constexpr int kSparklineSeconds = 60;

/// Points from left to right inside `area`, newest at its right edge, one second a step. The scale is the highest of
/// the values, but never below `floor`, so that a trickle does not look like a flood. Empty when nothing moved.
[[nodiscard]] QPolygonF sparklinePoints(const QList<double> &rates, const QRectF &area, double floor = 4096);

void paintSparkline(QPainter &painter, const QList<double> &rates, const QRectF &area, const QColor &color);

} // namespace Fairlead::Ui
