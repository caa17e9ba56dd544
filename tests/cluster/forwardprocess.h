#pragma once

#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QStringList>

#include <functional>

/// A running `fairlead port-forward -o json`, read event by event. Ends with the object.
class ForwardProcess final
{
public:
    explicit ForwardProcess(const QStringList &arguments);
    ~ForwardProcess();

    /// The local port that leads to `index`, counted from 0 in the order of the arguments; 0: it has ended, or took too
    /// long.
    [[nodiscard]] quint16 waitForPort(int index = 0);
    /// Blocks until `wanted` is true of an event, and gives that; empty: it never was.
    template <typename Condition>
    [[nodiscard]] QJsonObject waitForEvent(Condition wanted);
    [[nodiscard]] QList<QJsonObject> events(const QString &name);
    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    /// Everything it has printed, for messages.
    [[nodiscard]] QByteArray output() const { return m_output; }

private:
    void read();
    [[nodiscard]] bool waitFor(const std::function<bool()> &condition);

    QProcess m_process;
    QByteArray m_output;
    qsizetype m_parsed = 0;
    QList<QJsonObject> m_events;
};

template <typename Condition>
QJsonObject ForwardProcess::waitForEvent(Condition wanted)
{
    QJsonObject found;
    (void)waitFor([&] {
        for (const QJsonObject &event : std::as_const(m_events)) {
            if (wanted(event)) {
                found = event;
                return true;
            }
        }
        return false;
    });
    return found;
}
