#include "app/cli/portforwardarguments.h"

#include "app/cli/argumentreader.h"
#include "app/cli/connectionflags.h"
#include "app/cli/goduration.h"
#include "app/cli/portforwardoptions.h"
#include "core/store/settings.h"

#include <QCoreApplication>
#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace Fairlead::App {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(PortForwardCommand)
};

const QString Command = u"fairlead port-forward"_s;

/// Errors about what the flags mean; errors about their grammar come from usageErrorText().
QString helpError(const QString &message)
{
    return u"error: %1\nSee '%2 -h' for help and examples\n"_s.arg(message, Command);
}

QString plainError(const QString &message)
{
    return u"error: %1\n"_s.arg(message);
}

} // namespace

ArgumentReader portForwardReader()
{
    ArgumentReader reader;
    reader.addOptions(portForwardOptions());
    reader.addOptions(connectionOptions());
    return reader;
}

namespace {

/// kubectl takes `localhost` and IP literals, nothing that needs a resolver.
QString checkAddresses(const QStringList &addresses)
{
    if (addresses.isEmpty())
        return plainError(u"you must specify at least 1 address"_s);
    for (const QString &address : addresses) {
        if (address != u"localhost"_s && QHostAddress(address).isNull())
            return plainError(u"%1 is not a valid IP"_s.arg(address));
    }
    return {};
}

QString readPodRunningTimeout(const ParsedArguments &parsed, PortForwardArguments &into)
{
    if (!parsed.isSet(u"pod-running-timeout"_s))
        return {};
    const auto timeout = parseGoDuration(parsed.value(u"pod-running-timeout"_s));
    if (!timeout || timeout->count() <= 0)
        return helpError(u"--pod-running-timeout must be higher than zero"_s);
    into.podRunningTimeout = std::chrono::ceil<std::chrono::milliseconds>(*timeout);
    return {};
}

/// How connections are held while there is no tunnel; the bounds are those of the window's preferences.
QString readWaiting(const ParsedArguments &parsed, PortForwardArguments &into)
{
    using Store::Settings;
    if (parsed.isSet(u"connection-wait"_s)) {
        const auto wait = *parseGoDuration(parsed.value(u"connection-wait"_s));
        const auto least = std::chrono::seconds(Settings::ConnectionWaitSeconds.least);
        const auto most = std::chrono::seconds(Settings::ConnectionWaitSeconds.most);
        if (wait < least || wait > most)
            return helpError(u"--connection-wait must be from 1s to 1h"_s);
        into.engine.waitForTunnelMs = int(std::chrono::ceil<std::chrono::milliseconds>(wait).count());
    }
    if (parsed.isSet(u"max-waiting"_s)) {
        const int number = parsed.value(u"max-waiting"_s).toInt();
        if (!Settings::MaxWaiting.contains(number))
            return helpError(u"--max-waiting must be from 0 to 1000"_s);
        into.engine.maxWaiting = number;
    }
    return {};
}

QString readPorts(const QStringList &texts, PortForwardArguments &into)
{
    for (const QString &text : texts) {
        const Result<Kube::PortArgument, QString> port = Kube::parsePortArgument(text);
        if (!port)
            return plainError(port.error());
        into.spec.ports << *port;
    }
    return {};
}

QString readTargetAndPorts(const QStringList &positionals, const QString &selector, PortForwardArguments &into)
{
    if (!selector.isEmpty()) {
        into.spec.target = {Kube::TargetRef::Kind::Selector, selector};
        return readPorts(positionals, into);
    }
    const Result<Kube::TargetRef, QString> target = Kube::parseTarget(positionals.first());
    if (!target)
        return plainError(target.error());
    into.spec.target = *target;
    return readPorts(positionals.mid(1), into);
}

} // namespace

Result<PortForwardArguments, QString> readPortForwardArguments(const QStringList &arguments)
{
    const Result<ParsedArguments, QString> parsed = portForwardReader().parse(arguments);
    if (!parsed)
        return Failure{usageErrorText(Command, parsed.error())};

    PortForwardArguments result;
    result.help = parsed->helpRequested();
    if (result.help)
        return result;
    result.json = wantsJsonLines(*parsed);
    result.connection = connectionFlags(*parsed);
    result.exitOnLoss = parsed->boolean(u"exit-on-loss"_s).value_or(false);
    result.spec.policy = podPolicyOf(*parsed).value_or(result.spec.policy);
    result.engine.transport = transportOf(*parsed).value_or(result.engine.transport);
    result.engine.route = routeOf(*parsed).value_or(result.engine.route);
    const QString selector = parsed->value(u"selector"_s);
    if (parsed->positionals().size() < (selector.isEmpty() ? 2 : 1))
        return Failure{helpError(u"TYPE/NAME and list of ports are required for port-forward"_s)};
    if (const QString error = readPodRunningTimeout(*parsed, result); !error.isEmpty())
        return Failure{error};
    if (const QString error = readWaiting(*parsed, result); !error.isEmpty())
        return Failure{error};
    if (const QString error = readTargetAndPorts(parsed->positionals(), selector, result); !error.isEmpty())
        return Failure{error};
    if (parsed->isSet(u"address"_s))
        result.spec.addresses = parsed->values(u"address"_s);
    if (const QString error = checkAddresses(result.spec.addresses); !error.isEmpty())
        return Failure{error};
    return result;
}

QString portForwardHelp()
{
    return Text::tr("Forward one or more local ports to a pod, or to whichever pod is behind a service or workload.")
        + "\n\n"_L1 + Text::tr("Usage:")
        + "\n  fairlead port-forward [flags] POD|TYPE/NAME [LOCAL_PORT:]REMOTE_PORT...\n"
          "  fairlead port-forward [flags] -l SELECTOR [LOCAL_PORT:]REMOTE_PORT...\n\n"_L1
        + Text::tr("Examples:")
        + "\n  fairlead port-forward mypod 5000 6000\n"
          "  fairlead port-forward -n shop pod/mypod 8888:web\n"
          "  fairlead port-forward svc/web 8080:http\n"
          "  fairlead port-forward --pod-policy round-robin deploy/api 9000\n"
          "  fairlead port-forward --address 0.0.0.0 mypod :5000\n\n"_L1
        + Text::tr("Options:") + u'\n' + portForwardReader().optionsHelp() + u'\n'
        + Text::tr(
               "Ctrl-C ends the forward. A connection that fails ends alone; a pod or server that is lost is reported "
               "and tried again, and programs that connect meanwhile are held (--connection-wait).")
        + u'\n';
}

} // namespace Fairlead::App
