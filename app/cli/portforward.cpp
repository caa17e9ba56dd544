#include "app/cli/portforward.h"

#include "app/cli/forwardreporter.h"
#include "app/cli/forwardsession.h"
#include "app/cli/pluginterminal.h"
#include "app/cli/portforwardarguments.h"
#include "app/cli/signalwatcher.h"
#include "core/kube/config/resolution.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Fairlead::App {
namespace {

/// Looks the connection up again for each start, so that changed files count.
Forward::ConnectionSource connectionSource(const Kube::ConnectionFlags &flags)
{
    return [flags](const Kube::ContextRef &) {
        return Kube::Kubeconfig::load(Kube::LoadOptions::fromSystem(flags)).resolve(flags);
    };
}

} // namespace

int runPortForward(const QStringList &arguments)
{
    QTextStream out(stdout);
    QTextStream error(stderr);

    Result<PortForwardArguments, QString> read = readPortForwardArguments(arguments);
    if (!read) {
        error << read.error();
        return 1;
    }
    if (read->help) {
        out << portForwardHelp();
        return 0;
    }

    const Kube::LoadOptions files = Kube::LoadOptions::fromSystem(read->connection);
    const Kube::Resolution found = Kube::Kubeconfig::load(files).inspect(read->connection);
    if (!found.error.isEmpty()) {
        error << (found.kubectlText.isEmpty() ? u"error: "_s + found.error : found.kubectlText) << '\n';
        return 1;
    }
    for (const QString &warning : found.config.warnings)
        error << "warning: " << warning << '\n';
    error.flush();
    read->spec.context = found.config.context;
    read->spec.namespaceName = found.config.namespaceName;

    letPluginsUseTheTerminal();
    const auto reporter = read->json ? makeJsonReporter(out) : makeTextReporter(out, error);
    Forward::ForwardManager manager(connectionSource(read->connection));
    manager.setOptions(read->engine);
    ForwardSession session(manager, *reporter, {read->podRunningTimeout, read->exitOnLoss});
    SignalWatcher signalWatcher;
    QObject::connect(&signalWatcher, &SignalWatcher::stopRequested, &session, &ForwardSession::stop);
    QObject::connect(
        &session, &ForwardSession::finished, QCoreApplication::instance(),
        [](int exitCode) { QCoreApplication::exit(exitCode); }, Qt::QueuedConnection);
    session.start(read->spec);
    return QCoreApplication::exec();
}

} // namespace Fairlead::App
