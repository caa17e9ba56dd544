#pragma once

#include "app/cli/forwardreporter.h"
#include "app/cli/forwardsession.h"
#include "core/store/profiles/profileplan.h"

#include <QObject>

#include <memory>
#include <vector>

namespace Fairlead::App {

/// All forwards of a profile on the command line, until stop() or until nothing can bring any of them back. One that
/// cannot go on ends alone.
class ProfileRun final : public QObject
{
    Q_OBJECT

public:
    using ReporterFor = std::function<std::unique_ptr<ForwardReporter>(const QString &name)>;

    ProfileRun(Forward::ForwardManager &manager, ReporterFor reporterFor, QObject *parent = nullptr);
    ~ProfileRun() override;

    /// Those that ran when the profile was saved. What cannot be started here is told and counts as ended; finished()
    /// may come before this returns.
    void start(const Store::Profile &profile, const Store::Surroundings &here);
    void stop();
    [[nodiscard]] int total() const { return m_total; }

signals:
    /// A forward's context was found otherwise than by name and server; a sentence.
    void remarked(const QString &name, const QString &text);
    /// All that have not ended run.
    void ready(int running, int total);
    /// 0 after stop(), and when all were stopped at the manager; 1 when the last one has ended and any had failed.
    void finished(int exitCode);

private:
    struct Part {
        std::unique_ptr<ForwardReporter> reporter;
        std::unique_ptr<ForwardSession> session;
        bool ended = false;
    };

    void startOne(const Store::PlannedForward &plan);
    void onEnded(Part &part);
    void lookWhetherReady();

    Forward::ForwardManager &m_manager;
    ReporterFor m_reporterFor;
    std::vector<std::unique_ptr<Part>> m_parts;
    int m_total = 0;
    bool m_starting = false;
    bool m_stopping = false;
    bool m_ready = false;
    bool m_anyFailed = false;
    bool m_finished = false;
};

} // namespace Fairlead::App
