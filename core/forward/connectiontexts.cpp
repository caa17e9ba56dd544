#include "core/forward/connectiontexts.h"

#include "core/protocol/portforward/errortext.h"

#include <QCoreApplication>

namespace Fairlead::Forward {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Forward::ConnectionEnd)
};

EndWords wordsForErrorText(const QString &text, quint16 remotePort)
{
    const PortForward::ErrorCause cause = PortForward::classifyErrorText(text);
    const QString sentence = PortForward::explain(cause, remotePort);
    switch (cause) {
    case PortForward::ErrorCause::NothingListens:
        return {ConnectionEnd::Refused, sentence, text};
    case PortForward::ErrorCause::PodGone:
        return {ConnectionEnd::PodGone, sentence, text};
    case PortForward::ErrorCause::PeerEnded:
        return {ConnectionEnd::ResetByPod, sentence, text};
    case PortForward::ErrorCause::ToolMissing:
    case PortForward::ErrorCause::TimedOut:
    case PortForward::ErrorCause::Other:
        break;
    }
    return {ConnectionEnd::Error, sentence, text};
}

} // namespace

EndWords wordsFor(PortForward::PairEnd end, const QString &runtimeText, bool programEndedInOrder, quint16 remotePort)
{
    using PortForward::PairEnd;
    switch (end) {
    case PairEnd::ByProgram:
        return {ConnectionEnd::ByProgram, Text::tr("The local program closed the connection."), {}};
    case PairEnd::ByPod:
        return {ConnectionEnd::ByPod, Text::tr("The pod closed the connection."), {}};
    case PairEnd::CutAfterEnd:
        return {ConnectionEnd::ByPod, Text::tr("The pod's side cut it one second after the end of input."), {}};
    case PairEnd::ProgramGone:
        if (programEndedInOrder)
            return {ConnectionEnd::ByProgram, Text::tr("The local program closed the connection."), {}};
        return {ConnectionEnd::ResetLocal, Text::tr("The local program reset the connection."), {}};
    case PairEnd::PodReset:
        return {ConnectionEnd::ResetByPod, Text::tr("The pod's side reset the connection."), {}};
    case PairEnd::Rejected:
        return {ConnectionEnd::Error, Text::tr("The node refused the connection to port %1.").arg(remotePort), {}};
    case PairEnd::ErrorText:
        return wordsForErrorText(runtimeText, remotePort);
    case PairEnd::NoReply:
        return {ConnectionEnd::Error, Text::tr("The node did not answer in time."), {}};
    case PairEnd::TunnelLost:
        return {ConnectionEnd::TunnelLost, Text::tr("The connection to the API server broke."), runtimeText};
    }
    return {};
}

QString abnormalEndText(const ConnectionSnapshot &connection)
{
    switch (connection.end) {
    case ConnectionEnd::Open:
    case ConnectionEnd::ByProgram:
    case ConnectionEnd::ByPod:
    case ConnectionEnd::ResetLocal:
    case ConnectionEnd::Stopped:
        return {};
    default:
        break;
    }
    const QString text =
        Text::tr("Connection %1 from %2 port %3 to port %4 of the pod: %5")
            .arg(QString::number(connection.id), connection.peerAddress, QString::number(connection.peerPort),
                 QString::number(connection.remotePort), connection.endText);
    return connection.endDetail.isEmpty() ? text : text + u' ' + connection.endDetail;
}

} // namespace Fairlead::Forward
