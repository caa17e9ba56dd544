#include "core/forward/podcheck.h"

#include "core/kube/apiclient.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Forward {

namespace {

bool isNumber(const Kube::PortArgument &port)
{
    bool ok = false;
    return port.remote.toUShort(&ok) > 0 && ok;
}

/// As if a pod had been read that declares nothing: numbers need no declaration.
Result<PodCheck::Ports, QString> translate(const QList<Kube::PortArgument> &arguments, const Kube::PodInfo &pod)
{
    PodCheck::Ports ports;
    for (const Kube::PortArgument &argument : arguments) {
        const auto mapping = Kube::translatePort(argument, pod);
        if (!mapping)
            return Failure{mapping.error()};
        ports.append(*mapping);
    }
    return ports;
}

} // namespace

PodCheck::PodCheck(QObject *parent)
    : QObject(parent)
{
}

PodCheck::~PodCheck() = default;

void PodCheck::cancel()
{
    if (m_question)
        m_question.release()->deleteLater(); // we may be inside its answer
}

void PodCheck::ask(const Kube::ConnectionConfig &config, const ForwardSpec &spec)
{
    cancel();
    m_spec = spec;
    m_question = std::make_unique<QObject>();
    // One client a question: QNetworkAccessManager keeps a thread of its own as long as it lives, and questions are
    // rare.
    auto *client = new Kube::ApiClient(config, m_question.get());
    client->getPod(spec.namespaceName, spec.target.name, m_question.get(),
                   [this](const Result<Kube::PodInfo, Kube::ApiError> &answer) {
                       cancel();
                       if (answer)
                           judge(*answer);
                       else
                           onError(answer.error());
                   });
}

void PodCheck::onError(const Kube::ApiError &error)
{
    const bool numbersOnly = std::all_of(m_spec.ports.begin(), m_spec.ports.end(), isNumber);
    if (error.kind == Kube::ApiError::Kind::Forbidden && numbersOnly) {
        Kube::PodInfo unseen;
        unseen.name = m_spec.target.name;
        if (const auto ports = translate(m_spec.ports, unseen)) {
            emit passed(*ports);
            return;
        }
    }
    emit failed(troubleOf(error));
}

void PodCheck::judge(const Kube::PodInfo &pod)
{
    if (pod.phase != "Running"_L1) {
        const QString words = u"unable to forward port because pod is not running. Current status=%1"_s.arg(pod.phase);
        emit failed({Trouble::Kind::PodNotRunning,
                     tr("Pod %1 is not running: %2.").arg(pod.name, pod.status.isEmpty() ? pod.phase : pod.status),
                     words, u"error: "_s + words, 0});
        return;
    }
    const auto ports = translate(m_spec.ports, pod);
    if (!ports)
        emit failed({Trouble::Kind::BadPort, tr("Pod %1 cannot be forwarded that way: %2").arg(pod.name, ports.error()),
                     ports.error(), u"error: "_s + ports.error(), 0});
    else
        emit passed(*ports);
}

} // namespace Fairlead::Forward
