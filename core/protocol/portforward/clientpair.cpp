#include "core/protocol/portforward/clientpair.h"

#include "core/protocol/portforward/errortext.h"
#include "core/protocol/portforward/streamheaders.h"

#include <QStringDecoder>

#include <algorithm>

namespace Fairlead::PortForward {

namespace {

// The runtime closes both sides one second after either ended. An end this long after our FIN was made by that rule.
constexpr qint64 CutFromMs = 900;
constexpr qint64 CutUntilMs = 1'600;

} // namespace

ClientPair::ClientPair(Spdy::Session &session, quint16 port, QByteArray requestId, PairTimes times)
    : m_session(session)
    , m_port(port)
    , m_requestId(std::move(requestId))
    , m_times(times)
{
}

bool ClientPair::open(QByteArrayView firstData, qint64 now)
{
    // The error stream goes first and is never written to, so that a full queue at the node cannot hold back one half
    // of the pair.
    m_error.id = m_session.openStream(streamHeaders(StreamType::Error, m_port, m_requestId), true);
    if (m_error.id == 0)
        return false;
    m_data.id = m_session.openStream(streamHeaders(StreamType::Data, m_port, m_requestId));
    if (m_data.id == 0) {
        m_session.resetStream(m_error.id, Spdy::ResetStatus::Cancel);
        return false;
    }
    m_openedAt = m_lastDataAt = now;
    if (!firstData.isEmpty())
        m_session.sendData(m_data.id, firstData);
    return true;
}

void ClientPair::sendData(QByteArrayView bytes)
{
    if (!m_end && !m_finSentAt && m_data.progress != Progress::Reset && !bytes.isEmpty())
        m_session.sendData(m_data.id, bytes);
}

PairStep ClientPair::programEnded(bool fullyClosed, qint64 now)
{
    if (m_end)
        return {};
    m_fullyClosed = m_fullyClosed || fullyClosed;
    if (!m_programEndedAt) {
        m_programEndedAt = now;
        m_programEndedFirst = m_data.progress == Progress::Open;
    }
    return tick(now);
}

PairStep ClientPair::programGone()
{
    if (m_end)
        return {};
    return finish(PairEnd::ProgramGone);
}

PairStep ClientPair::handle(const Spdy::Event &event, qint64 now)
{
    if (m_end)
        return {};
    if (const auto *data = std::get_if<Spdy::DataReceived>(&event))
        return isMine(data->stream) ? onData(*data, now) : PairStep{};
    if (const auto *reset = std::get_if<Spdy::StreamReset>(&event))
        return isMine(reset->stream) ? onReset(*reset, now) : PairStep{};
    if (const auto *reply = std::get_if<Spdy::StreamReplied>(&event); reply && isMine(reply->stream)) {
        Stream &stream = reply->stream == m_error.id ? m_error : m_data;
        stream.replied = true;
        if (reply->fin && stream.progress == Progress::Open) {
            stream.progress = Progress::Finished;
            noteEndBegan(now);
            return evaluate(now);
        }
    }
    return {};
}

PairStep ClientPair::onData(const Spdy::DataReceived &event, qint64 now)
{
    Stream &stream = event.stream == m_error.id ? m_error : m_data;
    if (stream.progress != Progress::Open)
        return {};
    stream.replied = true;
    if (event.fin) {
        stream.progress = Progress::Finished;
        noteEndBegan(now);
    }
    if (&stream == &m_data) {
        if (event.fin)
            m_dataEndedAt = now;
        if (!event.body.isEmpty())
            m_lastDataAt = now;
        return evaluate(now, event.body);
    }
    if (!event.body.isEmpty()) {
        collectText(event.body);
        m_textAt = now;
        noteEndBegan(now);
    }
    return evaluate(now);
}

PairStep ClientPair::onReset(const Spdy::StreamReset &event, qint64 now)
{
    Stream &stream = event.stream == m_error.id ? m_error : m_data;
    if (stream.progress == Progress::Open)
        stream.progress = Progress::Reset;
    noteEndBegan(now);
    if (!stream.replied && m_text.isEmpty()) // instead of SYN_REPLY: the node refused port or protocol
        return finish(PairEnd::Rejected);
    return evaluate(now);
}

void ClientPair::collectText(QByteArrayView bytes)
{
    m_text.append(bytes.first(std::min(bytes.size(), MaxErrorText - m_text.size())));
}

void ClientPair::noteEndBegan(qint64 now)
{
    if (!m_endBeganAt)
        m_endBeganAt = now;
}

bool ClientPair::looksAbnormal() const
{
    return !m_text.isEmpty() || m_error.progress == Progress::Reset || m_data.progress == Progress::Reset;
}

/// When to stop waiting for the rest of an end that has begun.
std::optional<qint64> ClientPair::settleDeadline() const
{
    if (!m_endBeganAt)
        return std::nullopt;
    if (m_textAt && m_error.progress == Progress::Open)
        return *m_textAt + m_times.errorText;
    if (looksAbnormal())
        return std::max(*m_endBeganAt, m_lastDataAt) + m_times.endGrace;
    if (m_data.progress == Progress::Finished && !m_endOfDataTold)
        return *m_dataEndedAt + m_times.endGrace;
    if (m_data.progress == Progress::Finished && m_finSentAt)
        return std::max(*m_finSentAt, *m_dataEndedAt) + m_times.errorText;
    return std::nullopt;
}

std::optional<qint64> ClientPair::finDeadline() const
{
    if (!m_programEndedAt || m_finSentAt || m_data.progress == Progress::Reset)
        return std::nullopt;
    if (m_fullyClosed || m_data.progress == Progress::Finished)
        return *m_programEndedAt;
    return std::max(*m_programEndedAt, m_lastDataAt) + m_times.halfCloseQuiet;
}

std::optional<qint64> ClientPair::deadline() const
{
    if (m_end)
        return std::nullopt;
    std::optional<qint64> earliest = settleDeadline();
    const auto consider = [&earliest](std::optional<qint64> at) {
        if (at && (!earliest || *at < *earliest))
            earliest = at;
    };
    consider(finDeadline());
    if (!m_error.replied || !m_data.replied)
        consider(m_openedAt + m_times.reply);
    return earliest;
}

PairStep ClientPair::tick(qint64 now)
{
    if (m_end)
        return {};
    if (const auto at = finDeadline(); at && now >= *at)
        sendFin(now);
    if ((!m_error.replied || !m_data.replied) && now >= m_openedAt + m_times.reply)
        return finish(PairEnd::NoReply);
    return evaluate(now);
}

PairStep ClientPair::evaluate(qint64 now, QByteArrayView payload)
{
    const bool bothEnded = m_data.progress != Progress::Open && m_error.progress != Progress::Open;
    if (bothEnded)
        return finish(judge(), payload);
    const auto settleAt = settleDeadline();
    if (!settleAt || now < *settleAt)
        return {payload, false, false};
    if (looksAbnormal() || m_endOfDataTold)
        return finish(judge(), payload);
    // The data ended in order and the error stream stays open: a node that passes half-closes on. The program gets its
    // end-of-file and may go on sending.
    m_endOfDataTold = true;
    if (m_programEndedAt && !m_finSentAt)
        sendFin(now);
    return {payload, true, false};
}

PairEnd ClientPair::judge() const
{
    if (!m_text.isEmpty())
        return PairEnd::ErrorText;
    if (looksAbnormal())
        return PairEnd::PodReset;
    if (!m_programEndedFirst)
        return PairEnd::ByPod;
    // With a FIN after nothing but silence there may have been no answer to cut; who waits for one wants to know.
    if (m_finSentAt && m_dataEndedAt && !m_fullyClosed && *m_dataEndedAt - *m_finSentAt >= CutFromMs
        && *m_dataEndedAt - *m_finSentAt <= CutUntilMs)
        return PairEnd::CutAfterEnd;
    return PairEnd::ByProgram;
}

PairStep ClientPair::finish(PairEnd end, QByteArrayView payload)
{
    m_end = end;
    PairStep step{payload, false, true};
    step.endOfData = isOrderly() && !m_endOfDataTold && m_data.progress == Progress::Finished;
    // Each stream that is still open is ended, so that the node forgets it.
    if (isOrderly())
        sendFin(m_lastDataAt);
    else if (end != PairEnd::TunnelLost)
        resetOpenStreams();
    return step;
}

void ClientPair::resetOpenStreams()
{
    if (m_data.progress == Progress::Open || !m_finSentAt)
        m_session.resetStream(m_data.id, Spdy::ResetStatus::Cancel);
    // Our side of the error stream ended when it was opened. A node ends its own when it is done with the pair, which
    // tells that the session is clean again; from one that has not even replied no such sign can be expected.
    const bool endTells = *m_end == PairEnd::ProgramGone || *m_end == PairEnd::PodReset;
    if (m_error.progress == Progress::Open && !endTells)
        m_session.resetStream(m_error.id, Spdy::ResetStatus::Cancel);
}

void ClientPair::sendFin(qint64 now)
{
    if (m_finSentAt || m_data.progress == Progress::Reset)
        return;
    m_finSentAt = now;
    m_session.sendData(m_data.id, {}, true);
}

PairStep ClientPair::tunnelLost(const QString &why)
{
    if (m_end)
        return {};
    m_tunnelText = why;
    if (looksAbnormal() || m_data.progress == Progress::Finished) // its own end came before the tunnel's
        return finish(judge());
    return finish(PairEnd::TunnelLost);
}

bool ClientPair::isOrderly() const
{
    return m_end == PairEnd::ByProgram || m_end == PairEnd::ByPod || m_end == PairEnd::CutAfterEnd;
}

bool ClientPair::isSettled() const
{
    return m_data.progress != Progress::Open && m_error.progress != Progress::Open && m_finSentAt.has_value();
}

QString ClientPair::text() const
{
    if (m_end == PairEnd::TunnelLost)
        return m_tunnelText;
    // A cap in the middle of a character or bytes that are no UTF-8 become U+FFFD.
    return QStringDecoder(QStringDecoder::Utf8)(m_text);
}

} // namespace Fairlead::PortForward
