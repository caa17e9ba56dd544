#include "core/store/profiles/foresight.h"

#include "core/store/profiles/profileplan.h"

#include <QCoreApplication>
#include <QHostAddress>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Store::Foresight)
};

// Whoever finds that many ports in a row taken gets any free one.
constexpr int PortsTried = 100;
constexpr int LastPort = 65'535;

/// "localhost" counts as its IPv4 address: a forward runs where it gets that one.
QString addressOf(const QString &address)
{
    return address == "localhost"_L1 ? u"127.0.0.1"_s : address;
}

bool overlap(const QString &one, const QString &other)
{
    const QHostAddress a(addressOf(one));
    const QHostAddress b(addressOf(other));
    const auto coversOther = [](const QHostAddress &wide, const QHostAddress &narrow) {
        return wide.protocol() == narrow.protocol() && (wide == QHostAddress::AnyIPv4 || wide == QHostAddress::AnyIPv6);
    };
    return a == b || coversOther(a, b) || coversOther(b, a);
}

bool overlap(const QStringList &some, const QStringList &others)
{
    return std::any_of(some.begin(), some.end(), [&](const QString &one) {
        return std::any_of(others.begin(), others.end(), [&](const QString &other) { return overlap(one, other); });
    });
}

/// The number that a port is asked to have on this computer; 0: any free one, or one that only the cluster knows.
quint16 wantedPort(const Kube::PortArgument &port)
{
    return port.local.value_or(port.remote.toUShort());
}

/// Goes through the forwards in order; those that come first have their ports.
class Lookout
{
public:
    Lookout(const Profile &profile, const Ground &ground)
        : m_profile(profile)
        , m_ground(ground)
    {
        for (const Ground::Busy &busy : ground.busy) {
            for (const quint16 port : busy.ports)
                m_taken.append({displayName(busy.spec), busy.spec.addresses, port});
        }
    }

    [[nodiscard]] QList<Obstacle> all()
    {
        for (qsizetype i = 0; i < m_profile.forwards.size(); ++i) {
            const SavedForward &saved = m_profile.forwards.at(i);
            if (!saved.running)
                continue;
            Forward::ForwardSpec spec = saved.spec;
            lookAtContext(i, saved, spec);
            if (!runsAlready(spec))
                lookAtPorts(i, spec);
        }
        return m_found;
    }

private:
    struct Taken {
        QString by;
        QStringList addresses;
        quint16 port = 0;
    };

    /// Puts the context that counts here into `spec`.
    void lookAtContext(qsizetype index, const SavedForward &saved, Forward::ForwardSpec &spec)
    {
        const ContextMatch match = matchContext(saved, m_ground.contexts);
        if (match.isFound()) {
            spec.context = match.context.isEmpty() ? m_ground.currentContext : match.context;
            spec.kubeconfig = match.kubeconfig;
        }
        if (spec.namespaceName.isEmpty())
            spec.namespaceName = presetNamespace(spec.context, m_ground.contexts);
        if (match.kind != ContextMatch::Kind::Same)
            m_found << contextObstacle(match, {index, {}, remarkOn(match, saved), {}}, spec.context);
        if (match.isFound() && m_ground.isProtected && m_ground.isProtected(spec.contextRef()))
            m_found << Obstacle{index,
                                Obstacle::Kind::ContextProtected,
                                Text::tr("Context “%1” is protected.").arg(spec.context),
                                {start(Text::tr("Fairlead asks before the first start there.")), leaveOut()}};
    }

    /// What kind of thing it is that the context is not simply here, and what can be done.
    [[nodiscard]] Obstacle contextObstacle(const ContextMatch &match, Obstacle obstacle, const QString &here) const
    {
        using Kind = ContextMatch::Kind;
        switch (match.kind) {
        case Kind::Same:
        case Kind::Renamed:
            obstacle.kind = Obstacle::Kind::ContextRenamed;
            obstacle.ways = {start(Text::tr("Uses “%1”.", "%1 name of a context").arg(here)), leaveOut()};
            break;
        case Kind::OtherServer:
            obstacle.kind = Obstacle::Kind::ContextElsewhere;
            obstacle.ways = {start(Text::tr("Uses “%1” all the same.", "%1 name of a context").arg(here)), leaveOut()};
            break;
        case Kind::Ambiguous:
            obstacle.kind = Obstacle::Kind::ContextAmbiguous;
            obstacle.ways = {leaveOut()};
            addContexts(obstacle, match.candidates);
            break;
        case Kind::Missing:
            obstacle.kind = Obstacle::Kind::ContextMissing;
            obstacle.ways = {leaveOut()};
            addContexts(obstacle, {});
            break;
        }
        return obstacle;
    }

    /// As choices; of all, or of those with these names.
    void addContexts(Obstacle &obstacle, const QStringList &names) const
    {
        for (const KnownContext &context : m_ground.contexts) {
            if (names.isEmpty() || names.contains(context.name))
                obstacle.ways << WayOut{
                    WayOut::Kind::OtherContext,
                    Text::tr("Uses “%1”.", "%1 name of a context")
                        .arg(Kube::contextLabel(Kube::ContextRef(context.name, context.kubeconfig))),
                    0, context};
        }
    }

