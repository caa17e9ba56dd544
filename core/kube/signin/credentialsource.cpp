#include "core/kube/signin/credentialsource.h"

#include "core/kube/signin/execcredential.h"
#include "core/kube/signin/jwt.h"
#include "core/kube/signin/oidcrun.h"
#include "core/kube/signin/replybox.h"
#include "core/kube/signin/signinthread.h"

#include <QCoreApplication>
#include <QPointer>

#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(SignIn)
};

/// A run on its thread; whoever wants something of it posts to that thread.
struct RunningRun {
    QPointer<SignInRun> run; ///< used on its thread only
};

} // namespace

struct CredentialSource::Waiter {
    ReplyBox box;
    Answer done;
};

struct CredentialSource::Watcher {
    quint64 than;
    ReplyBox box;
    Renewed done;
};

CredentialSource::CredentialSource(const ConnectionConfig &config, const Clock &clock)
    : m_config(config)
    , m_keeper(clock)
{
    if (config.authProvider) {
        if (const auto credential = oidcCredential(config.authProvider->config, clock.now()))
            m_keeper.preset(*credential);
    }
}

CredentialSource::~CredentialSource() = default;

bool CredentialSource::isReady() const
{
    const std::lock_guard lock(m_mutex);
    return m_keeper.ask() == CredentialKeeper::Verdict::Use;
}

NumberedCredential CredentialSource::current() const
{
    const std::lock_guard lock(m_mutex);
    return m_keeper.current();
}

void CredentialSource::ensure(QObject *context, Answer done)
{
    const auto waiter = std::make_shared<Waiter>(Waiter{ReplyBox(context), std::move(done)});
    const auto answer = [&waiter](const std::optional<SignInFailure> &failure) {
        waiter->box.post([waiter, failure] { waiter->done(failure); });
    };
    const std::lock_guard lock(m_mutex);
    switch (m_keeper.ask()) {
    case CredentialKeeper::Verdict::Use:
        return answer(std::nullopt);
    case CredentialKeeper::Verdict::Refuse:
        return answer(m_keeper.failure());
    case CredentialKeeper::Verdict::Run:
        m_waiters.push_back(waiter);
        launch(newRun(pluginManners()));
        return;
    case CredentialKeeper::Verdict::Wait:
        m_waiters.push_back(waiter);
        return;
    }
}

void CredentialSource::awaitNewer(quint64 than, QObject *context, Renewed done)
{
    const auto watcher = std::make_shared<Watcher>(Watcher{than, ReplyBox(context), std::move(done)});
    const std::lock_guard lock(m_mutex);
    const quint64 number = m_keeper.current().number;
    if (number > than && m_keeper.ask() == CredentialKeeper::Verdict::Use)
        watcher->box.post([watcher, number] { watcher->done(number); });
    else
        m_watchers.push_back(watcher);
}

void CredentialSource::refused(quint64 number)
{
    const std::lock_guard lock(m_mutex);
    m_keeper.refused(number, refusedFailure());
}

void CredentialSource::forgive(qint64 askedAtMs)
{
    const std::lock_guard lock(m_mutex);
    m_keeper.forgive(askedAtMs);
}

QString CredentialSource::name() const
{
    return m_config.exec ? pluginName(*m_config.exec) : m_config.authProvider->config.value(u"idp-issuer-url"_s);
}

SignInFailure CredentialSource::refusedFailure() const
{
    return {Text::tr("The server does not accept the credentials that %1 gives, new ones neither. Sign in again.",
                     "%1 a program or a server's address")
                .arg(name()),
            {},
            u"the server has asked for the client to provide credentials"_s,
            false};
}

std::unique_ptr<SignInRun> CredentialSource::makeRun(PluginManners manners) const
{
    const std::lock_guard lock(m_mutex);
    return newRun(manners);
}

std::unique_ptr<SignInRun> CredentialSource::newRun(PluginManners manners) const
{
    if (m_config.exec)
        return std::make_unique<PluginRun>(m_config, manners);
    QMap<QString, QString> settings = m_config.authProvider->config;
    // Providers may take a refresh token once only and give the next one.
    if (const QByteArray &token = m_keeper.current().credential.refreshToken; !token.isEmpty())
        settings.insert(u"refresh-token"_s, QString::fromUtf8(token));
    return std::make_unique<OidcRun>(settings);
}

CredentialSource::Handle CredentialSource::begin(std::unique_ptr<SignInRun> run, QObject *context, Answer done)
{
    std::shared_ptr<Waiter> waiter;
    if (context)
        waiter = std::make_shared<Waiter>(Waiter{ReplyBox(context), std::move(done)});
    const std::lock_guard lock(m_mutex);
    if (waiter)
        m_waiters.push_back(waiter);
    if (m_cancelRun)
        m_cancelRun();
    return launch(std::move(run));
}

CredentialSource::Handle CredentialSource::launch(std::unique_ptr<SignInRun> run)
{
    m_keeper.began();
    const quint64 number = ++m_run;
    QObject *home = signInThread();
    if (!home) { // the program ends
        m_keeper.failed({});
        return {};
    }
    auto *started = run.release();
    const auto running = std::make_shared<RunningRun>(RunningRun{started});
    QObject::connect(
        started, &SignInRun::finished, started,
        [source = weak_from_this(), started, number](const SignInRun::Outcome &outcome) {
            started->deleteLater();
            if (const auto self = source.lock())
                self->take(number, outcome);
        },
        Qt::DirectConnection);
    started->moveToThread(home->thread());
    const auto post = [home](std::function<void()> call) {
        if (signInThread() == home)
            QMetaObject::invokeMethod(home, std::move(call), Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(
        home,
        [home, started] {
            started->setParent(home);
            started->start();
        },
        Qt::QueuedConnection);
    Handle handle{[post, running] {
                      post([running] {
                          if (running->run)
                              running->run->cancel();
                      });
                  },
                  [post, running](const QByteArray &bytes) {
                      post([running, bytes] {
                          if (running->run)
                              running->run->say(bytes);
                      });
                  }};
    m_cancelRun = handle.cancel;
    return handle;
}

void CredentialSource::take(quint64 run, const SignInRun::Outcome &outcome)
{
    std::vector<std::shared_ptr<Waiter>> waiters;
    std::vector<std::shared_ptr<Watcher>> watchers;
    std::optional<SignInFailure> failure;
    quint64 number = 0;
    {
        const std::lock_guard lock(m_mutex);
        if (run != m_run)
            return; // another one took its place
        m_cancelRun = nullptr;
        if (outcome)
            m_keeper.succeeded(*outcome);
        else
            m_keeper.failed(outcome.error());
        failure = m_keeper.failure();
        number = m_keeper.current().number;
        waiters = std::exchange(m_waiters, {});
        if (outcome)
            watchers = std::exchange(m_watchers, {});
    }
    for (const auto &waiter : waiters)
        waiter->box.post([waiter, failure] { waiter->done(failure); });
    for (const auto &watcher : watchers)
        watcher->box.post([watcher, number] { watcher->done(number); });
}

Net::TlsMaterial signedTls(const ConnectionConfig &config, const Credential &credential)
{
    Net::TlsMaterial tls = config.tls;
    if (!credential.certificatePem.isEmpty()) {
        tls.clientCertificatePem = credential.certificatePem;
        tls.clientKeyPem = credential.keyPem;
    }
    return tls;
}

} // namespace Fairlead::Kube
