#include "app/cli/forwardsession.h"

#include "app/cli/forwardreporter.h"

#include <QTimer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using Fairlead::Forward::State;

namespace Fairlead::App {
namespace {

/// kubectl's line; and where there is advice, which kubectl never has, our own words below it.
QString errorLine(const Forward::Reason &reason)
{
    if (!reason.kubectlText.isEmpty() && !reason.advice.isEmpty())
        return reason.kubectlText + u'\n' + reason.text + u'\n' + reason.advice;
    if (!reason.kubectlText.isEmpty())
        return reason.kubectlText;
    return u"error: "_s + (reason.detail.isEmpty() ? reason.text : reason.detail);
}

bool listensSomewhere(const Forward::PortSnapshot &port)
{
    return std::any_of(port.listeners.begin(), port.listeners.end(),
                       [](const Forward::ListenerStatus &listener) { return listener.error.isEmpty(); });
}

/// What makes kubectl give up altogether (1.23 and newer): an error on a connection's error stream, whatever it is, or
/// the end of the upgraded connection.
bool endsKubectl(Forward::ConnectionEnd end)
{
    using Forward::ConnectionEnd;
    switch (end) {
    case ConnectionEnd::ResetByPod:
    case ConnectionEnd::Refused:
    case ConnectionEnd::PodGone:
    case ConnectionEnd::TunnelLost:
    case ConnectionEnd::NoTunnel:
    case ConnectionEnd::Error:
        return true;
    case ConnectionEnd::Open:
    case ConnectionEnd::ByProgram:
    case ConnectionEnd::ByPod:
    case ConnectionEnd::ResetLocal:
    case ConnectionEnd::Stopped:
        return false;
    }
    return false;
}

const Forward::Reason LostConnection{.kubectlText = u"error: lost connection to pod"_s};

} // namespace

ForwardSession::ForwardSession(Forward::ForwardManager &manager, ForwardReporter &reporter, const Options &options,
                               QObject *parent)
    : QObject(parent)
    , m_manager(manager)
    , m_reporter(reporter)
    , m_options(options)
{
    connect(&manager, &Forward::ForwardManager::stateChanged, this,
            [this](Forward::ForwardId id, State state, const Forward::Reason &reason) {
                if (id == m_id)
                    onStateChanged(state, reason);
            });
    connect(&manager, &Forward::ForwardManager::connectionOpened, this,
            [this](Forward::ForwardId id, const Forward::ConnectionSnapshot &c) {
                if (id == m_id)
                    onOpened(c);
            });
    connect(&manager, &Forward::ForwardManager::connectionClosed, this,
            [this](Forward::ForwardId id, const Forward::ConnectionSnapshot &c) {
                if (id == m_id)
                    onClosed(c);
            });
}

void ForwardSession::start(const Forward::ForwardSpec &spec)
{
    constexpr std::chrono::minutes KubectlsPatience{1};
    if (!m_options.waitForPod && spec.target.isFollowed() && !m_options.patient)
        m_options.waitForPod = KubectlsPatience;
    m_id = m_manager.add(spec);
    m_manager.start(m_id);
    if (m_options.waitForPod)
        giveUpAfter(*m_options.waitForPod);
}

void ForwardSession::giveUpAfter(std::chrono::milliseconds time)
{
    QTimer::singleShot(time, this, [this] {
        if (!m_hasRun && !m_stopping)
            giveUp({.kubectlText = u"error: timed out waiting for the condition"_s});
    });
}

void ForwardSession::onOpened(const Forward::ConnectionSnapshot &connection)
{
    ++m_open;
    m_reporter.opened(connection);
}

void ForwardSession::onClosed(const Forward::ConnectionSnapshot &connection)
{
    --m_open;
    m_reporter.closed(connection);
    if (m_options.exitOnLoss && !m_stopping && endsKubectl(connection.end))
        giveUp(LostConnection);
    finishIfDone();
}

void ForwardSession::stop()
{
    if (m_stopping)
        return;
    m_stopping = true;
    m_manager.stop(m_id);
    constexpr int PatienceMs = 2000; // stopping is local and quick; this is for a thread that is starved
    QTimer::singleShot(PatienceMs, this, &ForwardSession::finish);
}

void ForwardSession::onStateChanged(State state, const Forward::Reason &reason)
{
    if (m_stopping) {
        m_stopped = m_stopped || state == State::Stopped;
        return finishIfDone();
    }
    if (state == State::Stopped) { // by somebody else who may stop forwards here, and so in order
        m_stopping = true;
        m_stopped = true;
        return finishIfDone();
    }
    if (!goesOn(state)) {
        if (!m_hasRun)
            reportListeners();
        giveUp(m_hasRun && m_options.exitOnLoss ? LostConnection : reason);
        return;
    }
    if (state == State::Running && !m_hasRun) {
        m_hasRun = true;
        reportListeners();
        emit ran();
    }
    m_reporter.stateChanged(state, reason, m_manager.snapshot(m_id).transport);
}

/// What has not run yet gives up where kubectl does; what has run waits for whatever can still come back, unless told
/// to end as kubectl does.
bool ForwardSession::goesOn(State state) const
{
    const bool mends = m_options.patient || (m_hasRun && !m_options.exitOnLoss);
    switch (state) {
    case State::Starting:
    case State::Running:
        return true;
    case State::WaitingForPod:
        return mends || (!m_hasRun && m_options.waitForPod);
    case State::Reconnecting:
    case State::SignInNeeded:
        return mends;
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
    m_error = errorLine(reason);
    stop();
}

/// The ends of connections arrive after the state: each is told by its connection when it has settled.
void ForwardSession::finishIfDone()
{
    if (m_stopped && m_open == 0)
        finish();
}

void ForwardSession::finish()
{
    if (std::exchange(m_finished, true))
        return;
    if (m_error)
        m_reporter.failed(*m_error);
    emit finished(m_error ? 1 : 0);
}

} // namespace Fairlead::App