    [[nodiscard]] bool runsAlready(const Forward::ForwardSpec &spec) const
    {
        return std::any_of(m_ground.busy.begin(), m_ground.busy.end(),
                           [&](const Ground::Busy &busy) { return leadAlike(busy.spec, spec); });
    }

    void lookAtPorts(qsizetype index, const Forward::ForwardSpec &spec)
    {
        for (qsizetype i = 0; i < spec.ports.size(); ++i) {
            const quint16 port = wantedPort(spec.ports.at(i));
            if (port == 0)
                continue;
            Obstacle obstacle{index, Obstacle::Kind::PortOfForward, {}, {}, i};
            if (const Taken *other = takenBy(spec.addresses, port)) {
                //: %1 is a port number, %2 the name of a forward.
                obstacle.text = Text::tr("Local port %1 is taken by forward “%2”.").arg(port).arg(other->by);
            } else if (const auto program = programAt(spec.addresses, port)) {
                obstacle.kind = Obstacle::Kind::PortOfProgram;
                //: %1 is a port number, %2 a program as in "java (pid 4312)".
                obstacle.text = program->isEmpty()
                    ? Text::tr("Local port %1 cannot be had: another program has it, or the system keeps it.").arg(port)
                    : Text::tr("Local port %1 is used by %2.").arg(port).arg(*program);
            } else {
                m_taken.append({displayName(spec), spec.addresses, port});
                continue;
            }
            const quint16 another = freePortAfter(spec.addresses, port);
            obstacle.ways = {WayOut{WayOut::Kind::OtherPort,
                                    another == 0 ? Text::tr("Takes any free port this time.")
                                                 : Text::tr("Takes port %1 this time.").arg(another),
                                    another},
                             leaveOut()};
            m_taken.append({displayName(spec), spec.addresses, another});
            m_found << obstacle;
        }
    }

    [[nodiscard]] const Taken *takenBy(const QStringList &addresses, quint16 port) const
    {
        const auto found = std::find_if(m_taken.begin(), m_taken.end(), [&](const Taken &taken) {
            return taken.port == port && overlap(taken.addresses, addresses);
        });
        return found == m_taken.end() ? nullptr : &*found;
    }

    [[nodiscard]] std::optional<QString> programAt(const QStringList &addresses, quint16 port) const
    {
        if (!m_ground.holder)
            return {};
        for (const QString &address : addresses) {
            if (const auto who = m_ground.holder(addressOf(address), port))
                return who;
        }
        return {};
    }

    /// Neither taken nor wanted by another forward of the profile.
    [[nodiscard]] quint16 freePortAfter(const QStringList &addresses, quint16 port) const
    {
        for (int candidate = port + 1; candidate <= std::min(port + PortsTried, LastPort); ++candidate) {
            const auto number = quint16(candidate);
            if (!takenBy(addresses, number) && !isWanted(number) && !programAt(addresses, number))
                return number;
        }
        return 0;
    }

    [[nodiscard]] bool isWanted(quint16 port) const
    {
        return std::any_of(m_profile.forwards.begin(), m_profile.forwards.end(), [port](const SavedForward &saved) {
            return std::any_of(saved.spec.ports.begin(), saved.spec.ports.end(),
                               [port](const Kube::PortArgument &one) { return wantedPort(one) == port; });
        });
    }

    static WayOut start(const QString &text) { return {WayOut::Kind::Start, text}; }
    static WayOut leaveOut() { return {WayOut::Kind::LeaveOut, Text::tr("Is not started.")}; }

    const Profile &m_profile;
    const Ground &m_ground;
    QList<Taken> m_taken;
    QList<Obstacle> m_found;
};

} // namespace

bool Obstacle::needsDecision() const
{
    return kind != Kind::ContextRenamed && kind != Kind::ContextProtected;
}

QList<Obstacle> foresee(const Profile &profile, const Ground &ground)
{
    return Lookout(profile, ground).all();
}

Profile withWaysTaken(Profile profile, const QList<Obstacle> &obstacles)
{
    for (const Obstacle &obstacle : obstacles) {
        SavedForward &forward = profile.forwards[obstacle.forward];
        const WayOut &way = obstacle.way();
        switch (way.kind) {
        case WayOut::Kind::Start:
            break;
        case WayOut::Kind::LeaveOut:
            forward.running = false;
            break;
        case WayOut::Kind::OtherPort:
            forward.spec.ports[obstacle.port].local = way.port;
            break;
        case WayOut::Kind::OtherContext:
            forward.spec.context = way.context.name;
            forward.spec.kubeconfig = way.context.kubeconfig;
            forward.server = way.context.server;
            break;
        }
    }
    return profile;
}

} // namespace Fairlead::Store
