#include "app/cli/forwardreporter.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaEnum>

using namespace Qt::StringLiterals;

namespace Fairlead::App {
namespace {

template <typename Enum>
QString keyOf(Enum value)
{
    return QLatin1StringView(QMetaEnum::fromType<Enum>().valueToKey(static_cast<int>(value)));
}

QJsonObject connectionObject(const Forward::ConnectionSnapshot &connection)
{
    return {{u"connection"_s, static_cast<qint64>(connection.id)},
            {u"peer"_s, hostAndPort(connection.peerAddress, connection.peerPort)},
            {u"localPort"_s, connection.localPort},
            {u"remotePort"_s, connection.remotePort},
            {u"pod"_s, connection.pod}};
}

/// One object a line; keys are part of the interface (README, "Command line").
class JsonReporter final : public ForwardReporter
{
public:
    JsonReporter(QTextStream &out, const QString &name)
        : m_out(out)
        , m_name(name)
    {
    }

    void listening(const Forward::PortSnapshot &port, const Forward::ListenerStatus &listener) override
    {
        write(u"listening"_s,
              {{u"address"_s, listener.address}, {u"port"_s, listener.port}, {u"remotePort"_s, port.remotePort}});
    }

    void unableToListen(const Forward::PortSnapshot &port) override
    {
        for (const Forward::ListenerStatus &listener : port.listeners) {
            if (!listener.error.isEmpty())
                partlyListening(port, listener);
        }
    }

    void partlyListening(const Forward::PortSnapshot &port, const Forward::ListenerStatus &listener) override
    {
        write(u"notListening"_s,
              {{u"address"_s, listener.address},
               {u"port"_s, port.localPort},
               {u"remotePort"_s, port.remotePort},
               {u"text"_s, listener.error}});
    }

    void opened(const Forward::ConnectionSnapshot &connection) override
    {
        write(u"opened"_s, connectionObject(connection));
    }

    void closed(const Forward::ConnectionSnapshot &connection) override
    {
        QJsonObject object = connectionObject(connection);
        object[u"bytesDown"_s] = static_cast<qint64>(connection.traffic.bytesDown);
        object[u"bytesUp"_s] = static_cast<qint64>(connection.traffic.bytesUp);
        object[u"durationMs"_s] = connection.durationMs;
        object[u"end"_s] = keyOf(connection.end);
        object[u"text"_s] = connection.endText;
        object[u"detail"_s] = connection.endDetail;
        write(u"closed"_s, object);
    }

    void stateChanged(Forward::State state, const Forward::Reason &reason,
                      std::optional<Net::Transport> transport) override
    {
        QJsonObject object{{u"state"_s, keyOf(state)},
                           {u"text"_s, reason.text},
                           {u"detail"_s, reason.detail.trimmed()},
                           {u"advice"_s, reason.advice},
                           {u"since"_s, reason.since.toString(Qt::ISODateWithMs)}};
        if (reason.nextTry)
            object[u"nextTry"_s] = reason.nextTry->toString(Qt::ISODateWithMs);
        if (state == Forward::State::Running && transport)
            object[u"transport"_s] = Forward::transportText(*transport).toLower();
        write(u"state"_s, object);
    }

    void failed(const QString &line) override { write(u"error"_s, {{u"text"_s, line}}); }

private:
    void write(const QString &event, QJsonObject object)
    {
        object[u"event"_s] = event;
        if (!m_name.isEmpty())
            object[u"forward"_s] = m_name;
        object[u"time"_s] = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
        m_out << QJsonDocument(object).toJson(QJsonDocument::Compact) << '\n' << Qt::flush;
    }

    QTextStream &m_out;
    QString m_name;
};

} // namespace

std::unique_ptr<ForwardReporter> makeJsonReporter(QTextStream &out, const QString &name)
{
    return std::make_unique<JsonReporter>(out, name);
}

} // namespace Fairlead::App
