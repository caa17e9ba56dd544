#include "core/kube/signin/attendedsignin.h"

#include "core/kube/signin/credentialsource.h"
#include "core/kube/signin/signinadvice.h"

#include <QRegularExpression>

namespace Fairlead::Kube {

using namespace Qt::StringLiterals;

AttendedSignIn::AttendedSignIn(const ConnectionConfig &config, int patienceMs, QObject *parent)
    : QObject(parent)
    , m_config(config)
    , m_patienceMs(patienceMs)
    , m_source(credentialSourceFor(config))
{
}

AttendedSignIn::~AttendedSignIn()
{
    if (m_cancel)
        m_cancel();
}

AttendedSignIn::Way AttendedSignIn::way() const
{
    if (m_source)
        return m_config.exec ? Way::Plugin : Way::Provider;
    return command().isEmpty() ? Way::Kubeconfig : Way::Command;
}

QString AttendedSignIn::name() const
{
    return m_source ? m_source->name() : QString();
}

QString AttendedSignIn::command() const
{
    return m_source ? QString() : signInCommand(m_config);
}

QString AttendedSignIn::advice() const
{
    return m_source ? QString() : signInAdvice(m_config, SystemClock::instance().now());
}

bool AttendedSignIn::takesAnswers() const
{
    return m_config.exec && m_config.exec->interactiveMode != "Never"_L1;
}

bool AttendedSignIn::mayWantTerminal(const SignInFailure &failure) const
{
    // Go's x/term and os.Open, Python's getpass, Node's prompts; Windows' words do not come here.
    static const QRegularExpression words(u"\\btty\\b|\\bterminal\\b|inappropriate ioctl|non-interactive"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    if (!takesAnswers() || failure.cancelled)
        return false;
    return m_config.exec->interactiveMode == "Always"_L1 || failure.detail.contains(words);
}

void AttendedSignIn::start()
{
    if (!m_source || m_attempt)
        return;
    m_attempt = std::make_unique<QObject>();
    auto run = m_source->makeRun({PluginManners::Input::Dialog, false, m_patienceMs});
    connect(run.get(), &SignInRun::said, m_attempt.get(), [this](const QByteArray &bytes) { emit said(bytes); });
    const auto handle = m_source->begin(std::move(run), m_attempt.get(),
                                        [this](const std::optional<SignInFailure> &failure) { end(failure); });
    m_cancel = handle.cancel;
    m_say = handle.say;
}

void AttendedSignIn::answer(const QString &line)
{
    if (m_say)
        m_say(line.toUtf8() + '\n');
}

void AttendedSignIn::cancel()
{
    if (m_cancel)
        m_cancel();
}

void AttendedSignIn::end(const std::optional<SignInFailure> &failure)
{
    // Called from an event of the attempt, which must outlive it.
    m_attempt.release()->deleteLater();
    m_cancel = nullptr;
    m_say = nullptr;
    emit finished(failure, failure ? std::nullopt : m_source->current().credential.expires);
}

} // namespace Fairlead::Kube
