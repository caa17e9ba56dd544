#pragma once

#include "tests/bench/compare/childprocess.h"
#include "tests/bench/compare/route.h"

#include <QList>
#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace Fairlead::Bench {

/// A program under measurement: local ports that lead to the peer. A new object for each run of the program.
class Client
{
public:
    virtual ~Client() = default;

    /// Blocks until both local ports are open. Answers what went wrong, or nothing.
    [[nodiscard]] virtual QString start(const Route &route) = 0;

    [[nodiscard]] quint16 port(Service service) const { return m_ports.value(service == Service::Command ? 0 : 1); }
    [[nodiscard]] QList<quint16> ports() const { return m_ports; }
    [[nodiscard]] ProcessMeter meter() const { return m_process.meter(); }
    [[nodiscard]] bool isRunning() { return m_process.isRunning(); }

protected:
    ChildProcess m_process;
    QList<quint16> m_ports;
};

/// fairlead or kubectl: `PROGRAM port-forward`, whose lines tell the ports.
class ForwardClient final : public Client
{
public:
    enum class Carrier { Spdy, WebSocket };

    explicit ForwardClient(const QString &program, Carrier carrier = Carrier::Spdy, int pairs = 1)
        : m_program(program)
        , m_carrier(carrier)
        , m_pairs(pairs)
    {
    }

    /// `pairs` local ports for each of the peer's two.
    [[nodiscard]] QString start(const Route &route) override;

private:
    QString m_program;
    Carrier m_carrier;
    int m_pairs;
};

/// TCP in, TLS out, with one thread.
class HaproxyClient final : public Client
{
public:
    [[nodiscard]] QString start(const Route &route) override;

private:
    QTemporaryDir m_folder;
};

class StunnelClient final : public Client
{
public:
    [[nodiscard]] QString start(const Route &route) override;

private:
    QTemporaryDir m_folder;
};

/// How a kind of client is made and what it can be asked to do.
struct ClientKind {
    enum class Sort { Forwarder, Relay };

    QString name; ///< the column's head
    Sort sort;
    QString program;
    std::function<std::unique_ptr<Client>(const QString &program)> make;
    bool webSocket = false; ///< needs a server with the WebSocket tunnel
};

/// Those that can run here. `notes` gets a sentence for each that cannot.
[[nodiscard]] QList<ClientKind> availableClients(const QString &fairlead, const QString &kubectl, QStringList &notes);

} // namespace Fairlead::Bench
