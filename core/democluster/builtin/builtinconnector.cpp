#include "core/democluster/builtin/builtinconnector.h"

#include "core/democluster/builtin/builtinprogram.h"
#include "core/democluster/node/fdchannel.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

BuiltinConnector::BuiltinConnector(const Pod &pod, BuiltinPrograms &programs)
    : m_pod(pod)
    , m_programs(programs)
{
}

QString BuiltinConnector::causePrefix() const
{
    return u"failed to execute portforward in network namespace \"%1\": "_s.arg(cniNetnsPath(m_pod));
}

PodConnector::Outcome BuiltinConnector::connectNow(quint16 port)
{
    const ProgramPlace place{m_pod.nameSpace, m_pod.name};
    const auto *target = std::get_if<BuiltinTarget>(&m_pod.target);
    if (target && target->onDemand && !m_programs.find(place, port))
        m_programs.start(place, port, target->programs.value(port));
    BuiltinProgram *program = m_programs.find(place, port);
    if (!program) {
        const QString refused = u"dial tcp%1:%2: connect: connection refused"_s;
        return Failure{
            nobodyListens(m_pod, port, refused.arg("4 127.0.0.1"_L1).arg(port), refused.arg("6 [::1]"_L1).arg(port))};
    }
    auto [nodeEnd, programEnd] = connectedPair();
    if (!nodeEnd.isOpen())
        return Failure{u"socket: too many open files"_s};
    const QString name = u"tcp4 127.0.0.1->127.0.0.1:%1"_s.arg(port);
    program->serve(std::make_unique<FdChannel>(std::move(programEnd), name, nullptr));
    return std::unique_ptr<PodChannel>(std::make_unique<FdChannel>(std::move(nodeEnd), name, nullptr));
}

void BuiltinConnector::connectTo(quint16 port, QObject *context, Done done)
{
    QMetaObject::invokeMethod(
        context,
        [pod = m_pod, &programs = m_programs, port, done = std::move(done)] {
            done(BuiltinConnector(pod, programs).connectNow(port));
        },
        Qt::QueuedConnection);
}

} // namespace Fairlead::Demo
