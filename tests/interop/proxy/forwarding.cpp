#include "forwarding.h"

#include "tests/support/testprogram.h"

#include <QRegularExpression>
#include <QTest>

using namespace Fairlead;
using namespace Qt::StringLiterals;

namespace {

constexpr int PatienceMs = 60'000;
constexpr qsizetype ExchangedBytes = 2'000'003;

QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, '\0');
    quint32 state = 12345;
    for (char &byte : bytes) {
        state = state * 1664525U + 1013904223U;
        byte = char(state >> 24);
    }
    return bytes;
}

} // namespace

Forwarding::Forwarding(const QString &kubeconfig, const QProcessEnvironment &environment, const QStringList &flags)
{
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(QStringLiteral(FAIRLEAD_BINARY),
                    QStringList{u"port-forward"_s, u"--kubeconfig"_s, kubeconfig, u"-n"_s, u"default"_s, u"--address"_s,
                                u"127.0.0.1"_s, u"pod/echo"_s, u":7000"_s}
                        + flags);
}

Forwarding::~Forwarding()
{
    m_process.terminate();
    if (!m_process.waitForFinished(10'000)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

quint16 Forwarding::port()
{
    static const QRegularExpression line(u"Forwarding from 127\\.0\\.0\\.1:(\\d+) -> 7000\\n"_s);
    quint16 found = 0;
    (void)QTest::qWaitFor(
        [&] {
            found = line.match(output()).captured(1).toUShort();
            return found != 0 || m_process.state() == QProcess::NotRunning;
        },
        PatienceMs);
    return found;
}

bool Forwarding::ends()
{
    return QTest::qWaitFor([&] { return m_process.state() == QProcess::NotRunning; }, PatienceMs);
}

QString Forwarding::output()
{
    m_output += m_process.readAll();
    return QString::fromUtf8(m_output);
}

QString Forwarding::exchangeProblem()
{
    const quint16 local = port();
    if (local == 0)
        return output();
    Test::ProgramPlan plan;
    plan.send = pattern(ExchangedBytes);
    plan.stopAfter = plan.send.size(); // rather than a half-close, which is held until the pod is quiet
    auto running = Test::runProgram(local, plan);
    if (!QTest::qWaitFor([&] { return running.wait_for(std::chrono::seconds(0)) == std::future_status::ready; },
                         PatienceMs)) {
        m_process.kill(); // or the program would wait on
        return u"The exchange hangs. "_s + output();
    }
    const Test::ProgramResult result = running.get();
    if (result.received == plan.send)
        return {};
    return u"%1 of %2 bytes came back, or others. "_s.arg(result.received.size()).arg(plan.send.size()) + output();
}
