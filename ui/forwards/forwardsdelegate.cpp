#include "ui/forwards/forwardsdelegate.h"

#include "core/forward/forwardsnapshot.h"
#include "ui/contexts/contextcolors.h"
#include "ui/forwards/describe.h"
#include "ui/forwards/forwardsmodel.h"
#include "ui/forwards/sparkline.h"
#include "ui/widgets/roomyheader.h"
#include "ui/widgets/tabulartext.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QFontDatabase>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Forward::State;

namespace {

constexpr int LinePadding = 6; ///< above the first and below the second line
constexpr int LineGap = 2;
constexpr int IconGap = 8;
constexpr int SparklineWidth = 66;
constexpr int SparklineHeight = 20;
constexpr double SmallFontScale = 0.88;
constexpr int DotSide = 9;
constexpr int DotGap = 6;
constexpr double DotCorner = 2.5;

/// Between forms of a text, longest first: QFontMetrics::elidedText() takes the first that fits.
constexpr QChar LengthSeparator(0x9c);

QStyle *styleOf(const QStyleOptionViewItem &option)
{
    return option.widget ? option.widget->style() : QApplication::style();
}

QRect inner(const QRect &rect)
{
    return rect.adjusted(kCellPadding, 0, -kCellPadding, 0);
}

/// Words beside the state's icon begin that far from the icon's left.
int stateIndent(const QStyleOptionViewItem &option)
{
    return option.decorationSize.height() + IconGap;
}

} // namespace

/// One line of a cell.
struct ForwardsDelegate::Line {
    QString text;
    QFont font;
    QColor pen;
    Qt::TextElideMode elide = Qt::ElideRight;
    QMargins beyond = {}; ///< how far it reaches out of the area of the cell
};

/// Everything that the painting of one cell needs.
struct ForwardsDelegate::Cell {
    QPainter &painter;
    const QStyleOptionViewItem &option;
    const QModelIndex &index;
    State state;

    [[nodiscard]] QColor color(Tone tone) const
    {
        const bool selected = option.state & QStyle::State_Selected;
        return selected ? selectedToneColor(tone, option.palette) : toneColor(tone, option.palette);
    }
    [[nodiscard]] QRect mirrored(const QRect &rect) const
    {
        return QStyle::visualRect(option.direction, option.rect, rect);
    }
    [[nodiscard]] Qt::Alignment leading() const { return QStyle::visualAlignment(option.direction, Qt::AlignLeft); }
    [[nodiscard]] Qt::Alignment trailing() const { return QStyle::visualAlignment(option.direction, Qt::AlignRight); }
    /// Of another cell of the row; 0: hidden.
    [[nodiscard]] int widthOf(int column) const;
    [[nodiscard]] QString text() const { return index.data(Qt::DisplayRole).toString(); }
    /// Elided, in `area` as seen from left to right.
    void line(const QRect &area, const Line &words) const
    {
        painter.setFont(words.font);
        painter.setPen(words.pen);
        painter.drawText(mirrored(area), lineFlags(leading(), words.text),
                         QFontMetrics(words.font).elidedText(words.text, words.elide, area.width()));
    }
};

int ForwardsDelegate::Cell::widthOf(int column) const
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    return view ? view->visualRect(index.siblingAtColumn(column)).width() : 0;
}

ForwardsDelegate::ForwardsDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
    , m_remedyColumn(ForwardsModel::DownColumn)
{
}

void ForwardsDelegate::setHot(const QModelIndex &index, bool pressed)
{
    m_hot = index;
    m_pressed = pressed;
}

QFont ForwardsDelegate::smallFont(const QFont &font)
{
    QFont small = font;
    if (font.pointSizeF() > 0)
        small.setPointSizeF(font.pointSizeF() * SmallFontScale);
    else
        small.setPixelSize(qRound(font.pixelSize() * SmallFontScale));
    return small;
}

int ForwardsDelegate::rowHeight(const QFontMetrics &metrics)
{
    return metrics.height() + qRound(metrics.height() * SmallFontScale) + LineGap + 2 * LinePadding + 1;
}

