#pragma once

#include <QByteArray>
#include <QtGlobal>

/// One TCP connection to a forwarded port, made with plain system calls so that a test sees exactly how it ended.
/// Everything blocks, for at most `patienceSeconds` without progress. Movable, closes itself.
class LocalConnection final
{
public:
    enum class End { Closed, Reset, TimedOut };
    struct Received {
        QByteArray bytes;
        End end;
    };

    static constexpr int patienceSeconds = 20;

    /// To 127.0.0.1, or to ::1.
    explicit LocalConnection(quint16 port, bool ipv6 = false);
    LocalConnection(LocalConnection &&other) noexcept;
    LocalConnection(const LocalConnection &) = delete;
    LocalConnection &operator=(const LocalConnection &) = delete;
    ~LocalConnection();

    [[nodiscard]] bool isOpen() const { return m_socket >= 0; }

    bool send(const QByteArray &bytes);

    /// Exactly that many bytes; fewer when the connection ends or stalls before.
    [[nodiscard]] QByteArray receive(qsizetype size);

    /// Everything up to the end, and what kind of end.
    [[nodiscard]] Received receiveToEnd();

    /// Ends our direction only.
    void finishSending();

    /// Ends both with an RST.
    void reset();

private:
    int m_socket = -1;
};
