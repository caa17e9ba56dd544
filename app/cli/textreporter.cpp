#include "app/cli/forwardreporter.h"

#include <cstring>

using namespace Qt::StringLiterals;
using Fairlead::Forward::ConnectionEnd;

namespace Fairlead::App {
namespace {

/// The system's words for an errno as Go prints them: the C library's, in lower case.
QString systemWords(const Forward::ListenerStatus &listener)
{
    if (listener.systemError == 0)
        return listener.error;
    return QString::fromLocal8Bit(std::strerror(listener.systemError)).toLower();
}

QString listenError(const Forward::PortSnapshot &port, const Forward::ListenerStatus &listener)
{
    const QString family = listener.address.contains(u':') ? u"tcp6"_s : u"tcp4"_s;
    return u"unable to create listener: Error listen %1 %2: bind: %3"_s.arg(
        family, hostAndPort(listener.address, port.localPort), systemWords(listener));
}

bool isWorthALine(ConnectionEnd end)
{
    switch (end) {
    case ConnectionEnd::Refused:
    case ConnectionEnd::PodGone:
    case ConnectionEnd::TunnelLost:
    case ConnectionEnd::NoTunnel:
    case ConnectionEnd::Error:
        return true;
    case ConnectionEnd::Open:
    case ConnectionEnd::ByProgram:
    case ConnectionEnd::ByPod:
    case ConnectionEnd::ResetLocal:
    case ConnectionEnd::ResetByPod:
    case ConnectionEnd::Stopped:
        return false;
    }
    return false;
}

class TextReporter final : public ForwardReporter
{
public:
    TextReporter(QTextStream &out, QTextStream &error, const QString &name)
        : m_out(out)
        , m_error(error)
        , m_prefix(name.isEmpty() ? QString() : u'[' + name + u"] "_s)
    {
    }

    void listening(const Forward::PortSnapshot &port, const Forward::ListenerStatus &listener) override
    {
        m_out << m_prefix << "Forwarding from " << hostAndPort(listener.address, listener.port) << " -> "
              << port.remotePort << '\n'
              << Qt::flush;
    }

    void unableToListen(const Forward::PortSnapshot &port) override
    {
        QStringList errors;
        for (const Forward::ListenerStatus &listener : port.listeners) {
            if (!listener.error.isEmpty())
                errors << listenError(port, listener);
        }
        m_error << m_prefix << "Unable to listen on port " << port.localPort
                << ": Listeners failed to create with the following errors: [" << errors.join(u' ') << "]\n"
                << Qt::flush;
    }

    void partlyListening(const Forward::PortSnapshot &port, const Forward::ListenerStatus &listener) override
    {
        m_error << m_prefix << "Not listening on " << hostAndPort(listener.address, port.localPort) << ": "
                << listener.error << '\n'
                << Qt::flush;
    }

    void opened(const Forward::ConnectionSnapshot &connection) override
    {
        m_out << m_prefix << "Handling connection for " << connection.localPort << '\n' << Qt::flush;
    }

    void closed(const Forward::ConnectionSnapshot &connection) override
    {
        if (!isWorthALine(connection.end))
            return;
        QString words = connection.endDetail.isEmpty() ? connection.endText : connection.endDetail;
        while (words.endsWith(u'\n')) // a blank at the end stays, as it does in kubectl's line
            words.chop(1);
        m_error << m_prefix << "an error occurred forwarding " << connection.localPort << " -> "
                << connection.remotePort << ": " << words << '\n'
                << Qt::flush;
    }

    /// A start that goes well is told by its "Forwarding from" lines; only what follows is news.
    void stateChanged(Forward::State state, const Forward::Reason &reason,
                      std::optional<Net::Transport> /*kubectl does not tell*/) override
    {
        const bool isNews = m_hasRun || (state != Forward::State::Starting && state != Forward::State::Running);
        m_hasRun = m_hasRun || state == Forward::State::Running;
        if (!isNews)
            return;
        m_error << m_prefix << Forward::stateText(state);
        if (!reason.text.isEmpty())
            m_error << ": " << reason.text;
        m_error << '\n' << Qt::flush;
    }

    void failed(const QString &line) override { m_error << m_prefix << line << '\n' << Qt::flush; }

private:
    QTextStream &m_out;
    QTextStream &m_error;
    QString m_prefix;
    bool m_hasRun = false;
};

} // namespace

QString hostAndPort(const QString &address, quint16 port)
{
    const QString host = address.contains(u':') ? u'[' + address + u']' : address;
    return host + u':' + QString::number(port);
}

std::unique_ptr<ForwardReporter> makeTextReporter(QTextStream &out, QTextStream &error, const QString &name)
{
    return std::make_unique<TextReporter>(out, error, name);
}

} // namespace Fairlead::App
