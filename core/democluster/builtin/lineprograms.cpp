#include "core/democluster/builtin/lineprograms.h"

#include <QTimer>

namespace Fairlead::Demo {
namespace {

constexpr qsizetype EchoHighMark = 256 * 1024;
constexpr qsizetype TalkerHighMark = 64 * 1024;
/// How long a client that has said its last word may take to fetch the rest of the echo.
constexpr int CloseMs = 60'000;

} // namespace

void EchoProgram::serve(std::unique_ptr<PodChannel> connection)
{
    PodChannel *channel = connection.release();
    channel->setParent(this);
    connect(channel, &PodChannel::received, channel, [channel](QByteArrayView bytes) {
        channel->write(bytes);
        channel->setReading(channel->unsent() < EchoHighMark);
    });
    connect(channel, &PodChannel::drained, channel, [channel] { channel->setReading(true); });
    const auto end = [channel] { channel->closeSoon(CloseMs); };
    connect(channel, &PodChannel::ended, channel, end);
    connect(channel, &PodChannel::failed, channel, end);
    connect(channel, &PodChannel::writeFailed, channel, end);
    channel->setReading(true);
}

TalkerProgram::TalkerProgram(ProgramPlace place)
    : m_place(std::move(place))
{
}

void TalkerProgram::serve(std::unique_ptr<PodChannel> connection)
{
    PodChannel *channel = connection.release();
    channel->setParent(this);
    auto *timer = new QTimer(channel);
    const QByteArray name = m_place.pod.toUtf8();
    connect(timer, &QTimer::timeout, channel, [channel, name, line = 0]() mutable {
        if (channel->unsent() < TalkerHighMark)
            channel->write(name + " says line " + QByteArray::number(++line) + '\n');
    });
    const auto end = [channel] { channel->deleteLater(); };
    connect(channel, &PodChannel::ended, channel, end);
    connect(channel, &PodChannel::failed, channel, end);
    connect(channel, &PodChannel::writeFailed, channel, end);
    channel->setReading(true);
    timer->start(IntervalMs);
}

} // namespace Fairlead::Demo
