#include "tests/cluster/forwardprocess.h"

#include <QJsonDocument>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {
constexpr int Patience = 180'000; // an image may have to be fetched, a plugin may ask a provider
constexpr int EndMs = 20'000;
} // namespace

ForwardProcess::ForwardProcess(const QStringList &arguments)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.start(QStringLiteral(FAIRLEAD_BINARY),
                    QStringList{u"port-forward"_s, u"-o"_s, u"json"_s, u"--address"_s, u"127.0.0.1"_s} + arguments);
}

ForwardProcess::~ForwardProcess()
{
    if (m_process.processId() > 0)
        ::kill(pid_t(m_process.processId()), SIGINT);
    if (!m_process.waitForFinished(EndMs))
        m_process.kill();
}

quint16 ForwardProcess::waitForPort(int index)
{
    (void)waitFor([this, index] { return events(u"listening"_s).size() > index; });
    const QList<QJsonObject> listening = events(u"listening"_s);
    return listening.size() > index ? quint16(listening.at(index)["port"_L1].toInt()) : quint16(0);
}

QList<QJsonObject> ForwardProcess::events(const QString &name)
{
    read();
    QList<QJsonObject> result;
    for (const QJsonObject &event : std::as_const(m_events)) {
        if (event["event"_L1] == name)
            result << event;
    }
    return result;
}

void ForwardProcess::read()
{
    m_output += m_process.readAll();
    for (qsizetype end = m_output.indexOf('\n', m_parsed); end >= 0; end = m_output.indexOf('\n', m_parsed)) {
        const QJsonDocument line = QJsonDocument::fromJson(m_output.mid(m_parsed, end - m_parsed));
        if (line.isObject())
            m_events << line.object();
        m_parsed = end + 1;
    }
}

bool ForwardProcess::waitFor(const std::function<bool()> &condition)
{
    bool fulfilled = false;
    (void)QTest::qWaitFor(
        [&] {
            const bool ended = m_process.state() == QProcess::NotRunning;
            read();
            fulfilled = condition();
            return fulfilled || ended;
        },
        Patience);
    return fulfilled;
}
