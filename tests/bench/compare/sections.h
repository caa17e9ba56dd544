#pragma once

#include "tests/bench/compare/client.h"
#include "tests/bench/compare/report.h"
#include "tests/bench/compare/stage.h"

#include <memory>
#include <vector>

namespace Fairlead::Bench {

/// How much of everything.
struct Sizes {
    int rounds = 5;
    quint64 bytes = quint64(512) << 20; ///< a transfer, each way
    QList<int> roundTripsMs = {0, 20, 50};
    int latencyConnections = 200; ///< one after another, at no round trip; fewer where each takes longer
    int atOnce = 50;
    int requests = 1'000; ///< at once 16; a quarter of it one at a time
    int stallPhaseMs = 2'000;
    int startsMeasured = 5;
    int forwards = 50;
    int kubectls = 10; ///< measured in place of `forwards` of them
    int warmConnections = 1'000; ///< before memory is looked at first
    int connections = 10'000; ///< before it is looked at again
    int manyForwards = 200;
    int connectionsEach = 10;
    unsigned long settleMs = 1'000; ///< for spares to be made and buffers to be let go, before memory is looked at
    unsigned long atLimitMs = 3'000; ///< how long the engine is watched without free descriptors

    /// A few seconds, for a test that everything works.
    [[nodiscard]] static Sizes quick();
};

/// What every section gets.
struct Bench {
    Stage &stage;
    Report &report;
    QList<ClientKind> clients;
    Sizes sizes;
    QString self; ///< this program
};

/// The clients of a section, started once, and again when one has ended. Relays are left out where the route has no TLS
/// peer, any client (with a note) when it does not start.
class Cast final
{
public:
    struct Player {
        ClientKind kind;
        std::unique_ptr<Client> client;
    };

    Cast(Bench &bench, const Route &route);

    [[nodiscard]] std::vector<Player> &players() { return m_players; }
    /// Starts it afresh. False, with a note, when it cannot.
    bool restart(Player &player);
    /// Afresh if it has ended, with a note.
    bool keepAlive(Player &player, const QString &when);

private:
    Bench &m_bench;
    Route m_route;
    std::vector<Player> m_players;
};

/// Names in --only, tables and JSON.
namespace Section {
inline const QString Throughput = QStringLiteral("throughput");
inline const QString FirstByte = QStringLiteral("first-byte");
inline const QString Requests = QStringLiteral("requests");
inline const QString Stalls = QStringLiteral("stalls");
inline const QString Footprint = QStringLiteral("footprint");
inline const QString Many = QStringLiteral("many");
} // namespace Section

/// Each measures in interleaved rounds and adds to the report. Answers what stopped it, or nothing.
[[nodiscard]] QString measureThroughput(Bench &bench);
[[nodiscard]] QString measureFirstByte(Bench &bench);
[[nodiscard]] QString measureRequests(Bench &bench);
[[nodiscard]] QString measureStalls(Bench &bench);
[[nodiscard]] QString measureFootprint(Bench &bench);
[[nodiscard]] QString measureMany(Bench &bench);

/// Adds the lines "ratio, wanted, got" for what the report holds.
void judge(Report &report, const Sizes &sizes);

/// Where the work is, on standard error.
void tellProgress(const QString &text);

} // namespace Fairlead::Bench
