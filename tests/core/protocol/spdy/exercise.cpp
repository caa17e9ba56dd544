#include "tests/core/protocol/spdy/exercise.h"

#include "core/protocol/spdy/session.h"

#include <QRandomGenerator>

#include <algorithm>

namespace Fairlead::Spdy::Test {
namespace {

class CarelessOwner
{
public:
    CarelessOwner(Role role, quint32 seed)
        : m_session(role, {.streams = 32})
        , m_other(role == Role::Client ? Role::Server : Role::Client)
        , m_random(seed)
    {
        if (role == Role::Client) {
            (void)m_session.openStream({{"streamtype", "error"}}, true);
            (void)m_session.openStream({{"streamtype", "data"}});
            (void)m_session.sendPing();
        }
    }

    [[nodiscard]] bool receive(QByteArrayView bytes)
    {
        m_session.receive(bytes);
        while (const std::optional<Event> event = m_session.nextEvent()) {
            if (const auto *data = std::get_if<DataReceived>(&*event)) {
                const char *body = data->body.data();
                if (!data->body.isEmpty() && (body < bytes.begin() || body + data->body.size() > bytes.end())) {
                    return false;
                }
            }
            doSomething();
        }
        return otherUnderstands();
    }

private:
    void doSomething()
    {
        const auto stream = quint32(m_random.bounded(12));
        switch (m_random.bounded(8)) {
        case 0:
            m_session.replyToStream(stream);
            break;
        case 1:
            m_session.sendData(stream, QByteArray(m_random.bounded(100), 'x'), m_random.bounded(4) == 0);
            break;
        case 2:
            m_session.resetStream(stream, ResetStatus::Cancel);
            break;
        case 3:
            (void)m_session.sendPing();
            break;
        case 4:
            (void)m_session.openStream({{"a", "b"}}, m_random.bounded(2) == 0);
            break;
        case 5:
            if (m_random.bounded(50) == 0) {
                m_session.sendGoAway(GoAwayStatus::Ok);
            }
            break;
        default:
            break;
        }
    }

    [[nodiscard]] bool otherUnderstands()
    {
        const QByteArray output = m_session.takeOutput();
        m_other.receive(output);
        while (m_other.nextEvent()) { }
        (void)m_other.takeOutput();
        return !m_other.hasFailed();
    }

    Session m_session;
    Session m_other;
    QRandomGenerator m_random;
};

} // namespace

bool exerciseSession(QByteArrayView input)
{
    constexpr qsizetype Choices = 3;
    if (input.size() < Choices) {
        return true;
    }
    CarelessOwner owner(input[0] & 1 ? Role::Client : Role::Server, quint8(input[1]));
    const qsizetype slice = 1 + quint8(input[2]);
    const QByteArrayView wire = input.sliced(Choices);
    for (qsizetype at = 0; at < wire.size(); at += slice) {
        if (!owner.receive(wire.sliced(at, std::min(slice, wire.size() - at)))) {
            return false;
        }
    }
    return true;
}

} // namespace Fairlead::Spdy::Test
