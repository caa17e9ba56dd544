#include "ui/profiles/conflictsdialog.h"

#include "core/store/profiles/profileplan.h"
#include "ui/icons.h"
#include "ui/widgets/iconlabel.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Store::Obstacle;

namespace {

constexpr int Gap = 10;
constexpr int ColumnGap = 16;
constexpr int SignSide = 16;
constexpr int TextColumns = 44; ///< of what is in the way, in the width of an "n"
constexpr int RowsShown = 9; ///< more are scrolled

QLabel *plainLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QLabel *boldLabel(const QString &text, QWidget *parent)
{
    QLabel *label = plainLabel(text, parent);
    QFont bold = label->font();
    bold.setWeight(QFont::DemiBold);
    label->setFont(bold);
    return label;
}

} // namespace

ConflictsDialog::ConflictsDialog(const Store::Profile &profile, const QList<Obstacle> &obstacles, QWidget *parent)
    : QDialog(parent)
    , m_obstacles(obstacles)
{
    setObjectName(u"conflicts"_s);
    setWindowTitle(tr("Before the start"));
    const auto decisions = std::count_if(obstacles.begin(), obstacles.end(),
                                         [](const Obstacle &obstacle) { return obstacle.needsDecision(); });
    //: %1 is the name of a profile.
    auto *title = boldLabel(profile.name.isEmpty()
                                ? tr("%n thing(s) stand in the way", nullptr, int(decisions))
                                : tr("%n thing(s) stand in the way of “%1”", nullptr, int(decisions)).arg(profile.name),
                            this);
    const auto wanted = std::count_if(profile.forwards.begin(), profile.forwards.end(),
                                      [](const Store::SavedForward &forward) { return forward.running; });
    auto *text =
        plainLabel(tr("%n forward(s) are to start. What is chosen here counts for this start; no profile is changed.",
                      nullptr, int(wanted)),
                   this);
    text->setForegroundRole(QPalette::PlaceholderText);
    setAccessibleDescription(title->text() + ' '_L1 + text->text());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *start = buttons->addButton(tr("Start"), QDialogButtonBox::AcceptRole);
    start->setObjectName(u"startAfterAll"_s);
    start->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *lines = new QVBoxLayout(this);
    lines->setSpacing(Gap);
    lines->addWidget(title);
    lines->addWidget(text);
    lines->addWidget(makeRows(profile), 1);
    lines->addWidget(buttons);
    start->setFocus();
}

QWidget *ConflictsDialog::makeRows(const Store::Profile &profile)
{
    auto *rows = new QWidget;
    auto *grid = new QGridLayout(rows);
    grid->setHorizontalSpacing(ColumnGap);
    grid->setVerticalSpacing(Gap);
    grid->setColumnStretch(2, 1);
    for (int i = 0; i < m_obstacles.size(); ++i) {
        const bool again = i > 0 && m_obstacles.at(i - 1).forward == m_obstacles.at(i).forward;
        addRow(*grid, i, again ? QString() : Store::displayName(profile.forwards.at(m_obstacles.at(i).forward).spec));
    }
    grid->setRowStretch(int(m_obstacles.size()), 1);
    auto *area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(rows);
    area->setFocusPolicy(Qt::NoFocus); // its fields scroll it
    const QSize hint = rows->sizeHint();
    const int shown = int(std::min<qsizetype>(m_obstacles.size(), RowsShown));
    area->setMinimumSize(hint.width() + Gap, hint.height() * shown / int(std::max<qsizetype>(1, m_obstacles.size())));
    return area;
}

void ConflictsDialog::addRow(QGridLayout &grid, int index, const QString &forward)
{
    const Obstacle &obstacle = m_obstacles.at(index);
    auto *sign = new IconLabel(SignSide);
    if (obstacle.needsDecision())
        sign->setIcon(u"warning"_s, Tone::Warning);
    else
        sign->setIcon(u"info"_s, Tone::Accent);
    auto *text = plainLabel(obstacle.text, nullptr);
    text->setMinimumWidth(fontMetrics().horizontalAdvance('n'_L1) * TextColumns);
    auto *way = new QComboBox;
    way->setObjectName(u"way%1"_s.arg(index));
    way->setAccessibleName(obstacle.text);
    way->setAccessibleDescription(tr("What Fairlead does about it"));
    for (const Store::WayOut &one : obstacle.ways)
        way->addItem(one.text);
    way->setCurrentIndex(int(obstacle.chosen));
    connect(way, &QComboBox::currentIndexChanged, this,
            [this, index](int chosen) { m_obstacles[index].chosen = chosen; });
    grid.addWidget(sign, index, 0);
    grid.addWidget(boldLabel(forward, nullptr), index, 1);
    grid.addWidget(text, index, 2);
    grid.addWidget(way, index, 3);
}

} // namespace Fairlead::Ui
