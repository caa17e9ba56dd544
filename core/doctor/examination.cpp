#include "core/doctor/examination.h"

#include "core/doctor/steps.h"

#include <algorithm>

namespace Fairlead::Doctor {

Examination::Examination(const Question &question, QObject *parent)
    : QObject(parent)
    , m_patient{question, {}, {}, {}, {}, {}}
    , m_steps(makeSteps(m_patient))
{
    for (const auto &step : m_steps) {
        // Queued: a step must not be inside of its own code when what it holds is let go.
        connect(
            step.get(), &Step::done, this,
            [this] {
                m_checks.append(m_steps.at(m_at)->check());
                emit checked(m_checks.last());
                const bool over = m_steps.at(m_at)->endsAll();
                ++m_at;
                if (over)
                    skipRest();
                next();
            },
            Qt::QueuedConnection);
    }
}

Examination::~Examination() = default;

qsizetype Examination::titleWidth() const
{
    qsizetype width = 0;
    for (const auto &step : m_steps)
        width = std::max(width, step->check().title.size());
    return width;
}

void Examination::start()
{
    next();
}

void Examination::next()
{
    if (m_at == m_steps.size()) {
        emit finished();
        return;
    }
    emit begun(m_steps.at(m_at)->check().title);
    m_steps.at(m_at)->begin();
}

void Examination::skipRest()
{
    for (; m_at < m_steps.size(); ++m_at) {
        Check check = m_steps.at(m_at)->check();
        check.text = tr("not tried");
        m_checks.append(check);
        emit checked(check);
    }
}

} // namespace Fairlead::Doctor
