#pragma once

#include <QObject>

#include <array>
#include <memory>

class QSocketNotifier;

namespace Fairlead::App {

/// Turns SIGINT, SIGTERM and SIGHUP into a Qt signal, so that a command can end in an orderly way: the handler only
/// writes one byte into a pipe that the event loop reads. A second signal of a kind within one run finds the default
/// action again, so a program that hangs while it ends can still be stopped by hand.
/// One at a time in a program; lives in the thread of main(). The former handlers come back with the destructor.
class SignalWatcher final : public QObject
{
    Q_OBJECT

public:
    explicit SignalWatcher(QObject *parent = nullptr);
    ~SignalWatcher() override;

signals:
    /// `number` is SIGINT, SIGTERM or SIGHUP.
    void stopRequested(int number);

private:
    class Handlers;
    void readPipe();

    std::array<int, 2> m_pipe{-1, -1};
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::unique_ptr<Handlers> m_handlers;
};

} // namespace Fairlead::App
