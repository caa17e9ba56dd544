#include "cri.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStringList>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace {

/// gRPC's frame before a message: one byte "compressed", four bytes length.
constexpr qsizetype grpcHeaderSize = 5;

void appendVarint(QByteArray &out, quint64 value)
{
    for (; value > 0x7f; value >>= 7)
        out.append(static_cast<char>((value & 0x7f) | 0x80));
    out.append(static_cast<char>(value));
}

/// A length-delimited field: a string or a nested message.
QByteArray field(quint32 number, const QByteArray &value)
{
    QByteArray out;
    appendVarint(out, number << 3 | 2);
    appendVarint(out, static_cast<quint64>(value.size()));
    return out + value;
}

/// Field 1 of a response; all of those used here have just that one, a string.
QByteArray firstString(const QByteArray &message)
{
    if (message.size() < 2 || message.at(0) != (1 << 3 | 2))
        return {};
    quint64 length = 0;
    qsizetype at = 1;
    for (int shift = 0; at < message.size() && shift < 35; shift += 7) {
        const auto byte = static_cast<quint8>(message.at(at++));
        length |= quint64(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            break;
    }
    return message.mid(at, static_cast<qsizetype>(length));
}

QByteArray grpcFrame(const QByteArray &message)
{
    QByteArray header(grpcHeaderSize, '\0');
    qToBigEndian<quint32>(static_cast<quint32>(message.size()), header.data() + 1);
    return header + message;
}

QStringList curlArguments(const QString &socketPath, const QString &method)
{
    return {u"--silent"_s,
            u"--show-error"_s,
            u"--max-time"_s,
            u"30"_s,
            u"--http2-prior-knowledge"_s,
            u"--unix-socket"_s,
            socketPath,
            u"--header"_s,
            u"content-type: application/grpc"_s,
            u"--header"_s,
            u"te: trailers"_s,
            u"--dump-header"_s,
            u"/dev/stderr"_s,
            u"--data-binary"_s,
            u"@-"_s,
            u"http://localhost/runtime.v1.RuntimeService/"_s + method};
}

void startCall(QProcess &curl, const QString &socketPath, const QString &method, const QByteArray &request)
{
    curl.start(u"curl"_s, curlArguments(socketPath, method));
    curl.write(grpcFrame(request));
    curl.closeWriteChannel();
}

/// What a finished curl brought: body on one channel, headers and trailers (the gRPC status) on the other.
CriAnswer answerOf(QProcess &curl)
{
    const QByteArray body = curl.readAllStandardOutput();
    const QString trailers = QString::fromUtf8(curl.readAllStandardError());
    static const QRegularExpression statusLine(u"^grpc-status: (\\d+)\\s*$"_s, QRegularExpression::MultilineOption);
    static const QRegularExpression messageLine(u"^grpc-message: (.*?)\\s*$"_s, QRegularExpression::MultilineOption);
    const QString status = statusLine.match(trailers).captured(1);
    if (status == u"0"_s)
        return {firstString(body.mid(grpcHeaderSize)), {}};
    if (status.isEmpty())
        return {{}, u"curl: "_s + trailers.trimmed()};
    return {{}, u"rpc error: code = %1 desc = %2"_s.arg(status, messageLine.match(trailers).captured(1))};
}

} // namespace

Cri::Cri(const QString &socketPath)
    : m_socketPath(socketPath)
{
}

CriAnswer Cri::call(const QString &method, const QByteArray &request) const
{
    QProcess curl;
    startCall(curl, m_socketPath, method, request);
    if (!curl.waitForFinished(40'000))
        return {{}, method + u": "_s + curl.errorString()};
    return answerOf(curl);
}

CriAnswer Cri::runPodSandbox(const QByteArray &name, const QByteArray &controlGroup) const
{
    // RunPodSandboxRequest.config { metadata { name uid namespace } hostname linux { cgroup_parent } }; the namespace
    // options' zero value is a network of the pod's own.
    const QByteArray metadata = field(1, name) + field(2, name + "-uid") + field(3, "default");
    const QByteArray config = field(1, metadata) + field(2, name) + field(8, field(1, controlGroup));
    return call(u"RunPodSandbox"_s, field(1, config));
}

CriAnswer Cri::stopPodSandbox(const QByteArray &sandbox) const
{
    return call(u"StopPodSandbox"_s, field(1, sandbox));
}

CriAnswer Cri::removePodSandbox(const QByteArray &sandbox) const
{
    return call(u"RemovePodSandbox"_s, field(1, sandbox));
}

void Cri::portForward(const QByteArray &sandbox, QObject *owner, std::function<void(const CriAnswer &)> done) const
{
    auto *curl = new QProcess(owner);
    QObject::connect(curl, &QProcess::finished, owner, [curl, done] {
        curl->deleteLater();
        done(answerOf(*curl));
    });
    startCall(*curl, m_socketPath, u"PortForward"_s, field(1, sandbox));
}
