#pragma once

#include "core/kube/signin/credential.h"
#include "core/support/result.h"

#include <QObject>

namespace Fairlead::Kube {

/// One attempt to get a credential, however that is done. Made in any thread, then moved to the one where it runs.
class SignInRun : public QObject
{
    Q_OBJECT

public:
    using Outcome = Result<Credential, SignInFailure>;
    using QObject::QObject;

    /// finished() follows, once, maybe from inside.
    virtual void start() = 0;
    /// finished() follows at once, unless it has been.
    virtual void cancel() = 0;
    /// From the user to whoever asks questions.
    virtual void say(const QByteArray &bytes) { Q_UNUSED(bytes) }

signals:
    /// For the user to read.
    void said(const QByteArray &bytes);
    void finished(const Fairlead::Kube::SignInRun::Outcome &outcome);
};

} // namespace Fairlead::Kube
