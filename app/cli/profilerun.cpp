#include "app/cli/profilerun.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

QString nameOf(const Store::SavedForward &saved)
{
    return saved.spec.name.isEmpty() ? Kube::targetText(saved.spec.target) : saved.spec.name;
}

ProfileRun::ProfileRun(Forward::ForwardManager &manager, ReporterFor reporterFor, QObject *parent)
    : QObject(parent)
    , m_manager(manager)
    , m_reporterFor(std::move(reporterFor))
{
}

ProfileRun::~ProfileRun() = default;

void ProfileRun::start(const Store::Profile &profile, const QList<Store::KnownContext> &contexts)
{
    m_starting = true;
    for (const Store::SavedForward &saved : profile.forwards) {
        if (saved.running)
            startOne(saved, nameOf(saved), contexts);
    }
    m_starting = false;
    const bool anyLeft = std::any_of(m_parts.begin(), m_parts.end(), [](const auto &part) { return !part->ended; });
    if (!anyLeft && !std::exchange(m_finished, true))
        emit finished(1);
}

void ProfileRun::startOne(const Store::SavedForward &saved, const QString &name,
                          const QList<Store::KnownContext> &contexts)
{
    ++m_total;
    auto &part = *m_parts.emplace_back(std::make_unique<Part>());
    part.reporter = m_reporterFor(name);
    const Store::ContextMatch match = Store::matchContext(saved, contexts);
    const QString remark = Store::remarkOn(match, saved);
    if (!match.isFound()) {
        part.ended = true;
        part.reporter->failed(u"error: "_s + remark);
        return;
    }
    if (!remark.isEmpty())
        emit remarked(name, remark);
    Forward::ForwardSpec spec = saved.spec;
    spec.context = match.context;
    if (spec.namespaceName.isEmpty())
        spec.namespaceName = Store::presetNamespace(match.context, contexts);
    part.session = std::make_unique<ForwardSession>(m_manager, *part.reporter,
                                                    ForwardSession::Options{.waitForPod = {}, .patient = true});
    connect(part.session.get(), &ForwardSession::ran, this, &ProfileRun::lookWhetherReady);
    connect(part.session.get(), &ForwardSession::finished, this, [this, &part] { onEnded(part); });
    part.session->start(spec);
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
        emit finished(m_stopping ? 0 : 1);
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
