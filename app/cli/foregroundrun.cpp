#include "app/cli/foregroundrun.h"

#include "app/cli/pluginterminal.h"
#include "app/cli/quit.h"
#include "app/cli/signalwatcher.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

} // namespace

ForegroundRun::ForegroundRun(const Kube::ConnectionFlags &flags, bool json)
    : m_json(json)
    , m_out(stdout)
    , m_error(stderr)
    , m_parts(flags)
    , m_run(m_parts.forwards, [this](const QString &name) {
        return m_json ? makeJsonReporter(m_out, name) : makeTextReporter(m_out, m_error, name);
    })
{
    connect(&m_run, &ProfileRun::remarked, this, [this](const QString &name, const QString &text) {
        m_error << "warning: [" << name << "] " << text << '\n' << Qt::flush;
    });
    connect(&m_run, &ProfileRun::ready, this, &ForegroundRun::onReady);
    connect(&m_run, &ProfileRun::finished, this, &ForegroundRun::onFinished, Qt::QueuedConnection);
    connect(&m_parts.forwards, &Forward::ForwardManager::stateChanged, this, &ForegroundRun::endIfIdle);
}

ForegroundRun::~ForegroundRun() = default;

std::optional<QString> ForegroundRun::serve(const Control::EnginePlace &place)
{
    m_face.useEnding({}, [](Control::Ending why) {
        tellEnding(why);
        QCoreApplication::exit(0);
    });
    m_host.emplace(m_parts, m_folder, m_face, [this] { return m_parts.surroundings(); });
    m_taken.emplace(place);
    return m_host->listen(place);
}

/// Beside the profile, as if it had been handed over. It has no session of its own to save: they are here, as long as
/// the profile's own are.
void ForegroundRun::goOnWithWhatWasLeft()
{
    if (!m_taken)
        return;
    if (!m_taken->problem().isEmpty())
        m_error << "warning: " << m_taken->problem() << '\n' << Qt::flush;
    if (!m_taken->session())
        return;
    for (const auto &[id, plan] : m_host->desk().bring(m_taken->session()->asked)) {
        if (plan.isToStart() && plan.there == 0) // the profile has its own
            m_parts.forwards.start(id);
    }
    m_taken->keep(m_parts.forwards, m_parts.surroundings(), [] { return std::nullopt; });
}

int ForegroundRun::exec(const Store::Profile &profile)
{
    letPluginsUseTheTerminal();
    SignalWatcher signalWatcher;
    connect(&signalWatcher, &SignalWatcher::stopRequested, this, [this] {
        m_interrupted = true;
        m_run.stop();
        endIfIdle();
    });
    m_run.start(profile, m_parts.surroundings());
    goOnWithWhatWasLeft();
    return QCoreApplication::exec();
}

void ForegroundRun::onReady(int running, int total)
{
    if (m_json) {
        const QJsonObject line{{u"event"_s, u"ready"_s},
                               {u"running"_s, running},
                               {u"total"_s, total},
                               {u"time"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)}};
        m_out << QJsonDocument(line).toJson(QJsonDocument::Compact) << '\n' << Qt::flush;
    } else {
        m_out << Text::tr("Ready: %1 of %2 forwards run.").arg(running).arg(total) << '\n' << Qt::flush;
    }
}

void ForegroundRun::onFinished(int exitCode)
{
    m_exitCode = exitCode;
    endIfIdle();
}

/// What others have handed over goes on after the profile, but not after Ctrl-C.
void ForegroundRun::endIfIdle()
{
    if (!m_exitCode)
        return;
    const QList<Forward::ForwardId> ids = m_parts.forwards.ids();
    const bool anyActive = std::any_of(ids.begin(), ids.end(), [this](Forward::ForwardId id) {
        return isActive(m_parts.forwards.snapshot(id).state);
    });
    if (m_interrupted || !anyActive)
        QCoreApplication::exit(*m_exitCode);
}

} // namespace Fairlead::App
