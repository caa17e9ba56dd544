#pragma once

#include "core/kube/config/connectionconfig.h"
#include "core/kube/signin/credential.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace Fairlead::Kube {

class CredentialSource;

/// A sign-in that somebody watches and answers. It runs what the connection's user entry signs in with and gives the
/// outcome to all who share that entry, so that forwards which wait for it go on by themselves. For entries whose
/// credentials are in the kubeconfig there is nothing to run: command() or advice() tell what to do.
///
/// The credential itself never comes here. Lives in the window's thread; its end cancels a run that is under way.
class AttendedSignIn final : public QObject
{
    Q_OBJECT

public:
    enum class Way {
        Plugin, ///< a program that may ask questions
        Provider, ///< OpenID Connect: nothing to ask
        Command, ///< `oc login` writes the kubeconfig
        Kubeconfig ///< its credentials have to be changed there
    };
    /// Long enough to find a telephone and to answer in a browser.
    static constexpr int PatienceMs = 10 * 60 * 1000;

    explicit AttendedSignIn(const ConnectionConfig &config, int patienceMs = PatienceMs, QObject *parent = nullptr);
    ~AttendedSignIn() override;

    [[nodiscard]] Way way() const;
    [[nodiscard]] bool canRun() const { return m_source != nullptr; }
    /// The plugin's program or the provider's address; empty if nothing runs.
    [[nodiscard]] QString name() const;
    /// The shell command that signs in; empty unless the way is Command.
    [[nodiscard]] QString command() const;
    /// What is known about credentials in the kubeconfig; may be empty.
    [[nodiscard]] QString advice() const;
    /// The plugin has a standard input that answers reach.
    [[nodiscard]] bool takesAnswers() const;
    /// The plugin may refuse to talk to anything but a terminal, to judge by its setting or by what it said.
    [[nodiscard]] bool mayWantTerminal(const SignInFailure &failure) const;

    /// Starts a run, unless one is under way; another run of the same entry ends.
    void start();
    [[nodiscard]] bool isRunning() const { return m_attempt != nullptr; }
    /// A line for the plugin, without its end.
    void answer(const QString &line);
    /// finished() follows.
    void cancel();

signals:
    /// What the plugin writes to its standard error: for the user to read.
    void said(const QByteArray &bytes);
    /// `expires`: UTC, if it is known; `failure`: nothing if there are credentials now.
    void finished(const std::optional<Fairlead::Kube::SignInFailure> &failure, const std::optional<QDateTime> &expires);

private:
    void end(const std::optional<SignInFailure> &failure);

    const ConnectionConfig m_config;
    const int m_patienceMs;
    std::shared_ptr<CredentialSource> m_source;
    std::unique_ptr<QObject> m_attempt; ///< words for another one than this come too late
    std::function<void()> m_cancel;
    std::function<void(const QByteArray &)> m_say;
};

} // namespace Fairlead::Kube
