#include "app/cli/forwardsession.h"

#include "app/cli/forwardreporter.h"

#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using Fairlead::Forward::State;

namespace Fairlead::App {
namespace {

QString errorLine(const Forward::Reason &reason)
{
    if (!reason.kubectlText.isEmpty())
        return reason.kubectlText;
    return u"error: "_s + (reason.detail.isEmpty() ? reason.text : reason.detail);
}

bool listensSomewhere(const Forward::PortSnapshot &port)
{
    return std::any_of(port.listeners.begin(), port.listeners.end(),
                       [](const Forward::ListenerStatus &listener) { return listener.error.isEmpty(); });
}

} // namespace

ForwardSession::ForwardSession(Forward::ForwardManager &manager, ForwardReporter &reporter,
                               std::optional<std::chrono::milliseconds> waitForPod, QObject *parent)
    : QObject(parent)
    , m_manager(manager)
    , m_reporter(reporter)
    , m_waitForPod(waitForPod)
{
    connect(&manager, &Forward::ForwardManager::stateChanged, this,
            [this](Forward::ForwardId, State state, const Forward::Reason &reason) { onStateChanged(state, reason); });
    connect(&manager, &Forward::ForwardManager::connectionOpened, this,
            [this](Forward::ForwardId, const Forward::ConnectionSnapshot &c) { m_reporter.opened(c); });
    connect(&manager, &Forward::ForwardManager::connectionClosed, this,
            [this](Forward::ForwardId, const Forward::ConnectionSnapshot &c) { m_reporter.closed(c); });
}

void ForwardSession::start(const Forward::ForwardSpec &spec)
{
    m_id = m_manager.add(spec);
    m_manager.start(m_id);
    if (!m_waitForPod)
        return;
    QTimer::singleShot(*m_waitForPod, this, [this] {
        if (!m_hasRun && !m_stopping)
            giveUp({.text = {}, .detail = u"timed out waiting for the condition"_s, .since = {}, .nextTry = {}});
    });
}

void ForwardSession::stop()
{
    if (m_stopping)
        return;
    m_stopping = true;
    m_manager.stop(m_id);
    constexpr int PatienceMs = 2000; // stopping is local and quick; this is for a thread that is starved
    QTimer::singleShot(PatienceMs, this, [this] { finish(0); });
}

void ForwardSession::onStateChanged(State state, const Forward::Reason &reason)
{
    if (m_stopping) {
        if (state == State::Stopped)
            finish(0);
        return;
    }
    if (!goesOn(state)) {
        if (!m_hasRun)
            reportListeners();
        giveUp(reason);
        return;
    }
    if (state == State::Running && !m_hasRun) {
        m_hasRun = true;
        reportListeners();
    }
    m_reporter.stateChanged(state, reason);
}

/// What has not run yet gives up where kubectl does; what has run waits for whatever can still come back.
bool ForwardSession::goesOn(State state) const
{
    switch (state) {
    case State::Starting:
    case State::Running:
        return true;
    case State::WaitingForPod:
        return m_hasRun || m_waitForPod;
    case State::Reconnecting:
    case State::SignInNeeded:
        return m_hasRun;
    case State::Failed:
    case State::Stopped:
        return false;
    }
    return false;
}

void ForwardSession::reportListeners()
{
    for (const Forward::PortSnapshot &port : m_manager.snapshot(m_id).ports) {
        if (port.listeners.isEmpty())
            continue;
        if (!listensSomewhere(port)) {
            m_reporter.unableToListen(port);
            continue;
        }
        for (const Forward::ListenerStatus &listener : port.listeners) {
            if (listener.error.isEmpty())
                m_reporter.listening(port, listener);
            else
                m_reporter.partlyListening(port, listener);
        }
    }
}

void ForwardSession::giveUp(const Forward::Reason &reason)
{
    m_reporter.failed(errorLine(reason));
    m_stopping = true;
    m_manager.stop(m_id);
    finish(1);
}

void ForwardSession::finish(int exitCode)
{
    if (m_finished)
        return;
    m_finished = true;
    emit finished(exitCode);
}

} // namespace Fairlead::App
