#include "app/cli/portforwardarguments.h"

#include "app/cli/argumentreader.h"
#include "app/cli/connectionflags.h"
#include "app/cli/goduration.h"
#include "core/store/settings.h"

#include <QCoreApplication>
#include <QHostAddress>

#include <algorithm>
#include <array>

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

QString checkDuration(const QString &value)
{
    return parseGoDuration(value) ? QString() : u"time: invalid duration \"%1\""_s.arg(value);
}

/// In the words of Go's strconv.
QString checkNumber(const QString &value)
{
    bool isNumber = false;
    (void)value.toInt(&isNumber);
    return isNumber ? QString() : u"strconv.ParseInt: parsing \"%1\": invalid syntax"_s.arg(value);
}

QString checkOutput(const QString &value)
{
    return value == u"json"_s || value == u"text"_s ? QString() : u"must be json or text"_s;
}

struct PolicyName {
    QLatin1StringView name;
    Forward::PodPolicy policy;
};

constexpr std::array<PolicyName, 3> Policies{{{"first-ready"_L1, Forward::PodPolicy::FirstReady},
                                              {"sticky"_L1, Forward::PodPolicy::Sticky},
                                              {"round-robin"_L1, Forward::PodPolicy::RoundRobin}}};

const PolicyName *findPolicy(const QString &value)
{
    const auto *found =
        std::find_if(Policies.begin(), Policies.end(), [&](const PolicyName &policy) { return policy.name == value; });
    return found == Policies.end() ? nullptr : found;
}

QString checkPolicy(const QString &value)
{
    return findPolicy(value) ? QString() : u"must be first-ready, sticky or round-robin"_s;
}

struct TransportName {
    QLatin1StringView name;
    Net::TransportChoice transport;
};

constexpr std::array<TransportName, 3> Transports{{{"auto"_L1, Net::TransportChoice::Auto},
                                                   {"spdy"_L1, Net::TransportChoice::Spdy},
                                                   {"websocket"_L1, Net::TransportChoice::WebSocket}}};

const TransportName *findTransport(const QString &value)
{
    const auto *found = std::find_if(Transports.begin(), Transports.end(),
                                     [&](const TransportName &transport) { return transport.name == value; });
    return found == Transports.end() ? nullptr : found;
}

QString checkTransport(const QString &value)
{
    return findTransport(value) ? QString() : u"must be auto, spdy or websocket"_s;
}

constexpr QLatin1StringView PodRoute = "pod"_L1;
constexpr QLatin1StringView NodeProxyRoute = "node-proxy"_L1;

QString checkRoute(const QString &value)
{
    return value == PodRoute || value == NodeProxyRoute ? QString() : u"must be pod or node-proxy"_s;
}

} // namespace

ArgumentReader portForwardReader()
{
    ArgumentReader reader;
    reader.addOption({u"selector"_s,
                      u'l',
                      ArgumentOption::Kind::Value,
                      {},
                      u"string"_s,
                      Text::tr("Forward to pods with these labels (app=web,tier!=db) instead of TYPE/NAME")});
    reader.addOption({u"pod-policy"_s,
                      {},
                      ArgumentOption::Kind::Value,
                      checkPolicy,
                      u"string"_s,
                      Text::tr("Which of several pods serves: first-ready (default), sticky (until it is gone) or "
                               "round-robin (each connection the next)")});
    reader.addOption({u"exit-on-loss"_s,
                      {},
                      ArgumentOption::Kind::Bool,
                      {},
                      {},
                      Text::tr("End with an error when a connection fails or the pod is lost, as kubectl does")});
    reader.addOption({u"address"_s,
                      {},
                      ArgumentOption::Kind::CommaList,
                      {},
                      u"strings"_s,
                      Text::tr("Addresses to listen on: IP addresses and localhost (default localhost)")});
    reader.addOption({u"pod-running-timeout"_s,
                      {},
                      ArgumentOption::Kind::Value,
                      checkDuration,
                      u"duration"_s,
                      Text::tr("Wait this long (5s, 2m, 3h) for the pod to run instead of giving up")});
    reader.addOption({u"connection-wait"_s,
                      {},
                      ArgumentOption::Kind::Value,
                      checkDuration,
                      u"duration"_s,
                      Text::tr("Hold a new connection this long (1s to 1h) while there is no tunnel (default 30s)")});
    reader.addOption({u"max-waiting"_s,
                      {},
                      ArgumentOption::Kind::Value,
                      checkNumber,
                      u"number"_s,
                      Text::tr("Hold at most this many connections that way (0 to 1000, default 64)")});
    reader.addOption({u"output"_s, u'o', ArgumentOption::Kind::Value, checkOutput, u"string"_s,
                      Text::tr("text (kubectl's lines) or json (one object a line)")});
    reader.addOption({u"transport"_s,
                      {},
                      ArgumentOption::Kind::Value,
                      checkTransport,
                      u"string"_s,
                      Text::tr("What carries the forward: spdy, websocket, or auto (default: what the server takes)")});
    reader.addOption(
        {u"route"_s,
         {},
         ArgumentOption::Kind::Value,
         checkRoute,
         u"string"_s,
         Text::tr("pod (default), or node-proxy: through the pod's node, for those who may use only that")});
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
    result.json = parsed->value(u"output"_s) == u"json"_s;
    result.connection = connectionFlags(*parsed);
    result.exitOnLoss = parsed->boolean(u"exit-on-loss"_s).value_or(false);
    if (parsed->isSet(u"pod-policy"_s))
        result.spec.policy = findPolicy(parsed->value(u"pod-policy"_s))->policy;
    if (parsed->isSet(u"transport"_s))
        result.engine.transport = findTransport(parsed->value(u"transport"_s))->transport;
    if (parsed->value(u"route"_s) == NodeProxyRoute)
        result.engine.route = Forward::Route::NodeProxy;
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
