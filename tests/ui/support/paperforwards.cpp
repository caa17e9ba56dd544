#include "paperforwards.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using namespace Forward;

ForwardId PaperForwards::put(ForwardSnapshot forward)
{
    if (forward.id == 0)
        forward.id = ++m_last;
    m_last = std::max(m_last, forward.id);
    const bool known = m_forwards.contains(forward.id);
    m_forwards.insert(forward.id, forward);
    if (known) {
        emit changed({forward.id});
    } else {
        m_order.append(forward.id);
        emit added(forward.id);
    }
    return forward.id;
}

void PaperForwards::putConnections(ForwardId id, const QList<ConnectionSnapshot> &connections)
{
    m_connections.insert(id, connections);
    emit connectionsChanged({id});
}

void PaperForwards::putLog(ForwardId id, const QList<LogLine> &lines)
{
    m_logs.insert(id, lines);
}

ForwardId PaperForwards::add(const ForwardSpec &spec)
{
    ForwardSnapshot forward;
    forward.spec = spec;
    const ForwardId id = put(forward);
    note("add", id);
    return id;
}

void PaperForwards::start(ForwardId id)
{
    note("start", id);
    become(id, State::Starting);
}

void PaperForwards::stop(ForwardId id)
{
    note("stop", id);
    become(id, State::Stopped);
}

void PaperForwards::retry(ForwardId id)
{
    note("retry", id);
    become(id, State::Starting);
}

void PaperForwards::remove(ForwardId id)
{
    note("remove", id);
    m_forwards.remove(id);
    m_order.removeAll(id);
    emit removed(id);
}

void PaperForwards::update(ForwardId id, const ForwardSpec &spec)
{
    note("update", id);
    m_forwards[id].spec = spec;
    emit changed({id});
}

ForwardSnapshot PaperForwards::snapshot(ForwardId id) const
{
    return m_forwards.value(id);
}

QList<ConnectionSnapshot> PaperForwards::connections(ForwardId id) const
{
    return m_connections.value(id);
}

QList<LogLine> PaperForwards::log(ForwardId id) const
{
    return m_logs.value(id);
}

std::optional<Forward::PortOwner> PaperForwards::portHolder(const QString &, quint16 port) const
{
    const auto holder = m_holders.constFind(port);
    return holder == m_holders.cend() ? std::nullopt : std::optional(*holder);
}

void PaperForwards::become(ForwardId id, State state)
{
    m_forwards[id].state = state;
    m_forwards[id].reason = {};
    emit changed({id});
}

void PaperForwards::note(const char *verb, ForwardId id)
{
    m_calls << u"%1 %2"_s.arg(QLatin1StringView(verb)).arg(id);
}

Reason because(const QString &text, const QString &detail, const QDateTime &since,
               const std::optional<QDateTime> &nextTry)
{
    Reason reason;
    reason.text = text;
    reason.detail = detail;
    reason.since = since;
    reason.nextTry = nextTry;
    return reason;
}

ForwardSnapshot paperForward(const QString &name, State state, quint16 port, const QString &context)
{
    ForwardSnapshot forward;
    forward.spec.name = name;
    forward.spec.context = context;
    forward.spec.namespaceName = u"shop"_s;
    forward.spec.target.name = name.toLower().replace(' '_L1, '-'_L1) + u"-0"_s;
    forward.spec.ports = {{std::nullopt, QString::number(port)}};
    forward.state = state;
    PortSnapshot ports;
    ports.localPort = port;
    ports.remotePort = port;
    const bool listens = state != State::Stopped && state != State::Failed;
    if (listens)
        ports.listeners = {{u"127.0.0.1"_s, port, {}}, {u"::1"_s, port, {}}};
    forward.ports = {ports};
    return forward;
}

