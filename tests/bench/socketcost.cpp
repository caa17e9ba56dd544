#include "core/net/streamsocket.h"
#include "core/net/tcpconnector.h"
#include "core/net/tlscontext.h"
#include "core/net/tlsstream.h"
#include "tests/bench/tlssource.h"
#include "tests/support/tlsserverconfig.h"

#include <QEventLoop>
#include <QSslSocket>
#include <QTest>
#include <QTimer>

#include <ctime>
#include <vector>

using namespace Fairlead;
using namespace Fairlead::Bench;
using namespace Qt::StringLiterals;

namespace {

constexpr uint64_t Bytes = uint64_t(512) << 20;
constexpr uint64_t EndingBytes = 8 << 20;
constexpr qsizetype Mark = 256 * 1024;
constexpr int PatienceMs = 120'000;

double threadSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

/// Reads a TLS connection to its end. `stepMs` > 0: one read of 64 KiB each so many milliseconds, as a slow program
/// would let it; else as quickly as it goes. Answers the bytes that came out.
class Reader : public QObject
{
    Q_OBJECT

public:
    virtual void open(quint16 port, int stepMs) = 0;
    [[nodiscard]] uint64_t bytes() const { return m_bytes; }

signals:
    void finished();

protected:
    uint64_t m_bytes = 0;
    std::vector<char> m_buffer = std::vector<char>(64 * 1024);
};

/// The way of Qt: QSslSocket with a bounded read buffer.
class QtReader final : public Reader
{
public:
    void open(quint16 port, int stepMs) override
    {
        m_socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        m_socket.setReadBufferSize(Mark);
        if (stepMs > 0) {
            connect(&m_step, &QTimer::timeout, this, [this] { step(); });
            m_step.start(stepMs);
        } else {
            connect(&m_socket, &QSslSocket::readyRead, this, [this] {
                while (readOnce()) { }
            });
            connect(&m_socket, &QSslSocket::disconnected, this, [this] { emit finished(); });
        }
        m_socket.connectToHostEncrypted(u"127.0.0.1"_s, port);
    }

private:
    bool readOnce()
    {
        const qint64 got = m_socket.read(m_buffer.data(), qint64(m_buffer.size()));
        if (got > 0)
            m_bytes += static_cast<uint64_t>(got);
        return got > 0;
    }
    void step()
    {
        m_connected = m_connected || m_socket.isEncrypted();
        if (m_socket.isEncrypted())
            m_socket.write("p"); // as a tunnel pings
        if (!readOnce() && m_connected && m_socket.state() == QAbstractSocket::UnconnectedState)
            emit finished();
    }

    QSslSocket m_socket;
    QTimer m_step;
    bool m_connected = false;
};

/// The way of core/net: OpenSSL on the descriptor.
class FairleadReader final : public Reader
{
public:
    void open(quint16 port, int stepMs) override
    {
        m_tls = *Net::TlsContext::create({.insecure = true}, u"127.0.0.1"_s);
        connect(&m_connector, &Net::TcpConnector::connected, this, [this, stepMs] { start(stepMs); });
        m_connector.open(u"127.0.0.1"_s, port, PatienceMs);
    }

private:
    void start(int stepMs)
    {
        Net::Descriptor descriptor = m_connector.takeDescriptor();
        auto stream = std::make_unique<Net::TlsStream>(descriptor.get(), m_tls);
        m_socket = new Net::StreamSocket(std::move(descriptor), std::move(stream), this);
        connect(m_socket, &Net::StreamSocket::ready, this, [this, stepMs] {
            if (stepMs > 0) {
                connect(&m_step, &QTimer::timeout, this, [this] {
                    m_socket->write(QByteArrayView("p"));
                    readOnce();
                });
                m_step.start(stepMs);
            } else {
                m_socket->setReading(true);
            }
        });
        connect(m_socket, &Net::StreamSocket::readable, this, [this] { readOnce(); });
        m_socket->start();
    }
    void readOnce()
    {
        const Net::IoResult result = m_socket->read(m_buffer.data(), qsizetype(m_buffer.size()));
        m_bytes += static_cast<uint64_t>(result.bytes);
        if (result.kind == Net::IoResult::Kind::End || result.kind == Net::IoResult::Kind::Failed) {
            m_step.stop();
            m_socket->setReading(false);
            emit finished();
        }
    }

    Net::TcpConnector m_connector;
    std::shared_ptr<Net::TlsContext> m_tls;
    Net::StreamSocket *m_socket = nullptr;
    QTimer m_step;
};

struct Outcome {
    uint64_t bytes = 0;
    double cpuSecondsPerGb = 0;
};

template <typename Way>
Outcome receive(quint16 port, int stepMs)
{
    Way reader;
    const double before = threadSeconds();
    QEventLoop loop; // not qWaitFor(), which sleeps between its looks
    QObject::connect(&reader, &Reader::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(PatienceMs, &loop, &QEventLoop::quit);
    reader.open(port, stepMs);
    loop.exec();
    return {reader.bytes(), (threadSeconds() - before) / (double(reader.bytes()) / 1e9)};
}

} // namespace

/// Why core/net works on descriptors: what the same download costs through QSslSocket and through StreamSocket, and how
/// much of it comes out when the server resets the connection after its last byte. Interleaved, against one server.
class SocketCost : public QObject
{
    Q_OBJECT

private slots:
    void download()
    {
        constexpr int Rounds = 3;
        TlsSource source(Test::Identity(Test::serverWish()), Bytes, 2 * Rounds);
        for (int round = 0; round < Rounds; ++round) {
            const Outcome qt = receive<QtReader>(source.port(), 0);
            const Outcome ours = receive<FairleadReader>(source.port(), 0);
            qInfo("round %d: QSslSocket %.2f CPU s/GB (%llu of %llu bytes), StreamSocket %.2f (%llu), ratio %.2f",
                  round + 1, qt.cpuSecondsPerGb, qulonglong(qt.bytes), qulonglong(Bytes), ours.cpuSecondsPerGb,
                  qulonglong(ours.bytes), ours.cpuSecondsPerGb / qt.cpuSecondsPerGb);
            QCOMPARE(ours.bytes, Bytes);
        }
    }

    void resetAfterTheLastByteWhileTheProgramIsSlow()
    {
        constexpr int StepMs = 5;
        TlsSource source(Test::Identity(Test::serverWish()), EndingBytes, 2);
        const Outcome qt = receive<QtReader>(source.port(), StepMs);
        const Outcome ours = receive<FairleadReader>(source.port(), StepMs);
        qInfo("of %llu bytes sent, QSslSocket delivered %llu, StreamSocket %llu", qulonglong(EndingBytes),
              qulonglong(qt.bytes), qulonglong(ours.bytes));
    }
};

QTEST_GUILESS_MAIN(SocketCost)
#include "socketcost.moc"
