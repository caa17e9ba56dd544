#include "core/democluster/node/nodepair.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

/// For what has arrived to reach the pod after the client is gone.
constexpr int FlushMs = 10 * 1000;

} // namespace

NodePair::NodePair(const PortForward::PairAssembler::Pair &streams, QString textPrefix, bool oneSecondRule,
                   StreamWriter &writer, QObject *parent)
    : QObject(parent)
    , m_streams(streams)
    , m_textPrefix(std::move(textPrefix))
    , m_oneSecondRule(oneSecondRule)
    , m_writer(writer)
{
    m_rule.setSingleShot(true);
    m_rule.setInterval(RuleMs);
    connect(&m_rule, &QTimer::timeout, this, &NodePair::ruleTimeout);
}

NodePair::~NodePair()
{
    if (m_channel)
        m_channel->closeSoon(FlushMs);
}

void NodePair::begin(std::unique_ptr<PodConnector> connector, QObject *channels)
{
    m_connector = std::move(connector);
    m_channels = channels;
    m_connector->connectTo(m_streams.port, this,
                           [this](PodConnector::Outcome outcome) { onConnected(std::move(outcome)); });
}

void NodePair::refuse(const QString &cause)
{
    fail(cause);
}

void NodePair::onConnected(PodConnector::Outcome outcome)
{
    if (m_over)
        return;
    if (!outcome)
        return fail(m_connector->causePrefix() + outcome.error());
    m_channel = std::move(*outcome).release();
    m_channel->setParent(m_channels);
    connect(m_channel, &PodChannel::received, this, &NodePair::onReceived);
    connect(m_channel, &PodChannel::ended, this, &NodePair::onPodEnded);
    connect(m_channel, &PodChannel::failed, this,
            [this](const QString &cause) { fail(m_connector->causePrefix() + cause); });
    connect(m_channel, &PodChannel::writeFailed, this, &NodePair::onWriteFailed);
    connect(m_channel, &PodChannel::drained, this, &NodePair::onDrained);
    m_channel->write(std::exchange(m_early, {}));
    m_channel->setReading(!m_stalled);
    if (m_clientDone)
        clientFinished();
    emit drained();
}

void NodePair::receive(QByteArrayView bytes, bool fin)
{
    if (m_over || m_clientDone)
        return;
    m_clientDone = fin;
    if (!m_channel) {
        m_early.append(bytes);
        return;
    }
    m_channel->write(bytes);
    if (fin)
        clientFinished();
}

/// The client's last byte is in. It counts as the end of that direction when the pod has been given it.
void NodePair::clientFinished()
{
    if (m_podDone)
        return endNormally();
    if (!m_oneSecondRule)
        m_channel->finishWriting();
    else if (m_channel->unsent() == 0)
        m_rule.start();
}

void NodePair::onDrained()
{
    if (m_clientDone && m_oneSecondRule && m_channel->unsent() == 0 && !m_rule.isActive())
        m_rule.start();
    emit drained();
}

void NodePair::onReceived(QByteArrayView bytes)
{
    m_writer.sendData(m_streams.dataStream, bytes, false);
}

void NodePair::onPodEnded()
{
    m_podDone = true;
    if (!m_writeError.isEmpty())
        return fail(m_writeError);
    if (m_clientDone)
        return endNormally();
    if (m_oneSecondRule)
        m_rule.start();
    else
        finishData();
}

void NodePair::finishData()
{
    if (!std::exchange(m_dataFinished, true))
        m_writer.sendData(m_streams.dataStream, {}, true);
}

void NodePair::onWriteFailed(const QString &cause)
{
    if (m_podDone) // it had said its last word before: no wonder that it takes no more
        return endNormally();
    m_writeError = m_connector->causePrefix() + cause;
    m_rule.start(); // for an answer that may still be on its way
}

void NodePair::ruleTimeout()
{
    if (m_writeError.isEmpty())
        endNormally();
    else
        fail(m_writeError);
}

void NodePair::clientReset()
{
    if (m_over)
        return;
    m_writer.sendData(m_streams.errorStream, {}, true);
    finish();
}

void NodePair::programEnded()
{
    if (m_over || m_podDone || !m_channel)
        return;
    m_channel->disconnect(this);
    onPodEnded();
}

void NodePair::setStalled(bool stalled)
{
    m_stalled = stalled;
    if (m_channel && !m_podDone)
        m_channel->setReading(!stalled);
}

bool NodePair::isOverfull() const
{
    return (m_channel ? m_channel->unsent() : m_early.size()) > HighMark;
}

void NodePair::endNormally()
{
    finishData();
    m_writer.sendData(m_streams.errorStream, {}, true);
    finish();
}

void NodePair::fail(const QString &cause)
{
    finishData();
    m_writer.sendData(m_streams.errorStream, (m_textPrefix + cause).toUtf8(), false);
    m_writer.resetStream(m_streams.errorStream, Spdy::ResetStatus::Cancel);
    finish();
}

void NodePair::finish()
{
    m_over = true;
    m_rule.stop();
    if (m_channel)
        m_channel->closeSoon(FlushMs);
    m_channel = nullptr;
    emit finished();
}

} // namespace Fairlead::Demo