QSize ForwardsDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int text = option.fontMetrics.horizontalAdvance(index.data(Qt::DisplayRole).toString());
    const QFontMetrics small(smallFont(option.font));
    int width = std::max(text, small.horizontalAdvance(index.data(ForwardsModel::SecondaryRole).toString()));
    if (index.column() == ForwardsModel::StateColumn)
        width += option.decorationSize.width() + IconGap;
    if (index.data(ForwardsModel::OwnMarkRole).toInt() != 0)
        width += DotSide + DotGap;
    if (index.column() == ForwardsModel::DownColumn)
        width += SparklineWidth + IconGap;
    if (index.column() == ForwardsModel::LocalColumn) {
        const QFontMetrics fixed(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        width = std::max(fixed.horizontalAdvance(index.data(ForwardsModel::FirstLineRole).toString()),
                         small.horizontalAdvance(index.data(ForwardsModel::SecondaryRole).toString()));
    }
    return {width + 2 * kCellPadding + 2, rowHeight(option.fontMetrics)};
}

QRect ForwardsDelegate::remedyRect(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (index.column() != m_remedyColumn)
        return {};
    const QString text = index.data(ForwardsModel::RemedyRole).toString();
    return text.isEmpty() ? QRect() : buttonRect(option, text);
}

int ForwardsDelegate::linkAt(const QStyleOptionViewItem &option, const QModelIndex &index, const QPoint &point) const
{
    if (index.column() != ForwardsModel::LocalColumn || !option.rect.contains(point))
        return -1;
    const QString second = index.data(ForwardsModel::SecondaryRole).toString();
    const bool below = !second.isEmpty() && point.y() > option.rect.center().y();
    const QString text = below ? second : index.data(ForwardsModel::FirstLineRole).toString();
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    const QFontMetrics metrics(below ? smallFont(fixed) : fixed);
    // Addresses run from left to right in every script; in a mirrored cell only their start moves.
    const QRect area = inner(option.rect);
    const int width = std::min(metrics.horizontalAdvance(text), area.width());
    const int start = QStyle::visualRect(option.direction, option.rect, QRect(area.left(), 0, width, 1)).left();
    const int along = point.x() - start;
    const bool warningOnly = below && second == index.data(ForwardsModel::WarningRole).toString();
    if (along < 0 || along >= width || warningOnly)
        return -1;
    int port = below ? 1 : 0;
    for (qsizetype comma = text.indexOf(','_L1); comma >= 0; comma = text.indexOf(','_L1, comma + 1))
        port += along >= metrics.horizontalAdvance(text.left(comma + 1)) ? 1 : 0;
    return port;
}

QRect ForwardsDelegate::buttonRect(const QStyleOptionViewItem &option, const QString &text) const
{
    QStyleOptionButton button;
    button.text = text;
    button.fontMetrics = option.fontMetrics;
    const QSize words(option.fontMetrics.horizontalAdvance(text) + 20, option.fontMetrics.height() + 8);
    const QSize size = words.boundedTo(QSize(option.rect.width(), option.rect.height() - 8));
    const QRect rect(QPoint(option.rect.right() - kCellPadding - size.width() + 1,
                            option.rect.top() + (option.rect.height() - size.height()) / 2),
                     size);
    return QStyle::visualRect(option.direction, option.rect, rect);
}

void ForwardsDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem base = option;
    initStyleOption(&base, index);
    base.text.clear();
    base.icon = {};
    base.features &= ~(QStyleOptionViewItem::HasDecoration | QStyleOptionViewItem::HasDisplay);
    styleOf(base)->drawControl(QStyle::CE_ItemViewItem, &base, painter, base.widget);

    painter->save();
    painter->setClipRect(option.rect);
    const Cell cell{*painter, base, index, index.data(ForwardsModel::StateRole).value<State>()};
    paintMark(cell);
    switch (index.column()) {
    case ForwardsModel::StateColumn:
        paintState(cell);
        break;
    case ForwardsModel::NameColumn:
        paintName(cell);
        break;
    case ForwardsModel::LocalColumn:
        paintLocal(cell);
        break;
    case ForwardsModel::DownColumn:
        paintDown(cell);
        break;
    case ForwardsModel::ConnectionsColumn:
        paintConnections(cell);
        break;
    default:
        paintPlain(cell);
        break;
    }
    paintButton(cell);
    QColor line = base.palette.color(QPalette::Text);
    line.setAlphaF(0.12F);
    painter->setPen(line);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    painter->restore();
}

/// The colour of the forward's context, at the leading edge of the row.
void ForwardsDelegate::paintMark(const Cell &cell) const
{
    const auto color = Store::Settings::ContextColor(cell.index.data(ForwardsModel::MarkRole).toInt());
    if (cell.option.viewItemPosition != QStyleOptionViewItem::Beginning
        && cell.option.viewItemPosition != QStyleOptionViewItem::OnlyOne)
        return;
    if (color == Store::Settings::ContextColor::None)
        return;
    const QRect &row = cell.option.rect;
    cell.painter.fillRect(cell.mirrored(QRect(row.left() + 1, row.top() + 1, kMarkWidth, row.height() - 2)),
                          contextColor(color, cell.option.palette));
}

