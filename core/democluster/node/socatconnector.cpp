#include "core/democluster/node/socatconnector.h"

#include "core/democluster/node/childprocess.h"
#include "core/democluster/node/fdchannel.h"

#include <QStandardPaths>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

/// How long a program that closed its output may take to end before it is made to.
constexpr int ExitGraceMs = 2000;

/// Bytes through the child's descriptors; its exit status and error output become the end of the connection.
class SocatChannel final : public PodChannel
{
public:
    SocatChannel(std::unique_ptr<ChildProcess> child, QObject *parent)
        : PodChannel(parent)
        , m_child(std::move(child))
        , m_bytes(new FdChannel(m_child->takeOutput(), m_child->takeInput(), u"|socat"_s, this))
    {
        connect(m_bytes, &PodChannel::received, this, &PodChannel::received);
        connect(m_bytes, &PodChannel::drained, this, &PodChannel::drained);
        connect(m_bytes, &PodChannel::ended, this, &SocatChannel::outputOver);
        connect(m_bytes, &PodChannel::failed, this, &SocatChannel::outputOver);
        connect(m_child.get(), &ChildProcess::finished, this, &SocatChannel::tellIfOver);
        // A child that ended takes no input: its exit status tells more than "broken pipe" would.
    }

    void write(QByteArrayView bytes) override { m_bytes->write(bytes); }
    [[nodiscard]] qsizetype unsent() const override { return m_bytes->unsent(); }
    void finishWriting() override { m_bytes->finishWriting(); }
    void setReading(bool on) override { m_bytes->setReading(on); }

    void closeSoon(int ms) override
    {
        disconnect(this, nullptr, nullptr, nullptr);
        if (m_outputOver && !m_child->isRunning())
            return deleteLater();
        m_bytes->disconnect(this);
        m_bytes->finishWriting();
        connect(m_bytes, &PodChannel::ended, this, &QObject::deleteLater);
        m_bytes->setReading(true);
        QTimer::singleShot(ms, this, &QObject::deleteLater);
    }

private:
    void outputOver()
    {
        m_outputOver = true;
        QTimer::singleShot(ExitGraceMs, this, [this] {
            if (m_child->isRunning())
                emit failed(u"signal: killed"_s);
        });
        tellIfOver();
    }

    void tellIfOver()
    {
        if (!m_outputOver || m_child->isRunning())
            return;
        const QString failure = m_child->failure();
        if (failure.isEmpty())
            emit ended();
        else
            emit failed(failure + u": "_s + m_child->errorOutput());
    }

    std::unique_ptr<ChildProcess> m_child;
    FdChannel *m_bytes;
    bool m_outputOver = false;
};

} // namespace

SocatConnector::SocatConnector(NsenterSocatTarget target)
    : m_target(std::move(target))
{
}

QString SocatConnector::missingProgram(const QStringList &prefix, const QString &searchPath)
{
    const QStringList folders = searchPath.split(u':', Qt::SkipEmptyParts);
    const QStringList needed = prefix.isEmpty() ? QStringList{u"socat"_s, u"nsenter"_s} : prefix.first(1);
    for (const QString &program : needed) {
        if (QStandardPaths::findExecutable(program, folders).isEmpty())
            return u"unable to do port forwarding: %1 not found"_s.arg(program);
    }
    return {};
}

void SocatConnector::connectTo(quint16 port, QObject *context, Done done)
{
    const auto later = [context, done = std::move(done)](auto makeOutcome) {
        QMetaObject::invokeMethod(
            context, [done, makeOutcome]() mutable { done(makeOutcome()); }, Qt::QueuedConnection);
    };
    const QString missing = missingProgram(m_target.prefix, qEnvironmentVariable("PATH"));
    if (!missing.isEmpty())
        return later([missing] { return Outcome(Failure{missing}); });
    const QStringList command =
        m_target.prefix + QStringList{u"nsenter"_s, u"-t"_s, QString::number(m_target.pid),   u"-n"_s,
                                      u"socat"_s,   u"-"_s,  u"TCP4:localhost:%1"_s.arg(port)};
    later([command]() -> Outcome {
        auto child = ChildProcess::start(command);
        if (!child)
            return Failure{u"fork/exec %1: %2"_s.arg(command.first(), child.error())};
        return std::unique_ptr<PodChannel>(std::make_unique<SocatChannel>(std::move(*child), nullptr));
    });
}

} // namespace Fairlead::Demo
