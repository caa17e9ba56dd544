#include "ui/widgets/roomyheader.h"

#include <QHeaderView>
#include <QProxyStyle>
#include <QStyleOption>

namespace Fairlead::Ui {

namespace {

constexpr int RoomyHeight = 12; ///< more than the text, above and below together

class RoomyHeaderStyle final : public QProxyStyle
{
public:
    using QProxyStyle::QProxyStyle;

    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override
    {
        const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        if (element != CE_HeaderLabel || !header) {
            QProxyStyle::drawControl(element, option, painter, widget);
            return;
        }
        // The base style asks itself, and not its proxy, where the label goes; so it is moved when it is drawn.
        QStyleOptionHeaderV2 label;
        if (const auto *second = qstyleoption_cast<const QStyleOptionHeaderV2 *>(option))
            label = *second;
        else
            static_cast<QStyleOptionHeader &>(label) = *header;
        const int more = kCellPadding - pixelMetric(PM_HeaderMargin, option, widget);
        label.rect.adjust(more, 0, -more, 0);
        QProxyStyle::drawControl(element, &label, painter, widget);
    }

    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                         const QWidget *widget) const override
    {
        const QSize wanted = QProxyStyle::sizeFromContents(type, option, size, widget);
        return type == CT_HeaderSection ? wanted + QSize(2 * kCellPadding, RoomyHeight) : wanted;
    }
};

} // namespace

void makeRoomy(QHeaderView &header)
{
    auto *style = new RoomyHeaderStyle;
    style->setParent(&header);
    header.setStyle(style);
}

} // namespace Fairlead::Ui
