#include "app/cli/profilerun.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

ProfileRun::ProfileRun(Forward::ForwardManager &manager, ReporterFor reporterFor, QObject *parent)
    : QObject(parent)
    , m_manager(manager)
    , m_reporterFor(std::move(reporterFor))
{
}

ProfileRun::~ProfileRun() = default;

void ProfileRun::start(const Store::Profile &profile, const Store::Surroundings &here)
{
    m_starting = true;
    for (const Store::PlannedForward &plan : Store::planFor(profile, here)) {
        if (plan.running)
            startOne(plan);
    }
    m_starting = false;
    const bool anyLeft = std::any_of(m_parts.begin(), m_parts.end(), [](const auto &part) { return !part->ended; });
    if (!anyLeft && !std::exchange(m_finished, true))
        emit finished(1);
}

void ProfileRun::startOne(const Store::PlannedForward &plan)
{
    ++m_total;
    auto &part = *m_parts.emplace_back(std::make_unique<Part>());
    const QString name = Store::displayName(plan.spec);
    part.reporter = m_reporterFor(name);
    if (!plan.found) {
        part.ended = true;
        m_anyFailed = true;
        part.reporter->failed(u"error: "_s + plan.remark);
        return;
    }
    if (!plan.remark.isEmpty())
        emit remarked(name, plan.remark);
    part.session = std::make_unique<ForwardSession>(m_manager, *part.reporter,
                                                    ForwardSession::Options{.waitForPod = {}, .patient = true});
    connect(part.session.get(), &ForwardSession::ran, this, &ProfileRun::lookWhetherReady);
    connect(part.session.get(), &ForwardSession::finished, this, [this, &part](int exitCode) {
        m_anyFailed = m_anyFailed || exitCode != 0;
        onEnded(part);
    });
    part.session->start(plan.spec);
}

void ProfileRun::stop()
{
    if (std::exchange(m_stopping, true))
        return;
    bool anyLeft = false;
    for (const auto &part : m_parts) {
        if (part->ended)
            continue;
        anyLeft = true;
        part->session->stop();
    }
    if (!anyLeft && !std::exchange(m_finished, true))
        emit finished(0);
}

void ProfileRun::onEnded(Part &part)
{
    part.ended = true;
    if (m_starting)
        return;
    const bool anyLeft = std::any_of(m_parts.begin(), m_parts.end(), [](const auto &one) { return !one->ended; });
    if (anyLeft)
        lookWhetherReady();
    else if (!std::exchange(m_finished, true))
        emit finished(m_stopping || !m_anyFailed ? 0 : 1);
}

void ProfileRun::lookWhetherReady()
{
    if (m_ready || m_starting || m_stopping)
        return;
    int running = 0;
    for (const auto &part : m_parts) {
        if (part->ended)
            continue;
        if (!part->session->hasRun())
            return;
        ++running;
    }
    m_ready = true;
    emit ready(running, m_total);
}

} // namespace Fairlead::App
