#pragma once

#include <QList>
#include <QString>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace Fairlead::Bench {

enum class Flow { Down, Up, Both };

/// Moves `bytes` (each way, for Both) through a local port that leads to the peer's command port, in equal parts over
/// `connections` at once, a thread each, every byte compared. The seconds it took, to the last byte (up: to the peer's
/// "ok"); negative when a connection failed.
[[nodiscard]] double transfer(quint16 port, Flow flow, uint64_t bytes, int connections);

/// One short conversation: what to send, and the whole answer that must come.
struct Ask {
    std::string request;
    std::string answer;

    [[nodiscard]] static Ask ping(); ///< the client speaks first
    [[nodiscard]] static Ask greeting(); ///< the pod speaks first: for the greeter's port
    [[nodiscard]] static Ask http(); ///< GET over HTTP/1.1, as from a client that keeps no connection
};

struct Answers {
    QList<double> firstByteMs; ///< from before connect() to the first byte, one for each answer that was right
    int failed = 0;
    double seconds = 0; ///< for all of them
};

/// `total` new connections, `atOnce` open at a time: a new one when one has its whole answer and is closed.
[[nodiscard]] Answers askNewConnections(quint16 port, const Ask &ask, int total, int atOnce);

/// The value below which `share` (0..1) of the values lie; 0 without values.
[[nodiscard]] double quantile(QList<double> values, double share);

/// Connections that download without end, a thread each, each with a count of its bytes. Any may stop reading.
class Downloads final
{
public:
    Downloads(quint16 port, int count);
    ~Downloads(); ///< cuts them

    /// Blocks until bytes come on all of them. False after half a minute.
    [[nodiscard]] bool waitUntilAllFlow() const;
    [[nodiscard]] uint64_t taken(int first, int count) const;
    void stopReading(int index, bool stop);

private:
    struct One;
    std::vector<std::unique_ptr<One>> m_all;
};

/// A connection to a pod that never reads: uploads as long as anything takes bytes. Cut at the end of its life.
class BlockedUpload final
{
public:
    explicit BlockedUpload(quint16 port);
    ~BlockedUpload();

private:
    std::unique_ptr<class Wire> m_wire;
    std::thread m_thread;
};

/// Many connections that are open at the same time, each of which has words of its own sent back to it.
class Echoes final
{
public:
    Echoes(const QList<quint16> &ports, int each);
    ~Echoes();

    /// Takes what comes until every connection is answered, or none was for that long.
    void collect(int patienceMs);
    [[nodiscard]] int opened() const { return int(m_all.size()); }
    [[nodiscard]] int answered() const { return m_answered; } ///< with exactly their own words
    [[nodiscard]] int failed() const { return m_failed; }
    /// Closes those that have their answer; the count stays.
    void closeAnswered();

private:
    struct One;
    void read(One &one);

    std::vector<std::unique_ptr<One>> m_all;
    int m_answered = 0;
    int m_failed = 0;
};

} // namespace Fairlead::Bench