void ForwardsDelegate::paintState(const Cell &cell) const
{
    const int side = cell.option.decorationSize.height();
    const QRect area = inner(cell.option.rect);
    const QRect iconArea(area.left(), area.top() + (area.height() - side) / 2, side, side);
    const auto mode = cell.option.state & QStyle::State_Selected ? QIcon::Selected : QIcon::Normal;
    cell.index.data(Qt::DecorationRole)
        .value<QIcon>()
        .paint(&cell.painter, cell.mirrored(iconArea), Qt::AlignCenter, mode);
    QRect words = area.adjusted(stateIndent(cell.option), 0, 0, 0);
    if (m_remedyColumn == ForwardsModel::StateColumn
        && !cell.index.data(ForwardsModel::RemedyRole).toString().isEmpty())
        words.setRight(words.right()
                       - buttonRect(cell.option, cell.index.data(ForwardsModel::RemedyRole).toString()).width()
                       - IconGap);
    Line reason = smallPrint(cell);
    if (reasonGoesOn(cell))
        reason.beyond.setRight(cell.widthOf(ForwardsModel::NameColumn));
    paintTwoLines(cell, words, {cell.text(), cell.option.font, cell.color(Tone::Text)}, reason);
}

void ForwardsDelegate::paintTwoLines(const Cell &cell, const QRect &area, const Line &first, const Line &second) const
{
    if (second.text.isEmpty()) {
        cell.line(area, first);
        return;
    }
    const int firstHeight = cell.option.fontMetrics.height();
    const int secondHeight = QFontMetrics(second.font).height();
    const int height = firstHeight + LineGap + secondHeight;
    QRect line(area.left(), area.top() + (area.height() - height) / 2, area.width(), firstHeight);
    cell.line(line, first);
    line.moveTop(line.bottom() + 1 + LineGap);
    line.setHeight(secondHeight);
    cell.line(line.marginsAdded(second.beyond), second);
}

/// Whether the reason is too long to stand below the state alone and goes on below the name, if that is beside it and
/// has no small print of its own.
bool ForwardsDelegate::reasonGoesOn(const Cell &cell) const
{
    const auto *view = qobject_cast<const QAbstractItemView *>(cell.option.widget);
    const QModelIndex state = cell.index.siblingAtColumn(ForwardsModel::StateColumn);
    const QModelIndex name = cell.index.siblingAtColumn(ForwardsModel::NameColumn);
    if (!view || m_remedyColumn == ForwardsModel::StateColumn
        || !name.data(ForwardsModel::SecondaryRole).toString().isEmpty())
        return false;
    QRect before = view->visualRect(state);
    QRect after = view->visualRect(name);
    const int room = inner(before).width() - stateIndent(cell.option);
    if (cell.option.direction == Qt::RightToLeft)
        std::swap(before, after);
    const QString reason = state.data(ForwardsModel::SecondaryRole).toString();
    return !before.isEmpty() && !after.isEmpty() && before.right() + 1 == after.left()
        && QFontMetrics(smallFont(cell.option.font)).horizontalAdvance(reason) > room;
}

ForwardsDelegate::Line ForwardsDelegate::smallPrint(const Cell &cell) const
{
    return {cell.index.data(ForwardsModel::SecondaryRole).toString(), smallFont(cell.option.font),
            cell.color(Tone::Muted)};
}

/// The colour that the user gave to the forward stands before its name, its tags below it.
void ForwardsDelegate::paintName(const Cell &cell) const
{
    QRect words = inner(cell.option.rect);
    const auto color = Store::Settings::ContextColor(cell.index.data(ForwardsModel::OwnMarkRole).toInt());
    if (color != Store::Settings::ContextColor::None) {
        const QRect dot(words.left(), words.center().y() - DotSide / 2, DotSide, DotSide);
        cell.painter.save();
        cell.painter.setRenderHint(QPainter::Antialiasing);
        cell.painter.setPen(Qt::NoPen);
        cell.painter.setBrush(contextColor(color, cell.option.palette));
        cell.painter.drawRoundedRect(cell.mirrored(dot), DotCorner, DotCorner);
        cell.painter.restore();
        words.setLeft(dot.right() + DotGap);
    }
    const QColor pen = cell.color(cell.state == State::Stopped ? Tone::Muted : Tone::Text);
    Line second = smallPrint(cell);
    if (reasonGoesOn(cell)) {
        second.text =
            cell.index.siblingAtColumn(ForwardsModel::StateColumn).data(ForwardsModel::SecondaryRole).toString();
        second.beyond.setLeft(words.left() - inner(cell.option.rect).left() + cell.widthOf(ForwardsModel::StateColumn)
                              - stateIndent(cell.option));
    }
    paintTwoLines(cell, words, {cell.text(), cell.option.font, pen}, second);
}