namespace {

QDateTime today(int hour, int minute, int second = 0)
{
    return QDateTime(QDate::currentDate(), QTime(hour, minute, second));
}

ConnectionSnapshot connection(quint64 id, quint16 peerPort, ConnectionEnd end, quint64 down, quint64 up)
{
    ConnectionSnapshot c;
    c.id = id;
    c.peerAddress = id % 3 == 0 ? u"::1"_s : u"127.0.0.1"_s;
    c.peerPort = peerPort;
    c.localPort = 3000;
    c.remotePort = 3000;
    c.opened = today(10, 42, int(id));
    c.traffic.bytesDown = down;
    c.traffic.bytesUp = up;
    c.end = end;
    if (end != ConnectionEnd::Open) {
        c.closed = c.opened.addMSecs(420);
        c.durationMs = 420;
    }
    return c;
}

ForwardSnapshot grafana()
{
    ForwardSnapshot forward = paperForward(u"Grafana"_s, State::Running, 3000);
    forward.spec.target.name = u"grafana-7c9f6d-x2k4p"_s;
    forward.spec.namespaceName = u"monitoring"_s;
    forward.reason = because(u"Connected to api.okd.example:6443"_s, {}, today(9, 12));
    forward.traffic = {50'436'505, 2'411'724, 1'258'291, 81'920};
    for (int i = 0; i < 60; ++i)
        forward.rateHistory << 400'000 + 300'000 * (1 + std::sin(i / 4.0)) + 80'000 * ((i * 7) % 5);
    forward.openConnections = 3;
    forward.totalConnections = 41;
    forward.roundTripMs = 23;
    forward.lastActivity = today(10, 42, 15);
    forward.spec.about = {u"Dashboards of the on-call team.\nAsk Ann for an account."_s,
                          {u"monitoring"_s, u"web"_s},
                          u"green"_s,
                          u"/d/orders"_s};
    return forward;
}

ForwardSnapshot ordersDatabase()
{
    ForwardSnapshot forward = paperForward(u"Orders database"_s, State::Running, 5432);
    forward.spec.ports = {{quint16(15432), u"5432"_s}, {quint16(19187), u"metrics"_s}};
    forward.ports[0].localPort = 15432;
    forward.ports[0].listeners = {{u"127.0.0.1"_s, 15432, {}}, {u"::1"_s, 15432, {}}};
    PortSnapshot metrics;
    metrics.localPort = 19187;
    metrics.remotePort = 9187;
    metrics.name = u"metrics"_s;
    metrics.listeners = {{u"127.0.0.1"_s, 19187, {}}, {u"::1"_s, 19187, {}}};
    forward.ports << metrics;
    forward.traffic = {9'214'000, 811'000, 217'088, 9'216};
    for (int i = 0; i < 60; ++i)
        forward.rateHistory << (i % 17 < 3 ? 212'000.0 - 30'000 * (i % 3) : 9'000.0);
    forward.spec.about.tags = {u"database"_s};
    forward.spec.about.color = u"blue"_s;
    forward.openConnections = 12;
    forward.totalConnections = 12;
    forward.roundTripMs = 22;
    return forward;
}

} // namespace

void fillWithExamples(PaperForwards &forwards)
{
    const ForwardId first = forwards.put(grafana());
    forwards.put(ordersDatabase());
    ForwardSnapshot debugger = paperForward(u"Debugger"_s, State::Running, 2345);
    debugger.totalConnections = 2;
    debugger.roundTripMs = 24;
    forwards.put(debugger);
    ForwardSnapshot api = paperForward(u"API"_s, State::WaitingForPod, 8080);
    api.reason = because(u"The pod api-0 is not ready; 3 connections wait"_s, {}, today(10, 40));
    api.openConnections = 3;
    api.totalConnections = 118;
    forwards.put(api);
    ForwardSnapshot kafka = paperForward(u"Kafka UI"_s, State::Reconnecting, 9000);
    kafka.reason = because(u"The connection to the cluster broke: connection timed out"_s, u"read: ETIMEDOUT"_s,
                           today(10, 41), QDateTime::currentDateTime().addSecs(8));
    kafka.totalConnections = 7;
    forwards.put(kafka);
    ForwardSnapshot ledger = paperForward(u"Ledger"_s, State::Failed, 8443, u"okd-prod"_s);
    ledger.spec.namespaceName = u"payments"_s;
    ledger.reason =
        because(u"Local port 8443 is used by java (pid 4312)"_s, u"bind: Address already in use"_s, today(10, 39));
    ledger.ports[0].listeners = {{u"127.0.0.1"_s, 8443, u"Local port 8443 is used by java (pid 4312)"_s}};
    forwards.put(ledger);
    ForwardSnapshot vault = paperForward(u"Vault"_s, State::SignInNeeded, 8200, u"okd-prod"_s);
    vault.spec.namespaceName = u"payments"_s;
    vault.reason = because(u"The token expired at 10:42."_s, u"Unauthorized"_s, today(10, 42));
    forwards.put(vault);
    ForwardSnapshot admin = paperForward(u"Ledger admin"_s, State::Stopped, 8090, u"okd-prod"_s);
    admin.spec.namespaceName = u"payments"_s;
    forwards.put(admin);

    QList<ConnectionSnapshot> connections{
        connection(41, 51534, ConnectionEnd::Open, 962'560, 12'288),
        connection(40, 51532, ConnectionEnd::Open, 12'897'484, 82'944),
        connection(39, 40122, ConnectionEnd::ByProgram, 3'174, 78),
        connection(38, 51401, ConnectionEnd::Refused, 0, 517),
        connection(37, 51398, ConnectionEnd::ByPod, 88'213, 604),
        connection(36, 51377, ConnectionEnd::TunnelLost, 1'204'000, 4'096),
    };
    connections[0].traffic.rateDown = 98'304;
    connections[1].traffic.rateDown = 1'153'433;
    forwards.putConnections(first, connections);
    forwards.putLog(first,
                    {{today(9, 12, 1), LogLine::Level::Info, u"Listening on 127.0.0.1:3000 and [::1]:3000"_s},
                     {today(9, 12, 1), LogLine::Level::Info, u"Connected to api.okd.example:6443 over SPDY/3.1"_s},
                     {today(10, 40, 2), LogLine::Level::Warning, u"Nothing listens on port 3001 in the pod"_s},
                     {today(10, 41, 9), LogLine::Level::Error, u"The connection to the cluster broke: timed out"_s},
                     {today(10, 41, 10), LogLine::Level::Info, u"Connected again after 0.8 s"_s}});
}

} // namespace Fairlead::Ui
