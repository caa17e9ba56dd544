#pragma once

#include "app/cli/profilerun.h"
#include "app/engine/enginehost.h"
#include "app/engine/headlessface.h"
#include "app/engine/takensession.h"
#include "core/store/profiles/profilefolder.h"

#include <QTextStream>

#include <optional>

namespace Fairlead::App {

/// A profile that runs in this process, on its terminal, until it is interrupted or nothing can go on. May be the
/// engine meanwhile: then what others have handed over is waited for, too.
class ForegroundRun final : public QObject
{
    Q_OBJECT

public:
    ForegroundRun(const Kube::ConnectionFlags &flags, bool json);
    ~ForegroundRun() override;

    /// From now on it is the engine; the caller holds the lock for longer than this lives. A sentence if it cannot
    /// listen.
    [[nodiscard]] std::optional<QString> serve(const Control::EnginePlace &place);
    /// Gives the exit code.
    [[nodiscard]] int exec(const Store::Profile &profile);

private:
    void goOnWithWhatWasLeft();
    void onReady(int running, int total);
    void onFinished(int exitCode);
    void endIfIdle();

    bool m_json;
    QTextStream m_out;
    QTextStream m_error;
    EngineParts m_parts;
    Store::ProfileFolder m_folder;
    HeadlessFace m_face{m_parts.forwards};
    std::optional<EngineHost> m_host;
    std::optional<TakenSession> m_taken; ///< that an engine before has left
    ProfileRun m_run;
    std::optional<int> m_exitCode; ///< of the profile, when it has ended
    bool m_interrupted = false;
};

} // namespace Fairlead::App
