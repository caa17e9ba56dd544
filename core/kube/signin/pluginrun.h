#pragma once

#include "core/kube/config/connectionconfig.h"
#include "core/kube/signin/signinrun.h"

#include <QPointer>

class QProcess;
class QTimer;

namespace Fairlead::Kube {

/// How a sign-in plugin may behave.
struct PluginManners {
    enum class Input {
        None, ///< nobody is there to answer
        Terminal, ///< our own standard input, which is a terminal
        Dialog ///< what say() is given
    };

    Input input = Input::None;
    bool errorsToTerminal = false; ///< its standard error is ours; else said() has it
    int timeoutMs = 0; ///< 0: as long as it takes
};

/// One run of a sign-in plugin, from finding its program to its credentials. Only the plugin's standard output is
/// parsed, and kept nowhere; of its standard error the first MiB is said and the end kept. A plugin that is no longer
/// wanted is asked to go, then made to, with all that it started. Lives in one thread with an event loop; start() may
/// block for a few seconds there while a login shell is asked for its PATH.
class PluginRun final : public SignInRun
{
    Q_OBJECT

public:
    PluginRun(ConnectionConfig config, PluginManners manners, QObject *parent = nullptr);
    ~PluginRun() override;

    void start() override;
    void cancel() override;
    void say(const QByteArray &bytes) override;

private:
    void launch(const QString &program, const QString &searchPath, bool interactive);
    void applyManners(bool interactive);
    void readOutput();
    void readErrors();
    void onExit(int exitCode, bool crashed);
    void finish(const Outcome &outcome);
    void release();

    ConnectionConfig m_config;
    PluginManners m_manners;
    QPointer<QProcess> m_process;
    QTimer *m_deadline;
    QByteArray m_output;
    QByteArray m_errors; ///< the end of it
    qsizetype m_said = 0;
    bool m_ownGroup = false; ///< signals reach what it started, too
    bool m_over = false;
};

} // namespace Fairlead::Kube
