#include "ui/window/statussummary.h"

#include "ui/format.h"
#include "ui/forwards/forwardsmodel.h"

#include <QHBoxLayout>
#include <QLabel>

#include <array>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Forward::State;

namespace {

/// What is well first, then what is not; stopped ones are no news.
constexpr std::array Order{State::Running,      State::Starting,     State::WaitingForPod,
                           State::Reconnecting, State::SignInNeeded, State::Failed};

QString phrase(State state, int count)
{
    switch (state) {
    case State::Stopped:
        return StatusSummary::tr("%n stopped", nullptr, count);
    case State::Starting:
        return StatusSummary::tr("%n starting", nullptr, count);
    case State::Running:
        return StatusSummary::tr("%n running", nullptr, count);
    case State::WaitingForPod:
        return StatusSummary::tr("%n waiting for a pod", nullptr, count);
    case State::Reconnecting:
        return StatusSummary::tr("%n reconnecting", nullptr, count);
    case State::SignInNeeded:
        return StatusSummary::tr("%n waiting for a sign-in", nullptr, count);
    case State::Failed:
        return StatusSummary::tr("%n failed", nullptr, count);
    }
    return {};
}

void setIfNew(QLabel &label, const QString &text)
{
    if (label.text() != text)
        label.setText(text);
}

} // namespace

StatusSummary::StatusSummary(QWidget *parent)
    : QWidget(parent)
    , m_states(new QLabel(this))
    , m_down(new QLabel(this))
    , m_up(new QLabel(this))
{
    m_states->setAccessibleName(tr("States of the forwards"));
    m_down->setAccessibleName(tr("Received now, by all forwards"));
    m_up->setAccessibleName(tr("Sent now, by all forwards"));
    auto *box = new QHBoxLayout(this);
    box->setContentsMargins(6, 2, 6, 2);
    box->setSpacing(18);
    box->addWidget(m_states);
    box->addWidget(m_down);
    box->addWidget(m_up);
    box->addStretch();
    // Room for the widest rate, so that the texts after it stand still.
    const int room = fontMetrics().horizontalAdvance(u"↓ 0000.0 MiB/s"_s);
    m_down->setMinimumWidth(room);
    m_up->setMinimumWidth(room);
}

void StatusSummary::show(const ForwardsModel &forwards)
{
    std::array<int, 7> counts{};
    double down = 0;
    double up = 0;
    for (int row = 0; row < forwards.rowCount(); ++row) {
        const Forward::ForwardSnapshot &forward = forwards.at(row);
        ++counts[std::size_t(forward.state)];
        down += forward.traffic.rateDown;
        up += forward.traffic.rateUp;
    }
    QStringList phrases;
    for (const State state : Order) {
        if (const int count = counts[std::size_t(state)])
            phrases << phrase(state, count);
    }
    if (phrases.isEmpty())
        phrases << (forwards.rowCount() == 0 ? tr("No forwards") : tr("Nothing is running"));
    setIfNew(*m_states, phrases.join(u" · "_s));
    //: The rate at which data comes in; %1 is as in "1.2 MiB/s".
    setIfNew(*m_down, down < 1 ? QString() : tr("↓ %1").arg(formatRate(down)));
    //: The rate at which data goes out; %1 is as in "1.2 MiB/s".
    setIfNew(*m_up, up < 1 ? QString() : tr("↑ %1").arg(formatRate(up)));
}

QString StatusSummary::text() const
{
    return QStringList{m_states->text(), m_down->text(), m_up->text()}.join(u"  "_s).trimmed();
}

} // namespace Fairlead::Ui