void ForwardsDelegate::paintLocal(const Cell &cell) const
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setUnderline(m_hot == cell.index);
    const bool warns = !cell.index.data(ForwardsModel::WarningRole).toString().isEmpty();
    const QColor pen = cell.color(isActive(cell.state) ? Tone::Accent : Tone::Muted);
    Line second = smallPrint(cell);
    second.pen = warns ? cell.color(Tone::Warning) : pen;
    if (!warns)
        second.font = smallFont(font);
    paintTwoLines(cell, inner(cell.option.rect), {cell.index.data(ForwardsModel::FirstLineRole).toString(), font, pen},
                  second);
}

void ForwardsDelegate::paintDown(const Cell &cell) const
{
    if (!remedyRect(cell.option, cell.index).isNull())
        return;
    const QRect area = inner(cell.option.rect);
    const QString text = cell.text();
    const int textWidth = tabularWidth(cell.option.fontMetrics, u"00.0 MiB/s"_s);
    const int room = area.width() - textWidth - IconGap;
    if (room >= SparklineWidth / 2) {
        const int width = std::min(room, SparklineWidth);
        const QRect curve(area.right() - textWidth - IconGap - width, area.center().y() - SparklineHeight / 2, width,
                          SparklineHeight);
        paintSparkline(cell.painter, cell.index.data(ForwardsModel::HistoryRole).value<QList<double>>(),
                       cell.mirrored(curve), cell.color(Tone::Accent));
    }
    cell.painter.setFont(cell.option.font);
    cell.painter.setPen(cell.color(Tone::Text));
    drawTabular(cell.painter, cell.mirrored(area), cell.trailing(), text);
}

void ForwardsDelegate::paintConnections(const Cell &cell) const
{
    // The number that matters is the one of open connections; with none, the whole cell steps back.
    const bool open = cell.index.data(ForwardsModel::SortRole).toInt() > 0;
    cell.painter.setFont(cell.option.font);
    cell.painter.setPen(cell.color(open ? Tone::Text : Tone::Muted));
    if (remedyRect(cell.option, cell.index).isNull())
        drawTabular(cell.painter, cell.mirrored(inner(cell.option.rect)), cell.trailing(), cell.text());
}

void ForwardsDelegate::paintPlain(const Cell &cell) const
{
    if (!ForwardsModel::isNumeric(cell.index.column())) {
        const QColor pen = cell.color(cell.state == State::Stopped ? Tone::Muted : Tone::Text);
        // The port at the end of a target says as much as the name's start.
        const bool target = cell.index.column() == ForwardsModel::TargetColumn;
        const QString narrow = cell.index.data(ForwardsModel::NarrowRole).toString();
        const QString text = narrow.isEmpty() ? cell.text() : cell.text() + LengthSeparator + narrow;
        paintTwoLines(cell, inner(cell.option.rect),
                      {text, cell.option.font, pen, target ? Qt::ElideMiddle : Qt::ElideRight}, smallPrint(cell));
        return;
    }
    if (!remedyRect(cell.option, cell.index).isNull())
        return;
    cell.painter.setFont(cell.option.font);
    cell.painter.setPen(cell.color(Tone::Text));
    drawTabular(cell.painter, cell.mirrored(inner(cell.option.rect)), cell.trailing(), cell.text());
}

void ForwardsDelegate::paintButton(const Cell &cell) const
{
    const QRect rect = remedyRect(cell.option, cell.index);
    if (rect.isNull())
        return;
    QStyleOptionButton button;
    button.rect = rect;
    button.text = cell.index.data(ForwardsModel::RemedyRole).toString();
    button.palette = cell.option.palette;
    button.fontMetrics = cell.option.fontMetrics;
    button.direction = cell.option.direction;
    button.state = QStyle::State_Enabled | (cell.option.state & QStyle::State_Active);
    if (m_hot == cell.index)
        button.state |= QStyle::State_MouseOver | (m_pressed ? QStyle::State_Sunken : QStyle::State_Raised);
    else
        button.state |= QStyle::State_Raised;
    cell.painter.setFont(cell.option.font);
    styleOf(cell.option)->drawControl(QStyle::CE_PushButton, &button, &cell.painter, cell.option.widget);
}

} // namespace Fairlead::Ui
