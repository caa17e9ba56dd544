#pragma once

#include "core/kube/config/connectionconfig.h"
#include "core/kube/signin/credentialkeeper.h"
#include "core/kube/signin/pluginrun.h"

#include <QObject>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace Fairlead::Kube {

class SignInRun;

/// Where the credentials of one user come from, if that is a plugin or a provider: all clients and forwards of the
/// program that have the same plugin with the same settings share one source, and so one run of it (client-go's rule
/// for its cache). Thread-safe. Runs happen on a thread of their own.
class CredentialSource final : public std::enable_shared_from_this<CredentialSource>
{
public:
    /// Nothing: go ahead, current() will do.
    using Answer = std::function<void(const std::optional<SignInFailure> &)>;
    /// The number of a credential that nobody has refused yet.
    using Renewed = std::function<void(quint64 number)>;

    explicit CredentialSource(const ConnectionConfig &config, const Clock &clock = SystemClock::instance());
    ~CredentialSource();

    /// A request may be sent right now, without ensure().
    [[nodiscard]] bool isReady() const;
    /// Signs in if that is needed and allowed. Call it from `context`'s thread; answers there, queued, and not at all
    /// if the context has died by then.
    void ensure(QObject *context, Answer done);
    [[nodiscard]] NumberedCredential current() const;
    /// The server answered 401 to a request with credential `number`: the next ensure() may sign in anew.
    void refused(quint64 number);
    /// Says once when there is a credential with a number above `than`, maybe there is one already: whoever gave up
    /// goes on then, however it was got. Call it from `context`'s thread; answers there, queued.
    void awaitNewer(quint64 than, QObject *context, Renewed done);
    /// The user wants another attempt; failures from before `askedAtMs` (SystemClock, monotonic) no longer count.
    void forgive(qint64 askedAtMs);

    /// What people call it: the plugin's program, or the provider's address.
    [[nodiscard]] QString name() const;
    /// A run for the user to watch, in this thread still: connect to it, then hand it to begin().
    [[nodiscard]] std::unique_ptr<SignInRun> makeRun(PluginManners manners) const;
    /// Starts `run` on its thread and takes its outcome; another one that is under way ends. Gives what cancels it, and
    /// a way to talk to it; both may be called from any thread at any time. `done`, if given, is called as by ensure().
    struct Handle {
        std::function<void()> cancel;
        std::function<void(const QByteArray &)> say;
    };
    Handle begin(std::unique_ptr<SignInRun> run, QObject *context = nullptr, Answer done = {});

private:
    struct Waiter;
    struct Watcher;

    /// The next two with the lock held.
    [[nodiscard]] std::unique_ptr<SignInRun> newRun(PluginManners manners) const;
    Handle launch(std::unique_ptr<SignInRun> run);
    void take(quint64 run, const Result<Credential, SignInFailure> &outcome);
    [[nodiscard]] SignInFailure refusedFailure() const;

    const ConnectionConfig m_config;
    mutable std::mutex m_mutex;
    CredentialKeeper m_keeper;
    std::vector<std::shared_ptr<Waiter>> m_waiters;
    std::vector<std::shared_ptr<Watcher>> m_watchers;
    quint64 m_run = 0; ///< number of the latest
    std::function<void()> m_cancelRun;
};

/// The source for `config`; null if it has its credentials in itself, or none.
[[nodiscard]] std::shared_ptr<CredentialSource> credentialSourceFor(const ConnectionConfig &config);

/// How unattended runs of this program behave from now on; set once, at its start. Unless told: nobody is there to
/// answer, and a run takes three minutes at most.
void setPluginManners(const PluginManners &manners);
[[nodiscard]] PluginManners pluginManners();

/// The TLS material of a connection, with the credential's certificate if it has one.
[[nodiscard]] Net::TlsMaterial signedTls(const ConnectionConfig &config, const Credential &credential);

} // namespace Fairlead::Kube
