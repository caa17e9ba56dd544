#pragma once

#include "core/kube/config/connectionconfig.h"
#include "core/kube/signin/credential.h"
#include "core/support/result.h"

/// What is said to a sign-in plugin and what it answers: client.authentication.k8s.io v1 and v1beta1, as client-go's
/// plugin/pkg/client/auth/exec has it. No I/O.
namespace Fairlead::Kube {

/// More than this is no credential; client certificates with their chains have some KiB.
constexpr qsizetype MaxExecAnswerBytes = 1024 * 1024;

/// The value of KUBERNETES_EXEC_INFO: one line of JSON, newline included. `interactive`: the plugin may talk with the
/// user on its standard input.
[[nodiscard]] QByteArray execInfo(const ConnectionConfig &config, bool interactive);

/// The plugin's environment: `inherited` ("NAME=VALUE" each), the kubeconfig's entries over it, KUBERNETES_EXEC_INFO.
[[nodiscard]] QStringList execEnvironment(const ConnectionConfig &config, const QStringList &inherited,
                                          bool interactive);

/// Reads what the plugin printed. Texts name the plugin, and hold nothing of what it printed.
[[nodiscard]] Result<Credential, SignInFailure> readExecCredential(const ExecPlugin &plugin, const QByteArray &output);

/// The plugin cannot be found at all.
[[nodiscard]] SignInFailure pluginNotFound(const ExecPlugin &plugin);
/// It could not be started although it is there: `reason` are the system's words.
[[nodiscard]] SignInFailure pluginNotStarted(const ExecPlugin &plugin, const QString &reason);
/// It ended with another exit code than 0, or (`crashed`) by a signal. `said` is its standard error.
[[nodiscard]] SignInFailure pluginFailed(const ExecPlugin &plugin, int exitCode, bool crashed, const QByteArray &said);
[[nodiscard]] SignInFailure pluginTooSlow(const ExecPlugin &plugin, int seconds, const QByteArray &said);
[[nodiscard]] SignInFailure pluginTooLoud(const ExecPlugin &plugin);
[[nodiscard]] SignInFailure pluginCancelled(const ExecPlugin &plugin);
/// interactiveMode is Always, and there is nobody to talk to.
[[nodiscard]] SignInFailure pluginNeedsUser(const ExecPlugin &plugin);

/// The name of its program, as sentences call it.
[[nodiscard]] QString pluginName(const ExecPlugin &plugin);

} // namespace Fairlead::Kube
