#include "ui/forwards/sparkline.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace Fairlead::Ui {

QPolygonF sparklinePoints(const QList<double> &rates, const QRectF &area, double floor)
{
    QPolygonF points;
    if (rates.size() < 2)
        return points;
    const double highest = *std::max_element(rates.cbegin(), rates.cend());
    if (highest < 1)
        return points;
    const double scale = area.height() / std::max(highest, floor);
    const double step = area.width() / (kSparklineSeconds - 1);
    const qsizetype first = std::max<qsizetype>(0, rates.size() - kSparklineSeconds);
    for (qsizetype i = first; i < rates.size(); ++i) {
        const double age = double(rates.size() - 1 - i);
        points << QPointF(area.right() - age * step, area.bottom() - std::max(0.0, rates.at(i)) * scale);
    }
    return points;
}

void paintSparkline(QPainter &painter, const QList<double> &rates, const QRectF &area, const QColor &color)
{
    const QPolygonF line = sparklinePoints(rates, area);
    if (line.isEmpty())
        return;
    QPolygonF fill = line;
    fill << QPointF(line.last().x(), area.bottom()) << QPointF(line.first().x(), area.bottom());
    QColor pale = color;
    pale.setAlphaF(0.22F);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(pale);
    painter.drawPolygon(fill);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, 1.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
    painter.restore();
}

} // namespace Fairlead::Ui
