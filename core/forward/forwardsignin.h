#pragma once

#include "core/kube/signin/credentialsource.h"

#include <QObject>

#include <memory>

namespace Fairlead::Forward {

/// One forward's part in signing in, which all forwards of a user entry share: what it was refused with, whether it
/// may try once more by itself, and the wait for somebody to sign in. Does nothing for a connection that has its
/// credentials in itself, but for the one retry. Lives in its forward's thread.
class ForwardSignIn final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The next attempt's connection. `askedAtMs`: when the user asked for it (monotonic); failures from before that
    /// no longer count.
    void use(const Kube::ConnectionConfig &config, qint64 askedAtMs);
    /// The server did not take credential `number` (0: not known which).
    void refused(quint64 number);
    /// True once after each forget(): with fresh credentials it may be taken.
    [[nodiscard]] bool mayRetry();
    /// A start, or a tunnel that came up: the next refusal is a first one again.
    void forgetRetry() { m_hasRetried = false; }
    /// Says so by renewed() when somebody has signed in, whoever it was. The same credential is said once only.
    void await();

signals:
    void renewed();

private:
    std::shared_ptr<Kube::CredentialSource> m_source; ///< null: the connection has its credentials in itself
    std::shared_ptr<Kube::CredentialSource> m_awaited; ///< that will say when it has a newer credential
    quint64 m_renewedWith = 0; ///< the credential of the last renewed()
    bool m_hasRetried = false;
};

} // namespace Fairlead::Forward
