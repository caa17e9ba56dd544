#include "app/cli/portforwardoptions.h"

#include "app/cli/choice.h"
#include "app/cli/goduration.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Fairlead::App {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(PortForwardCommand)
};

constexpr std::array<Choice<Forward::PodPolicy>, 3> Policies{{{"first-ready"_L1, Forward::PodPolicy::FirstReady},
                                                              {"sticky"_L1, Forward::PodPolicy::Sticky},
                                                              {"round-robin"_L1, Forward::PodPolicy::RoundRobin}}};

constexpr std::array<Choice<Net::TransportChoice>, 3> Transports{{{"auto"_L1, Net::TransportChoice::Auto},
                                                                  {"spdy"_L1, Net::TransportChoice::Spdy},
                                                                  {"websocket"_L1, Net::TransportChoice::WebSocket}}};

constexpr std::array<Choice<Forward::Route>, 2> Routes{
    {{"pod"_L1, Forward::Route::PodSubresource}, {"node-proxy"_L1, Forward::Route::NodeProxy}}};

constexpr std::array<Choice<bool>, 2> Outputs{{{"json"_L1, true}, {"text"_L1, false}}};

template <const auto &Choices>
QString check(const QString &value)
{
    return checkChoice(Choices, value);
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

QList<ArgumentOption> targetOptions()
{
    return {
        {.name = u"selector"_s,
         .shortName = u'l',
         .valueName = u"string"_s,
         .help = Text::tr("Forward to pods with these labels (app=web,tier!=db) instead of TYPE/NAME")},
        {.name = u"pod-policy"_s,
         .check = check<Policies>,
         .valueName = u"string"_s,
         .help = Text::tr("Which of several pods serves: first-ready (default), sticky (until it is gone) or "
                          "round-robin (each connection the next)")},
        {.name = u"exit-on-loss"_s,
         .kind = ArgumentOption::Kind::Bool,
         .help = Text::tr("End with an error when a connection fails or the pod is lost, as kubectl does")},
        {.name = u"address"_s,
         .kind = ArgumentOption::Kind::CommaList,
         .valueName = u"strings"_s,
         .help = Text::tr("Addresses to listen on: IP addresses and localhost (default localhost)")},
    };
}

QList<ArgumentOption> waitingOptions()
{
    return {
        {.name = u"pod-running-timeout"_s,
         .check = checkDuration,
         .valueName = u"duration"_s,
         .help = Text::tr("Wait this long (5s, 2m, 3h) for the pod to run instead of giving up")},
        {.name = u"connection-wait"_s,
         .check = checkDuration,
         .valueName = u"duration"_s,
         .help = Text::tr("Hold a new connection this long (1s to 1h) while there is no tunnel (default 30s)")},
        {.name = u"max-waiting"_s,
         .check = checkNumber,
         .valueName = u"number"_s,
         .help = Text::tr("Hold at most this many connections that way (0 to 1000, default 64)")},
    };
}

QList<ArgumentOption> carrierOptions()
{
    return {
        {.name = u"output"_s,
         .shortName = u'o',
         .check = check<Outputs>,
         .valueName = u"string"_s,
         .help = Text::tr("text (kubectl's lines) or json (one object a line)")},
        {.name = u"transport"_s,
         .check = check<Transports>,
         .valueName = u"string"_s,
         .help = Text::tr("What carries the forward: spdy, websocket, or auto (default: what the server takes)")},
        {.name = u"route"_s,
         .check = check<Routes>,
         .valueName = u"string"_s,
         .help = Text::tr("pod (default), or node-proxy: through the pod's node, for those who may use only that")},
    };
}

} // namespace

QList<ArgumentOption> portForwardOptions()
{
    return targetOptions() + waitingOptions() + carrierOptions();
}

bool wantsJsonLines(const ParsedArguments &parsed)
{
    return chosen(Outputs, parsed.value(u"output"_s)).value_or(false);
}

std::optional<Forward::PodPolicy> podPolicyOf(const ParsedArguments &parsed)
{
    return chosen(Policies, parsed.value(u"pod-policy"_s));
}

std::optional<Net::TransportChoice> transportOf(const ParsedArguments &parsed)
{
    return chosen(Transports, parsed.value(u"transport"_s));
}

std::optional<Forward::Route> routeOf(const ParsedArguments &parsed)
{
    return chosen(Routes, parsed.value(u"route"_s));
}

} // namespace Fairlead::App
